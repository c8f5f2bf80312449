"""The compiled side of the bound: prices of slots, under which every person alone is asked for their
best tour.

For any prices π of a skill's slot between −over and under, Σ π·need + Σ over people of the least
(own cost − Σ over slots of the dearest π among their skills) is at most what any roster costs:
`ask` computes it. Good prices come from Frank–Wolfe steps person by person on a smoothed cost
(`step_each`): each person is a mixture of tours, and prices follow what the mixtures leave missing.
The price of unfairness lies above its tangents: the slope at a mixture's counts is asked with, and the
least that the square is above that line is added to the bound by the caller.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hemma.core.roster.breaks import on_slots, place_tour, private_cost
from hemma.core.roster.engine import NO, Desk, Forms, Graphs, People, Tours, best_tour
from hemma.core.roster.even import Even, count


class Mix(NamedTuple):
    """Mixtures: `held` (Σ own skills · slots,) each person's share of a slot by skill, from
    `since[person]` on, in the order of their skills; `total` (skills, slots); `own` (people,) cost;
    `prices` (skills, slots); `skill_of` and `there` (slots,), `row` (longest form,) and `tour` (one
    person) scratch; `price` (3,) under, over, paid; `table` (slots, depth) as in
    `sweeps.State`; `centre` (skills, slots) the prices when as many are there as needed;
    `even` fair shares, `counts` (people, 2) late shifts and weekend days."""

    held: Any
    since: Any
    total: Any
    own: Any
    prices: Any
    skill_of: Any
    tour: Tours
    row: Any
    price: Any
    there: Any
    table: Any
    centre: Any
    even: Even
    counts: Any


@njit(cache=True, fastmath=True, nogil=True)
def dearest(m: Mix, desk: Desk, skills: int) -> None:
    """What each slot is worth to somebody with these skills, and for which skill (−1: for none)."""
    floor = np.float32(-m.price[1])
    for slot in range(m.skill_of.size):
        desk.worth[slot] = floor
        m.skill_of[slot] = -1
    for skill in range(m.prices.shape[0]):
        if skills >> skill & 1:
            line = m.prices[skill]
            for slot in range(m.skill_of.size):
                if line[slot] > desk.worth[slot]:
                    desk.worth[slot] = line[slot]
                    m.skill_of[slot] = skill


@njit(cache=True, fastmath=True, nogil=True)
def smooth(m: Mix, need: Any, skills: int, width: float) -> None:
    """Prices where `width` people more or fewer than needed lead from the one price to the other."""
    over, half = np.float32(m.price[1]), np.float32(width)
    for skill in range(need.shape[0]):
        if skills >> skill & 1:
            for slot in range(need.shape[1]):
                under = m.table[slot, 0]
                short = need[skill, slot] - m.total[skill, slot]
                price = m.centre[skill, slot] + (under + over) / (2 * half) * short
                m.prices[skill, slot] = min(under, max(-over, price))
            if m.table.shape[1] > 1:
                for slot in range(need.shape[1]):
                    short = need[skill, slot] - m.total[skill, slot]
                    m.prices[skill, slot] += steeper(m.table, slot, short)


@njit(cache=True, nogil=True, inline="always")
def steeper(table: Any, slot: int, short: float) -> float:
    """By how much the last of so many missing costs more than the first."""
    deep = min(table.shape[1] - 1, max(0, int(np.ceil(short)) - 1))
    return table[slot, deep] - table[slot, 0]


@njit(cache=True, fastmath=True, nogil=True)
def mark(m: Mix, f: Forms, p: People, person: int) -> None:
    """`there` (slots,): 1 + skill where the person's tour serves it, 0 elsewhere."""
    m.there[:] = 0
    length = f.length[p.form[person]]
    for day in range(m.tour.start.shape[1]):
        if m.tour.start[0, day] >= 0:
            base = on_slots(f, p, person, day, m.tour, 0, m.row)
            for slot in range(length):
                if m.row[slot] and base + slot < m.skill_of.size:
                    m.there[base + slot] = 1 + m.skill_of[base + slot]


@njit(cache=True, fastmath=True, nogil=True)
def slope_at(m: Mix, need: Any, skills: int, person: int, share: float, width: float) -> float:
    """How the smoothed cost of missing people changes when so much of the way is gone."""
    over, half, part = np.float32(m.price[1]), np.float32(width), np.float32(share)
    total, place, slots = 0.0, m.since[person], need.shape[1]
    for skill in range(need.shape[0]):
        if skills >> skill & 1:
            change = np.float32(0.0)
            for slot in range(slots):
                aim = np.float32(1.0) if m.there[slot] == skill + 1 else np.float32(0.0)
                more = aim - m.held[place + slot]
                short = need[skill, slot] - m.total[skill, slot] - part * more
                under = m.table[slot, 0]
                steep = (under + over) / (2 * half)
                price = m.centre[skill, slot] + steep * short
                change += more * min(under, max(-over, price))
                if m.table.shape[1] > 1:
                    change += more * steeper(m.table, slot, short)
            total -= change
            place += slots
    if m.even.price[0] > 0.0:
        for kind in range(2):
            more_of = m.even.now[kind] - m.counts[person, kind]
            there = m.even.away[person, kind] + m.counts[person, kind] + share * more_of
            total += 2.0 * m.even.price[0] * there * more_of
    return total


@njit(cache=True, nogil=True)
def slopes(m: Mix, p: People, person: int) -> None:
    """What one more late shift or weekend day costs the person's mixture."""
    for kind in range(2):
        there = m.even.away[person, kind] + m.counts[person, kind]
        p.slope[person, kind] = 2.0 * m.even.price[0] * there


@njit(cache=True, fastmath=True, nogil=True)
def move(m: Mix, skills: int, person: int, share: float) -> None:
    """Go so much of the way to the tour in `there`."""
    place, slots, part = m.since[person], m.skill_of.size, np.float32(share)
    for skill in range(m.total.shape[0]):
        if skills >> skill & 1:
            for slot in range(slots):
                aim = np.float32(1.0) if m.there[slot] == skill + 1 else np.float32(0.0)
                more = part * (aim - m.held[place + slot])
                m.held[place + slot] += more
                m.total[skill, slot] += more
            place += slots


@njit(cache=True, fastmath=True, nogil=True)
def step_each(
    order: Any,
    m: Mix,
    need: Any,
    f: Forms,
    p: People,
    g: Graphs,
    desk: Desk,
    width: float,
    full: int,
) -> None:
    """One Frank–Wolfe step for each; `full`: the whole way (the first time)."""
    for k in range(order.size):
        person = order[k]
        skills = p.subsets[person]
        smooth(m, need, skills, width)
        dearest(m, desk, skills)
        slopes(m, p, person)
        start, extra = m.tour.start[0], m.tour.extra[0]
        if best_tour(desk, f, p, g, person, m.price[2], start, extra) <= NO / 2:
            continue
        place_tour(desk, f, p, person, m.tour, 0)
        cost = private_cost(f, p, person, m.tour, 0, m.price[2])
        mark(m, f, p, person)
        count(p, person, m.tour, 0, m.even.now)
        share, low, high = 1.0, 0.0, 1.0
        if not full:
            for _ in range(6):
                share = (low + high) / 2
                if cost - m.own[person] + slope_at(m, need, skills, person, share, width) < 0:
                    low = share
                else:
                    high = share
            share = (low + high) / 2
        move(m, skills, person, share)
        m.own[person] += share * (cost - m.own[person])
        for kind in range(2):
            m.counts[person, kind] += share * (m.even.now[kind] - m.counts[person, kind])


@njit(cache=True, fastmath=True, nogil=True)
def begin_with(
    order: Any, m: Mix, need: Any, f: Forms, p: People, desk: Desk, tour: Tours, width: float
) -> None:
    """Everybody's mixture is the tour they have in a roster, each slot for the skill that is dearest
    when their turn comes: a good place to start from, for the price of no search."""
    for k in range(order.size):
        person = order[k]
        skills = p.subsets[person]
        smooth(m, need, skills, width)
        dearest(m, desk, skills)
        m.tour.start[0] = tour.start[person]
        m.tour.extra[0] = tour.extra[person]
        m.tour.at[0] = tour.at[person]
        mark(m, f, p, person)
        move(m, skills, person, 1.0)
        m.own[person] = private_cost(f, p, person, m.tour, 0, m.price[2])
        count(p, person, m.tour, 0, m.counts[person])


@njit(cache=True, fastmath=True, nogil=True)
def ask(first: int, every: int, m: Mix, f: Forms, p: People, g: Graphs, desk: Desk) -> float:
    """Σ over every so many people of the least own cost less worth at `m.prices`."""
    total = 0.0
    for person in range(first, p.form.size, every):
        dearest(m, desk, p.subsets[person])
        start, extra = m.tour.start[0], m.tour.extra[0]
        got = best_tour(desk, f, p, g, person, m.price[2], start, extra)
        if got > NO / 2:
            total -= got
    return total
