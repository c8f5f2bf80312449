"""The cheapest tour of one person for given prices: dynamic programming over days, compiled.

A state is what somebody did last: `class` (kinds that the same kinds may follow) × shifts in a row, or days
off in a row (the last of these means "enough"). Beside it run up to three amounts: of limited kinds, of
weekends, and of minutes. Minutes and weekends may be held to a corridor of days' own lower edges.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def _push(here, there, came, price, code, move):
    """Minutes' rows: `here` + `price` into `there`, `move` places on, and where it came from."""
    width = here.size
    for w in range(max(0, -move), min(width, width - move)):
        value = here[w] + price
        if value < there[w + move]:
            there[w + move] = value
            came[w + move] = code


@njit(cache=True, nogil=True)
def _alive(here):
    for value in here:  # noqa: SIM110 - compiled
        if value < np.inf:
            return True
    return False


@njit(cache=True, nogil=True)
def _work(here, s, at, price, groups, nxt, came, rows):
    """From one state into all shifts of the next day."""
    follows, kind, unit, stride, cap = groups
    n, e, from_e, move, resting = at
    most_row, run, width_e = rows
    for g in range(price.size):
        if price[g] == np.inf or (not resting and not follows[s // most_row, g]):
            continue
        if stride[g] and (n // stride[g]) % (cap[g] + 1) >= cap[g]:
            continue
        to, m = kind[g] * most_row + run, n + stride[g]
        code = (s * (price.size + 1) + g) * width_e + from_e
        _push(here, nxt[to, m, e], came[to, m, e], price[g], code, move + unit[g])


@njit(cache=True, nogil=True)
def _day(t, day, cur, nxt, came, price, groups, rows, base, weekends):  # noqa: PLR0913
    """All states of one day."""
    most_row, least_row, off = rows
    low_e, top_e, counted, dear = weekends
    states, amounts, width_e, _ = cur.shape
    worked = states - off
    move = base[t] - base[t + 1]
    for s in range(states):
        resting = s >= worked
        run = s - worked + 1 if resting else s % most_row + 1
        first = day % 7 == 5 or (day % 7 == 6 and resting)
        more = 1 if first and counted else 0
        to = worked + min(run + 1 if resting else 1, off) - 1
        code = (s * (price.shape[1] + 1) + price.shape[1]) * width_e
        cost = price[t] + dear if first else price[t]
        for n in range(amounts):
            for e in range(width_e):
                here = cur[s, n, e]
                if not _alive(here):
                    continue
                if resting or run >= least_row or run == day:
                    at = max(low_e[t] + e, low_e[t + 1]) - low_e[t + 1]
                    if at < width_e:
                        _push(here, nxt[to, n, at], came[to, n, at], 0.0, code + e, move)
                at = max(low_e[t] + e + more, low_e[t + 1]) - low_e[t + 1]
                ready = run >= off if resting else run < most_row
                if ready and low_e[t] + e + more <= top_e and at < width_e:
                    how = (n, at, e, move, resting)
                    lengths = (most_row, 0 if resting else run, width_e)
                    _work(here, s, how, cost, groups, nxt, came, lengths)


@njit(cache=True, nogil=True)
def _back(came, base, unit, stride, at, groups):
    """The groups (days,), −1 for a day off, that led to a last state."""
    days, _, _, width_e, _ = came.shape
    found = np.full(days, -1, np.int64)
    s, n, e, w = at
    for t in range(days - 1, -1, -1):
        code = came[t, s, n, e, w]
        e, rest = code % width_e, code // width_e
        s, g = rest // (groups + 1), rest % (groups + 1)
        w += base[t + 1] - base[t]
        if g < groups:
            found[t], w, n = g, w - unit[g], n - stride[g]
    return found


@njit(cache=True, nogil=True)
def tour(price, groups, rows, edge, minutes, weekends, amounts):
    """The cheapest tour and its price (infinite if there is none).

    `price` (days, groups of kinds), infinite where not allowed; `groups`: which may follow a class
    (classes, groups), class, minutes' units, stride and limit among the counted amounts of each;
    `rows`: most and least shifts, least days off in a row; `edge`: first day, state before it, states
    (bool) that may be the last; `minutes`: lower edges (days + 1,), width, least, most; `weekends`: lower
    edges (days + 1,), most, width, whether they are counted, price of one; `amounts`: how many.
    """
    _, _, unit, stride, _ = groups
    first, start, last = edge
    base, width, least, most = minutes
    low_e, top_e, width_e, counted, dear = weekends
    days, states = price.shape[0], last.size
    cur = np.full((states, amounts, width_e, width), np.inf)
    nxt = np.empty_like(cur)
    came = np.empty((days, states, amounts, width_e, width), np.int32)
    cur[start, 0, 0, 0] = 0.0
    for t in range(days):
        nxt[:] = np.inf
        _day(
            t,
            first + t,
            cur,
            nxt,
            came[t],
            price,
            groups,
            rows,
            base,
            (low_e, top_e, counted, dear),
        )
        cur, nxt = nxt, cur
    best, at = np.inf, (-1, 0, 0, 0)
    for s in range(states):
        if not last[s]:
            continue
        for n in range(amounts):
            for e in range(width_e):
                for w in range(max(0, least - base[days]), min(width, most - base[days] + 1)):
                    if cur[s, n, e, w] < best:
                        best, at = cur[s, n, e, w], (s, n, e, w)
    if best == np.inf:
        return best, np.full(days, -1, np.int64)
    return best, _back(came, base, unit, stride, at, price.shape[1])


@njit(cache=True, nogil=True)
def grouped(price, member, groups):
    """Prices (days, kinds) as the least of each group (`member` by kind, −1: none) and which it is."""
    days, kinds = price.shape
    least = np.full((days, groups), np.inf)
    which = np.full((days, groups), -1, np.int64)
    for t in range(days):
        for k in range(kinds):
            g = member[k]
            if g >= 0 and price[t, k] < least[t, g]:
                least[t, g], which[t, g] = price[t, k], k
    return least, which
