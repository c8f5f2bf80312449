"""Amanda and Bengt can do the same work: days change hands between such two, so that late shifts and
weekends come out even without the customers noticing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.roster import faults, price
from hemma.core.roster.bound import Bound
from hemma.core.roster.changed_days import scratch
from hemma.core.roster.fair import Fairness
from hemma.core.roster.search import Search
from hemma.core.roster.tests import small
from hemma.core.roster.tests.test_more import all_on
from hemma.core.roster.tests.test_roster import LIMITS, before
from hemma.core.roster.walks import meet, walk

LATE = np.array([[False, True, True] + [False] * 21])


def twins(people, **other):
    """People who can all do the same, without huddles and wishes of their own."""
    made = small.problem(people, skills=1, **other)
    made.day_price[:] = made.start_price[:] = 0
    made.huddle[:] = -1
    return made


def there(made, roster):
    """(slots,) people who are there, each slot of each shift laid out."""
    alone = replace(made, need=np.zeros_like(made.need), watches=(), fairness=None)
    counted = np.zeros(made.need.shape[1])
    for slot in range(counted.size):
        need = np.zeros_like(made.need)
        need[0, slot] = 10**3
        counted[slot] = 10**3 - price(replace(alone, need=need), roster).under
    return counted


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**31), st.integers(2, 9))
def test_days_that_change_hands_keep_every_rule_and_never_make_the_plan_dearer(seed, people):
    made = all_on(people, seed)
    search = Search(made, seed % 7)
    search.first()
    search.sweep(0.01, 4.0)
    known = faults(made, search.roster(), LIMITS, before(made))
    old = price(made, search.roster()).total
    saved = search.exchange(np.arange(people))
    now = price(made, search.roster())
    assert old - now.total == pytest.approx(saved, abs=1e-2)
    assert saved >= 0
    assert search.cost().total == pytest.approx(now.total, rel=1e-5, abs=1e-3)
    assert faults(made, search.roster(), LIMITS, before(made)) == known
    bound = Bound(search)
    for _ in range(30):
        bound.tighten()
    assert bound.best <= now.total + 1e-6


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**31))
def test_among_people_who_can_do_the_same_the_customers_find_as_many_there_as_before(seed):
    made = twins(5, seed=seed, days=(3, 4), need=3)
    search = Search(made)
    search.first()
    search.be_fair(Fairness(LATE, np.zeros((5, 2)), np.full((5, 2), 1.5), 2.0))
    old = there(made, search.roster())
    search.exchange(np.arange(5))
    assert (there(made, search.roster()) == old).all()


def test_where_a_slope_has_all_late_shifts_or_none_days_that_change_hands_make_it_fair():
    """Each day one early and one late are needed. Bengt wishes for early shifts and Amanda for late
    ones, for less than it is worth to share them; both start from having what they wish."""
    made = twins(2, days=(4, 4), weeks=1, need=0)
    for day in range(4):
        made.need[0, day * 24 + 6 : day * 24 + 18] = 1
    made.start_price[0, :3] = (0.6, 0.3, 0.0)
    made.start_price[1, :3] = (0.0, 0.3, 0.6)
    late = np.array([[False, False, True] + [False] * 21])
    search = Search(made)
    search.first()
    search.sweep(0.0)
    fair = Fairness(late, np.zeros((2, 2)), np.array([[2.0, 0], [2.0, 0]]), 1.0)
    search.be_fair(fair)
    assert sorted(fair.counts(made.form, search.roster().start)[:, 0]) == [0, 4]
    by_slope = Search(search.problem)
    by_slope.take(search.roster())
    for _ in range(10):
        by_slope.sweep(0.0)
    assert sorted(fair.counts(made.form, by_slope.roster().start)[:, 0]) != [2, 2]
    search.exchange(np.arange(2))
    assert fair.counts(made.form, search.roster().start)[:, 0].tolist() == [2, 2]


def test_everybodys_own_tour_is_one_that_the_walk_allows_and_a_sixth_day_in_a_row_is_not():
    made = twins(3, days=(5, 6), weeks=2, need=3)
    search = Search(made)
    search.first()
    held = scratch(made, search.graphs).ways
    for person in range(3):
        walk(held, 0, search.forms, search.people, search.graphs, person, search.tours)
        for day in range(15):
            assert meet(held.until[0, day], held.after[0, day])
    search.tours.start[0] = [0] * 6 + [-1] * 8
    walk(held, 0, search.forms, search.people, search.graphs, 0, search.tours)
    assert not meet(held.until[0, 0], held.after[0, 0])


def test_a_fair_plan_is_the_same_each_time_it_is_made():
    made = all_on(9, 5)

    def whole():
        search = Search(made, 3)
        search.first()
        for n in range(40):
            search.step(n / 40)
        return search.roster(), search.cost().total

    (one, paid), (two, other) = whole(), whole()
    assert (one.start == two.start).all()
    assert (one.at == two.at).all()
    assert paid == other
    assert faults(made, one, LIMITS, before(made)) == []
