"""The compiled placing of breaks and extras in one chosen shift, and what of it is left for customers."""

from typing import Any

import numpy as np
from numba import njit

from hemma.core.roster.engine import DEAR, Desk, Forms, People, Tours

_BIG = np.float32(1e8)


@njit(cache=True, fastmath=True, nogil=True)
def window(desk: Desk, since: int, length: int, huddle: int) -> float:
    """What is given up by an activity there."""
    lost = np.float32(0.0)
    for slot in range(since, since + length):
        lost += DEAR if slot == huddle else desk.worth[slot]
    return lost


@njit(cache=True, fastmath=True, nogil=True)
def place_order(
    desk: Desk, order: Any, base: int, huddle: int, since: Any, until: Any, found: Any
) -> float:
    """Where the activities of one order cost least, into `found`; what they cost.

    `since` and `until` narrow the order's own windows (both as in it, or tighter)."""
    best, came = desk.best[0], np.empty((4, desk.best.shape[1]), np.int64)
    old, low, high, before = 0, 0, 0, 0
    for n in range(order[1]):
        new, run, at = 1 - old, _BIG, -1
        for p in range(since[n], until[n] + 1):
            prior = np.float32(0.0)
            if n > 0:
                q = min(p - before, high)
                prior = best[q - low, old] if q >= low else _BIG
            cost = prior + window(desk, base + p, order[4 + n], huddle)
            if cost < run:
                run, at = cost, p
            best[p - since[n], new] = run
            came[n, p - since[n]] = at
        old, low, high, before = new, since[n], until[n], order[4 + n]
    last = high
    for n in range(order[1] - 1, -1, -1):
        found[n] = came[n, min(last, until[n]) - since[n]]
        if n > 0:
            last = found[n] - order[4 + n - 1]
    return best[high - low, old]


@njit(cache=True, fastmath=True, nogil=True)
def place_day(desk: Desk, f: Forms, form: int, base: int, huddle: int, extra: int, at: Any) -> None:
    """Breaks and the extra of a day where they cost least, into `at`."""
    least = _BIG * 10
    found = np.empty(4, np.int64)
    for n in range(f.n_orders[form]):
        order = f.orders[form, n]
        if order[0] != extra:
            continue
        cost = place_order(desk, order, base, huddle, order[8:12], order[12:16], found)
        if cost < least:
            least = cost
            write(order, found, at)


@njit(cache=True, nogil=True, inline="always")
def write(order: Any, found: Any, at: Any) -> None:
    """Breaks into the first columns, the extra into the last."""
    column = 0
    for k in range(at.size):
        at[k] = -1
    for k in range(order[1]):
        if k == order[2]:
            at[at.size - 1] = found[k]
        else:
            at[column] = found[k]
            column += 1


@njit(cache=True, nogil=True)
def on_slots(f: Forms, p: People, person: int, day: int, tour: Tours, line: int, row: Any) -> int:
    """`row` (length,): 1 where the person is there for customers that day; the slot it begins at.

    `line` is where the person's tour stands."""
    form = p.form[person]
    length = f.length[form]
    base = p.midnight[person, day] + f.first[form] + f.step[form] * tour.start[line, day]
    for slot in range(length):
        row[slot] = 1
    column = 0
    order = f.orders[form, 0]
    for column in range(order[1]):
        for k in range(order[4 + column]):
            row[tour.at[line, day, column] + k] = 0
    extra = tour.extra[line, day]
    if extra > 0:
        for k in range(f.extra[form, extra - 1]):
            row[tour.at[line, day, tour.at.shape[2] - 1] + k] = 0
    huddle = p.huddle[person, day]
    if base <= huddle < base + length:
        row[huddle - base] = 0
    return base


@njit(cache=True, fastmath=True, nogil=True)
def place_tour(desk: Desk, f: Forms, p: People, person: int, tour: Tours, line: int) -> None:
    """Breaks and extras of all the person's days."""
    form = p.form[person]
    for day in range(tour.start.shape[1]):
        if tour.start[line, day] >= 0:
            base = p.midnight[person, day] + f.first[form] + f.step[form] * tour.start[line, day]
            place_day(
                desk, f, form, base, p.huddle[person, day], tour.extra[line, day],
                tour.at[line, day],
            )  # fmt: skip


@njit(cache=True, nogil=True)
def private_cost(f: Forms, p: People, person: int, tour: Tours, line: int, paid: float) -> float:
    """Pay and wishes of one person's tour."""
    cost = 0.0
    for day in range(tour.start.shape[1]):
        if tour.start[line, day] >= 0:
            cost += p.day_price[person, day] + p.start_price[person, day, tour.start[line, day]]
            cost += paid * f.paid[p.form[person]]
    return cost
