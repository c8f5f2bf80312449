"""Judges any choice of places, wherever it comes from. Shares no code with the search: it goes
through people and days one by one and counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hemma.core.place.facts import Cost, Places, Site


class Rule(StrEnum):
    """What a place may be against."""

    NOT_WORKING = "not_working"
    NO_AGREEMENT = "no_agreement"
    FIXED_HOME = "fixed_home"
    LEAST_HOME = "least_home"
    MOST_HOME = "most_home"
    SEATS = "seats"


@dataclass(frozen=True, slots=True)
class Fault:
    """`person` −1: the day's, all together. `is_` was found, `allowed` is the limit. `because`: the
    smallest set of rules that cannot be kept together in this person's week or on this day alone;
    empty if none was found, which does not prove that another choice of all people would do."""

    rule: Rule
    person: int
    day: int
    is_: int
    allowed: int
    because: tuple[Rule, ...] = ()


def faults(site: Site, places: Places) -> list[Fault]:
    """Everything that is wrong."""
    found: list[Fault] = []
    for person in range(site.people):
        found += _days(site, places, person)
        for week in range(site.weeks):
            found += _frame(site, places, person, week)
    return found + list(_seats(site, places))


def price(site: Site, places: Places) -> Cost:
    """What the places cost, counted anew over the whole horizon."""
    frame, fair, wishes, seats, missing = 0, 0.0, 0.0, 0, 0
    for person in range(site.people):
        away = float(site.lacking[person])
        for week in range(site.weeks):
            days = range(week * 7, week * 7 + 7)
            worked = [day for day in days if site.works[person, day]]
            if not worked:
                continue
            home = sum(1 for day in worked if not places.office[person, day])
            frame += max(0, int(site.least_home[person, week]) - home)
            frame += max(0, home - int(site.most_home[person, week]))
            away += float(site.wanted_home[person, week]) - home
            fair += site.prices.fair * away * away
            team = int(site.team[person])
            if team >= 0 and not places.office[person, week * 7 + int(places.together[team, week])]:
                missing += 1
            wishes += sum(
                float(site.office_price[person, d]) for d in worked if places.office[person, d]
            )
    for fault in _seats(site, places):
        seats += fault.is_ - fault.allowed
    prices = site.prices
    total = prices.frame * frame + prices.seat * seats + prices.together * missing + fair + wishes
    return Cost(total, frame, seats, missing, fair, wishes)


def _days(site: Site, places: Places, person: int) -> Iterator[Fault]:
    for day in range(site.works.shape[1]):
        works, office = bool(site.works[person, day]), bool(places.office[person, day])
        if office and not works:
            yield Fault(Rule.NOT_WORKING, person, day, 1, 0)
        elif works and not office and not site.may_home[person, day]:
            yield Fault(Rule.NO_AGREEMENT, person, day, 1, 0)
        elif office and site.fixed_home[person, day]:
            yield Fault(Rule.FIXED_HOME, person, day, 1, 0)


def _frame(site: Site, places: Places, person: int, week: int) -> Iterator[Fault]:
    worked = [d for d in range(week * 7, week * 7 + 7) if site.works[person, d]]
    if not worked:
        return
    home = sum(1 for day in worked if not places.office[person, day])
    least, most = int(site.least_home[person, week]), int(site.most_home[person, week])
    could = sum(1 for day in worked if site.may_home[person, day])
    fixed = sum(1 for day in worked if site.fixed_home[person, day])
    if home < least:
        because: tuple[Rule, ...] = ()
        if could < least:
            because = (
                Rule.LEAST_HOME,
                Rule.NO_AGREEMENT if could < len(worked) else Rule.NOT_WORKING,
            )
        yield Fault(Rule.LEAST_HOME, person, worked[0], home, least, because)
    if home > most:
        because = (Rule.MOST_HOME, Rule.FIXED_HOME) if fixed > most else ()
        if not because and len(worked) - most > _rooms(site, person, worked):
            because = (Rule.MOST_HOME, Rule.SEATS)
        yield Fault(Rule.MOST_HOME, person, worked[0], home, most, because)


def _rooms(site: Site, person: int, worked: list[int]) -> int:
    """Days on which a seat could be had at all, if nobody came who need not."""
    if site.own_seat[person]:
        return len(worked)
    return sum(1 for day in worked if _must(site, day, person) < _shared(site, day))


def _shared(site: Site, day: int) -> int:
    kept = sum(1 for p in range(site.people) if site.own_seat[p] and site.works[p, day])
    return max(0, int(site.seats[day]) - kept)


def _must(site: Site, day: int, but: int = -1) -> int:
    """People who must share that day's seats, whatever is chosen."""
    return sum(
        1
        for p in range(site.people)
        if p != but and site.works[p, day] and not site.may_home[p, day] and not site.own_seat[p]
    )


def _seats(site: Site, places: Places) -> Iterator[Fault]:
    for day in range(site.works.shape[1]):
        there = sum(1 for p in range(site.people) if places.office[p, day] and not site.own_seat[p])
        seats = _shared(site, day)
        if there > seats:
            because = (Rule.SEATS, Rule.NO_AGREEMENT) if _must(site, day) > seats else ()
            yield Fault(Rule.SEATS, -1, day, there, seats, because)
