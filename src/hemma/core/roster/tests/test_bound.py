"""Petra is told how far from the best her roster is: the proof against a linear programme over every
tour, with fair shares, and the same on any number of cores."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from hemma.core.roster import Fairness, price
from hemma.core.roster.bound import Bound
from hemma.core.roster.checking import laid_out
from hemma.core.roster.search import Search
from hemma.core.roster.tests import small
from hemma.core.roster.tests.test_roster import legal_tours, planned


class Master:
    """The linear programme in which everybody is a mixture of all their tours and people are shared out
    among their skills: what no prices of slots can prove more than."""

    def __init__(self, made):
        self.made, self.rows, self.columns, self.costs = made, {}, [], []

    def column(self, cost, held):
        """One variable with what it holds in each named row."""
        self.columns.append({self.rows.setdefault(name, len(self.rows)): n for name, n in held})
        self.costs.append(cost)

    def tours(self, person):
        """A column for each tour there is."""
        made, alone = self.made, replace(self.made, need=np.zeros_like(self.made.need))
        group = int(made.group[person])
        for roster in legal_tours(made, person):
            counted = price(alone, roster)
            held = [(("one", person), 1.0)]
            for day in np.flatnonzero(roster.start[person] >= 0).tolist():
                base, taken = laid_out(made, roster, person, day)
                at = base + np.flatnonzero(taken == 0)
                held += [(("there", group, int(slot)), -1.0) for slot in at]
            self.column(counted.pay + counted.wishes + counted.unfair, held)

    def sharing(self):
        """Whom a group serves in a slot, or nobody; and people missing."""
        made = self.made
        for _, group, slot in [row for row in self.rows if row[0] == "there"]:
            self.column(made.prices.over, [(("there", group, slot), 1.0)])
            for skill in range(made.need.shape[0]):
                if made.skills[group] >> skill & 1:
                    served = ("served", skill, slot)
                    self.column(0.0, [(("there", group, slot), 1.0), (served, 1.0)])
        for skill, slot in product(range(made.need.shape[0]), range(made.need.shape[1])):
            self.column(made.prices.under, [(("served", skill, slot), 1.0)])

    def value(self):
        """The least there is."""
        for person in range(self.made.people):
            self.tours(person)
        self.sharing()
        aim = np.zeros(len(self.rows))
        for name, row in self.rows.items():
            aim[row] = {"one": 1.0, "there": 0.0}.get(name[0], 0.0)
            if name[0] == "served":
                aim[row] = self.made.need[name[1], name[2]]
        cells = [(row, n, x) for n, held in enumerate(self.columns) for row, x in held.items()]
        row, column, x = zip(*cells, strict=True)
        left = csr_array((x, (row, column)), shape=(aim.size, len(self.columns)))
        return linprog(self.costs, A_eq=left, b_eq=aim, method="highs").fun


def proven(made, passes=150):
    """What some passes prove."""
    bound = Bound(planned(made))
    for _ in range(passes):
        bound.tighten()
    return bound.best


def test_the_proof_comes_near_what_a_programme_over_all_tours_says_and_never_above():
    for seed in range(3):
        made = small.problem(4, seed=seed, days=(1, 1), need=1)
        most = Master(made).value()
        found = proven(made)
        assert found <= most + 1e-6
        assert found >= most - 0.01 * abs(most)
        assert planned(made).cost().total >= most - 1e-6


def test_with_fair_shares_the_proof_is_below_the_best_of_all_pairs_and_near_it():
    late = np.array([[False, True, True] + [False] * 21])
    for seed in range(3):
        made = small.problem(2, seed=seed, days=(1, 1), need=1)
        fair = Fairness(late, np.array([[2.0, 0], [0, 1]]), np.ones((2, 2)), 2.0)
        made = replace(made, fairness=fair)
        tours = [legal_tours(made, person) for person in (0, 1)]
        by_trying = min(small.cost(made, pair) for pair in product(*tours))
        assert proven(made) <= by_trying + 1e-6
        assert proven(made) >= by_trying - 0.03 * abs(by_trying)
        assert planned(made).cost().total == pytest.approx(by_trying, abs=1e-3)


def test_what_is_proven_of_fair_shares_is_touched_by_whole_shifts_and_never_passed():
    late = np.zeros((1, 24), bool)
    for target, slope in product((0.0, 1.3, 2.5), (-9.0, -1.0, 0.4, 5.0)):
        fair = Fairness(late, np.full((1, 2), 0.7), np.full((1, 2), target), 1.5)
        held = fair.least(np.full((1, 2), slope))
        by_trying = [1.5 * (0.7 + n - target) ** 2 - slope * n for n in range(30)]
        assert held == pytest.approx(2 * min(by_trying))


def test_sharp_sweeps_never_make_a_fair_roster_dearer():
    made = small.problem(10, days=(3, 4), weeks=2, need=4)
    late = np.array([[False, True, True] + [False] * 21])
    search = Search(made)
    search.first()
    search.be_fair(Fairness(late, np.zeros((10, 2)), np.full((10, 2), 2.0), 3.0))
    last = np.inf
    for _ in range(12):
        search.sweep(0.0)
        now = search.cost().total
        assert now <= last + 1e-3
        last = now


def test_the_same_seed_gives_the_same_roster_and_proof_on_one_core_and_on_two():
    made = small.problem(9, days=(2, 4), need=4)

    def whole(_):
        search = planned(made, 3)
        bound = Bound(search)
        for _ in range(30):
            bound.tighten()
        roster = search.roster()
        return roster.start.tolist(), roster.at.tolist(), bound.best

    alone = whole(0)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(whole, range(4))) == [alone] * 4
