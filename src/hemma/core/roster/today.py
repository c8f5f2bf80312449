"""The compiled changes within a day: what has begun stays, what is still to come moves where it costs
least. Nobody's hours change."""

from typing import Any

import numpy as np
from numba import njit

from hemma.core.roster.breaks import on_slots, place_order, write
from hemma.core.roster.engine import Desk, Forms, People
from hemma.core.roster.sweeps import State

_NEVER = 1e7


@njit(cache=True, nogil=True)
def put_day(s: State, f: Forms, p: People, person: int, day: int, sign: int) -> int:
    """Count one day of a person in (`sign` 1) or out (−1); the slot at which the shift begins."""
    length, skills = f.length[p.form[person]], p.subsets[person]
    base = on_slots(f, p, person, day, s.tour, person, s.row)
    for slot in range(length):
        s.row[slot] *= sign
    for subset in range(1, s.short.shape[0]):
        if subset & skills:
            line = s.short[subset, base : base + length]
            for slot in range(length):
                line[slot] -= s.row[slot]
    return base


@njit(cache=True, fastmath=True, nogil=True)
def worth_within(
    s: State, p: People, person: int, base: int, length: int, desk: Desk, lean: float
) -> None:
    """`desk.worth` of one shift's slots, the person taken out."""
    skills, deepest = p.subsets[person], s.table.shape[1]
    mine, other = s.mine[:length], s.other[:length]
    for slot in range(length):
        mine[slot] = -30000
        other[slot] = 0
    for subset in range(1, s.short.shape[0]):
        line = s.short[subset, base : base + length]
        if subset & skills:
            for slot in range(length):
                mine[slot] = max(mine[slot], line[slot])
        else:
            for slot in range(length):
                other[slot] = max(other[slot], line[slot])
    over, little = np.float32(s.price[1]), np.float32(lean)
    for slot in range(length):
        deep = mine[slot] - other[slot]
        level = -over
        if deep > 0:
            level = s.table[base + slot, max(0, min(mine[slot], deepest) - 1)]
        desk.worth[base + slot] = level + little * np.float32(min(max(deep, -8), 8))


@njit(cache=True, nogil=True)
def narrowed(order: Any, at: Any, begun: int, since: Any, until: Any) -> bool:
    """The windows of an order's activities `begun` slots into the shift; whether they can be kept."""
    column = 0
    for k in range(order[1]):
        if k == order[2]:
            now = at[at.size - 1]
        else:
            now = at[column]
            column += 1
        since[k], until[k] = max(order[8 + k], begun), order[12 + k]
        if now < begun:
            since[k], until[k] = now, now
        if until[k] < since[k]:
            return False
    fits = True
    for k in range(1, order[1]):
        fits = fits and until[k] >= since[k - 1] + order[4 + k - 1]
    return fits


@njit(cache=True, fastmath=True, nogil=True)
def replace_breaks(
    who: Any, day: int, now: int, s: State, f: Forms, p: People, desk: Desk, lean: float
) -> int:
    """Everybody's breaks, focus and coaching of that day that begin at slot `now` or later, where
    they cost least given the others'; for how many there was something to place."""
    placed = 0
    since, until = np.empty(4, np.int64), np.empty(4, np.int64)
    found, best = np.empty(4, np.int64), np.empty(4, np.int64)
    for k in range(who.size):
        person = who[k]
        if s.tour.start[person, day] < 0:
            continue
        form = p.form[person]
        base = p.midnight[person, day] + f.first[form] + f.step[form] * s.tour.start[person, day]
        if base + f.length[form] <= now:
            continue
        put_day(s, f, p, person, day, -1)
        worth_within(s, p, person, base, f.length[form], desk, lean)
        least, which = _NEVER, -1
        at = s.tour.at[person, day]
        for n in range(f.n_orders[form]):
            order = f.orders[form, n]
            if order[0] != s.tour.extra[person, day]:
                continue
            if not narrowed(order, at, now - base, since, until):
                continue
            cost = place_order(desk, order, base, p.huddle[person, day], since, until, found)
            if cost < least:
                least, which = cost, n
                best[:] = found
        if which >= 0:
            write(f.orders[form, which], best, at)
            placed += 1
        put_day(s, f, p, person, day, 1)
    return placed
