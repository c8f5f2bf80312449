"""The compiled search over all people: best response, and neighbourhoods of a few at a time."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hemma.core.roster.breaks import place_tour, private_cost
from hemma.core.roster.cover import missing, put, there_slots, worth_filling, worth_now
from hemma.core.roster.engine import NO, Desk, Forms, Graphs, People, Tours, best_tour
from hemma.core.roster.even import Even, copy, fair_tour, unfair
from hemma.core.roster.watch import Watches, alone, put_watch, worth_watching

FILLING, RESPONDING = 0, 1
_ONCE, _OFTEN = 1, 3  # slopes of fairness asked with: wide sweeps come again soon


class State(NamedTuple):
    """What moves: `tour`; `short` (subsets, slots) 16 bit; `is_in` (people,) whether the tour
    counts; `mine`, `other`, `worst` (slots,) and `row` (longest form,) scratch; `wanted` (groups,
    slots); `group` (people,); `price` (3,) under, over, paid; `table` (slots, depth) what those
    missing cost one by one; `watch` who must be there for whom; `even` fair shares."""

    tour: Tours
    short: Any
    is_in: Any
    mine: Any
    other: Any
    worst: Any
    row: Any
    wanted: Any
    group: Any
    price: Any
    table: Any
    watch: Watches
    even: Even


@njit(cache=True, fastmath=True, nogil=True)
def take_out(s: State, f: Forms, p: People, person: int) -> int:
    """Slots that the person was there."""
    if not s.is_in[person]:
        return 0
    s.is_in[person] = False
    put_watch(s.watch, f, p, person, s.tour, -1, s.row)
    return put(s.short, f, p, person, s.tour, -1, s.row)


@njit(cache=True, fastmath=True, nogil=True)
def put_in(s: State, f: Forms, p: People, person: int) -> int:
    """Slots that the person is there."""
    s.is_in[person] = True
    put_watch(s.watch, f, p, person, s.tour, 1, s.row)
    return put(s.short, f, p, person, s.tour, 1, s.row)


@njit(cache=True, fastmath=True, nogil=True)
def respond(
    order: Any,
    s: State,
    f: Forms,
    p: People,
    g: Graphs,
    desk: Desk,
    how: int,
    lean: float,
    width: float,
) -> int:
    """Each in turn is taken out and put back as is best given the others; how many have no tour.

    Whoever has none stays free all the time."""
    without = 0
    for k in range(order.size):
        person = order[k]
        take_out(s, f, p, person)
        skills = p.subsets[person]
        if how == FILLING:
            wanted = s.wanted[s.group[person]]
            worth_filling(s.short, skills, desk, s.mine, s.other, s.price, wanted)
        else:
            worth_now(s.short, skills, desk, s.mine, s.other, s.price, s.table, lean, width)
        worth_watching(s.watch, person, desk)
        if not give_best(s, f, p, g, desk, person, _ONCE if width > 0 else _OFTEN):
            without += 1
            s.tour.start[person] = -1
            s.tour.extra[person] = 0
        put_in(s, f, p, person)
    return without


@njit(cache=True, fastmath=True, nogil=True)
def give_best(
    s: State, f: Forms, p: People, g: Graphs, desk: Desk, person: int, tries: int
) -> bool:
    """The best tour at `desk.worth`, written down but not counted in; whether there is one."""
    tour = s.tour
    if s.even.price[0] > 0.0:
        copy(s.even.kept, 0, tour, person)
        if not fair_tour(s.even, desk, f, p, g, person, s.price[2], s.row, tries):
            return False
        copy(tour, person, s.even.kept, 0)
        return True
    got = best_tour(desk, f, p, g, person, s.price[2], tour.start[person], tour.extra[person])
    if got <= NO / 2:
        return False
    place_tour(desk, f, p, person, tour, person)
    return True


@njit(cache=True, nogil=True)
def choose(p: People, size: int) -> Any:
    """A few people who share skills with the first of them."""
    found = np.empty(size, np.int64)
    found[0] = np.random.randint(p.form.size)
    count = 1
    for _ in range(2000):
        if count == size:
            break
        other = np.random.randint(p.form.size)
        if p.subsets[other] & p.subsets[found[0]] and not np.any(found[:count] == other):
            found[count] = other
            count += 1
    return found[:count]


@njit(cache=True, nogil=True)
def take_few(few: Any, s: State, f: Forms, p: People, old: Tours) -> tuple[float, int]:
    """Take a few out, their tours into `old`; what they cost by themselves, slots they were there."""
    cost, there = 0.0, 0
    for k in range(few.size):
        old.start[k] = s.tour.start[few[k]]
        old.extra[k] = s.tour.extra[few[k]]
        old.at[k] = s.tour.at[few[k]]
        cost += private_cost(f, p, few[k], s.tour, few[k], s.price[2])
        cost += unfair(s.even, p, few[k], s.tour, few[k])
        there += take_out(s, f, p, few[k])
    return cost, there


@njit(cache=True, nogil=True)
def give_back(few: Any, s: State, f: Forms, p: People, old: Tours) -> None:
    """Undo."""
    for k in range(few.size):
        take_out(s, f, p, few[k])
        s.tour.start[few[k]] = old.start[k]
        s.tour.extra[few[k]] = old.extra[k]
        s.tour.at[few[k]] = old.at[k]
        put_in(s, f, p, few[k])


@njit(cache=True, fastmath=True, nogil=True)
def neighbours(
    rounds: int,
    s: State,
    f: Forms,
    p: People,
    g: Graphs,
    desk: Desk,
    old: Tours,
    lean: float,
    width: float,
) -> float:
    """So many times: take a few out, put them back one by one, the first of them once more; keep
    what is not dearer. What is saved. `np.random` has been seeded."""
    saved = 0.0
    miss, short = missing(s.short, s.worst, s.table)
    lonely = alone(s.watch)
    for _ in range(rounds):
        few = choose(p, np.random.randint(2, old.start.shape[0] + 1))
        cost, there = take_few(few, s, f, p, old)
        respond(few, s, f, p, g, desk, RESPONDING, lean, width)
        respond(few[: max(1, few.size // 2)], s, f, p, g, desk, RESPONDING, lean, width)
        new_cost, new_there = 0.0, 0
        for k in range(few.size):
            new_cost += private_cost(f, p, few[k], s.tour, few[k], s.price[2])
            new_cost += unfair(s.even, p, few[k], s.tour, few[k])
            new_there += there_slots(f, p, few[k], s.tour, s.row)
        now, now_short = missing(s.short, s.worst, s.table)
        now_lonely = alone(s.watch)
        more = now_short - short + now_lonely - lonely
        more += s.price[1] * (now - miss + new_there - there) + new_cost - cost
        if more <= 1e-6:
            saved -= more
            miss, short, lonely = now, now_short, now_lonely
        else:
            give_back(few, s, f, p, old)
    return saved


@njit(cache=True, nogil=True)
def seed(number: int) -> None:
    """Of the compiled code's chance."""
    np.random.seed(number)
