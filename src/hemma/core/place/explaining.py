"""Why somebody is not where they wished to be: the week of the site is searched again with that one
place held, and again with each rule let go of, until the wish would be granted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import numpy as np

from hemma.core.place.checking import price
from hemma.core.place.facts import WEEK, Cost, Flags, Floats, Places, Site
from hemma.core.place.search import Seating
from hemma.core.place.week import Week, outside, unfair, week_of

_MOST = 2  # rules that are let go of together
_LITTLE = 1e-6


class Holds(StrEnum):
    """What keeps somebody from the place wished for. `is_` and `of` count, that week or day:"""

    NO_AGREEMENT = "no_agreement"
    """Days that an agreement covers, of days worked."""
    FIXED_HOME = "fixed_home"
    """Days agreed to be at home, of days worked."""
    SEATS = "seats"
    """Shared seats taken that day, of those there are; `who` has a seat kept on that day."""
    TEAM_DAY = "team_day"
    """People of the team there on the day it meets, of those who work that week."""
    MOST_HOME = "most_home"
    """Home days, of those allowed at most."""
    LEAST_HOME = "least_home"
    """Home days, of those asked for at least."""
    FAIR = "fair"
    """Home days since the horizon began beyond those wanted (below 0: fewer), of 0."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that holds, on `day` of the plan (a week's: its first)."""

    code: Holds
    day: int
    is_: float
    of: float
    who: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """`more` is what the best week found with that place costs beyond the best one found without
    (the price of the wish counted), and `parts` of what it is made; inf and `None`: it may not be. Each of
    `ways` is a smallest set of things: without them the wish would cost no more than it is worth.
    No way was found with up to two of them if it is empty."""

    person: int
    day: int
    to_office: bool
    more: float
    parts: Cost | None
    ways: tuple[tuple[Holding, ...], ...]


def why_place(
    site: Site, places: Places, person: int, day: int, *, others_stay: bool = False, with_ways: bool = True
) -> PlaceAnswer | None:  # fmt: skip
    """Why the person is not at the other place on that day; `None` if they do not work then. Asks
    for that week alone, given the weeks before it; with `others_stay` their other days of it stay
    as they are (one home day more or fewer). What holds is only looked for `with_ways`."""
    if not site.works[person, day]:
        return None
    to_office = not bool(places.office[person, day])
    asked = _Asked(site, places, person, day, others_stay=others_stay)
    barred = asked.barred()
    if barred is not None:
        return PlaceAnswer(person, day, to_office, float("inf"), None, ((barred,),))
    more, parts = asked.granted()
    ways = asked.ways() if with_ways and more > _LITTLE else ()
    return PlaceAnswer(person, day, to_office, more, parts, ways)


def lacking_before(site: Site, places: Places, number: int) -> Floats:
    """(people,) home days wanted and not had before that week."""
    lacking = site.lacking.astype(float)
    for week in range(number):
        days = slice(week * WEEK, week * WEEK + WEEK)
        works = site.works[:, days]
        had = (works & ~places.office[:, days]).sum(axis=1)
        lacking += np.where(works.any(axis=1), site.wanted_home[:, week] - had, 0.0)
    return lacking


class _Asked:
    """One week of the site, and one person's day in it."""

    def __init__(
        self, site: Site, places: Places, person: int, day: int, *, others_stay: bool
    ) -> None:
        self.number, self.at = divmod(day, WEEK)
        self.days = slice(day - self.at, day - self.at + WEEK)
        self.site, self.person, self.others_stay = site, person, others_stay
        self.to_office = not bool(places.office[person, day])
        self.office: Flags = places.office[:, self.days]
        self.meets = places.together[:, self.number]
        self.lacking = lacking_before(site, places, self.number)
        self.week = week_of(site, self.number, self.lacking)

    def barred(self) -> Holding | None:
        """What no price changes."""
        works = self.site.works[self.person, self.days]
        code, own = Holds.NO_AGREEMENT, self.site.may_home[self.person, self.days]
        stands = not own[self.at]
        if self.to_office:
            code, own = Holds.FIXED_HOME, self.site.fixed_home[self.person, self.days]
            stands = bool(own[self.at])
        if not stands:
            return None
        return Holding(
            code, int(self.days.start) + self.at, int((own & works).sum()), int(works.sum())
        )

    def granted(self) -> tuple[float, Cost]:
        """What the best week found with the wished place costs beyond the best one found without
        that, and of what it is made."""
        now, other = self._settled(self.week, held=False), self._settled(self.week, held=True)
        return other.total() - now.total(), _difference(self._price(now), self._price(other))

    def ways(self) -> tuple[tuple[Holding, ...], ...]:
        """The smallest sets of things that have to give way."""
        known = list(self._known())
        for size in range(1, _MOST + 1):
            found = [kept for kept in combinations(known, size) if self._would_do(kept)]
            if found:
                return tuple(found)
        return ()

    def _known(self) -> Iterator[Holding]:
        """All that may hold, the plainest first."""
        site, person, first, n = self.site, self.person, int(self.days.start), self.number
        home = int((site.works[person, self.days] & ~self.office[person]).sum())
        used = (self.office & self.week.shares[:, None]).sum(axis=0)
        for at in range(WEEK) if self.week.shares[person] else ():
            may_come = self.week.open_[person, at] and not self.office[person, at]
            if may_come and used[at] >= self.week.seats[at] and (self.to_office or at != self.at):
                kept = np.flatnonzero(site.own_seat & site.works[:, first + at])
                seats = int(self.week.seats[at])
                yield Holding(Holds.SEATS, first + at, int(used[at]), seats, tuple(kept.tolist()))
        yield Holding(Holds.MOST_HOME, first, home, int(site.most_home[person, n]))
        yield Holding(Holds.LEAST_HOME, first, home, int(site.least_home[person, n]))
        if self.week.member[person]:
            team = self.week.member & (self.week.team == self.week.team[person])
            at = int(self.meets[self.week.team[person]])
            there = int((self.office[:, at] & team).sum())
            yield Holding(Holds.TEAM_DAY, first + at, there, int(team.sum()))
        had = home - float(self.lacking[person] + site.wanted_home[person, n])
        yield Holding(Holds.FAIR, first, round(had, 2), 0.0)

    def _would_do(self, gone: tuple[Holding, ...]) -> bool:
        """Whether the wish would be worth what it costs without these."""
        week = self._without(gone)
        without = self._settled(week, held=False).total()
        return self._settled(week, held=True).total() <= without + _LITTLE

    def _without(self, gone: tuple[Holding, ...]) -> Week:
        codes, site, person = {one.code for one in gone}, self.site, self.person
        by_count, member = self.week.by_count.copy(), self.week.member.copy()
        seats = self.week.seats.copy()
        fewer, more = int(Holds.LEAST_HOME in codes), int(Holds.MOST_HOME in codes)
        own = site.prices.frame * outside(site, self.number, fewer, more)[person]
        if Holds.FAIR not in codes:
            own = own + unfair(site, self.number, self.lacking)[person]
        by_count[person] = own
        member[person] &= Holds.TEAM_DAY not in codes
        for one in gone:
            if one.code is Holds.SEATS:
                at = one.day - int(self.days.start)
                seats[at] = max(int(one.is_), int(seats[at])) + 1  # one for them
        return replace(self.week, by_count=by_count, member=member, seats=seats)

    def _settled(self, week: Week, *, held: bool) -> Seating:
        """From the week as it is to where nothing is gained; with the wished place `held`."""
        office = self.office
        if held:
            office, open_, forced = office.copy(), week.open_.copy(), week.forced.copy()
            office[self.person, self.at] = self.to_office
            days = slice(None) if self.others_stay else slice(self.at, self.at + 1)
            forced[self.person, days], open_[self.person, days] = office[self.person, days], False
            week = replace(week, open_=open_, forced=forced)
        seating = Seating(week, self.site, self.meets.size)
        seating.begin(office, self.meets)
        seating.settle()
        return seating

    def _price(self, seating: Seating) -> Cost:
        """Counted by the checker, which shares no code with the search."""
        site, n = self.site, slice(self.number, self.number + 1)
        days = self.days
        one = Site(
            site.works[:, days], site.may_home[:, days], site.fixed_home[:, days],
            site.office_price[:, days], site.least_home[:, n], site.most_home[:, n],
            site.wanted_home[:, n], site.team, site.own_seat, self.lacking, site.seats[days],
            site.prices,
        )  # fmt: skip
        return price(one, Places(seating.office, seating.meets[:, None]))


def _difference(old: Cost, new: Cost) -> Cost:
    return Cost(
        new.total - old.total, new.frame - old.frame, new.seats - old.seats,
        new.missing - old.missing, new.fair - old.fair, new.wishes - old.wishes,
    )  # fmt: skip
