"""A published instance as arrays, and what one person may do in a stretch of days."""

import numpy as np
from _published_tours import grouped, tour

CELLS = (
    12_000_000  # states of one tour's search: beyond, minutes and weekends are held to a corridor
)
AMOUNTS = 32  # states of counted kinds at a time; what goes beyond is kept by barring days
TRIES = 24
ROOM = 150_000_000  # states of one tour's search at most, 4 bytes each


class Folk:
    """An instance as arrays. Wishes `own` (people, days, kinds) and `fixed` (what they cost if none is
    met), cover's `need`, `under`, `over` (days, kinds), `left` (people, kinds) most of a kind."""

    def __init__(self, made):
        self.made, self.kinds = made, list(made.length)
        self.days, self.people = made.days, len(made.staff)
        self.length = np.array([made.length[k] for k in self.kinds], np.int64)
        place = {shift: n for n, shift in enumerate(self.kinds)}
        number = {one.name: n for n, one in enumerate(made.staff)}
        self._wishes(place, number)
        cover = np.zeros((3, made.days, len(self.kinds)))
        for (day, shift), numbers in made.cover.items():
            cover[:, day, place[shift]] = numbers
        self.need, self.under, self.over = cover
        self.left = np.array([[one.most[k] for k in self.kinds] for one in made.staff], np.int64)
        self.away = np.zeros((self.people, made.days), bool)
        for name, days in made.off.items():
            self.away[number[name], list(days)] = True
        follows = np.array([[b not in made.after[a] for b in self.kinds] for a in self.kinds])
        seen, self.kind_class = np.unique(follows, axis=0, return_inverse=True)
        self.kind_class = self.kind_class.ravel()
        self.follows = seen  # (classes, kinds)
        alike = {}
        self.alike = [
            alike.setdefault((c, tuple(seen[:, k]), self.length[k]), len(alike))
            for k, c in enumerate(self.kind_class.tolist())
        ]

    def _wishes(self, place, number):
        self.own = np.zeros((self.people, self.days, len(self.kinds)))
        self.fixed = np.zeros(self.people)
        for who, day, shift, weight in self.made.on_requests:
            self.own[number[who], day, place[shift]] -= weight
            self.fixed[number[who]] += weight
        for who, day, shift, weight in self.made.off_requests:
            self.own[number[who], day, place[shift]] += weight

    def wish_cost(self, person, first, row):
        """What a row (−1: off) from `first` on changes of the person's wishes."""
        on = np.flatnonzero(row >= 0)
        return self.own[person][first + on, row[on]].sum()

    def cover_cost(self, there):
        """Of everybody's shifts (days, kinds)."""
        short = self.need - there
        return np.where(short > 0, short * self.under, -short * self.over)

    def extra(self, there, push=0.0):
        """What one more costs, by day and kind; `push`: how much dearer it is to be short for now."""
        return np.where(there < self.need, -self.under - push, self.over)


class Stretch:
    """A person's days `first` to `end`, between what the rest of a whole `row` leaves (None: all days)."""

    def __init__(self, folk, person, first, end, row=None):
        self.folk, self.person, self.first, self.end = folk, person, first, end
        one = self.one = folk.made.staff[person]
        self.row = row
        self.most_row = max(1, min(one.most_row, folk.days))
        self.off = max(1, min(one.least_off, folk.days))
        classes = len(folk.follows)
        self.states = classes * self.most_row + self.off
        outside = np.full(folk.days, -1) if row is None else row.copy()
        outside[first:end] = -1
        on = outside[outside >= 0]
        spent = int(folk.length[on].sum())
        self.least, self.most = max(0, one.least_min - spent), one.most_min - spent
        self.left = folk.left[person] - np.bincount(on, minlength=len(folk.kinds))
        worked = np.append(outside >= 0, np.zeros(2, bool))
        self.weekends = one.weekends - sum(worked[d : d + 2].any() for d in range(5, folk.days, 7))
        self.barred = np.repeat(folk.away[person, first:end, None], len(folk.kinds), axis=1)
        self.barred |= (self.left <= 0)[None, :] | (folk.length > self.most)[None, :]
        room = np.minimum(self.left, (~self.barred).sum(axis=0))
        self.tight = (self.left < (~self.barred).sum(axis=0)) & (room > 0)
        self.tight &= self.left * folk.length < self.most  # else minutes keep it
        self.counted, self.shapes = (), {}
        self.room = max(1, ROOM // ((end - first) * self.states * 9 * 32))
        self.start, self.last = self._start(outside), self._last(outside)

    def _run(self, outside, day, step):
        """How many days from `day` on are as it is; and whether they reach the horizon's edge."""
        n, working = 0, outside[day] >= 0
        while 0 <= day < self.folk.days and (outside[day] >= 0) == working:
            n, day = n + 1, day + step
        return n, not 0 <= day < self.folk.days

    def _start(self, outside):
        """The state of the day before."""
        worked = self.states - self.off
        if not self.first:
            return self.states - 1
        run, edge = self._run(outside, self.first - 1, -1)
        shift = outside[self.first - 1]
        if shift < 0:
            return worked + (self.off if edge else min(run, self.off)) - 1
        return int(self.folk.kind_class[shift]) * self.most_row + run - 1

    def _last(self, outside):
        """States (bool) that go with the day after."""
        last = np.ones(self.states, bool)
        if self.end == self.folk.days:
            return last
        worked = self.states - self.off
        run, edge = self._run(outside, self.end, 1)
        shift, least_row = outside[self.end], self.one.least_row
        alone = edge or run >= (
            self.off if shift < 0 else least_row
        )  # what comes after, cut off here
        for s in range(worked):
            c, mine = s // self.most_row, s % self.most_row + 1
            if shift < 0:
                last[s] = alone and (mine >= least_row or mine == self.end)
                continue
            both = mine + run
            enough = both >= least_row or edge or mine == self.end
            last[s] = bool(self.folk.follows[c, shift]) and both <= self.most_row and enough
        for s in range(worked, self.states):
            mine = s - worked + 1
            last[s] = (
                (alone and mine >= self.off) if shift >= 0 else (edge or mine + run >= self.off)
            )
        return last

    def best(self, price, amounts=AMOUNTS):
        """A tour for prices (days, kinds) with its price, and a price that none is below; row None
        if none was found. Kinds with a limit are counted as soon as a tour breaks theirs."""
        cost = self.folk.own[self.person, self.first : self.end] + price
        cost[self.barred] = np.inf
        low, free = -np.inf, True
        for _ in range(TRIES):
            value, row, exact = self._tour(cost, self.counted)
            low = value if exact and free else low
            if row is None:
                return low, np.inf, None
            n = np.bincount(row[row >= 0], minlength=self.left.size)
            over = [int(k) for k in np.flatnonzero(self.tight & (n > self.left))]
            if not over:
                return low, value, row
            wider = tuple(sorted({*self.counted, *over}))
            if np.prod(self.left[list(wider)] + 1.0) <= min(amounts, self.room):
                self.counted = wider
                continue
            free = False
            for k in over:
                days = np.flatnonzero(row == k)
                dear = np.argsort(-cost[days, k], kind="stable")[: n[k] - self.left[k]]
                cost[days[dear], k] = np.inf
        return low, np.inf, None

    def _tour(self, cost, counted):
        """Value, row (None: none) and whether no tour could be cheaper."""
        for finer in range(6):
            shape = self.shape_of(counted, finer)
            least, which = grouped(cost, shape["member"], shape["size"])
            value, found = tour(least, *shape["how"])
            if value == np.inf:
                return value, None, shape["exact"]
            on = np.flatnonzero(found >= 0)
            row = np.full(found.size, -1, np.int64)
            row[on] = which[on, found[on]]
            minutes = self.folk.length[row[on]].sum()
            if self.least <= minutes <= self.most:
                return value, row, shape["exact"]
        return value, None, False

    def shape_of(self, counted, finer):
        """What `tour` is given beside prices, kept by the kinds that are counted."""
        key = counted, finer
        if key not in self.shapes:
            self.shapes[key] = Shape(self, counted, finer).given()
        return self.shapes[key]


class Shape:
    """The arrays of one way to search a stretch: which kinds are counted, and how wide."""

    def __init__(self, stretch, counted, finer):
        self.of, self.folk, self.counted, self.finer = stretch, stretch.folk, counted, finer
        self.days = stretch.end - stretch.first

    def given(self):
        """A dictionary: `member` and `size` for `grouped`, `how` for `tour`, `exact`."""
        of, one = self.of, self.of.one
        member, groups = self._groups()
        low_e, top, width_e, counted = self._weekends()
        amounts = int(np.prod(of.left[list(self.counted)] + 1)) if self.counted else 1
        minutes, unit, exact = self._minutes(of.states * amounts * width_e * self.days)
        follows, kind, kinds_of, stride, cap = groups
        how = (
            (follows, kind, unit[kinds_of], stride, cap), (of.most_row, one.least_row, of.off),
            (of.first, of.start, of.last), minutes, (low_e, top, width_e, counted, 0.0), amounts,
        )  # fmt: skip
        exact = exact and (not counted or not low_e.any())
        return {"member": member, "size": kind.size, "how": how, "exact": exact}

    def _groups(self):
        """Kinds that are the same to the rules, one group each; counted kinds stand alone."""
        folk, of = self.folk, self.of
        names, member = {}, np.full(len(folk.kinds), -1, np.int64)
        for k in np.flatnonzero(~of.barred.all(axis=0)).tolist():
            name = ("counted", k) if k in self.counted else folk.alike[k]
            member[k] = names.setdefault(name, len(names))
        size = max(1, len(names))
        example = np.zeros(size, np.int64)
        stride, cap = np.zeros(size, np.int64), np.zeros(size, np.int64)
        for k, g in enumerate(member.tolist()):
            if g >= 0:
                example[g] = k
        step = 1
        for k in self.counted:
            if member[k] >= 0:
                stride[member[k]], cap[member[k]] = step, of.left[k]
            step *= int(of.left[k]) + 1
        follows = np.ascontiguousarray(folk.follows[:, example])
        return member, (follows, folk.kind_class[example], example, stride, cap)

    def _weekends(self):
        """Lower edges by day, most, width and whether they are counted at all."""
        of, zero = self.of, np.zeros(self.days + 1, np.int64)
        begin = np.array([(of.first + d) % 7 == 5 for d in range(self.days)])
        most = int(begin.sum())
        if of.weekends >= most:
            return zero, 0, 1, False
        if of.weekends <= 8:
            return zero, of.weekends, of.weekends + 1, True
        path = of.weekends * np.append(0, np.cumsum(begin)) / most
        if of.row is not None:
            worked = np.append(of.row >= 0, [False] * 2)
            days = np.flatnonzero(begin) + of.first
            met = np.zeros(self.days)
            met[days - of.first] = worked[days] | worked[days + 1]
            path = np.append(0, np.cumsum(met))
        low = np.maximum(0, np.floor(path).astype(np.int64) - 3)
        low[0] = 0
        return np.maximum.accumulate(low), of.weekends, 7, True

    def _minutes(self, cells):
        """Lower edges, width, least and most in units; the kinds' units; whether nothing is left out."""
        of, length = self.of, self.folk.length
        step = int(np.gcd.reduce(length))
        widest = max(24, CELLS // max(1, cells))
        least, most = -(-of.least // step), of.most // step
        unit = length // step
        base, top = self._reach(unit, least, most)
        if (top - base).max() < widest:
            return (base, max(1, int((top - base).max()) + 1), least, most), unit, True
        need = 3 * int(length.max()) // step
        if need > widest:
            step *= -(-need // widest)
            unit = np.rint(length / step).astype(np.int64)
            least = -(-of.least // step) + self.finer
            most = max(least, of.most // step - self.finer)
            base, top = self._reach(unit, least, most)
        wide = max(widest, 3 * int(unit.max()))
        low = np.maximum(
            base, np.minimum(np.floor(self._path(unit, least, most)) - wide // 2, top - wide)
        )
        low = np.maximum.accumulate(low.astype(np.int64))
        low[0] = 0
        return (low, wide + 1, least, most), unit, False

    def _reach(self, unit, least, most):
        """Lower and upper edges (days + 1,) of units that can come to something."""
        of = self.of
        by_day = np.where(of.barred, 0, unit).max(axis=1, initial=0)
        top = np.minimum(most, np.append(0, np.cumsum(by_day)))
        rest = np.append(np.cumsum(by_day[::-1])[::-1], 0)
        return np.maximum.accumulate(np.maximum(0, least - rest)), top

    def _path(self, unit, least, most):
        """Where the middle of the corridor goes: as the row does, or evenly over days that can be worked."""
        of = self.of
        if of.row is not None:
            mine = of.row[of.first : of.end]
            return np.append(0, np.cumsum(np.where(mine >= 0, unit[mine], 0)))
        can = (~of.barred).any(axis=1)
        return (least + most) / 2 * np.append(0, np.cumsum(can)) / max(1, can.sum())
