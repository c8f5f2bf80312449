"""The compiled price of fair shares: late shifts and weekend days, and what one more of them costs."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hemma.core.roster.breaks import on_slots, place_tour, private_cost
from hemma.core.roster.engine import NO, Desk, Forms, Graphs, People, Tours, best_tour


class Even(NamedTuple):
    """`away` (people, 2) by kind how far somebody without any is from the share; `price` (1,) of one
    away, squared (0: not minded); `now` (2,) scratch; `kept`, `other` one tour each."""

    away: Any
    price: Any
    now: Any
    kept: Tours
    other: Tours


@njit(cache=True, nogil=True)
def count(p: People, person: int, tour: Tours, line: int, found: Any) -> None:
    """Late shifts and weekend days of a tour."""
    found[:] = 0.0
    for day in range(tour.start.shape[1]):
        start = tour.start[line, day]
        if start >= 0:
            found[0] += p.late[p.form[person], start]
            if day % 7 >= 5:
                found[1] += 1.0


@njit(cache=True, nogil=True)
def unfair(e: Even, p: People, person: int, tour: Tours, line: int) -> float:
    """What being away from the fair share costs."""
    if e.price[0] == 0.0:
        return 0.0
    count(p, person, tour, line, e.now)
    total = 0.0
    for kind in range(2):
        total += (e.away[person, kind] + e.now[kind]) ** 2
    return e.price[0] * total


@njit(cache=True, nogil=True)
def brings(e: Even, f: Forms, p: People, desk: Desk, person: int, paid: float, row: Any) -> float:
    """What the tour in `e.other` is worth, its unfairness counted as what it is."""
    total = -private_cost(f, p, person, e.other, 0, paid) - unfair(e, p, person, e.other, 0)
    for day in range(e.other.start.shape[1]):
        if e.other.start[0, day] >= 0:
            base = on_slots(f, p, person, day, e.other, 0, row)
            for slot in range(f.length[p.form[person]]):
                if row[slot]:
                    total += desk.worth[base + slot]
    return total


@njit(cache=True, nogil=True)
def copy(into: Tours, here: int, tour: Tours, line: int) -> None:
    """One tour."""
    into.start[here] = tour.start[line]
    into.extra[here] = tour.extra[line]
    into.at[here] = tour.at[line]


@njit(cache=True, nogil=True)
def lean(e: Even, p: People, person: int) -> bool:
    """Half the way from the slope that was asked with to the one at the tour in `e.other`; whether
    that tour would be the best at its own slope too, as far as whole days can tell."""
    count(p, person, e.other, 0, e.now)
    rests = True
    for kind in range(2):
        wanted = 2.0 * e.price[0] * (e.away[person, kind] + e.now[kind])
        far = wanted - p.slope[person, kind]
        if abs(far) > e.price[0]:
            rests = False
            p.slope[person, kind] += 0.5 * far
    return rests


@njit(cache=True, nogil=True)
def fair_tour(
    e: Even,
    desk: Desk,
    f: Forms,
    p: People,
    g: Graphs,
    person: int,
    paid: float,
    row: Any,
    tries: int,
) -> bool:
    """The best of a few tours by what they truly cost, into `e.kept`: those that are best for slopes
    between which the fair one lies (`tries` at most, the next time goes on from there), and the one in
    `e.kept` if there is one. Whether there is one; `desk.worth` is what slots are worth."""
    most = -1e18
    if np.any(e.kept.start[0] >= 0):
        copy(e.other, 0, e.kept, 0)
        place_tour(desk, f, p, person, e.other, 0)
        most = brings(e, f, p, desk, person, paid, row)
        copy(e.kept, 0, e.other, 0)
    for _ in range(tries):
        got = best_tour(desk, f, p, g, person, paid, e.other.start[0], e.other.extra[0])
        if got <= NO / 2:
            return False
        place_tour(desk, f, p, person, e.other, 0)
        value = brings(e, f, p, desk, person, paid, row)
        if value > most:
            most = value
            copy(e.kept, 0, e.other, 0)
        if lean(e, p, person):
            break
    return True


def even(people: int, days: int, breaks: int) -> Even:
    """Not minded."""

    def one() -> Tours:
        return Tours(
            np.full((1, days), -1, np.int16), np.zeros((1, days), np.int8),
            np.full((1, days, breaks), -1, np.int8),
        )  # fmt: skip

    return Even(np.zeros((people, 2)), np.zeros(1), np.zeros(2), one(), one())
