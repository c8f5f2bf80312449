"""The search of the published rosters' adapter.

Everybody gets a tour one after the other, each the cheapest beside those who have one; so there is a
plan within seconds. Then prices from a programme over all tours (HiGHS) where it is small enough, which
also bounds the cost, and a dive; then some people on some days anew, by the same means, until time is out.
"""

import time

import numpy as np
from _published_bound import bound
from _published_folk import AMOUNTS, ROOM, Folk, Stretch
from _published_prices import EPS, Part, shifts

CELLS_AT_ONCE = 900  # of cover (days × kinds) in one programme
DAYS_AT_ONCE = 42
STEP_S = 4.0
DIVE_S = 25.0
POOL = 150


class Plan:
    """A search that stops when its processor seconds are over."""

    def __init__(self, made, seconds, tell=None):
        self.began, self.seconds, self.tell = time.process_time(), seconds, tell
        self.folk, self.chance = Folk(made), np.random.default_rng(1)
        self.rows = np.full((self.folk.people, self.folk.days), -1, np.int64)
        self.there = np.zeros(self.folk.need.shape)
        self.low, self.high, self.told = -np.inf, np.inf, 0.0
        self.pool = [[] for _ in range(self.folk.people)]
        self.stopped = False

    def left(self):
        """Processor seconds."""
        return -1.0 if self.stopped else self.seconds - self.took()

    def took(self):
        """Processor seconds since the beginning."""
        return time.process_time() - self.began

    def stop(self):
        """End soon with the best so far."""
        self.stopped = True

    def solve(self):
        """Until time is out. Raises `ValueError` for somebody for whom no tour was found."""
        self.begin()
        self.rounds(0.2 * self.seconds, 12)
        self.say("everybody has a tour", often=True)
        if self.folk.need.size <= CELLS_AT_ONCE and not self.done():
            self.everybody()
        elif not self.done():
            end = 0.9 * self.left()
            self.low = bound(self.folk, self.high, 300, lambda: self.left() - end)[0]
        self.improve()

    def done(self):
        """Whether time is out or nothing better can be."""
        return self.left() <= 0 or self.high <= np.ceil(self.low - 1e-4) + EPS

    def say(self, what, often=False):
        """A line of progress, every few seconds."""
        now = self.took()
        if self.tell and (often or now - self.told > 5):
            self.told = now
            self.tell(f"{now:6.1f} s  cost {self.high:.0f}  bound {max(0, self.low):.1f}  {what}")

    def total(self):
        """What the plan costs."""
        wishes = sum(self.folk.wish_cost(p, 0, row) for p, row in enumerate(self.rows))
        return self.folk.fixed.sum() + wishes + self.folk.cover_cost(self.there).sum()

    def put(self, person, first, row):
        """Somebody's days from `first` on."""
        end = first + row.size
        self.there[first:end] -= shifts(
            self.rows[person : person + 1, first:end], self.there.shape[1]
        )
        self.rows[person, first:end] = row
        self.there[first:end] += shifts(row[None], self.there.shape[1])

    def begin(self):
        """Everybody's first tour. Raises `ValueError` for someone who can have none."""
        for n, person in enumerate(self.chance.permutation(self.folk.people).tolist()):
            span = Stretch(self.folk, person, 0, self.folk.days)
            price = self.folk.extra(self.there) + self.chance.normal(0, 0.1, self.there.shape)
            row = span.best(price, 1)[2]
            for amounts in (AMOUNTS, ROOM):  # harder to find, so with more of the limits counted
                if row is None:
                    row = Stretch(self.folk, person, 0, self.folk.days).best(0 * price, amounts)[2]
            if row is None:
                raise ValueError(f"no tour found for {span.one.name} that keeps all rules")
            self.put(person, 0, row)
            self.say(f"first tours: {n + 1} of {self.folk.people}")
        self.high = self.total()

    def sweep(self, push, end):
        """Everybody once more, each the best beside the others at cover's weights and `push`, until
        only `end` seconds are left."""
        for person in self.chance.permutation(self.folk.people).tolist():
            if self.left() <= end:
                break
            old = self.rows[person].copy()
            span = Stretch(self.folk, person, 0, self.folk.days, old)
            self.put(person, 0, np.full_like(old, -1))
            price = self.folk.extra(self.there, push)
            row = span.best(price + self.chance.uniform(0, 1e-3, price.shape), 1)[2]
            if (
                row is None
                or self._worth(person, row, price) > self._worth(person, old, price) + EPS
            ):
                row = old
            self.put(person, 0, row)
            self._remember(person, row)

    def rounds(self, seconds, idle):
        """Sweeps in which cells that stay short become dearer; the best plan of them is kept."""
        push, kept, failed, end = (
            np.zeros_like(self.there),
            self.rows.copy(),
            0,
            self.left() - seconds,
        )
        while failed < idle and self.left() > max(0, end) and not self.done():
            self.sweep(push, max(0, end))
            total = self.total()
            failed += 1
            if total < self.high - EPS:
                self.high, kept, failed = total, self.rows.copy(), 0
            short = self.there < self.folk.need
            push = 0.9 * push + 0.3 * self.folk.under * short
            self.say("one by one")
        self.rows, self.there = kept, shifts(kept, self.there.shape[1])

    def _worth(self, person, row, price):
        on = np.flatnonzero(row >= 0)
        return self.folk.wish_cost(person, 0, row) + price[on, row[on]].sum()

    def _remember(self, person, row):
        pool = self.pool[person]
        if not any(np.array_equal(row, other) for other in pool[-8:]):
            pool.append(row.copy())
            del pool[:-POOL]

    def take(self, part, chosen):
        """Keep a part's choice if it is no worse; whether it is better."""
        paid = part.work.paid(chosen) if chosen else np.inf
        if paid > part.paid + EPS:
            return False
        for n in chosen:
            self.put(part.people[part.work.owners[n]], part.first, part.work.rows[n])
        self.high = self.total()
        return paid < part.paid - EPS

    def keep_tours(self, part):
        """Remember a part's tours of the whole horizon, those at the best prices last."""
        if part.end - part.first < self.folk.days or part.dual is None:
            return
        which = np.arange(len(part.work.rows))
        order = np.argsort(-part.work.reduced(which, *part.dual))
        for n in order.tolist():
            self.pool[part.people[part.work.owners[n]]].append(part.work.rows[n])
        for person in part.people:
            seen = {row.astype(np.int16).tobytes(): row for row in self.pool[person]}
            self.pool[person] = list(seen.values())[-POOL:]

    def everybody(self):
        """Prices for everybody at once: a bound, and a plan by a dive."""
        part = Part(self.folk, self.rows, range(self.folk.people), (0, self.folk.days), self.chance)
        for person in range(self.folk.people):
            for row in self.pool[person][-20:]:
                part.work.add(person, row)
        end = 0.5 * self.left()

        def left():
            self.low = max(self.low, part.low + self.folk.fixed.sum())
            self.say("prices for everybody")
            return self.left() - end

        part.priced({}, 10**6, left)
        self.low = max(self.low, part.low + self.folk.fixed.sum())
        self.say("prices for everybody", often=True)
        if self.done():
            return
        chosen = part.dive(self.left)
        self.take(part, chosen)
        self.keep_tours(part)
        self.say("a dive", often=True)

    def some(self, size, dive=False):
        """Some people on some days anew; whether it became better."""
        days = self._days()
        people = self._people(days, size)
        part = Part(self.folk, self.rows, people, days, self.chance)
        if days == (0, self.folk.days):
            for n, person in enumerate(people):
                for row in self.pool[person]:
                    part.work.add(n, row)
        part.noise(2, 1.0)
        better, end = False, self.left() - 2 * STEP_S
        found = part.priced({}, 12, lambda: min(self.left(), self.left() - end))
        if found is not None and part.low <= part.paid - 1 + EPS and self.left() > 0:
            end, seconds = self.left() - DIVE_S, min(STEP_S, self.left())

            def left():
                return min(self.left(), self.left() - end)

            chosen = part.dive(left) if dive else part.chosen(60, seconds)
            better = self.take(part, chosen)
        self.keep_tours(part)
        self.say(f"{len(people)} people, days {days[0]} to {days[1]}")
        return better

    def _days(self):
        """The whole horizon if it is short; else some weeks, more often where cover costs more."""
        days, kinds = self.folk.need.shape
        most = max(7, min(DAYS_AT_ONCE, CELLS_AT_ONCE // kinds))
        if days <= most:
            return 0, days
        length = 7 * int(self.chance.integers(2, max(3, most // 7 + 1)))
        starts = np.arange(0, max(1, days - length + 7), 7)
        by_day = self.folk.cover_cost(self.there).sum(axis=1)
        weight = np.array([by_day[s : s + length].sum() + 1 for s in starts])
        first = int(self.chance.choice(starts, p=weight / weight.sum()))
        return first, min(days, first + length)

    def _people(self, days, size):
        """Anybody, or those who could do a shift that is wrong on a day."""
        everybody, size = self.folk.people, min(size, self.folk.people)
        chance = np.ones(everybody)
        if self.chance.random() < 0.5:
            costs = self.folk.cover_cost(self.there)[days[0] : days[1]]
            if costs.sum() > 0:
                cell = self.chance.choice(costs.size, p=costs.ravel() / costs.sum())
                day, kind = divmod(int(cell), costs.shape[1])
                can = (self.folk.left[:, kind] > 0) & ~self.folk.away[:, days[0] + day]
                chance = np.where(can, 4.0, 0.5)
        return self.chance.choice(everybody, size, replace=False, p=chance / chance.sum()).tolist()

    def improve(self):
        """Until time is out or the bound is met."""
        failed, many = 0, max(8, self.folk.people // 2)
        while not self.done():
            if failed % 12 == 11:
                better = self.some(many, dive=True)
                many = min(many + 8, self.folk.people) if better else max(8, many * 3 // 4)
            else:
                better = self.some(5 + failed // 4 % 10)
            failed = 0 if better else failed + 1
            if self.chance.random() < 0.1:
                self.rounds(STEP_S, 2)

    def plan(self):
        """Shifts' names by person and day."""
        names = [*self.folk.kinds, ""]
        staff = self.folk.made.staff
        return {
            one.name: [names[k] for k in row]
            for one, row in zip(staff, self.rows.tolist(), strict=True)
        }
