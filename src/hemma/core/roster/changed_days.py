"""What becomes of days that two people change with each other: extras and breaks in their new places, and
whether the whole plan gets cheaper by it.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hemma.core.roster.arrays import no_tours
from hemma.core.roster.breaks import place_day
from hemma.core.roster.cover import missing_in, put_days, worth_now
from hemma.core.roster.engine import Desk, Forms, Graphs, People, Tours
from hemma.core.roster.facts import Problem
from hemma.core.roster.sweeps import State
from hemma.core.roster.walks import Ways, ways
from hemma.core.roster.watch import alone_in, watch_days

LEAST = 1e-6  # saved by an exchange that is worth it
OWN, ALL, HOURS = 0, 1, 2  # what becomes of a day: as it is, changed, its hours alone
_ANY = -1  # whatever extra is still owed


class Exchange(NamedTuple):
    """Scratch: `ways` of the pair (2 lines), `here` (2, 8, nodes) how they stand while they walk a week,
    `new` and `old` (2 lines) what days become and were, `had` (8, 2, 2) late shifts and weekend days
    and `own` (8,) what is dearer, day by day of the week; `best` (kept, 7) the best choices of a week
    and `less` (kept,) what they save."""

    ways: Ways
    here: Any
    new: Tours
    old: Tours
    had: Any
    own: Any
    best: Any
    less: Any


@njit(cache=True, nogil=True)
def differs(s: State, pair: Any, day: int, way: int) -> bool:
    """Whether changing the day this way changes anything."""
    tour, one, two = s.tour, pair[0], pair[1]
    if tour.start[one, day] != tour.start[two, day] or way == OWN:
        return True
    return bool(way == ALL and tour.extra[one, day] != tour.extra[two, day])


@njit(cache=True, nogil=True)
def take_over(x: Exchange, s: State, pair: Any, day: int, way: int) -> None:
    """`x.new`: what the pair's day becomes. With the hours alone everybody keeps what is owed to them:
    on a day that comes new it is whatever has lost its place."""
    for k in range(2):
        own, other = pair[k], pair[1 - k]
        hours = own if way == OWN else other
        rest = other if way == ALL else own
        x.new.start[k, day] = s.tour.start[hours, day]
        x.new.extra[k, day] = s.tour.extra[rest, day]
        x.new.at[k, day] = s.tour.at[rest, day]
        if way == HOURS and s.tour.start[own, day] < 0:
            x.new.extra[k, day] = _ANY if s.tour.start[other, day] >= 0 else 0
        if x.new.start[k, day] < 0:
            x.new.extra[k, day] = 0


@njit(cache=True, nogil=True)
def settle(x: Exchange, s: State, pair: Any, first: int) -> bool:
    """Extras that have lost their day go to days that came new, where it can be to one on which the
    other had the same; whether all have found a place."""
    lost = np.zeros(4, np.int64)
    for k in range(2):
        own, other = pair[k], pair[1 - k]
        lost[:] = 0
        for day in range(first, first + 7):
            if x.new.start[k, day] < 0 <= s.tour.start[own, day]:
                lost[s.tour.extra[own, day]] += 1
        lost[0] = 0
        for day in range(first, first + 7):
            kind = s.tour.extra[other, day]
            if x.new.extra[k, day] == _ANY and lost[kind] > 0:
                settle_day(x, s, k, other, day, kind, lost)
        for day in range(first, first + 7):
            if x.new.extra[k, day] == _ANY:
                settle_day(x, s, k, other, day, np.argmax(lost), lost)
        if lost.max() > 0:
            return False
    return True


@njit(cache=True, nogil=True)
def settle_day(x: Exchange, s: State, k: int, other: int, day: int, kind: int, lost: Any) -> None:
    """A day that came new has the other's breaks, and this extra if it is one that lost its day."""
    if lost[kind] <= 0:
        kind = 0
    else:
        lost[kind] -= 1
    x.new.extra[k, day] = kind
    x.new.at[k, day] = s.tour.at[other, day]
    if kind != s.tour.extra[other, day]:
        x.new.at[k, day, x.new.at.shape[2] - 1] = -1


@njit(cache=True, nogil=True)
def collides(x: Exchange, f: Forms, p: People, person: int, line: int, day: int) -> bool:
    """Whether something lies where the person's huddle is, or an extra has no place yet."""
    form, last = p.form[person], x.new.at.shape[2] - 1
    if x.new.extra[line, day] > 0 and x.new.at[line, day, last] < 0:
        return True
    base = p.midnight[person, day] + f.first[form] + f.step[form] * x.new.start[line, day]
    at = p.huddle[person, day] - base
    if not 0 <= at < f.length[form]:
        return False
    order = f.orders[form, 0]
    for n in range(order[1]):
        since = x.new.at[line, day, n]
        if since <= at < since + order[4 + n]:
            return True
    extra = x.new.extra[line, day]
    if extra > 0:
        since = x.new.at[line, day, last]
        return bool(since <= at < since + f.extra[form, extra - 1])
    return False


@njit(cache=True, nogil=True)
def lay_out(
    x: Exchange, s: State, f: Forms, p: People, desk: Desk, person: int, line: int, days: Any,
    anew: bool,
) -> None:  # fmt: skip
    """Breaks of the new days where they do not fit the person's huddles, or of all of them `anew`,
    where they are missed least."""
    known, form = False, p.form[person]
    for day in range(days[0], days[1]):
        start = x.new.start[line, day]
        if start < 0 or not (anew or collides(x, f, p, person, line, day)):
            continue
        if not known:
            worth_now(
                s.short, p.subsets[person], desk, s.mine, s.other, s.price, s.table, 0.002, 0.0
            )
            known = True
        base = p.midnight[person, day] + f.first[form] + f.step[form] * start
        place_day(
            desk, f, form, base, p.huddle[person, day], x.new.extra[line, day], x.new.at[line, day]
        )


@njit(cache=True, nogil=True)
def count_days(s: State, f: Forms, p: People, person: int, sign: int, days: Any) -> int:
    """Count the person's days in or out; the slots they are there."""
    watch_days(s.watch, f, p, person, s.tour, sign, s.row, days[0], days[1])
    return sign * put_days(s.short, f, p, person, s.tour, sign, s.row, days[0], days[1])


@njit(cache=True, nogil=True)
def change(into: Tours, line: int, tour: Tours, of: int, days: Any) -> None:
    """Some days of a tour."""
    into.start[line, days[0] : days[1]] = tour.start[of, days[0] : days[1]]
    into.extra[line, days[0] : days[1]] = tour.extra[of, days[0] : days[1]]
    into.at[line, days[0] : days[1]] = tour.at[of, days[0] : days[1]]


@njit(cache=True, nogil=True)
def common(s: State, slots: Any) -> tuple[int, float]:
    """Person-slots missing between two slots; the price of them and of who is alone then."""
    under, cost = missing_in(s.short, s.worst, s.table, slots[0], slots[1])
    return under, cost + alone_in(s.watch, slots[0], slots[1])


@njit(cache=True, nogil=True)
def window_of(s: State, f: Forms, p: People, pair: Any, days: Any) -> tuple[int, int]:
    """The slots that these days of a pair can touch."""
    since, until = s.worst.size, 0
    for k in range(2):
        form = p.form[pair[k]]
        longest = f.first[form] + f.step[form] * f.count[form] + f.length[form]
        since = min(since, p.midnight[pair[k], days[0]] + f.first[form])
        until = max(until, p.midnight[pair[k], days[1] - 1] + longest)
    return max(0, since), min(s.worst.size, until)


@njit(cache=True, nogil=True)
def put_through(
    x: Exchange, s: State, f: Forms, p: People, desk: Desk, pair: Any, days: Any, own: float,
    anew: bool,
) -> float:  # fmt: skip
    """Change the days of `x.new` if the whole price falls, `own` being what changes by person: what is
    saved, 0 if nothing was changed."""
    slots = window_of(s, f, p, pair, days)
    under, before = common(s, slots)
    there = 0
    for k in range(2):
        change(x.old, k, s.tour, pair[k], days)
        there += count_days(s, f, p, pair[k], -1, days)
    for k in range(2):
        lay_out(x, s, f, p, desk, pair[k], k, days, anew)
        change(s.tour, pair[k], x.new, k, days)
        there += count_days(s, f, p, pair[k], 1, days)
    now, after = common(s, slots)
    more = own + after - before + s.price[1] * (now - under + there)
    if more < -LEAST:
        return -more
    for k in range(2):
        count_days(s, f, p, pair[k], -1, days)
        change(s.tour, pair[k], x.old, k, days)
        count_days(s, f, p, pair[k], 1, days)
    return 0.0


def scratch(problem: Problem, graphs: Graphs, kept: int = 3) -> Exchange:
    """For one thread."""
    nodes, days = int(graphs.nodes.max()), problem.days
    return Exchange(
        ways(2, days, nodes), np.zeros((2, 8, nodes), np.int64), no_tours(problem, 2),
        no_tours(problem, 2), np.zeros((8, 2, 2)), np.zeros(8), np.zeros((kept, 7), np.int64),
        np.zeros(kept),
    )  # fmt: skip
