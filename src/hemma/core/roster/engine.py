"""The compiled search for one person's best tour, exact, given what each slot is worth.

Importing this compiles (once a machine: it is kept on disk), so the package imports it only when a
roster is asked for. Loops over a form's starts have the fixed length `LANES`, which lets the
compiler keep them in vector registers.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

LANES = 24
NO = np.float32(-1e9)
DEAR = np.float32(1e6)
NIL = np.float32(0.0)
VARIANTS = 4
FORBIDDEN = np.float32(1e9)


class Forms(NamedTuple):
    """Arrays by form: `count`, `length`, `first`, `step`, `paid` (forms,); `orders` (forms, orders,
    20) rows of variant, number of activities, place of the extra, then from 4, 8, 12, 16 their
    lengths, earliest, latest, and which of the form's `lengths` (forms, 4; ascending, 0 for none)
    they have; `n_orders` (forms,); `reach` (rule books, forms, gaps, LANES) how many of the starts
    may come before; `extra` (forms, 3) lengths of the extras."""

    count: Any
    length: Any
    first: Any
    step: Any
    paid: Any
    orders: Any
    n_orders: Any
    lengths: Any
    reach: Any
    extra: Any


class People(NamedTuple):
    """Arrays by person, as in `Problem`; `week` (people, weeks) the graph of each week, `port`
    (people,) where they come from, `subsets` (people,) bits of skills; `late` (forms, LANES) 1 for
    late starts, `slope` (people, 2) what one more late shift or weekend day costs now."""

    form: Any
    rules: Any
    subsets: Any
    midnight: Any
    day_price: Any
    start_price: Any
    huddle: Any
    week: Any
    port: Any
    late: Any
    slope: Any


class Graphs(NamedTuple):
    """All weeks: `first` (weeks, 8) where each layer's arcs begin, `arcs` (arcs, 4) as `Arc`,
    `nodes` (weeks, 8)."""

    first: Any
    arcs: Any
    nodes: Any


class Desk(NamedTuple):
    """Scratch: `worth` (slots + room,) what somebody there is worth; `windows` (4, slots + room) by
    length and phase, `single` and `run` (slots + room,); `gain` (days, VARIANTS, LANES); `value`
    (days + 1, nodes, LANES); `best` (2, widest window, LANES); `place` (LANES + 1,), `row`
    (LANES,)."""

    worth: Any
    windows: Any
    single: Any
    run: Any
    gain: Any
    value: Any
    best: Any
    place: Any
    row: Any


class Tours(NamedTuple):
    """As in `Roster`."""

    start: Any
    extra: Any
    at: Any


@njit(cache=True, fastmath=True, nogil=True)
def windows(desk: Desk, f: Forms, form: int, huddle: Any) -> None:
    """What an activity costs at each slot, a row for each of the form's lengths.

    Slots of one phase of the form's step lie beside each other, as the starts do.
    """
    size, step = desk.worth.size, f.step[form]
    single, run = desk.single, desk.run
    for slot in range(size):
        single[slot] = desk.worth[slot]
        run[slot] = NIL
    for day in range(huddle.size):
        if huddle[day] >= 0:
            single[huddle[day]] = DEAR
    span, length = size // step, 0
    for k in range(f.lengths.shape[1]):
        while length < f.lengths[form, k]:
            for slot in range(size - length):
                run[slot] += single[slot + length]
            length += 1
        for phase in range(step):
            for n in range(span):
                desk.windows[k, phase * span + n] = run[n * step + phase]


@njit(cache=True, fastmath=True, nogil=True)
def in_order(desk: Desk, order: Any, base: int, step: int) -> int:
    """Least worth given up by putting the activities of one order into their windows, for all starts
    at once; where in `desk.best` (first row, after the latest place) it is found."""
    span = desk.worth.size // step
    old, low, high, before = 0, 0, 0, 0
    for s in range(LANES):
        desk.best[0, 0, s] = NIL
    for n in range(order[1]):
        length, since, until, row = order[4 + n], order[8 + n], order[12 + n], order[16 + n]
        new = 1 - old
        for p in range(since, until + 1):
            phase, from_ = (base + p) % step, (base + p) // step
            prices = desk.windows[row, phase * span + from_ : phase * span + from_ + LANES]
            here = desk.best[new, p - since]
            if n == 0:
                for s in range(LANES):
                    here[s] = prices[s]
            else:
                prior = desk.best[old, min(p - before, high) - low]
                for s in range(LANES):
                    here[s] = prior[s] + prices[s]
            if p > since:
                last = desk.best[new, p - since - 1]
                for s in range(LANES):
                    here[s] = min(here[s], last[s])
        old, low, high, before = new, since, until, length
    return old * desk.best.shape[1] + high - low


@njit(cache=True, fastmath=True, nogil=True)
def bare_shifts(desk: Desk, f: Forms, form: int, base: int, huddle: int) -> None:
    """`desk.row`: what being there the whole shift is worth, for each start of a day."""
    length, step = f.length[form], f.step[form]
    total = NIL
    for slot in range(base, base + length):
        if slot != huddle:
            total += desk.worth[slot]
    for s in range(f.count[form]):
        desk.row[s] = total
        for slot in range(base + step * s, base + step * s + step):
            total += NIL if slot + length == huddle else desk.worth[slot + length]
            total -= NIL if slot == huddle else desk.worth[slot]


@njit(cache=True, fastmath=True, nogil=True)
def price_days(desk: Desk, f: Forms, p: People, person: int, paid: float) -> None:
    """`desk.gain`: what each start of each day brings, without and with each extra."""
    form = p.form[person]
    huddle, count, size = p.huddle[person], f.count[form], desk.best.shape[1]
    windows(desk, f, form, huddle)
    desk.gain[:] = NO
    late, weekend = np.float32(p.slope[person, 0]), np.float32(p.slope[person, 1])
    for day in range(huddle.size):
        base = p.midnight[person, day] + f.first[form]
        bare_shifts(desk, f, form, base, huddle[day])
        fixed = np.float32(p.day_price[person, day] + paid * f.paid[form])
        if day % 7 >= 5:
            fixed += weekend
        for s in range(count):
            own = p.start_price[person, day, s] + late * p.late[form, s]
            desk.row[s] = NO if own >= FORBIDDEN else desk.row[s] - fixed - own
        for s in range(count, LANES):
            desk.row[s] = NO
        for n in range(f.n_orders[form]):
            order = f.orders[form, n]
            found = in_order(desk, order, base, f.step[form])
            least = desk.best[found // size, found % size]
            gain = desk.gain[day, order[0]]
            for s in range(LANES):
                gain[s] = max(gain[s], desk.row[s] - least[s])


@njit(cache=True, fastmath=True, nogil=True)
def climb(arcs: Any, old: Any, new: Any, gain: Any, reach: Any, place: Any, row: Any) -> None:
    """One day: the best value of every node of the next layer, from those of this one."""
    source, gap = -1, -1
    for n in range(arcs.shape[0]):
        kind, target = arcs[n, 2], new[arcs[n, 3]]
        here = old[arcs[n, 0]]
        if kind == -1:
            for s in range(LANES):
                target[s] = max(target[s], here[s])
            continue
        if arcs[n, 0] != source:
            source, gap = arcs[n, 0], -1
            most = NO
            for s in range(LANES):
                most = max(most, here[s])
                place[s + 1] = most
        if kind == -2:
            target[0] = max(target[0], place[LANES])
            continue
        if arcs[n, 1] != gap:
            gap = arcs[n, 1]
            for s in range(LANES):
                row[s] = place[reach[gap, s]]
        for s in range(LANES):
            target[s] = max(target[s], row[s] + gain[kind, s])


@njit(cache=True, fastmath=True, nogil=True)
def back(arcs: Any, old: Any, gain: Any, reach: Any, node: int, start: int) -> tuple[int, int, int]:
    """The best way into a node and start: node and start before, kind of the arc."""
    most, from_node, from_start, by = NO, -1, -1, 0
    for n in range(arcs.shape[0]):
        kind = arcs[n, 2]
        if arcs[n, 3] != node or (kind == -2 and start != 0):
            continue
        here = old[arcs[n, 0]]
        first, last, plus = 0, LANES, NIL
        if kind == -1:
            first, last = start, start + 1
        elif kind >= 0:
            last, plus = reach[arcs[n, 1], start], gain[kind, start]
        for s in range(first, last):
            if here[s] + plus > most:
                most, from_node, from_start, by = here[s] + plus, arcs[n, 0], s, kind
    return from_node, from_start, by


@njit(cache=True, fastmath=True, nogil=True)
def best_tour(
    desk: Desk, f: Forms, p: People, g: Graphs, person: int, paid: float, start: Any, extra: Any
) -> float:
    """The best tour there is, into `start` and `extra`; what it brings, `NO` when there is none."""
    days, form = start.size, p.form[person]
    price_days(desk, f, p, person, paid)
    reach = f.reach[p.rules[person], form]
    desk.place[0] = NO
    entry = desk.value[0]
    entry[: g.nodes[p.week[person, 0], 0]] = NO
    entry[p.port[person], 0] = NIL
    for day in range(days):
        week, weekday = p.week[person, day // 7], day % 7
        arcs = g.arcs[g.first[week, weekday] : g.first[week, weekday + 1]]
        desk.value[day + 1, : g.nodes[week, weekday + 1]] = NO
        climb(
            arcs, desk.value[day], desk.value[day + 1], desk.gain[day], reach, desk.place, desk.row
        )
    most, node, at = NO, -1, 0
    for n in range(g.nodes[p.week[person, days // 7 - 1], 7]):
        for s in range(LANES):
            if desk.value[days, n, s] > most:
                most, node, at = desk.value[days, n, s], n, s
    if most < NO / 2:
        return NO
    for day in range(days - 1, -1, -1):
        week, weekday = p.week[person, day // 7], day % 7
        arcs = g.arcs[g.first[week, weekday] : g.first[week, weekday + 1]]
        start[day], extra[day] = -1, 0
        before, last, kind = back(arcs, desk.value[day], desk.gain[day], reach, node, at)
        if kind >= 0:
            start[day], extra[day] = at, kind
        node, at = before, last
    return most
