"""The compiled exchange of days: two people of one form change days of a week with each other.

Those who can do the same are missed nowhere by it, so it is how late shifts, weekends and wishes are
shared out without the need knowing. A slope of fairness alone cannot do that: the best tour at a slope
has all late shifts or none. Every rule is kept (`walks`), every exchange is judged by the whole price.
"""

from typing import Any

import numpy as np
from numba import njit

from hemma.core.roster.changed_days import (
    ALL,
    HOURS,
    LEAST,
    OWN,
    Exchange,
    differs,
    put_through,
    settle,
    take_over,
)
from hemma.core.roster.engine import Desk, Forms, Graphs, People
from hemma.core.roster.even import count
from hemma.core.roster.sweeps import State
from hemma.core.roster.walks import arcs_of, goes_on, may_start, meet, walk

_WORTH = 0.5  # more than that, and breaks are laid anew for it


@njit(cache=True, nogil=True)
def day_costs(s: State, f: Forms, p: People, person: int, day: int, start: int, had: Any) -> float:
    """What a day with this start costs the person; late shifts and weekend days into `had`."""
    if start < 0:
        return 0.0
    form = p.form[person]
    had[0] += p.late[form, start]
    if day % 7 >= 5:
        had[1] += 1.0
    return float(
        p.day_price[person, day] + p.start_price[person, day, start] + s.price[2] * f.paid[form]
    )


@njit(cache=True, nogil=True)
def fairer(s: State, pair: Any, before: Any, after: Any) -> float:
    """How much unfairness costs more with `after` instead of `before` (2, 2)."""
    more = 0.0
    for k in range(2):
        for kind in range(2):
            away = s.even.away[pair[k], kind]
            more += (away + after[k, kind]) ** 2 - (away + before[k, kind]) ** 2
    return float(more * s.even.price[0])


@njit(cache=True, nogil=True)
def steps_on(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, pair: Any, day: int, at: int, way: int
) -> bool:
    """One day of both, `at` its place in the week: whether the rules let it be."""
    take_over(x, s, pair, day, way)
    own, lost = x.own[at], np.zeros(2)
    for k in range(2):
        person, start = pair[k], x.new.start[k, day]
        arcs, reach = arcs_of(g, p, person, day), f.reach[p.rules[person], p.form[person]]
        if way != OWN and not may_start(f, p, person, day, start):
            return False
        if not goes_on(arcs, reach, x.here[k, at], x.here[k, at + 1], start, x.new.extra[k, day]):
            return False
        x.had[at + 1, k] = x.had[at, k]
        if way != OWN:
            own += day_costs(s, f, p, person, day, start, x.had[at + 1, k])
            lost[:] = 0.0
            own -= day_costs(s, f, p, person, day, s.tour.start[person, day], lost)
            x.had[at + 1, k] -= lost
    x.own[at + 1] = own
    return True


@njit(cache=True, nogil=True)
def keep(x: Exchange, choice: Any, more: float) -> None:
    """Among the best of a week, if it is."""
    if more >= x.less[x.less.size - 1]:
        return
    n = x.less.size - 1
    while n > 0 and x.less[n - 1] > more:
        x.less[n], x.best[n] = x.less[n - 1], x.best[n - 1]
        n -= 1
    x.less[n], x.best[n] = more, choice


@njit(cache=True, nogil=True)
def look(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, pair: Any, first: int, way: int
) -> None:
    """The best choices of days of one week that two can change this way, by what it costs them."""
    at, choice = 0, np.full(7, -1)
    x.less[:] = -LEAST
    x.own[0] = 0.0
    for k in range(2):
        x.here[k, 0] = x.ways.until[k, first]
    while at >= 0:
        choice[at] += 1
        if choice[at] > 1:
            at -= 1
            continue
        this = choice[at] * way
        if not differs(s, pair, first + at, this):
            continue
        if not steps_on(x, s, f, p, g, pair, first + at, at, this):
            continue
        if at < 6:
            at += 1
            choice[at] = -1
            continue
        more = x.own[7] + fairer(s, pair, x.had[0], x.had[7])
        if (
            more < x.less[x.less.size - 1]
            and meet(x.here[0, 7], x.ways.after[0, first + 7])
            and meet(x.here[1, 7], x.ways.after[1, first + 7])
        ):
            keep(x, choice, more)


@njit(cache=True, nogil=True)
def exchange_week(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, desk: Desk, pair: Any, first: int,
    way: int,
) -> float:  # fmt: skip
    """Two change days of one week if that makes the plan cheaper; what is saved."""
    look(x, s, f, p, g, pair, first, way)
    for n in range(x.less.size):
        if x.less[n] >= -LEAST:
            break
        for anew in range(2):
            if anew == 1 and x.less[n] > -_WORTH:
                break
            for day in range(7):
                take_over(x, s, pair, first + day, way * x.best[n, day])
            if not settle(x, s, pair, first):
                break
            saved = put_through(x, s, f, p, desk, pair, (first, first + 7), x.less[n], anew == 1)
            if saved > 0.0:
                return saved
    return 0.0


@njit(cache=True, nogil=True)
def evens(s: State, p: People, pair: Any, had: Any, first: int) -> bool:
    """Whether one of the two has more than one more than the other, counted from their shares, and has
    it on some day of this week."""
    for kind in range(2):
        apart = s.even.away[pair[0], kind] + had[0, kind]
        apart -= s.even.away[pair[1], kind] + had[1, kind]
        if abs(apart) <= 1.0:
            continue
        for day in range(first, first + 7):
            both = np.zeros(2)
            for k in range(2):
                start = s.tour.start[pair[k], day]
                if start >= 0:
                    both[k] = p.late[p.form[pair[k]], start] if kind == 0 else day % 7 >= 5
            if (both[0] - both[1]) * apart > 0.0:
                return True
    return False


@njit(cache=True, nogil=True)
def exchange_pair(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, desk: Desk, pair: Any, every: bool
) -> float:
    """Two change days as long as that pays, of the weeks alone that `evens` tells or of every one; what
    is saved."""
    total, week, calm, weeks = 0.0, 0, 0, s.tour.start.shape[1] // 7
    for k in range(2):
        walk(x.ways, k, f, p, g, pair[k], s.tour)
        count(p, pair[k], s.tour, pair[k], x.had[0, k])
    while calm < weeks:
        saved = 0.0
        if every or evens(s, p, pair, x.had[0], week * 7):
            for way in (ALL, HOURS):
                if saved == 0.0:
                    saved = exchange_week(x, s, f, p, g, desk, pair, week * 7, way)
        calm += 1
        if saved > 0.0:
            calm, total = 0, total + saved
            for k in range(2):
                walk(x.ways, k, f, p, g, pair[k], s.tour)
                count(p, pair[k], s.tour, pair[k], x.had[0, k])
        week = (week + 1) % weeks
    return total


@njit(cache=True, nogil=True)
def far_apart(s: State, p: People, pair: Any, had: Any) -> bool:
    """Whether two are so far apart in some share that a day changed could even it."""
    for k in range(2):
        had[k] = 0.0
        count(p, pair[k], s.tour, pair[k], had[k])
    for kind in range(2):
        apart = s.even.away[pair[0], kind] + had[0, kind]
        if abs(apart - s.even.away[pair[1], kind] - had[1, kind]) > 1.0:
            return True
    return False


@njit(cache=True, nogil=True)
def exchange(
    order: Any, pool: Any, every: bool, x: Exchange, s: State, f: Forms, p: People, g: Graphs,
    desk: Desk,
) -> float:  # fmt: skip
    """Each of `order` with everybody of the same pool who has a lower number, in every way or to even out
    shares alone; what is saved. The people of a pool have one form."""
    total, pair = 0.0, np.zeros(2, np.int64)
    for n in range(order.size):
        pair[0] = order[n]
        for other in range(order[n]):
            pair[1] = other
            if pool[other] != pool[pair[0]]:
                continue
            if every or far_apart(s, p, pair, x.had[0]):
                total += exchange_pair(x, s, f, p, g, desk, pair, every)
    return total
