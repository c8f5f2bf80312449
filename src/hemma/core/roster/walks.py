"""The compiled judgement of given tours: whether the graphs of a person's weeks allow them, day by day.

It walks the very arcs that the search for the best tour climbs. What is known before a day is by node
the bits of the last starts with which one may stand there (bit 0 where none matters any more).
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hemma.core.roster.engine import FORBIDDEN, LANES, Forms, Graphs, People, Tours


class Ways(NamedTuple):
    """By line (a few people) `until` (lines, days + 1, nodes) how one may stand before a day after one's
    own tour so far, and `after` from where the rest of it may still be had."""

    until: Any
    after: Any


@njit(cache=True, nogil=True)
def goes_on(arcs: Any, reach: Any, here: Any, then: Any, start: int, extra: int) -> bool:
    """One day on, from `here` to `then` (nodes,), with any extra if `extra` is below 0; whether anything
    is left."""
    then[:] = 0
    some = False
    for n in range(arcs.shape[0]):
        last, kind = here[arcs[n, 0]], arcs[n, 2]
        if last == 0:
            continue
        if start < 0:
            if kind == -1:
                then[arcs[n, 3]] |= last
                some = True
            elif kind == -2:
                then[arcs[n, 3]] |= 1
                some = True
        elif (
            kind >= 0
            and (kind == extra or extra < 0)
            and last & ((1 << reach[arcs[n, 1], start]) - 1)
        ):
            then[arcs[n, 3]] |= 1 << start
            some = True
    return some


@njit(cache=True, nogil=True)
def came_from(arcs: Any, reach: Any, then: Any, here: Any, start: int, extra: int) -> None:
    """One day back: from where in `here` one comes to what is good in `then`."""
    here[:] = 0
    for n in range(arcs.shape[0]):
        good, kind = then[arcs[n, 3]], arcs[n, 2]
        if good == 0:
            continue
        if start < 0:
            if kind == -1:
                here[arcs[n, 0]] |= good
            elif kind == -2 and good & 1:
                here[arcs[n, 0]] |= (1 << LANES) - 1
        elif kind == extra and good >> start & 1:
            here[arcs[n, 0]] |= (1 << reach[arcs[n, 1], start]) - 1


@njit(cache=True, nogil=True)
def arcs_of(g: Graphs, p: People, person: int, day: int) -> Any:
    """The arcs of one day of a person."""
    week, weekday = p.week[person, day // 7], day % 7
    return g.arcs[g.first[week, weekday] : g.first[week, weekday + 1]]


@njit(cache=True, nogil=True)
def may_start(f: Forms, p: People, person: int, day: int, start: int) -> bool:
    """Whether nothing forbids that start, the rest of the tour apart."""
    if start < 0:
        return True
    if start >= f.count[p.form[person]]:
        return False
    return bool(p.start_price[person, day, start] < FORBIDDEN)


@njit(cache=True, nogil=True)
def walk(w: Ways, line: int, f: Forms, p: People, g: Graphs, person: int, tour: Tours) -> None:
    """Both sides of a person's own tour into a line."""
    days = tour.start.shape[1]
    reach = f.reach[p.rules[person], p.form[person]]
    until, after = w.until[line], w.after[line]
    until[0] = 0
    until[0, p.port[person]] = 1
    after[days] = (1 << LANES) - 1
    for day in range(days):
        start, extra = tour.start[person, day], tour.extra[person, day]
        arcs = arcs_of(g, p, person, day)
        goes_on(arcs, reach, until[day], until[day + 1], start, extra)
    for day in range(days - 1, -1, -1):
        start, extra = tour.start[person, day], tour.extra[person, day]
        arcs = arcs_of(g, p, person, day)
        came_from(arcs, reach, after[day + 1], after[day], start, extra)


@njit(cache=True, nogil=True)
def meet(here: Any, after: Any) -> bool:
    """Whether the rest can be had from here."""
    return bool(np.any(here & after))


def ways(lines: int, days: int, nodes: int) -> Ways:
    """For so many people."""
    shape = lines, days + 1, nodes
    return Ways(np.zeros(shape, np.int64), np.zeros(shape, np.int64))
