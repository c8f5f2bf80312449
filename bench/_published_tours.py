"""Everybody's best tour in a published roster, by dynamic programming for given prices."""

import numpy as np
from numba import njit

DEAR = 1e9


@njit(cache=True)
def tour(  # noqa: C901, PLR0913 - one loop over all states, which the compiler wants in one piece
    price, allowed, unit, least, most, follows, row, off, weekends, limit, limited
):
    """The cheapest tour (days,) of shifts or −1, and its price. `price` (days, shifts); `row` and
    `off`: most and least shifts, least days off in a row; `limit` of shift `limited` (−1: none)."""
    days, kinds = price.shape
    most_row, least_row = row
    states = kinds * most_row + off
    value = np.full((days + 1, states, most + 1, weekends + 1, limit + 1), DEAR)
    came = np.full((days, states, most + 1, weekends + 1, limit + 1), -1, np.int32)
    for day in range(days):
        for s in range(states if day else 1):
            resting = day == 0 or s >= kinds * most_row
            run = 0 if day == 0 else (s - kinds * most_row + 1 if resting else s % most_row + 1)
            kind = -1 if resting else s // most_row
            for w in range(most + 1):
                for e in range(weekends + 1):
                    for n in range(limit + 1):
                        here = value[day, s, w, e, n] if day else (0.0 if w + e + n == 0 else DEAR)
                        if here >= DEAR / 2:
                            continue
                        if resting or run >= least_row or run == day:
                            to = kinds * most_row + min(run + 1 if resting else 1, off) - 1
                            if here < value[day + 1, to, w, e, n]:
                                value[day + 1, to, w, e, n] = here
                                came[day, to, w, e, n] = s
                        if resting and not (run >= off or run == day):
                            continue
                        if not resting and run >= most_row:
                            continue
                        first = day % 7 == 5 or (day % 7 == 6 and resting)
                        more = e + (1 if first else 0)
                        if more > weekends:
                            continue
                        for k in range(kinds):
                            if not allowed[day, k] or w + unit[k] > most:
                                continue
                            if kind >= 0 and not follows[kind, k]:
                                continue
                            m = n + (1 if k == limited else 0)
                            if m > limit:
                                continue
                            to = k * most_row + (0 if resting else run)
                            new = here + price[day, k]
                            if new < value[day + 1, to, w + unit[k], more, m]:
                                value[day + 1, to, w + unit[k], more, m] = new
                                came[day, to, w + unit[k], more, m] = s
    best, at = DEAR, (-1, 0, 0, 0)
    for s in range(states):
        for w in range(least, most + 1):
            for e in range(weekends + 1):
                for n in range(limit + 1):
                    if value[days, s, w, e, n] < best:
                        best, at = value[days, s, w, e, n], (s, w, e, n)
    found = np.full(days, -1, np.int64)
    s, w, e, n = at
    for day in range(days - 1, -1, -1):
        before = came[day, s, w, e, n]
        if s < kinds * most_row:
            k = s // most_row
            found[day] = k
            resting = day == 0 or before >= kinds * most_row
            w -= unit[k]
            e -= 1 if day % 7 == 5 or (day % 7 == 6 and resting) else 0
            n -= 1 if k == limited else 0
        s = before
    return best, found


class Folk:
    """An instance as arrays, and everybody's best tour for given prices of (day, shift)."""

    def __init__(self, made):
        self.made, self.kinds = made, list(made.length)
        place = {shift: n for n, shift in enumerate(self.kinds)}
        step = int(np.gcd.reduce(list(made.length.values())))
        self.unit = np.array([made.length[k] // step for k in self.kinds])
        self.follows = np.array([[b not in made.after[a] for b in self.kinds] for a in self.kinds])
        shape = made.days, len(self.kinds)
        self.own = np.zeros((len(made.staff), *shape))
        self.fixed = np.zeros(len(made.staff))
        number = {one.name: n for n, one in enumerate(made.staff)}
        for who, day, shift, weight in made.on_requests:
            self.own[number[who], day, place[shift]] -= weight
            self.fixed[number[who]] += weight
        for who, day, shift, weight in made.off_requests:
            self.own[number[who], day, place[shift]] += weight
        cover = [[made.cover[d, k] for k in self.kinds] for d in range(made.days)]
        self.need, self.under, self.over = np.moveaxis(np.array(cover), 2, 0)
        self.terms = [self._terms(one, step) for one in made.staff]

    def _terms(self, one, step):
        allowed = np.array([[one.most.get(k, 0) > 0 for k in self.kinds]] * self.made.days)
        allowed[list(self.made.off.get(one.name, ()))] = False
        tight = [n for n, k in enumerate(self.kinds) if 0 < one.most.get(k, 0) < self.made.days]
        if len(tight) > 1:
            raise ValueError("more than one shift with a limit: not taken apart by this adapter")
        limited = tight[0] if tight else -1
        limit = one.most[self.kinds[limited]] if tight else 0
        return (
            allowed, self.unit, -(-one.least_min // step), one.most_min // step, self.follows,
            (one.most_row, one.least_row), one.least_off, one.weekends, limit, limited,
        )  # fmt: skip

    def best(self, person, price):
        """Price and tour."""
        return tour(self.own[person] + price, *self.terms[person])
