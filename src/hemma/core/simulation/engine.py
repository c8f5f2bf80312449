"""The compiled loop. Importing this compiles (some seconds, once a machine: it is kept on disk), so
only `simulation.play` imports it, and only when it is called.

Every random number is drawn when a contact comes: its handling time and patience belong to it,
whoever takes it and whenever. Two plans with one seed therefore meet the very same customers
(common random numbers), and their difference is that of the plans.
"""

from math import exp, log, sqrt
from typing import Any

import numpy as np
from numba import njit

NEVER = 1e300


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
def _lose(line: Any, first: Any, out: Any, queue: int) -> None:
    """Count the first of a line as one who gave up."""
    place = first[queue] % line.shape[1]
    out[queue, 3] += 1
    out[queue, 4] += line[queue, place, 1] - line[queue, place, 0]


@njit(cache=True, inline="always")
def _take(line: Any, first: Any, out: Any, queue: int, t: float, limit: float, last: float) -> None:
    """Count an answered contact; time in contacts only until the day's end."""
    place = first[queue] % line.shape[1]
    waited = t - line[queue, place, 0]
    out[queue, 1] += 1
    if waited <= limit:
        out[queue, 2] += 1
    out[queue, 4] += waited
    out[queue, 5] += max(0.0, min(t + line[queue, place, 2], last) - t)


@njit(cache=True)
def _next_contact(
    group: int, able: Any, line: Any, first: Any, end: Any, t: float, out: Any
) -> int:
    """The queue whose first contact this group takes: highest priority, then longest wait; −1: none.

    `able` (groups, queues) is the priority, below 0 for not able. Those who gave up are taken out.
    """
    found, best, since = -1, -1, NEVER
    size = line.shape[1]
    for queue in range(able.shape[1]):
        if able[group, queue] < 0:
            continue
        while first[queue] < end[queue] and line[queue, first[queue] % size, 1] <= t:
            _lose(line, first, out, queue)
            first[queue] += 1
        if first[queue] == end[queue]:
            continue
        came = line[queue, first[queue] % size, 0]
        if able[group, queue] > best or (able[group, queue] == best and came < since):
            found, best, since = queue, able[group, queue], came
    return found


@njit(cache=True)
def day(  # noqa: C901, PLR0913 (one loop, compiled as a whole: calls would cost more than they tell)
    rates: Any,
    slot_s: float,
    places: Any,
    able: Any,
    order: Any,
    means: Any,
    shape: float,
    limits: Any,
    seed: int,
    line: Any,
    times: Any,
    groups: Any,
    out: Any,
) -> int:
    """Play one day from empty until nobody is left; the number of events, −1 when a line overflowed.

    `rates` (queues, slots) a second; `places` (groups, slots); `order` (queues, groups) who is asked
    first, −1 at the end; `means` (queues, 2) handling and patience; `shape` sigma of the lognormal
    handling time, below 0 for exponential; `limits` (queues,); `line` (queues, room, 3) came, gives
    up, handling. `out` (queues, 6): offered, answered, in time, gave up, waited, time in contacts.
    """
    np.random.seed(seed)
    queues, slots = rates.shape
    kinds = places.shape[0]
    size = line.shape[1]
    first, end = np.zeros(queues, np.int64), np.zeros(queues, np.int64)
    busy, room = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
    held, events, slot = 0, 0, -1
    boundary, arrival, total, last = 0.0, NEVER, 0.0, slots * slot_s
    while True:
        finish = times[0] if held > 0 else NEVER
        if boundary <= arrival and boundary <= finish:
            t = boundary
            slot += 1
            boundary = (slot + 1) * slot_s if slot < slots else NEVER
            total, arrival = 0.0, NEVER
            if slot < slots:
                for queue in range(queues):
                    total += rates[queue, slot]
                for group in range(kinds):
                    room[group] = places[group, slot]
                if total > 0:
                    arrival = t - log(1.0 - np.random.random()) / total
            for group in range(kinds):
                while busy[group] < room[group]:
                    queue = _next_contact(group, able, line, first, end, t, out)
                    if queue < 0:
                        break
                    _take(line, first, out, queue, t, limits[queue], last)
                    _push(times, groups, held, t + line[queue, first[queue] % size, 2], group)
                    first[queue] += 1
                    held += 1
                    busy[group] += 1
            if slot >= slots and held == 0:
                break
            continue
        events += 1
        if arrival <= finish:
            t = arrival
            arrival = t - log(1.0 - np.random.random()) / total
            pick, queue = np.random.random() * total, 0
            while queue < queues - 1 and pick >= rates[queue, slot]:
                pick -= rates[queue, slot]
                queue += 1
            if shape < 0:
                handling = -log(1.0 - np.random.random()) * means[queue, 0]
            else:
                handling = exp(shape * np.random.normal() - 0.5 * shape * shape) * means[queue, 0]
            gives_up = NEVER
            if means[queue, 1] < NEVER:
                gives_up = t - log(1.0 - np.random.random()) * means[queue, 1]
            out[queue, 0] += 1
            line[queue, end[queue] % size, 0] = t
            line[queue, end[queue] % size, 1] = gives_up
            line[queue, end[queue] % size, 2] = handling
            end[queue] += 1
            if end[queue] - first[queue] >= size:
                return -1
            for place in range(kinds):
                group = order[queue, place]
                if group < 0:
                    break
                if busy[group] < room[group]:
                    # Somebody able is free, so nobody waits here: it is the first of its line.
                    first[queue] = end[queue] - 1
                    _take(line, first, out, queue, t, limits[queue], last)
                    first[queue] += 1
                    _push(times, groups, held, t + handling, group)
                    held += 1
                    busy[group] += 1
                    break
            continue
        t = finish
        group = groups[0]
        held -= 1
        _pop(times, groups, held)
        busy[group] -= 1
        if busy[group] < room[group]:
            queue = _next_contact(group, able, line, first, end, t, out)
            if queue >= 0:
                _take(line, first, out, queue, t, limits[queue], last)
                _push(times, groups, held, t + line[queue, first[queue] % size, 2], group)
                first[queue] += 1
                held += 1
                busy[group] += 1
        if held == 0 and slot >= slots:
            break
    for queue in range(queues):  # whom nobody came to: they give up, or are still there
        while first[queue] < end[queue]:
            if line[queue, first[queue] % size, 1] < NEVER:
                _lose(line, first, out, queue)
            first[queue] += 1
    return events


def sigma(variation: float) -> float:
    """Of a lognormal with that coefficient of variation; −1 (exponential) for 1."""
    return -1.0 if variation == 1.0 else sqrt(log(1.0 + variation * variation))
