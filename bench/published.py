"""Published shift rosters: hard rules by a checker of its own, and how near the best known cost.

    HEMMA_TEST_DATA=… ./hemma bench published [--instances 1 2 3 5 7 9] [--seconds 60]

Their rules (minutes, limits by kind of shift, least runs, a whole horizon at once) are not those that
`core.roster` searches with, so the adapter has a search of its own, on the same ideas: the best tour
of each person by dynamic programming given prices, prices from a master programme over tours
(HiGHS), and a choice among the tours found. It says nothing of how fast `core.roster` is; it says that
its way of taking such problems apart is right. Wall seconds each; the bound is valid (Lagrange).
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
from numba import njit
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

sys.path.insert(0, str(Path(__file__).parent))
from _published import broken, cost, known, read, sizes_that_differ

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

    def relaxed(self):
        """Value, prices of (day, shift) and of people, and each column's reduced cost."""
        price, left, aim = self.matrix(range(len(self.columns)))
        found = linprog(price, A_eq=left, b_eq=aim, method="highs")
        dual = found.eqlin.marginals
        people = len(self.folk.terms)
        reduced = price - left.T @ dual
        return found.fun, dual[people:].reshape(self.folk.need.shape), dual[:people], reduced

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


def solved(made, seconds):
    """A plan, its cost and a bound."""
    began, folk = time.monotonic(), Folk(made)
    master, chance = Master(folk), np.random.default_rng(1)
    people = len(folk.terms)
    for person in range(people):
        for _ in range(3):
            noise = chance.normal(0, 1, folk.need.shape)
            master.add(person, folk.best(person, noise)[1])
    low, price, reduced = -np.inf, None, None
    while time.monotonic() - began < seconds * 0.6:
        value, price, own, reduced = master.relaxed()
        asked = [folk.best(person, -price) for person in range(people)]
        gain = sum(min(0.0, folk.fixed[p] + best - own[p]) for p, (best, _) in enumerate(asked))
        low = max(low, value + gain)
        new = [master.add(person, row) for person, (_, row) in enumerate(asked)]
        if not any(new) or gain > -1e-6:
            break
    best, high = None, np.inf
    while time.monotonic() - began < seconds and high > np.ceil(low - 1e-6) + 1e-6:
        columns = len(master.columns)
        reduced = np.concatenate([reduced[:columns], np.zeros(max(0, columns - reduced.size))])
        order = np.argsort(reduced[:columns], kind="stable")
        which = [int(n) for n in order[: 60 * people] if reduced[n] <= max(high - low, 10.0)]
        which = sorted({*which, *(best or [])})
        left = max(2.0, min(seconds / 6, seconds - (time.monotonic() - began)))
        found = master.whole(which, left)
        if found and found[1] < high - 1e-6:
            best, high = found
        more = _more(folk, master, best, price, chance)
        reduced = np.concatenate([reduced[:columns], np.zeros(more)])
    plan = {one.name: [""] * made.days for one in made.staff}
    for n in best or []:
        person, row = master.columns[n]
        plan[made.staff[person].name] = [folk.kinds[k] if k >= 0 else "" for k in row]
    return plan, low, time.monotonic() - began


def _more(folk, master, best, price, chance):
    """Tours near what is known: for shaken prices, and given the others' in the best choice."""
    before = len(master.columns)
    there = np.zeros(folk.need.shape)
    mine = {}
    for n in best or []:
        person, row = master.columns[n]
        mine[person] = row
        on = np.flatnonzero(row >= 0)
        there[on, row[on]] += 1
    for person in range(len(folk.terms)):
        master.add(person, folk.best(person, -price + chance.normal(0, 1.0, price.shape))[1])
        if person in mine:
            others = there.copy()
            on = np.flatnonzero(mine[person] >= 0)
            others[on, mine[person][on]] -= 1
            marginal = np.where(others < folk.need, -folk.under, folk.over).astype(float)
            for shake in (0.0, 0.5, 3.0):
                noise = chance.normal(0, shake, price.shape) if shake else 0.0
                master.add(person, folk.best(person, marginal + noise)[1])
    return len(master.columns) - before


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, nargs="+", default=[1, 2, 3, 5, 7, 9])
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    data = os.environ.get("HEMMA_TEST_DATA")
    if not data:
        parser.error("HEMMA_TEST_DATA names the folder with roster/Instance*.txt")
    folder = Path(data) / "roster"
    table, told = known(folder), {}
    for number in options.instances:
        made = read(folder / f"Instance{number}.txt")
        about = {"differs_from_table": sizes_that_differ(made, table[number])}
        try:
            plan, low, took = solved(made, options.seconds)
        except ValueError as error:
            told[number] = {**about, "not_solved": str(error)}
            continue
        best, paid = table[number]["best_known_UB"], cost(made, plan)
        told[number] = {
            **about, "cost": paid, "best_known": best, "above_percent": round(100 * (paid - best) / best, 2),
            "bound": round(low, 1), "rules_broken": broken(made, plan), "wall_s": round(took, 1),
        }  # fmt: skip
        print(number, told[number], file=sys.stderr, flush=True)
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
