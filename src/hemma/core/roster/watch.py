"""The compiled count of who must be there for whom: leaders, and somebody experienced beside newcomers."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hemma.core.roster.breaks import on_slots
from hemma.core.roster.engine import Desk, Forms, People, Tours


class Watches(NamedTuple):
    """`gives`, `asks` (people,) bits of the watches; `there`, `wants` (watches, slots) how many who
    give are there, and how many ask or are wanted; `price` (watches,)."""

    gives: Any
    asks: Any
    there: Any
    wants: Any
    price: Any


@njit(cache=True, nogil=True)
def put_watch(
    w: Watches, f: Forms, p: People, person: int, tour: Tours, sign: int, row: Any
) -> None:
    """Count a person's tour in (`sign` 1) or out (−1)."""
    watch_days(w, f, p, person, tour, sign, row, 0, tour.start.shape[1])


@njit(cache=True, nogil=True)
def watch_days(
    w: Watches, f: Forms, p: People, person: int, tour: Tours, sign: int, row: Any, since: int, until: int
) -> None:  # fmt: skip
    """The same for the days from `since` to the one before `until`."""
    gives = w.gives[person]
    asks = w.asks[person] & ~gives
    if gives == 0 and asks == 0:
        return
    length = f.length[p.form[person]]
    for day in range(since, until):
        if tour.start[person, day] < 0:
            continue
        base = on_slots(f, p, person, day, tour, person, row)
        for layer in range(w.there.shape[0]):
            if gives >> layer & 1:
                for slot in range(length):
                    w.there[layer, base + slot] += sign * row[slot]
            elif asks >> layer & 1:
                for slot in range(length):
                    w.wants[layer, base + slot] += sign * row[slot]


@njit(cache=True, nogil=True)
def worth_watching(w: Watches, person: int, desk: Desk) -> None:
    """Add what the person (taken out) is worth to those who ask, or costs when alone."""
    gives = w.gives[person]
    asks = w.asks[person] & ~gives
    for layer in range(w.there.shape[0]):
        price = np.float32(w.price[layer])
        if gives >> layer & 1:
            for slot in range(w.there.shape[1]):
                if w.there[layer, slot] == 0:
                    desk.worth[slot] += price * w.wants[layer, slot]
        elif asks >> layer & 1:
            for slot in range(w.there.shape[1]):
                if w.there[layer, slot] == 0:
                    desk.worth[slot] -= price


@njit(cache=True, nogil=True)
def alone(w: Watches) -> float:
    """The price of all slots where somebody is wanted and nobody is there."""
    return alone_in(w, 0, w.there.shape[1])


@njit(cache=True, nogil=True)
def alone_in(w: Watches, since: int, until: int) -> float:
    """The same of the slots from `since` to the one before `until`."""
    total = 0.0
    for layer in range(w.there.shape[0]):
        lacking = 0
        for slot in range(since, until):
            if w.there[layer, slot] == 0:
                lacking += w.wants[layer, slot]
        total += w.price[layer] * lacking
    return total
