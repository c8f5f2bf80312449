"""The compiled exchange of days: two people of one form change a run of days with each other.

Those who can do the same are missed nowhere by it, so it is how late shifts, weekends and wishes are
shared out without the need knowing. A slope of fairness alone cannot do that: the best tour at a slope
has all late shifts or none. Every rule is kept (`walks`), every exchange is judged by the whole price.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hemma.core.roster.arrays import no_tours
from hemma.core.roster.breaks import place_day
from hemma.core.roster.cover import missing_in, put_days, worth_now
from hemma.core.roster.engine import Desk, Forms, Graphs, People, Tours
from hemma.core.roster.even import count
from hemma.core.roster.facts import Problem
from hemma.core.roster.sweeps import State
from hemma.core.roster.walks import Ways, arcs_of, goes_on, may_start, meet, walk, ways
from hemma.core.roster.watch import alone_in, watch_days

_LEAST = 1e-6  # saved by an exchange that is worth it
_WORTH = 0.5  # more than that, and breaks are laid anew for it


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


_OWN, _ALL, _HOURS = 0, 1, 2  # what becomes of a day: as it is, changed, its hours alone
_ANY = -1  # whatever extra is still owed


@njit(cache=True, nogil=True)
def differs(s: State, pair: Any, day: int, way: int) -> bool:
    """Whether changing the day this way changes anything."""
    tour, one, two = s.tour, pair[0], pair[1]
    if tour.start[one, day] != tour.start[two, day] or way == _OWN:
        return True
    return bool(way == _ALL and tour.extra[one, day] != tour.extra[two, day])


@njit(cache=True, nogil=True)
def take_over(x: Exchange, s: State, pair: Any, day: int, way: int) -> None:
    """`x.new`: what the pair's day becomes. With the hours alone everybody keeps what is owed to them:
    on a day that comes new it is whatever has lost its place."""
    for k in range(2):
        own, other = pair[k], pair[1 - k]
        hours = own if way == _OWN else other
        rest = other if way == _ALL else own
        x.new.start[k, day] = s.tour.start[hours, day]
        x.new.extra[k, day] = s.tour.extra[rest, day]
        x.new.at[k, day] = s.tour.at[rest, day]
        if way == _HOURS and s.tour.start[own, day] < 0:
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
def day_costs(s: State, f: Forms, p: People, person: int, day: int, start: int, had: Any) -> float:
    """What a day with this start costs the person; late shifts and weekend days into `had`."""
    if start < 0:
        return 0.0
    form = p.form[person]
    had[0] += p.late[form, start]
    if day % 7 >= 5:
        had[1] += 1.0
    return float(
        p.day_price[person, day] + p.start_price[person, day, start] + s.price[2] * f.paid[form]
    )


@njit(cache=True, nogil=True)
def fairer(s: State, pair: Any, before: Any, after: Any) -> float:
    """How much unfairness costs more with `after` instead of `before` (2, 2)."""
    more = 0.0
    for k in range(2):
        for kind in range(2):
            away = s.even.away[pair[k], kind]
            more += (away + after[k, kind]) ** 2 - (away + before[k, kind]) ** 2
    return more * s.even.price[0]


@njit(cache=True, nogil=True)
def collides(x: Exchange, f: Forms, p: People, person: int, line: int, day: int, row: Any) -> bool:
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
        if start < 0 or not (anew or collides(x, f, p, person, line, day, s.row)):
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
    if more < -_LEAST:
        return -more
    for k in range(2):
        count_days(s, f, p, pair[k], -1, days)
        change(s.tour, pair[k], x.old, k, days)
        count_days(s, f, p, pair[k], 1, days)
    return 0.0


@njit(cache=True, nogil=True)
def steps_on(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, pair: Any, day: int, at: int, way: int
) -> bool:
    """One day of both, `at` its place in the week: whether the rules let it be."""
    take_over(x, s, pair, day, way)
    own, lost = x.own[at], np.zeros(2)
    for k in range(2):
        person, start = pair[k], x.new.start[k, day]
        arcs, reach = arcs_of(g, p, person, day), f.reach[p.rules[person], p.form[person]]
        if way != _OWN and not may_start(f, p, person, day, start):
            return False
        if not goes_on(arcs, reach, x.here[k, at], x.here[k, at + 1], start, x.new.extra[k, day]):
            return False
        x.had[at + 1, k] = x.had[at, k]
        if way != _OWN:
            own += day_costs(s, f, p, person, day, start, x.had[at + 1, k])
            lost[:] = 0.0
            own -= day_costs(s, f, p, person, day, s.tour.start[person, day], lost)
            x.had[at + 1, k] -= lost
    x.own[at + 1] = own
    return True


@njit(cache=True, nogil=True)
def keep(x: Exchange, choice: Any, more: float) -> None:
    """Among the best of a week, if it is."""
    if more >= x.less[x.less.size - 1]:
        return
    n = x.less.size - 1
    while n > 0 and x.less[n - 1] > more:
        x.less[n], x.best[n] = x.less[n - 1], x.best[n - 1]
        n -= 1
    x.less[n], x.best[n] = more, choice


@njit(cache=True, nogil=True)
def look(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, pair: Any, first: int, way: int
) -> None:
    """The best choices of days of one week that two can change this way, by what it costs them."""
    at, choice = 0, np.full(7, -1)
    x.less[:] = -_LEAST
    x.own[0] = 0.0
    for k in range(2):
        x.here[k, 0] = x.ways.until[k, first]
    while at >= 0:
        choice[at] += 1
        if choice[at] > 1:
            at -= 1
            continue
        this = choice[at] * way
        if not differs(s, pair, first + at, this):
            continue
        if not steps_on(x, s, f, p, g, pair, first + at, at, this):
            continue
        if at < 6:
            at += 1
            choice[at] = -1
            continue
        more = x.own[7] + fairer(s, pair, x.had[0], x.had[7])
        if more < x.less[x.less.size - 1]:
            if meet(x.here[0, 7], x.ways.after[0, first + 7]):
                if meet(x.here[1, 7], x.ways.after[1, first + 7]):
                    keep(x, choice, more)


@njit(cache=True, nogil=True)
def exchange_week(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, desk: Desk, pair: Any, first: int,
    way: int,
) -> float:  # fmt: skip
    """Two change days of one week if that makes the plan cheaper; what is saved."""
    look(x, s, f, p, g, pair, first, way)
    for n in range(x.less.size):
        if x.less[n] >= -_LEAST:
            break
        for anew in range(2):
            if anew == 1 and x.less[n] > -_WORTH:
                break
            for day in range(7):
                take_over(x, s, pair, first + day, way * x.best[n, day])
            if not settle(x, s, pair, first):
                break
            saved = put_through(x, s, f, p, desk, pair, (first, first + 7), x.less[n], anew == 1)
            if saved > 0.0:
                return saved
    return 0.0


@njit(cache=True, nogil=True)
def evens(s: State, p: People, pair: Any, had: Any, first: int) -> bool:
    """Whether one of the two has more than one more than the other, counted from their shares, and has
    it on some day of this week."""
    for kind in range(2):
        apart = s.even.away[pair[0], kind] + had[0, kind]
        apart -= s.even.away[pair[1], kind] + had[1, kind]
        if abs(apart) <= 1.0:
            continue
        for day in range(first, first + 7):
            both = np.zeros(2)
            for k in range(2):
                start = s.tour.start[pair[k], day]
                if start >= 0:
                    both[k] = p.late[p.form[pair[k]], start] if kind == 0 else day % 7 >= 5
            if (both[0] - both[1]) * apart > 0.0:
                return True
    return False


@njit(cache=True, nogil=True)
def exchange_pair(
    x: Exchange, s: State, f: Forms, p: People, g: Graphs, desk: Desk, pair: Any, every: bool
) -> float:
    """Two change days as long as that pays, of the weeks alone that `evens` tells or of every one; what
    is saved."""
    total, week, calm, weeks = 0.0, 0, 0, s.tour.start.shape[1] // 7
    for k in range(2):
        walk(x.ways, k, f, p, g, pair[k], s.tour)
        count(p, pair[k], s.tour, pair[k], x.had[0, k])
    while calm < weeks:
        saved = 0.0
        if every or evens(s, p, pair, x.had[0], week * 7):
            for way in (_ALL, _HOURS):
                if saved == 0.0:
                    saved = exchange_week(x, s, f, p, g, desk, pair, week * 7, way)
        calm += 1
        if saved > 0.0:
            calm, total = 0, total + saved
            for k in range(2):
                walk(x.ways, k, f, p, g, pair[k], s.tour)
                count(p, pair[k], s.tour, pair[k], x.had[0, k])
        week = (week + 1) % weeks
    return total


@njit(cache=True, nogil=True)
def far_apart(s: State, p: People, pair: Any, had: Any) -> bool:
    """Whether two are so far apart in some share that a day changed could even it."""
    for k in range(2):
        had[k] = 0.0
        count(p, pair[k], s.tour, pair[k], had[k])
    for kind in range(2):
        apart = s.even.away[pair[0], kind] + had[0, kind]
        if abs(apart - s.even.away[pair[1], kind] - had[1, kind]) > 1.0:
            return True
    return False


@njit(cache=True, nogil=True)
def exchange(
    order: Any, pool: Any, every: bool, x: Exchange, s: State, f: Forms, p: People, g: Graphs,
    desk: Desk,
) -> float:  # fmt: skip
    """Each of `order` with everybody of the same pool who has a lower number, in every way or to even out
    shares alone; what is saved. The people of a pool have one form."""
    total, pair = 0.0, np.zeros(2, np.int64)
    for n in range(order.size):
        pair[0] = order[n]
        for other in range(order[n]):
            pair[1] = other
            if pool[other] != pool[pair[0]]:
                continue
            if every or far_apart(s, p, pair, x.had[0]):
                total += exchange_pair(x, s, f, p, g, desk, pair, every)
    return total


def scratch(problem: Problem, graphs: Graphs, kept: int = 3) -> Exchange:
    """For one thread."""
    nodes, days = int(graphs.nodes.max()), problem.days
    return Exchange(
        ways(2, days, nodes), np.zeros((2, 8, nodes), np.int64), no_tours(problem, 2),
        no_tours(problem, 2), np.zeros((8, 2, 2)), np.zeros(8), np.zeros((kept, 7), np.int64),
        np.zeros(kept),
    )  # fmt: skip
