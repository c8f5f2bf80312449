"""When teams meet: a decision of the plan. A team meets at one local time at which as many as can be are at
work and fewest are missed by customers; who works that day and is not there has a price. On a day on
which fewer than two would come it meets at another time, and if there is none, not at all."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hemma.core.pipeline.company import Company, HuddleTimes
from hemma.core.roster import MOST_STARTS, Problem, Roster
from hemma.core.roster.checking import laid_out
from hemma.core.roster.search import Search

_MANY = 200  # people; beyond, a team tries one other time only: each costs everybody a best tour
_TRIES = 3
_FEWEST = 2  # people who make a meeting


class NotThere(StrEnum):
    """Why somebody of the team is not at its huddle."""

    STARTS_LATER = "starts_later"
    HAS_ENDED = "has_ended"
    ALONE = "nobody_to_meet"
    """At work, but the team does not meet that day, or nobody else comes."""
    FREE = "free"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Huddle:
    """A team on one day. `at` is the slot of the plan (−1: it does not meet, for at no time that it
    may are two of them at work); `not_there` everybody else of the team, with why."""

    team: int
    day: int
    at: int
    there: tuple[int, ...]
    not_there: tuple[tuple[int, NotThere], ...]


def priced(company: Company, problem: Problem) -> Problem:
    """The problem with the price of not being at one's huddle on the starts that miss it."""
    if company.huddles is None or company.huddles.missed <= 0:
        return problem
    starts = problem.start_price
    if starts.ndim == 2:
        starts = np.repeat(starts[:, None, :], problem.days, axis=1)
    everybody = np.arange(problem.people)
    price = _missing(problem, company.huddles, everybody, problem.huddle)
    starts = starts + price[:, :, : starts.shape[2]]
    return replace(problem, start_price=starts)


def move_huddles(company: Company, search: Search, *, last: bool = False) -> int:
    """Each team in turn; how many moved. With `last` days that suit nobody are settled too."""
    moved = 0
    if company.huddles is None:
        return 0
    for team in range(int(company.team.max(initial=-1)) + 1):
        who = np.flatnonzero(company.team == team)
        if who.size:
            moved += _move(company.huddles, search, who)
            if last:
                _settle(company.huddles, search, who)
    return moved


def huddles(company: Company, problem: Problem, roster: Roster) -> list[Huddle]:
    """Who is at each team's huddle on each day on which anybody of it works, and who is not."""
    found = []
    for team in range(int(company.team.max(initial=-1)) + 1) if company.huddles else ():
        who = np.flatnonzero(company.team == team).tolist()
        for day in range(problem.days):
            if not any(roster.start[person, day] >= 0 for person in who):
                continue
            at = max((int(problem.huddle[person, day]) for person in who), default=-1)
            why = {person: _why(problem, roster, person, day) for person in who}
            there = tuple(p for p in who if why[p] is None)
            if at < 0 or len(there) < _FEWEST:
                why, at, there = {p: said or NotThere.ALONE for p, said in why.items()}, -1, ()
            away = tuple((p, said) for p, said in why.items() if said is not None)
            found.append(Huddle(team, day, at, there, away))
    return found


def _why(problem: Problem, roster: Roster, person: int, day: int) -> NotThere | None:
    """`None`: at work when the team meets, or the team does not meet that day and they work."""
    start = int(roster.start[person, day])
    if start < 0:
        return NotThere.FREE if problem.free[person, day] else NotThere.ABSENT
    form, at = problem.forms[problem.form[person]], int(problem.huddle[person, day])
    begins = int(problem.midnight[person, day]) + form.first + form.step * start
    if at < 0 or begins <= at < begins + form.length:
        return None
    return NotThere.STARTS_LATER if at < begins else NotThere.HAS_ENDED


def _times(times: HuddleTimes, problem: Problem, who: NDArray[np.int64]) -> NDArray[np.int64]:
    """(times, who, days) the slots of each time that a team may meet at, by the clock of the first of
    them: who is in another zone meets at the same moment."""
    at = times.first + times.step * np.arange(times.count)
    slots = problem.midnight[who[:1]][None] + at[:, None, None]
    return np.asarray(np.repeat(slots, who.size, axis=1), np.int64)


def _present(problem: Problem, start: np.ndarray, who: np.ndarray, slots: np.ndarray) -> np.ndarray:
    """(…, who, days) whether they are at work at these slots, with `start` (who, days)."""
    kinds = np.array([(f.first, f.step, f.length) for f in problem.forms])[problem.form[who]]
    begins = problem.midnight[who] + kinds[:, :1] + kinds[:, 1:2] * start
    inside = (begins <= slots) & (slots < begins + kinds[:, 2:])
    return np.asarray((start >= 0) & inside & (slots >= 0), bool)


def _missing(
    problem: Problem, times: HuddleTimes, who: np.ndarray, slots: np.ndarray
) -> NDArray[np.float32]:
    """(who, days, starts) the price of starts at which the huddle of that day is missed."""
    price = np.zeros((who.size, problem.days, MOST_STARTS), np.float32)
    for start in range(MOST_STARTS):
        all_ = np.full((who.size, problem.days), start)
        misses = (slots >= 0) & ~_present(problem, all_, who, slots)
        price[:, :, start] = np.where(misses, times.missed, 0.0)
    return price


def _put(times: HuddleTimes, search: Search, who: np.ndarray, slots: np.ndarray) -> None:
    """The team meets at these slots (who, days) from now on; they respond."""
    _reprice(times, search, who, slots)
    search.huddle(who, slots)


def _put_quietly(times: HuddleTimes, search: Search, who: np.ndarray, slots: np.ndarray) -> None:
    """The same; only whose break or focus lies there responds, all others keep their tours."""
    people, tours = who.tolist(), [search.tour(person) for person in who.tolist()]
    for person, (start, extra, at) in zip(people, tours, strict=True):
        search.put(person, (np.full_like(start, -1), np.zeros_like(extra), at))
    _reprice(times, search, who, slots)
    search.people.huddle[who] = search.problem.huddle[who] = slots
    for person, tour in zip(people, tours, strict=True):
        search.put(person, tour)
    roster, problem = search.roster(), search.problem
    for person in people:
        days = np.flatnonzero(roster.start[person] >= 0).tolist()
        if any(laid_out(problem, roster, person, day)[1].max() > 1 for day in days):
            search.respond(np.array([person]), 0.01)


def _reprice(times: HuddleTimes, search: Search, who: np.ndarray, slots: np.ndarray) -> None:
    """The price of being away moves with the huddle."""
    problem = search.problem
    if times.missed > 0:
        old = _missing(problem, times, who, problem.huddle[who])
        more = _missing(problem, times, who, slots) - old
        problem.start_price[who] += more[:, :, : problem.start_price.shape[2]]
        search.people.start_price[who, :, :MOST_STARTS] += more


def _move(times: HuddleTimes, search: Search, who: np.ndarray) -> int:
    """Whether the team meets at another time than before."""
    problem = search.problem
    choices = _times(times, problem, who)
    order = np.argsort(_estimates(times, search, who, choices), kind="stable")
    first, moved = problem.huddle[who].copy(), 0
    tried = order[: _TRIES if problem.people <= _MANY else 1]
    for slots in (choices[n] for n in tried):
        now, old = problem.huddle[who].copy(), search.cost().total
        if (slots == now).all():
            continue
        tours = [search.tour(person) for person in who.tolist()]
        _put(times, search, who, slots)
        if search.cost().total < old - 1e-6:
            moved = 1
            continue
        _put(times, search, who, now)
        for person, tour in zip(who.tolist(), tours, strict=True):
            search.put(person, tour)
    return moved if (problem.huddle[who] != first).any() else 0


def _estimates(
    times: HuddleTimes, search: Search, who: np.ndarray, choices: np.ndarray
) -> NDArray[np.float64]:
    """(times,) what each would cost with the tours that there are: who is not there, and who is
    missed meanwhile."""
    problem, spare = search.problem, search.spare()
    start = search.tours.start[who].astype(np.int64)
    there = _present(problem, start, who, choices)
    away = ((start >= 0)[None] & ~there).sum(axis=(1, 2))
    room = np.maximum(spare[np.clip(choices[:, 0], 0, spare.size - 1)], 0)
    gone = there.sum(axis=1)
    lost = problem.prices.under * np.maximum(gone - room, 0)
    lost = lost - problem.prices.over * np.minimum(gone, room)
    return np.asarray(max(times.missed, 1e-3) * away + lost.sum(axis=1), float)


def _settle(times: HuddleTimes, search: Search, who: np.ndarray) -> None:
    """Days on which fewer than two would come: another time, or none."""
    problem = search.problem
    start, slots = search.tours.start[who].astype(np.int64), problem.huddle[who].copy()
    choices = _times(times, problem, who)
    there = _present(problem, start, who, choices).sum(axis=1)
    now = _present(problem, start, who, slots).sum(axis=0)
    spare = search.spare()
    room = spare[np.clip(choices[:, 0], 0, spare.size - 1)]  # (times, days)
    for day in np.flatnonzero((now < _FEWEST) & (start >= 0).any(axis=0)).tolist():
        best = int(np.lexsort((-room[:, day], -there[:, day]))[0])
        meets = there[best, day] >= _FEWEST
        slots[:, day] = choices[best, :, day] if meets else -1
    moved = np.flatnonzero((slots != problem.huddle[who]).any(axis=1))
    if moved.size:
        _put_quietly(times, search, who[moved], slots[moved])
