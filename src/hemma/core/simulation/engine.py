"""The compiled loop. Importing this compiles (some seconds, once a machine: it is kept on disk), so
only `simulation.play` imports it, and only when it is called.

Every random number is drawn when a contact comes: its handling time and patience belong to it,
whoever takes it and whenever. Two plans with one seed therefore meet the very same customers
(common random numbers), and their difference is that of the plans.
"""

from math import exp, log, sqrt
from typing import Any, NamedTuple

import numpy as np
from numba import njit

NEVER = 1e300


class Plan(NamedTuple):
    """What stays: `rates` (queues, slots) a second; `places` (groups, slots); `able` (groups,
    queues) priority, below 0 for not able; `order` (queues, groups) who is asked first, −1 at the
    end; `means` (queues, 2) handling and patience; `shape` sigma of the lognormal handling time,
    below 0 for exponential; `limits` (queues,)."""

    rates: Any
    slot_s: float
    places: Any
    able: Any
    order: Any
    means: Any
    shape: float
    limits: Any


class State(NamedTuple):
    """What moves: `line` (queues, room, 3) came, gives up, handling, with `first` and `end`
    (queues,); `busy` and `room` (groups,); the heap `times`, `groups`; `out` (queues, 6): offered,
    answered, in time, gave up, waited, time in contacts."""

    line: Any
    first: Any
    end: Any
    busy: Any
    room: Any
    times: Any
    groups: Any
    out: Any


@njit(cache=True, inline="always")
def _push(times: Any, groups: Any, size: int, at: float, group: int) -> None:
    """Into the heap of finishing times."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if times[parent] <= at:
            break
        times[place] = times[parent]
        groups[place] = groups[parent]
        place = parent
    times[place] = at
    groups[place] = group


@njit(cache=True, inline="always")
def _pop(times: Any, groups: Any, size: int) -> None:
    """Take the first out of the heap; `size` is what is left."""
    at, group = times[size], groups[size]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and times[child + 1] < times[child]:
            child += 1
        if times[child] >= at:
            break
        times[place] = times[child]
        groups[place] = groups[child]
        place = child
    times[place] = at
    groups[place] = group


@njit(cache=True, inline="always")
def _lose(s: State, queue: int) -> None:
    """Count the first of a line as one who gave up."""
    place = s.first[queue] % s.line.shape[1]
    s.out[queue, 3] += 1
    s.out[queue, 4] += s.line[queue, place, 1] - s.line[queue, place, 0]
    s.first[queue] += 1


@njit(cache=True, inline="always")
def _begin(p: Plan, s: State, queue: int, group: int, t: float, held: int) -> int:
    """The group takes the first of a line; how many contacts are in hand then."""
    place = s.first[queue] % s.line.shape[1]
    waited, until = t - s.line[queue, place, 0], t + s.line[queue, place, 2]
    s.out[queue, 1] += 1
    if waited <= p.limits[queue]:
        s.out[queue, 2] += 1
    s.out[queue, 4] += waited
    s.out[queue, 5] += max(0.0, min(until, p.rates.shape[1] * p.slot_s) - t)
    s.first[queue] += 1
    s.busy[group] += 1
    _push(s.times, s.groups, held, until, group)
    return held + 1


@njit(cache=True)
def _next_contact(p: Plan, s: State, group: int, t: float) -> int:
    """The queue whose first contact this group takes: highest priority, then longest wait; −1: none.

    Those who gave up are taken out.
    """
    found, best, since = -1, -1, NEVER
    size = s.line.shape[1]
    for queue in range(p.able.shape[1]):
        if p.able[group, queue] < 0:
            continue
        while s.first[queue] < s.end[queue] and s.line[queue, s.first[queue] % size, 1] <= t:
            _lose(s, queue)
        if s.first[queue] == s.end[queue]:
            continue
        came = s.line[queue, s.first[queue] % size, 0]
        if p.able[group, queue] > best or (p.able[group, queue] == best and came < since):
            found, best, since = queue, p.able[group, queue], came
    return found


@njit(cache=True)
def _fill(p: Plan, s: State, group: int, t: float, held: int) -> int:
    """The group takes contacts while it has somebody free; how many are in hand then."""
    while s.busy[group] < s.room[group]:
        queue = _next_contact(p, s, group, t)
        if queue < 0:
            break
        held = _begin(p, s, queue, group, t, held)
    return held


@njit(cache=True)
def _change(p: Plan, s: State, slot: int, t: float, held: int) -> tuple[int, float]:
    """A slot begins: who is there, who takes what; contacts in hand and the rate of all queues.

    After the last slot nobody comes and everybody there stays until all is done.
    """
    total = 0.0
    if slot < p.rates.shape[1]:
        for queue in range(p.rates.shape[0]):
            total += p.rates[queue, slot]
        for group in range(p.places.shape[0]):
            s.room[group] = p.places[group, slot]
    for group in range(p.places.shape[0]):
        held = _fill(p, s, group, t, held)
    return held, total


@njit(cache=True)
def _come(p: Plan, s: State, slot: int, t: float, total: float) -> int:
    """A contact comes, with all that belongs to it, to the end of its line; its queue."""
    pick, queue = np.random.random() * total, 0
    while queue < p.rates.shape[0] - 1 and pick >= p.rates[queue, slot]:
        pick -= p.rates[queue, slot]
        queue += 1
    if p.shape < 0:
        handling = -log(1.0 - np.random.random()) * p.means[queue, 0]
    else:
        even = p.shape * np.random.normal() - 0.5 * p.shape * p.shape
        handling = exp(even) * p.means[queue, 0]
    gives_up = NEVER
    if p.means[queue, 1] < NEVER:
        gives_up = t - log(1.0 - np.random.random()) * p.means[queue, 1]
    place = s.end[queue] % s.line.shape[1]
    s.line[queue, place, 0] = t
    s.line[queue, place, 1] = gives_up
    s.line[queue, place, 2] = handling
    s.end[queue] += 1
    s.out[queue, 0] += 1
    return queue


@njit(cache=True)
def _offer(p: Plan, s: State, queue: int, t: float, held: int) -> int:
    """To the first able group with somebody free; nobody waits there then, so it is the first."""
    for place in range(p.order.shape[1]):
        group = p.order[queue, place]
        if group < 0:
            break
        if s.busy[group] < s.room[group]:
            while s.first[queue] < s.end[queue] - 1:
                _lose(s, queue)
            held = _begin(p, s, queue, group, t, held)
            break
    return held


@njit(cache=True)
def day(p: Plan, s: State, seed: int) -> int:
    """Play one day from empty until nobody is left; the number of events, −1 when a line overflowed."""
    np.random.seed(seed)
    slots, held, events, slot = p.rates.shape[1], 0, 0, -1
    boundary, arrival, total = 0.0, NEVER, 0.0
    while held > 0 or slot < slots:
        finish = s.times[0] if held > 0 else NEVER
        if boundary <= arrival and boundary <= finish:
            t, slot = boundary, slot + 1
            boundary = (slot + 1) * p.slot_s if slot < slots else NEVER
            held, total = _change(p, s, slot, t, held)
            arrival = t - log(1.0 - np.random.random()) / total if total > 0 else NEVER
            continue
        events += 1
        if arrival <= finish:
            t = arrival
            arrival = t - log(1.0 - np.random.random()) / total
            queue = _come(p, s, slot, t, total)
            if s.end[queue] - s.first[queue] >= s.line.shape[1]:
                return -1
            held = _offer(p, s, queue, t, held)
            continue
        group, held = s.groups[0], held - 1
        _pop(s.times, s.groups, held)
        s.busy[group] -= 1
        held = _fill(p, s, group, finish, held)
    for queue in range(p.rates.shape[0]):  # whom nobody came to: they give up, or wait for ever
        while s.first[queue] < s.end[queue]:
            if s.line[queue, s.first[queue] % s.line.shape[1], 1] < NEVER:
                _lose(s, queue)
            else:
                s.first[queue] += 1
    return events


def sigma(variation: float) -> float:
    """Of a lognormal with that coefficient of variation; −1 (exponential) for 1."""
    return -1.0 if variation == 1.0 else sqrt(log(1.0 + variation * variation))
