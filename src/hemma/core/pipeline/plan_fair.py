"""Who is away from the fair share of late shifts and weekends, and what binds them there: asked of the
search, without their wishes and with them, what one step nearer would cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from hemma.core.pipeline.company import Company
from hemma.core.roster import FORBIDDEN, shares
from hemma.core.roster.fair import KINDS, LATE
from hemma.core.roster.search import Search

_FIRST_PUSH, _LAST_PUSH = 4.0, 1e5  # prices that somebody is asked with to come nearer
_TRIES = 16
_MOST_ASKED = 8  # wishes of one person that are asked for one by one


class Binds(StrEnum):
    """What keeps somebody from the fair share."""

    WISH = "wish"
    """Their own wishes; without them they would come nearer."""
    AWAY = "absence"
    """They are away on days on which others have their share."""
    FIXED = "fixed_shifts"
    CARRIED = "carried"
    """What they carry from earlier plans is more than one plan can even out."""
    RULES = "rules"
    """Law, agreement and contract leave no plan of theirs that is nearer."""
    NEED = "need"
    """One step nearer would cost more, in people missing and in wishes, than it evens out."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A wish that binds: to be `off` on a day, or to begin `early` or `late` on it (`day` −1: on any)."""

    kind: str
    day: int


@dataclass(frozen=True, slots=True)
class Uneven:
    """`had` since the horizon began, of which `fair` would be the share. `wishes` are those that bind,
    worth `wish_price` together; `costs` what a plan of theirs that is nearer would cost more in all,
    the others as they are (negative: a longer search would find it; `None`: none was found)."""

    person: int
    kind: str
    had: float
    fair: float
    because: Binds
    wish_price: float = 0.0
    wishes: tuple[Binding, ...] = ()
    costs: float | None = None


def pools(company: Company) -> np.ndarray:
    """(people,) among whom late shifts and weekends are shared: those with the same skills and
    contract."""
    problem = company.problem
    _, pool = np.unique(problem.group * len(problem.forms) + problem.form, return_inverse=True)
    return np.asarray(pool, np.int64)


def sizes(company: Company) -> np.ndarray:
    """(people, 2) how much of late shifts and weekends each can have: the days they work at most, and
    of those on weekends no more than they are there."""
    problem = company.problem
    days = problem.most.sum(axis=1).astype(float)
    weekend = (np.arange(problem.days) % 7 >= 5)[None]
    there = (problem.free & weekend).sum(axis=1).astype(float)
    return np.stack([days, np.minimum(days, there)], axis=1)


def uneven(company: Company, search: Search) -> list[Uneven]:
    """Everybody more than one away from the fair share of what their pool had together. The pool is
    those with the same skills and contract; its share follows how many days each can work."""
    if search.problem.fairness is None:
        return []
    fairness, form = search.problem.fairness, search.problem.form
    had = fairness.counts(form, search.roster().start) + fairness.carried
    fair = shares(had, sizes(company), pools(company))
    return [
        _told(company, search, (person, kind), float(had[person, kind]), float(fair[person, kind]))
        for person, kind in np.argwhere(np.abs(had - fair) > 1.0 + 1e-9).tolist()
    ]


def _told(
    company: Company, search: Search, who: tuple[int, int], had: float, fair: float
) -> Uneven:
    """What binds, the simplest first."""
    (person, kind), problem = who, search.problem
    told = Uneven(person, KINDS[kind], had, fair, Binds.NEED)
    if problem.fairness is None:
        return told
    if problem.fairness.carried[person, kind] - fair > 1:
        return replace(told, because=Binds.CARRIED)
    if problem.must is not None and problem.must[person].any():
        return replace(told, because=Binds.FIXED)
    wishes = _binding(company, search, who, (had, fair))
    if wishes:
        worth = sum(_worth(search, person, one) for one in wishes)
        return replace(told, because=Binds.WISH, wishes=wishes, wish_price=worth)
    weekend = np.arange(problem.days) % 7 >= 5
    away = ~problem.free[person]
    if had < fair and (away[weekend] if kind != LATE else away).any():
        return replace(told, because=Binds.AWAY)
    there_is, costs = _costs(search, who, (had, fair))
    return replace(told, because=Binds.NEED if there_is else Binds.RULES, costs=costs)


def _nearer(had: float, now: float, fair: float) -> bool:
    return abs(now - fair) < abs(had - fair) - 1e-9


def _costs(
    search: Search, who: tuple[int, int], told: tuple[float, float]
) -> tuple[bool, float | None]:
    """Whether the rules leave any plan of one person that has fewer (or more), and what one that is
    nearer costs more in all, the others as they are: late shifts or weekend days get ever dearer (or
    cheaper) until there is one. `None`: every one found goes past the share."""
    person, (had, fair) = who[0], told
    tour, old = search.tour(person), search.part_of(person)
    there_is, costs = False, None
    push, low, high = _FIRST_PUSH, 0.0, np.inf
    for _ in range(_TRIES):
        now = _asked(search, who, push if had > fair else -push)
        moved, nearer = (now < had) == (had > fair) and now != had, _nearer(had, now, fair)
        there_is = there_is or moved
        if nearer:
            costs = search.part_of(person) - old
        search.put(person, tour)
        if nearer or low >= _LAST_PUSH:
            break
        low, high = (low, push) if moved else (push, high)
        push = (low + high) / 2 if high < np.inf else min(4 * push, _LAST_PUSH)
    return there_is, costs


def _asked(search: Search, who: tuple[int, int], push: float) -> float:
    """What the person has when each late shift or weekend day costs so much more. The search keeps
    the tour, not the price."""
    person, kind = who
    with _prices_kept(search, person):
        slope = search.people.slope[person].copy()
        slope[kind] += push
        search.at_slope(person, slope)
    return _now(search, who)


@contextmanager
def _prices_kept(search: Search, person: int) -> Iterator[None]:
    """Whatever is asked inside, the person's prices are afterwards what they were, and what is asked
    next is answered as if nothing had been asked before."""
    people, fairness, mine = search.people, search.problem.fairness, np.array([person])
    if fairness is not None:
        now = fairness.counts(search.problem.form[mine], search.tour(person)[0][None])
        people.slope[person] = fairness.one_more(mine, now)[0]
    day, start = people.day_price[person].copy(), people.start_price[person].copy()
    slope = people.slope[person].copy()
    yield
    people.day_price[person], people.start_price[person] = day, start
    people.slope[person] = slope


def _now(search: Search, who: tuple[int, int]) -> float:
    """What the person has now."""
    (person, kind), fairness = who, search.problem.fairness
    if fairness is None:
        return 0.0
    mine = np.array([person])
    had = fairness.counts(search.problem.form[mine], search.tour(person)[0][None])[0, kind]
    return float(had + fairness.carried[person, kind])


def wished(company: Company, search: Search, person: int) -> tuple[list[Binding], list[Binding]]:
    """The person's wishes for days off, and those for hours; hours wished for on most days are one."""
    people, problem = search.people, search.problem
    count = problem.forms[problem.form[person]].count
    off = [Binding("off", int(day)) for day in np.flatnonzero(people.day_price[person] > 0)]
    hours = []
    for day in np.flatnonzero(problem.free[person]).tolist():
        may = people.start_price[person, day, :count]
        may = may[may < FORBIDDEN]
        if may.size and may.max() > may.min():
            kept = company.keep > 0 and company.existing is not None
            kind = "early" if may[-1] > may[0] else "late"
            told = kept and company.existing is not None and company.existing[person, day] > -2
            hours.append(Binding("kept" if told else kind, day))
    kinds = {one.kind for one in hours}
    if len(kinds) == 1 and 2 * len(hours) > int(problem.free[person].sum()):
        hours = [Binding(hours[0].kind, -1)]
    return off, hours


def _binding(
    company: Company, search: Search, who: tuple[int, int], told: tuple[float, float]
) -> tuple[Binding, ...]:
    """The fewest wishes without which the person would come nearer: one of them if one alone is
    enough, else those for days or for hours, else all; none if it is not for wishes."""
    (person, _), (had, fair) = who, told
    off, hours = wished(company, search, person)

    def enough(some: list[Binding]) -> bool:
        return bool(some) and _nearer(had, _without(search, who, some), fair)

    if not enough(off + hours) or _nearer(had, _without(search, who, []), fair):
        return ()
    for group in (off, hours):
        if enough(group):
            single = [one for one in group[:_MOST_ASKED] if len(group) == 1 or enough([one])]
            return tuple(single[:1] or group)
    return tuple(off + hours)


def _without(search: Search, who: tuple[int, int], wishes: list[Binding]) -> float:
    """What the person would have had without these wishes. The search is left as it was."""
    person, people = who[0], search.people
    tour = search.tour(person)
    with _prices_kept(search, person):
        for one in wishes:
            if one.kind == "off":
                people.day_price[person, one.day] = 0
            else:
                days = slice(None) if one.day < 0 else slice(one.day, one.day + 1)
                now = people.start_price[person, days]
                people.start_price[person, days] = np.where(now >= FORBIDDEN, now, 0)
        search.respond_once(person)
        search.respond_once(person)  # from the slope of fairness that the first answer led to
    had = _now(search, who)
    search.put(person, tour)
    return had


def _worth(search: Search, person: int, one: Binding) -> float:
    """The price of a wish: of hours on any day, that of the dearest day."""
    people, problem = search.people, search.problem
    if one.kind == "off":
        return float(people.day_price[person, one.day])
    days = slice(None) if one.day < 0 else slice(one.day, one.day + 1)
    prices = people.start_price[person, days, : problem.forms[problem.form[person]].count]
    may = prices[prices < FORBIDDEN]
    return float(may.max(initial=0.0) - may.min(initial=0.0))
