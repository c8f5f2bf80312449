"""The planner: a company in, who works when and where out, better the longer one asks.

The caller holds the clock. `first()` makes a plan, `step(share)` makes it better, `finish()` puts it
before the law, chooses places with it and names what could not be had. The same company, seed and
steps give the same plan on any machine.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from hemma.core.pipeline.company import NO_SHIFT, Company, PlacePlan
from hemma.core.pipeline.plan_fair import Uneven, pools, sizes, uneven
from hemma.core.pipeline.plan_huddles import Huddle, huddles, move_huddles, priced
from hemma.core.pipeline.plan_law import Broken, broken, days_of
from hemma.core.pipeline.plan_places import hints, places
from hemma.core.roster import FORBIDDEN, Cost, Fairness, Problem, Roster, shares
from hemma.core.roster.bound import Bound
from hemma.core.roster.conflicts import Conflict, eased
from hemma.core.roster.search import Search
from hemma.core.rules import Severity

_REPAIRS = 8
_JOINS = 3
_HUDDLES_AT = (0.15, 0.4)  # shares of the time at which teams look for a better hour to meet


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """`changed` days that differ from the existing plan, at `keep` each. `conflicts` are what was
    let go of because rules cannot be kept together; `law` what the rules of law still say;
    `uneven` who is more than one late shift or weekend day away from the fair share, and why.
    `first_places` is what places cost before the roster was asked once more because of them.
    `problem` is what was planned in the end: eased, with fair shares and the hours of huddles;
    `huddles` who is there, and `missed` the part of the price of wishes for those who are not."""

    roster: Roster
    cost: Cost
    places: PlacePlan
    first_places: float
    conflicts: tuple[Conflict, ...]
    law: tuple[Broken, ...]
    uneven: tuple[Uneven, ...]
    changed: int
    problem: Problem
    left_out: tuple[int, ...] = field(default=())
    huddles: tuple[Huddle, ...] = field(default=())
    missed: float = 0.0

    @property
    def total(self) -> float:
        """Roster and places together."""
        return self.cost.total + self.places.price


class Planner:
    """A plan that gets better. `company` is what is planned: rules in conflict let go of, those who
    should keep their existing shifts given a price for it."""

    def __init__(self, company: Company, seed: int = 1) -> None:
        easier, self.conflicts = eased(_kept(company))
        easier = replace(easier, huddle=easier.huddle.copy())
        self._asked = easier.start_price
        easier = priced(company, easier)
        self.company = replace(company, problem=easier)
        self.search = Search(easier, seed)
        self._seed, self._moved = seed, 0
        self._best: Roster | None = None
        self._cost: Cost | None = None

    @property
    def best(self) -> tuple[Roster, Cost]:
        """The best roster so far. `first()` has been called."""
        if self._best is None or self._cost is None:
            raise ValueError("there is no plan yet")
        return self._best, self._cost

    def first(self) -> None:
        """A first roster, and what fair shares are for this company."""
        self.search.first()
        if self.company.fair > 0:
            self.search.sweep(0.01)
            self._set_shares()
        self._best, self._cost = self.search.roster(), self.search.cost()
        self._keep()

    def step(self, share: float) -> None:
        """A little more work when `share` (0 to 1) of the time is gone."""
        if not self.settled and share >= _HUDDLES_AT[self._moved]:
            self._moved += 1
            self._move()
        self.search.step(share)
        self._keep()

    @property
    def settled(self) -> bool:
        """Whether the hours at which teams meet will change no more: a bound holds for those alone."""
        return self.company.huddles is None or self._moved == len(_HUDDLES_AT)

    def bound(self) -> Bound:
        """A proof that tightens, for the roster's part of the price."""
        return Bound(self.search, self._seed)

    def finish(self, place_rounds: int = 20, *, joined: bool = True) -> Plan:
        """The best plan so far, lawful where it can be, with places. Can be asked again later."""
        self.search.take(self.best[0])
        if not self.settled:  # stopped early
            self._moved = len(_HUDDLES_AT)
            self._move()
        self._repair()
        plan = places(self.company, self.search.roster(), place_rounds)
        first = plan.price
        if joined:
            plan = self._join(plan, place_rounds)
            self.search.hint(np.zeros_like(self.company.problem.day_price))
            asked = self.search.roster()
            self._repair()
            if (asked.start != self.search.roster().start).any():
                plan = places(self.company, self.search.roster(), place_rounds)
        roster = self.search.roster()
        self._best, self._cost = roster, self.search.cost()
        law = broken(self.company, roster, plan.office)
        company = replace(self.company, problem=self.search.problem)
        return Plan(
            roster, self._cost, plan, first, tuple(self.conflicts), tuple(law),
            tuple(uneven(self._without_missed(company), self.search)), _changed(company, roster),
            replace(self.search.problem, huddle=self.search.problem.huddle.copy()),
            tuple(self.search.left_out()),
            tuple(huddles(company, company.problem, roster)), self._missed(roster),
        )  # fmt: skip

    def _move(self) -> None:
        move_huddles(self.company, self.search, last=self.settled)
        self._best, self._cost = self.search.roster(), self.search.cost()

    def _keep(self) -> None:
        now = self.search.cost()
        if self._cost is None or now.total < self._cost.total:
            self._best, self._cost = self.search.roster(), now

    def _without_missed(self, company: Company) -> Company:
        """The same with the people's own prices of starts alone."""
        return replace(company, problem=replace(company.problem, start_price=self._asked))

    def _missed(self, roster: Roster) -> float:
        """What the starts cost because huddles are missed."""
        who, day = np.nonzero(roster.start >= 0)
        start, own = roster.start[who, day], self._asked
        asked = own[who, start] if own.ndim == 2 else own[who, day, start]
        paid = self.search.problem.start_price
        now = paid[who, start] if paid.ndim == 2 else paid[who, day, start]
        return float((now - asked).sum(dtype=np.float64))

    def _set_shares(self) -> None:
        company, problem, roster = self.company, self.search.problem, self.search.roster()
        fairness = Fairness(
            company.late, company.carried, np.zeros_like(company.carried), company.fair
        )
        had = fairness.counts(problem.form, roster.start) + company.carried
        target = shares(had, sizes(company), pools(company))
        self.search.be_fair(replace(fairness, target=target))
        self.company = replace(company, problem=self.search.problem)
        self._cost = None

    def _repair(self) -> None:
        """Whoever's plan the law stops is given another, without the shifts it speaks of. Who has no
        such plan keeps the first one: what the law says of it is told."""
        known = broken(self.company, self.search.roster())
        first = {person: self.search.tour(person) for person in _stopped(known)}
        given_up: set[int] = set()
        for _ in range(_REPAIRS):
            todo = sorted(_stopped(known) - given_up)
            if not todo:
                break
            self._forbid(known, set(todo))
            for person in todo:
                if not self.search.respond_once(person):
                    self.search.put(person, first[person])
                    given_up.add(person)
            known = self._again(known, set(todo))
        for person in _stopped(known):
            self.search.put(person, first[person])

    def _forbid(self, known: list[Broken], who: set[int]) -> None:
        """The last shift that each flag speaks of may not be."""
        roster = self.search.roster()
        for one in known:
            if one.person in who and one.flag.severity is Severity.STOPS:
                for day in days_of(self.company, roster, one)[-1:]:
                    start = int(roster.start[one.person, day])
                    self.search.forbid(one.person, day, slice(start, start + 1))

    def _again(self, known: list[Broken], who: set[int]) -> list[Broken]:
        """What is broken, these people's plans looked at anew."""
        just = np.isin(np.arange(self.company.problem.people), sorted(who))
        others = [one for one in known if one.person not in who]
        return others + broken(self.company, self.search.roster(), only=just)

    def _join(self, plan: PlacePlan, rounds: int) -> PlacePlan:
        """Roster and places by turns, as long as both together get cheaper."""
        best = self.search.roster()
        total = self.search.cost().total + plan.price
        for _ in range(_JOINS):
            self.search.hint(hints(self.company, best, plan).astype(np.float32))
            self.search.sweep(0.002)
            now = self.search.roster()
            if any(b.flag.severity is Severity.STOPS for b in broken(self.company, now)):
                break
            other = places(self.company, now, rounds)
            both = self.search.cost().total + other.price
            if both >= total - 1e-6:
                break
            best, plan, total = now, other, both
        self.search.take(best)
        return plan


def _stopped(known: list[Broken]) -> set[int]:
    """Whose plan the law stops."""
    return {one.person for one in known if one.flag.severity is Severity.STOPS}


def _changed(company: Company, roster: Roster) -> int:
    if company.existing is None:
        return 0
    told = company.existing > -2
    return int((told & (company.existing != roster.start)).sum())


def _kept(company: Company) -> Problem:
    """The problem with a price on every day that would differ from the existing plan. The price of
    a changed day is counted from "nothing kept", so a roster like the existing one costs less."""
    problem, existing = company.problem, company.existing
    if existing is None or company.keep <= 0:
        return problem
    starts = problem.start_price
    if starts.ndim == 2:
        starts = np.repeat(starts[:, None, :], problem.days, axis=1)
    starts = starts.copy()
    starts[existing == NO_SHIFT] += np.float32(company.keep)
    who, day = np.nonzero(existing >= 0)
    now = starts[who, day, existing[who, day]]
    less = np.where(now >= FORBIDDEN, now, now - np.float32(company.keep))
    starts[who, day, existing[who, day]] = less
    return replace(problem, start_price=starts)
