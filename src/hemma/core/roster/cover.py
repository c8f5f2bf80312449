"""The compiled count of who is missing, with people who can do several things.

`short` (subsets of skills, slots) holds for each subset what its skills need less those who have any
of them. What is missing at a slot is the largest of these (Hall's condition: equal to the least cut,
so exact); one person more changes it by 0 or by 1.
"""

from typing import Any

import numpy as np
from numba import njit

from hemma.core.roster.breaks import on_slots
from hemma.core.roster.engine import Desk, Forms, People, Tours


@njit(cache=True, nogil=True)
def start_short(short: Any, need: Any) -> None:
    """`short` (subsets, slots) when nobody is there."""
    for subset in range(short.shape[0]):
        for slot in range(short.shape[1]):
            total = 0
            for skill in range(need.shape[0]):
                if subset >> skill & 1 and slot < need.shape[1]:
                    total += need[skill, slot]
            short[subset, slot] = total


@njit(cache=True, nogil=True)
def put(short: Any, f: Forms, p: People, person: int, tour: Tours, sign: int, row: Any) -> int:
    """Put a person's tour in (`sign` 1) or take it out (−1); the slots they are there."""
    return int(put_days(short, f, p, person, tour, sign, row, 0, tour.start.shape[1]))


@njit(cache=True, nogil=True)
def put_days(
    short: Any, f: Forms, p: People, person: int, tour: Tours, sign: int, row: Any, since: int, until: int
) -> int:  # fmt: skip
    """The same for the days from `since` to the one before `until`."""
    there, length = 0, f.length[p.form[person]]
    skills = p.subsets[person]
    for day in range(since, until):
        if tour.start[person, day] < 0:
            continue
        base = on_slots(f, p, person, day, tour, person, row)
        for slot in range(length):
            there += row[slot]
            row[slot] *= sign
        for subset in range(1, short.shape[0]):
            if subset & skills:
                line = short[subset, base : base + length]
                for slot in range(length):
                    line[slot] -= row[slot]
    return there


@njit(cache=True, nogil=True)
def there_slots(f: Forms, p: People, person: int, tour: Tours, row: Any) -> int:
    """How many slots a person is there for customers."""
    there = 0
    for day in range(tour.start.shape[1]):
        if tour.start[person, day] >= 0:
            on_slots(f, p, person, day, tour, person, row)
            for slot in range(f.length[p.form[person]]):
                there += row[slot]
    return there


@njit(cache=True, nogil=True)
def there_in_all(f: Forms, p: People, tour: Tours, row: Any) -> int:
    """The same of everybody."""
    there = 0
    for person in range(tour.start.shape[0]):
        there += there_slots(f, p, person, tour, row)
    return there


@njit(cache=True, nogil=True)
def missing(short: Any, worst: Any, table: Any) -> tuple[int, float]:
    """Person-slots missing in all, and their price by `table` (slots, depth): what the first, the
    second … person missing at a slot costs, the last of them again for all further ones. `worst`
    (slots,) scratch."""
    return missing_in(short, worst, table, 0, worst.size)


@njit(cache=True, nogil=True)
def missing_in(short: Any, worst: Any, table: Any, since: int, until: int) -> tuple[int, float]:
    """The same of the slots from `since` to the one before `until`."""
    deep_here = worst[since:until]
    deep_here[:] = 0
    for subset in range(1, short.shape[0]):
        line = short[subset, since:until]
        for slot in range(line.size):
            deep_here[slot] = max(deep_here[slot], line[slot])
    total, cost, deepest = 0, 0.0, table.shape[1]
    for slot in range(since, until):
        here = worst[slot]
        total += here
        for deep in range(min(here, deepest)):
            cost += table[slot, deep]
        if here > deepest:
            cost += (here - deepest) * table[slot, deepest - 1]
    return total, cost


@njit(cache=True, nogil=True)
def depths(short: Any, skills: int, mine: Any, other: Any) -> None:
    """The largest shortage of the subsets a person can help (`mine`) and of the others (`other`, at
    least 0), by slot."""
    for slot in range(mine.size):
        mine[slot] = -30000
        other[slot] = 0
    for subset in range(1, short.shape[0]):
        line = short[subset]
        if subset & skills:
            for slot in range(mine.size):
                mine[slot] = max(mine[slot], line[slot])
        else:
            for slot in range(mine.size):
                other[slot] = max(other[slot], line[slot])


@njit(cache=True, fastmath=True, nogil=True)
def worth_now(
    short: Any,
    skills: int,
    desk: Desk,
    mine: Any,
    other: Any,
    price: Any,
    table: Any,
    lean: float,
    width: float,
) -> None:
    """What one person more is worth at each slot: `table` (slots, depth) is what those missing cost
    one by one, `price` what one too many does.

    With a `width` above 0 worth falls evenly from the one to the other while the shortage goes from
    so many missing to so many too many: people leave room for each other. `lean` adds a little by
    depth even so: equal worths are parted.
    """
    depths(short, skills, mine, other)
    over, lean, deepest = np.float32(price[1]), np.float32(lean), table.shape[1]
    if width > 0:
        half = np.float32(2 * width)
        for slot in range(mine.size):
            under = table[slot, 0]
            deep = np.float32(mine[slot] - other[slot]) - np.float32(0.5)
            level = (under - over) / np.float32(2) + (under + over) / half * deep
            desk.worth[slot] = min(under, max(-over, level)) + lean * deep
    else:
        for slot in range(mine.size):
            deep = np.float32(min(max(mine[slot] - other[slot], -8), 8))
            level = table[slot, 0] if deep > 0 else -over
            desk.worth[slot] = level + lean * deep
    if deepest > 1:
        for slot in range(mine.size):
            if mine[slot] > other[slot]:
                desk.worth[slot] += table[slot, min(mine[slot], deepest) - 1] - table[slot, 0]


@njit(cache=True, fastmath=True, nogil=True)
def worth_filling(
    short: Any, skills: int, desk: Desk, mine: Any, other: Any, price: Any, wanted: Any
) -> None:
    """The same for people put in first: worth grows with the share of `wanted` (slots,) missing."""
    depths(short, skills, mine, other)
    under, over = np.float32(price[0]), np.float32(price[1])
    for slot in range(mine.size):
        deep = np.float32(mine[slot] - other[slot])
        if deep > 0:
            share = min(np.float32(1.0), deep / (np.float32(0.5) + wanted[slot]))
            desk.worth[slot] = under * (np.float32(0.3) + np.float32(0.7) * share)
        else:
            desk.worth[slot] = -over + np.float32(0.02) * max(deep, np.float32(-10.0))
