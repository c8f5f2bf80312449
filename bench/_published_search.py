"""The search of the published rosters' adapter: everybody's best tour by dynamic programming for given
prices, prices from a master programme over the tours found (HiGHS), a dive that fixes people one after
the other as the programme leans while new tours come in, then a few people at a time anew.
"""

import time

import numpy as np
from _published_tours import Folk
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array


class Master:
    """The tours found so far, and the programme that shares people out over them."""

    def __init__(self, folk):
        self.folk, self.columns, self.seen = folk, [], set()

    def add(self, person, row):
        """A tour; whether it is new."""
        key = person, row.tobytes()
        if key in self.seen or (row < -1).any():
            return False
        self.seen.add(key)
        self.columns.append((person, row))
        return True

    def matrix(self, which):
        """Costs and rows (people, then day and shift) of some columns, with slack behind them."""
        folk = self.folk
        people, (days, kinds) = len(folk.terms), folk.need.shape
        data, rows, ptr, price = [], [], [0], []
        for n in which:
            person, row = self.columns[n]
            days_on = np.flatnonzero(row >= 0)
            price.append(folk.fixed[person] + folk.own[person][days_on, row[days_on]].sum())
            rows += [person, *(people + days_on * kinds + row[days_on])]
            data += [1.0] * (1 + days_on.size)
            ptr.append(len(rows))
        for sign, weight in ((1.0, folk.under), (-1.0, folk.over)):
            for cell in range(days * kinds):
                rows.append(people + cell)
                data.append(sign)
                ptr.append(len(rows))
                price.append(weight.ravel()[cell])
        shape = people + days * kinds, len(which) + 2 * days * kinds
        aim = np.concatenate([np.ones(people), folk.need.ravel()])
        return np.array(price), csc_array((data, rows, ptr), shape=shape), aim

    def relaxed(self, which):
        """Of some columns: value, prices of (day, shift) and of people, and how much of each is used."""
        price, left, aim = self.matrix(which)
        found = linprog(price, A_eq=left, b_eq=aim, method="highs")
        dual, people = found.eqlin.marginals, len(self.folk.terms)
        return (
            found.fun,
            dual[people:].reshape(self.folk.need.shape),
            dual[:people],
            found.x[: len(which)],
        )

    def whole(self, which, seconds):
        """The best choice of whole tours among some columns: (people,) columns, cost."""
        price, left, aim = self.matrix(which)
        whole = np.concatenate([np.ones(len(which)), np.zeros(price.size - len(which))])
        found = milp(
            price, constraints=[LinearConstraint(left, aim, aim)], integrality=whole,
            bounds=Bounds(0, np.inf), options={"time_limit": seconds},
        )  # fmt: skip
        if found.x is None:
            return None
        chosen = [which[n] for n in np.flatnonzero(found.x[: len(which)] > 0.5)]
        return chosen, found.fun


class Plan:
    """A search that stops when its processor seconds are over."""

    def __init__(self, made, seconds):
        self.folk = Folk(made)
        self.master, self.chance = Master(self.folk), np.random.default_rng(1)
        self.people, self.began, self.seconds = len(self.folk.terms), time.process_time(), seconds
        self.low, self.high, self.best = -np.inf, np.inf, {}
        for person in range(self.people):
            for _ in range(3):
                noise = self.chance.normal(0, 1, self.folk.need.shape)
                self.master.add(person, self.folk.best(person, noise)[1])

    def left(self):
        """Processor seconds."""
        return self.seconds - (time.process_time() - self.began)

    def columns(self, fixed):
        """Those that may be used when some people are `fixed` (person to column)."""
        return [n for n, (person, _) in enumerate(self.master.columns) if fixed.get(person, n) == n]

    def priced(self, fixed, rounds, until):
        """New tours for whoever is not fixed, as long as they help: columns and their use."""
        which = self.columns(fixed)
        for _ in range(rounds):
            value, price, own, use = self.master.relaxed(which)
            gain, new = 0.0, 0
            for person in (p for p in range(self.people) if p not in fixed):
                asked, row = self.folk.best(person, -price)
                reduced = self.folk.fixed[person] + asked - own[person]
                gain += min(0.0, reduced)
                if reduced < -1e-6:
                    new += self.master.add(person, row)
            if not fixed:
                self.low = max(self.low, value + gain)
            if not new or self.left() < until:
                break
            which = self.columns(fixed)
        return which, use

    def take(self, chosen, paid):
        """Keep the best choice (person to column); whether this is one."""
        if paid >= self.high - 1e-6:
            return False
        self.best, self.high = chosen, paid
        return True

    def price_of(self, chosen):
        """What a whole choice costs."""
        there, paid = np.zeros(self.folk.need.shape), self.folk.fixed.sum()
        for person, n in chosen.items():
            row = self.master.columns[n][1]
            on = np.flatnonzero(row >= 0)
            there[on, row[on]] += 1
            paid += self.folk.own[person][on, row[on]].sum()
        short = self.folk.need - there
        over = np.maximum(-short, 0) * self.folk.over
        return paid + (np.maximum(short, 0) * self.folk.under).sum() + over.sum()

    def dive(self, fixed):
        """Fix whoever the programme is sure of, or the one it is surest of, until all are."""
        fixed = dict(fixed)
        while len(fixed) < self.people:
            which, use = self.priced(fixed, 6, 0.0)
            which, use = which[: use.size], use + self.chance.uniform(0, 1e-3, use.size)
            order = np.argsort(-use)
            sure = 0
            for n in order.tolist():
                person = self.master.columns[which[n]][0]
                if person not in fixed and (use[n] > 0.9 or not sure):
                    fixed[person], sure = which[n], sure + 1
                if use[n] <= 0.9 and sure:
                    break
        return self.take(fixed, self.price_of(fixed))

    def few(self, size):
        """Some people anew, the others as they are: whole tours if HiGHS finds better ones."""
        crew = set(self.chance.choice(self.people, min(size, self.people), replace=False).tolist())
        fixed = {person: n for person, n in self.best.items() if person not in crew}
        self.priced(fixed, 8, 0.0)
        which = self.columns(fixed)
        _, price, own, _ = self.master.relaxed(which)
        kept = self._near(which, fixed, (price, own), 60)
        found = self.master.whole(sorted({*kept, *self.best.values()}), 4.0)
        if not found:
            return False
        chosen = {self.master.columns[n][0]: n for n in found[0]}
        return self.take(chosen, self.price_of(chosen))

    def _near(self, which, fixed, dual, most):
        """The fixed columns, and of each other person those with the least reduced cost."""
        (price, own), by = dual, {}
        for n in which:
            person, row = self.master.columns[n]
            if person in fixed:
                by[person] = [(0.0, n)]
                continue
            on = np.flatnonzero(row >= 0)
            reduced = self.folk.fixed[person] - own[person]
            reduced += (self.folk.own[person] - price)[on, row[on]].sum()
            by.setdefault(person, []).append((reduced, n))
        return [n for rows in by.values() for _, n in sorted(rows)[:most]]


def solved(made, seconds):
    """A plan, its cost and a bound; `seconds` of this process's processor time."""
    work = Plan(made, seconds)
    work.priced({}, 10**6, 0.5 * seconds)
    work.dive({})
    size, failed = 5, 0
    while work.left() > 0 and work.high > np.ceil(work.low - 1e-6) + 1e-6:
        if failed and failed % 12 == 0:
            crew = work.chance.choice(work.people, work.people // 2, replace=False).tolist()
            better = work.dive({p: n for p, n in work.best.items() if p not in crew})
        else:
            better = work.few(size)
        failed = 0 if better else failed + 1
        size = 5 if better else min(5 + failed // 4, 12, work.people)
    plan = {one.name: [""] * made.days for one in made.staff}
    for person, n in work.best.items():
        row = work.master.columns[n][1]
        plan[made.staff[person].name] = [work.folk.kinds[k] if k >= 0 else "" for k in row]
    return plan, work.low, time.process_time() - work.began
