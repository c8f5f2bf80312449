"""The compiled loop of the plain policy. Importing this loads the compiler (what it made is kept on
disk), so only `simulation.playing` imports it, and only when it plays.

Every random number is drawn when a contact comes: its handling time and patience belong to it,
whoever takes it and whenever. Two plans with one seed therefore meet the very same customers
(common random numbers), and their difference is that of the plans.

The small functions are written into the loop by the compiler, and the loop counts no references
(`_nrt=False`: it makes nothing new, and the compiler refuses if it did): three times faster.
"""

from math import exp, log, sqrt
from typing import Any, NamedTuple

from numba import njit

from hemma.core.simulation.heap import rise, sink, small

NEVER = 1e300
COLUMNS = 9
"""Of what is counted: offered, answered, in time, gave up, seconds waited by all, seconds in
contacts until the day's end, seconds of work that came, seconds waited by those who were answered,
gave up within the time."""


class Plan(NamedTuple):
    """What stays: `upto` (slots, queues) contacts a second, added up over queues; `places` (slots,
    groups); `takes` (groups, queues + 1) queues by falling priority `rank` (groups, queues), then
    −1; `order` (queues, groups + 1) who is asked first, then −1; `means` (queues, 2) handling and
    patience; `shape` sigma of the lognormal handling time, below 0 for exponential; `limits`
    (queues,)."""

    upto: Any
    slot_s: float
    places: Any
    takes: Any
    rank: Any
    order: Any
    means: Any
    shape: float
    limits: Any


class State(NamedTuple):
    """What moves: `line` (queues, room, 4) came, gives up, handling, slot, with its `ends` (queues,
    2), room a power of two; `busy` (groups, 2) contacts in hand and room for them; the heap `times`,
    `groups`; `waiting` (1,) in all lines; `out` (slots, queues, `COLUMNS`) by the slot one came in."""

    line: Any
    ends: Any
    busy: Any
    times: Any
    groups: Any
    waiting: Any
    out: Any


@njit(cache=True, error_model="numpy", _nrt=False)
def _exponential(chance: Any) -> float:
    return chance.standard_exponential()


@njit(cache=True, error_model="numpy", _nrt=False)
def _lognormal(chance: Any, shape: float) -> float:
    return exp(shape * chance.standard_normal() - 0.5 * shape * shape)


@small
def _lose(p: Plan, s: State, queue: int) -> None:
    """Count the first of a line as one who gave up."""
    at = s.ends[queue, 0] & (s.line.shape[1] - 1)
    slot = int(s.line[queue, at, 3])
    waited = s.line[queue, at, 1] - s.line[queue, at, 0]
    s.out[slot, queue, 3] += 1.0
    s.out[slot, queue, 4] += waited
    s.out[slot, queue, 8] += waited <= p.limits[queue]
    s.ends[queue, 0] += 1
    s.waiting[0] -= 1


@small
def _take(p: Plan, s: State, queue: int, t: float, over: float) -> float:
    """The first of a line is answered; when it will be finished."""
    at = s.ends[queue, 0] & (s.line.shape[1] - 1)
    slot = int(s.line[queue, at, 3])
    waited = t - s.line[queue, at, 0]
    until = t + s.line[queue, at, 2]
    s.ends[queue, 0] += 1
    s.waiting[0] -= 1
    s.out[slot, queue, 1] += 1.0
    s.out[slot, queue, 2] += waited <= p.limits[queue]
    s.out[slot, queue, 4] += waited
    s.out[slot, queue, 5] += max(0.0, min(until, over) - t)
    s.out[slot, queue, 7] += waited
    return until


@small
def _next_queue(p: Plan, s: State, group: int, t: float) -> int:
    """The queue whose first contact this group takes: highest priority, then longest wait; −1: none.

    Those who gave up are taken out.
    """
    found, rank, since = -1, 0, NEVER
    place, mask = 0, s.line.shape[1] - 1
    queue = p.takes[group, 0]
    while queue >= 0:
        if found >= 0 and p.rank[group, queue] < rank:
            break
        while (
            s.ends[queue, 0] < s.ends[queue, 1] and s.line[queue, s.ends[queue, 0] & mask, 1] <= t
        ):
            _lose(p, s, queue)
        if s.ends[queue, 0] < s.ends[queue, 1]:
            came = s.line[queue, s.ends[queue, 0] & mask, 0]
            if came < since:
                found, since, rank = queue, came, p.rank[group, queue]
        place += 1
        queue = p.takes[group, place]
    return found


@small
def _come(p: Plan, s: State, chance: Any, slot: int, t: float, total: float) -> int:
    """A contact comes, with all that belongs to it, to the end of its line; its queue."""
    pick, queue = chance.random() * total, 0
    while queue < p.upto.shape[1] - 1 and pick >= p.upto[slot, queue]:
        queue += 1
    spread = _exponential(chance) if p.shape < 0 else _lognormal(chance, p.shape)
    handling = spread * p.means[queue, 0]
    gives_up = NEVER
    if p.means[queue, 1] < NEVER:
        gives_up = t + _exponential(chance) * p.means[queue, 1]
    at = s.ends[queue, 1] & (s.line.shape[1] - 1)
    s.line[queue, at, 0] = t
    s.line[queue, at, 1] = gives_up
    s.line[queue, at, 2] = handling
    s.line[queue, at, 3] = slot
    s.ends[queue, 1] += 1
    s.waiting[0] += 1
    s.out[slot, queue, 0] += 1.0
    s.out[slot, queue, 6] += handling
    return queue


@small
def _free_group(p: Plan, s: State, queue: int) -> int:
    """The first able group with somebody free; −1: nobody."""
    place = 0
    group = p.order[queue, 0]
    while group >= 0 and s.busy[group, 0] >= s.busy[group, 1]:
        place += 1
        group = p.order[queue, place]
    return group


@njit(cache=True, error_model="numpy", fastmath=True, _nrt=False)
def _change(p: Plan, s: State, slot: int, t: float, held: int, over: float) -> int:
    """A slot begins: who is there, who takes what; contacts in hand then.

    After the last slot nobody comes and everybody there stays until all is done.
    """
    if slot < p.places.shape[0]:
        for group in range(p.places.shape[1]):
            s.busy[group, 1] = p.places[slot, group]
    for group in range(p.places.shape[1]):
        while s.busy[group, 0] < s.busy[group, 1]:
            queue = _next_queue(p, s, group, t)
            if queue < 0:
                break
            rise(s.times, s.groups, held, _take(p, s, queue, t, over), group)
            held += 1
            s.busy[group, 0] += 1
    return held


@small
def _finish(p: Plan, s: State, t: float, held: int, over: float) -> int:
    """The first in the heap is finished, and whoever is free takes the next; in hand then."""
    group = s.groups[0]
    queue = -1
    if s.waiting[0] > 0 and s.busy[group, 0] <= s.busy[group, 1]:
        queue = _next_queue(p, s, group, t)
    if queue >= 0:
        sink(s.times, s.groups, held, _take(p, s, queue, t, over), group)
    else:
        held -= 1
        s.busy[group, 0] -= 1
        sink(s.times, s.groups, held, s.times[held], s.groups[held])
    return held


@small
def _offer(p: Plan, s: State, queue: int, t: float, held: int, over: float) -> int:
    """Whoever is free takes the contact that came; who waits in its line has given up by then."""
    group = _free_group(p, s, queue)
    if group >= 0:
        while s.ends[queue, 0] < s.ends[queue, 1] - 1:
            _lose(p, s, queue)
        rise(s.times, s.groups, held, _take(p, s, queue, t, over), group)
        held += 1
        s.busy[group, 0] += 1
    return held


@njit(cache=True, error_model="numpy", fastmath=True, _nrt=False)
def day(p: Plan, s: State, chance: Any) -> int:
    """Play one day from empty until nobody is left; the number of events, −1 when a line overflowed."""
    slots, last = p.upto.shape
    over = slots * p.slot_s
    held, events, slot = 0, 0, -1
    boundary, arrival, total = 0.0, NEVER, 0.0
    while held > 0 or slot < slots:
        finish = s.times[0] if held > 0 else NEVER
        if arrival < finish and arrival < boundary:
            t = arrival
            arrival = t + _exponential(chance) / total
            queue = _come(p, s, chance, slot, t, total)
            if s.ends[queue, 1] - s.ends[queue, 0] >= s.line.shape[1]:
                return -1
            held = _offer(p, s, queue, t, held, over)
            events += 1
        elif finish < boundary:
            held = _finish(p, s, finish, held, over)
            events += 1
        else:
            t, slot = boundary, slot + 1
            boundary = (slot + 1) * p.slot_s if slot < slots else NEVER
            total = p.upto[slot, last - 1] if slot < slots else 0.0
            held = _change(p, s, slot, t, held, over)
            arrival = t + _exponential(chance) / total if total > 0 else NEVER
    for queue in range(last):  # whom nobody came to: they give up, or wait for ever
        while s.ends[queue, 0] < s.ends[queue, 1]:
            if s.line[queue, s.ends[queue, 0] & (s.line.shape[1] - 1), 1] < NEVER:
                _lose(p, s, queue)
            else:
                s.ends[queue, 0] += 1
    return events


def sigma(variation: float) -> float:
    """Of a lognormal with that coefficient of variation; −1 (exponential) for 1."""
    return -1.0 if variation == 1.0 else sqrt(log(1.0 + variation * variation))
