"""Prices and tours by turns: column generation over some people and days, and a dive to whole tours."""

import numpy as np
from _published_folk import AMOUNTS, Stretch
from _published_master import Programme

EPS = 1e-6
GENTLE = 2.0  # being short costs so many times the dearest wish at first: calm prices, fewer rounds
EASY = 0.5  # a dive goes on without new tours while the programme is no worse than this
MANY = 20  # beyond so many people limits are kept by barring days until nothing new comes


class Part:
    """Some `people` anew on days `first` to `end`, everybody else as in `rows` (people, days)."""

    def __init__(self, folk, rows, people, days, chance):
        self.folk, self.people, self.chance = folk, list(people), chance
        self.first, self.end = days
        spans = [Stretch(folk, p, *days, rows[p]) for p in self.people]
        others = np.ones(folk.people, bool)
        others[self.people] = False
        there = shifts(rows[others, self.first : self.end], len(folk.kinds))
        self.work = Programme(folk, spans, folk.need[self.first : self.end] - there, self.first)
        self.now = [
            self.work.add(n, rows[p, self.first : self.end])[0] for n, p in enumerate(self.people)
        ]
        self.paid = self.work.paid(self.now)
        self.low, self.value, self.dual = -np.inf, np.inf, None
        self.dear = np.minimum(self.work.under, GENTLE * max(1.0, np.abs(folk.own).max()))

    def noise(self, times, size):
        """A few tours of everybody for random prices around what one more costs now."""
        extra = np.where(self.work.need > 0, -self.work.under, self.work.over).reshape(
            self.work.shape
        )
        for n, span in enumerate(self.work.spans):
            for _ in range(times):
                row = span.best(extra + self.chance.normal(0, size, self.work.shape))[2]
                if row is not None:
                    self.work.add(n, row)

    def priced(self, fixed, rounds, left):  # noqa: C901 - one loop with its ways out
        """New tours for whoever is not `fixed` (place to column), as long as they help: the
        columns' use, or None when time or the programme ended; `left()` in seconds. Sets `low`."""
        free = [n for n in range(len(self.people)) if n not in fixed]
        need, base = self.work.need.copy(), 0.0
        for n in fixed.values():
            need[self.work.cells[n]] -= 1
            base += self.work.costs[n]
        centre, best, smooth, answer = None, -np.inf, 0.5, None
        amounts = 1 if len(free) > MANY else AMOUNTS
        found, changed = None, True
        for _ in range(rounds):
            if changed:
                found = self.work.relaxed(fixed, self.dear, left())
            if found is None:
                return answer
            self.value, price, own, use, short = found
            dearer = (short > 1e-6) & (self.dear < self.work.under)
            self.dear[dearer] = np.minimum(2 * self.dear, self.work.under)[dearer]
            value, answer, self.dual = self.value - base, use, (price, own)
            if fixed and self.value <= self.low + EASY and not dearer.any():
                return answer
            at = price if centre is None else smooth * centre + (1 - smooth) * price
            low, new = self._tours(free, at, price, own, need, amounts)
            if low > best:
                best, centre = low, at
            if not fixed:
                self.low = max(self.low, best)
                if self.low > self.paid - 1 + EPS:
                    return answer
            changed = bool(new or dearer.any())
            if fixed and not changed:
                return answer
            ended = value - best < 1e-4 or (not new and smooth == 0 and amounts > 1)
            if (ended and not dearer.any()) or left() <= 0:
                return answer
            if not new and amounts == 1:
                amounts = AMOUNTS
                continue
            smooth = 0.5 if new else 0.0
        return answer

    def _tours(self, free, at, price, own, need, amounts):
        """Everybody's best tour at prices `at`: a bound by them, and how many new ones help at `price`."""
        low, new = float((need * at.ravel()).sum()), 0
        for n in free:
            span = self.work.spans[n]
            under, _, row = span.best(-at, amounts)
            low += under
            if row is None:
                continue
            on = np.flatnonzero(row >= 0)
            cost = self.folk.wish_cost(span.person, self.first, row) - price[on, row[on]].sum()
            if cost - own[n] < -EPS:
                new += self.work.add(n, row)[1]
        return low, new

    def chosen(self, most, seconds):
        """Whole tours by HiGHS among those that could be in a better plan, or None."""
        price, own = self.dual
        which = np.arange(len(self.work.rows))
        reduced = self.work.reduced(which, price, own)
        gap = self.paid - self.low
        kept = set(self.now)
        for n in range(len(self.people)):
            mine = [c for c in which[np.array(self.work.owners) == n] if reduced[c] < gap]
            kept.update(sorted(mine, key=lambda c: reduced[c])[:most])
        return self.work.whole(sorted(int(c) for c in kept), seconds)

    def dive(self, left, rounds=6):
        """Fix whoever the programme is sure of, or those it is surest of, until all are."""
        fixed = {}
        if self.dual:
            self.work.close(*self.dual, 25)
        step, before, last = 2, np.inf, []
        while len(fixed) < len(self.people):
            use = self.priced(fixed, rounds, left)
            if use is None or left() <= 0:
                return self._rest(fixed, np.zeros(0) if use is None else use)
            worse = self.value > before + EASY
            if worse and len(last) > 1:  # too many at once: all but the surest are free again
                for person in last[1:]:
                    del fixed[person]
                step, last = 1, []
                continue
            step, before = (1 if worse else min(step + 1, 6)), self.value
            last = self._sure(use + self.chance.uniform(0, 1e-3, use.size), fixed, step)
        return list(fixed.values())

    def _sure(self, use, fixed, step):
        """Fix all whose tour is used nearly whole, and at least `step` of the others: their places."""
        last = []
        for n in np.argsort(-use).tolist():
            person = self.work.owners[n]
            if person in fixed:
                continue
            if use[n] <= 0.9 and len(last) >= step:
                break
            fixed[person] = n
            last.append(person)
        return last

    def _rest(self, fixed, use):
        """When time is out: what is most used for whoever has nothing yet, or what they have now."""
        fixed = dict(fixed)
        for n in np.argsort(-use).tolist():
            if use[n] > EPS:
                fixed.setdefault(self.work.owners[n], n)
        for n in self.now:
            fixed.setdefault(self.work.owners[n], n)
        return list(fixed.values())


def shifts(rows, kinds):
    """How many there are (days, kinds) of rows (people, days)."""
    there = np.zeros((rows.shape[1], kinds))
    for k in range(kinds):
        there[:, k] = (rows == k).sum(axis=0)
    return there
