"""Changes within the day: breaks go elsewhere, a site is planned anew with little change, and those who
could help are found, with what each of them would give. Nobody is moved who has not been asked: the
caller asks.

A `Today` looks at the plan's week of that day and the one after it; all before `now` stays.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from hemma.core.grid import Interval
from hemma.core.pipeline.company import Company
from hemma.core.pipeline.plan_extras import put_with_extras
from hemma.core.pipeline.plan_law import timelines
from hemma.core.pipeline.plan_window import window
from hemma.core.roster import Roster
from hemma.core.roster.checking import laid_out
from hemma.core.roster.search import Search
from hemma.core.rules import CandidateChange, Severity, WorkItem, WorkKind, check, judge

_SLOTS_LONGER = 8  # two hours of overtime at most


class Helps(StrEnum):
    """What somebody could be asked for."""

    LATER_FOCUS = "later_focus"
    """Focus, coaching or training moves to another day."""
    OVERTIME = "overtime"
    SWAP = "swap"
    """They come today and are free another day instead."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One person who could be asked, from slot `since` to `until`. `gives` is what of the price of
    people missing it would save, `slots` how many slots of a person missing; `costs` what it costs
    beside that; `instead` the day that would be free (swap; −1: none)."""

    person: int
    helps: Helps
    since: int
    until: int
    gives: float
    slots: int
    costs: float
    instead: int = -1


class Today:
    """One day of a plan, from slot `now` on (of the whole plan's slots). `keep` is the price of each
    day changed. Making it ready takes a second or two for a large company; what is asked then is
    quick."""

    def __init__(self, company: Company, roster: Roster, now: int, keep: float = 4.0) -> None:
        self.company, self.now = company, now
        self.day = int(np.searchsorted(company.problem.midnight[0], now, side="right")) - 1
        self._week = self.day // 7
        self.roster, self._away = roster, set[int]()
        part, self._days, self._first = window(company, roster, now, keep)
        self.search = Search(part)
        self.search.take(_cut(roster, self._days))

    @property
    def _today(self) -> int:
        return self.day - int(self._days.start)

    def away(self, who: np.ndarray) -> None:
        """These people are not there today any more."""
        for person in who.tolist():
            self._away.add(person)
            start, extra, at = self.search.tour(person)
            start[self._today], extra[self._today] = -1, 0
            self.search.put(person, (start, extra, at))

    def demand(self, need: np.ndarray) -> None:
        """So many are needed (skills, slots of the whole plan)."""
        problem = self.search.problem
        part = np.zeros_like(problem.need)
        have = need[:, self._first : self._first + part.shape[1]]
        part[:, : have.shape[1]] = have
        self.search.demand(part)

    def replace_breaks(self, who: np.ndarray) -> int:
        """Their breaks, focus and coaching that are still to come go where they are missed least."""
        return self.search.replace_breaks(who, self._today, self.now - self._first)

    def whole(self) -> Roster:
        """The whole plan with what has changed."""
        made, now = self.roster, self.search.roster()
        start, extra, at = made.start.copy(), made.extra.copy(), made.at.copy()
        start[:, self._days], extra[:, self._days] = now.start, now.extra
        at[:, self._days] = now.at
        return Roster(start, extra, at)

    def replan(self, who: np.ndarray) -> int:
        """These people's shifts from now on, with little change; how many of their days changed. Who
        is `away` today, and whose shift has begun, keeps today as it is."""
        changed = 0
        for person in who.tolist():
            old = self.search.tour(person)
            if not self.search.respond_once(person):
                self.search.put(person, old)
                continue
            new = self.search.tour(person)
            open_ = np.arange(old[0].size) > self._today - (not self._held(person, old))
            open_[7:] = False  # the week after is as it was
            for mine, was in zip(new, old, strict=True):
                mine[~open_] = was[~open_]
            if put_with_extras(self.search, person, (old, new), open_):
                changed += int((new[0] != old[0]).sum())
            else:
                self.search.put(person, old)
        return changed

    def _held(self, person: int, tour: tuple[np.ndarray, np.ndarray, np.ndarray]) -> bool:
        """Whether today is not to be touched any more: begun, or away."""
        if person in self._away:
            return True
        problem, start = self.search.problem, int(tour[0][self._today])
        form = problem.forms[problem.form[person]]
        begins = int(problem.midnight[person, self._today]) + form.first + form.step * start
        return start >= 0 and begins < self.now - self._first

    def missing(self) -> int:
        """Person-slots missing from now to the day's end."""
        end = int(self.search.problem.midnight[0, self._today]) + 96
        short = -self.search.spare()[self.now - self._first : end]
        return int(np.maximum(short, 0).sum())

    def volunteers(self, since: int, until: int, most: int = 20) -> list[Offer]:
        """Who could be asked to help from slot `since` to `until` of today, who gives most first.
        Only what the law allows is offered."""
        span = since - self._first, until - self._first
        found = [*self._focus(span), *self._overtime(span), *self._swaps(span)]
        found = [offer for offer in found if offer.gives > 0]
        found.sort(key=lambda offer: (offer.costs - offer.gives, offer.person, offer.since))
        return [self._shifted(offer) for offer in found[:most]]

    def _shifted(self, offer: Offer) -> Offer:
        instead = offer.instead + self._days.start if offer.instead >= 0 else -1
        since, until = offer.since + self._first, offer.until + self._first
        return replace(offer, since=since, until=until, instead=instead)

    def _gain(self, person: int, slots: np.ndarray, span: tuple[int, int]) -> tuple[float, int]:
        """What being there at these slots would save, and how many slots missing."""
        problem = self.search.problem
        worth = self.search.worth(int(problem.skills[problem.group[person]]))
        own = slots[(slots >= span[0]) & (slots < span[1]) & (slots < worth.size)]
        return float(worth[own].sum()), int((worth[own] > 0).sum())

    def _working(self) -> list[int]:
        start = self.search.roster().start[:, self._today]
        return [int(p) for p in np.flatnonzero(start >= 0)]

    def _focus(self, span: tuple[int, int]) -> list[Offer]:
        roster, problem, found = self.search.roster(), self.search.problem, []
        for person in self._working():
            extra = int(roster.extra[person, self._today])
            base = laid_out(problem, roster, person, self._today)[0]
            at = base + int(roster.at[person, self._today, -1])
            if not extra or at < self.now - self._first:
                continue
            length = problem.forms[problem.form[person]].extras[extra - 1].slots
            gives, slots = self._gain(person, np.arange(at, at + length), span)
            found.append(Offer(person, Helps.LATER_FOCUS, at, at + length, gives, slots, 0.0))
        return found

    def _overtime(self, span: tuple[int, int]) -> list[Offer]:
        problem, found = self.search.problem, []
        roster = self.search.roster()
        for person in self._working():
            base, taken = laid_out(problem, roster, person, self._today)
            end = base + taken.size
            until = min(end + _SLOTS_LONGER, span[1])
            if until <= max(end, span[0]) or end < self.now - self._first:
                continue
            gives, slots = self._gain(person, np.arange(end, until), span)
            if gives > 0 and self._may_stay(person, end, until):
                pay = problem.prices.paid * (until - end)
                found.append(Offer(person, Helps.OVERTIME, end, until, gives, slots, pay))
        return found

    def _may_stay(self, person: int, end: int, until: int) -> bool:
        """Whether the law stops nothing more with the overtime than without it."""
        just = np.zeros(self.company.problem.people, bool)
        just[person] = True
        (line,) = timelines(self.company, self.roster, only=just)
        at = Interval(
            self.company.instant(end + self._first), self.company.instant(until + self._first)
        )
        more = CandidateChange(add=(WorkItem(10**6, WorkKind.OVERTIME, at),))
        packs = self.company.packs
        old = {(f.rule, f.at) for f in check(line, packs) if f.severity is Severity.STOPS}
        new = judge(line, [more], packs)[0]
        return all((f.rule, f.at) in old for f in new if f.severity is Severity.STOPS)

    def _swaps(self, span: tuple[int, int]) -> list[Offer]:
        """Those free today who could come and be free another day of this week instead."""
        from hemma.core.pipeline.plan_explaining import if_then

        problem, found = self.search.problem, []
        idle = np.flatnonzero(
            (self.search.roster().start[:, self._today] < 0) & problem.free[:, self._today]
        )
        for person in (p for p in idle.tolist() if p not in self._away):
            form = problem.forms[problem.form[person]]
            base = int(problem.midnight[person, self._today]) + form.first
            at = base + form.step * np.arange(form.count)
            fits = (at >= self.now - self._first) & (at < span[1]) & (at + form.length > span[0])
            if not fits.any():
                continue
            if self._gain(person, np.arange(*span), span)[0] <= 0:
                continue
            before = self.search.tour(person)[0]
            told = if_then(self.search, person, self._today, fits)
            if told is None or told.tour is None:
                continue
            start = int(told.tour[self._today])
            dropped = np.flatnonzero((before >= 0) & (told.tour < 0))
            missing = problem.prices.under * -told.under
            here = base + form.step * start
            found.append(
                Offer(
                    person, Helps.SWAP, max(here, span[0]), min(here + form.length, span[1]),
                    missing, -told.under, told.more + missing,
                    int(dropped[0]) if dropped.size else -1,
                )
            )  # fmt: skip
        return found


def _cut(roster: Roster, days: slice) -> Roster:
    return Roster(roster.start[:, days], roster.extra[:, days], roster.at[:, days])
