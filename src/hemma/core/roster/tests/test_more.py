"""What else a roster minds: fairness, who must be there, fixed days, scenarios, and why not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.roster import Watch, faults, price
from hemma.core.roster.bound import Bound
from hemma.core.roster.checking import FaultKind
from hemma.core.roster.conflicts import eased, smallest
from hemma.core.roster.facts import FORBIDDEN
from hemma.core.roster.fair import Fairness, shares
from hemma.core.roster.search import Search
from hemma.core.roster.tests import small
from hemma.core.roster.tests.test_roster import LIMITS, before, legal_tours, planned


def all_on(people, seed):
    """A problem in which everything is asked at once."""
    made = small.problem(
        people, seed=seed, days=(2, 4), weeks=2, need=3, forms=(small.FORM, small.FOCUSED)
    )
    chance = np.random.default_rng(seed)
    steps = np.sort(chance.integers(0, 6, (made.need.shape[1], 3)), axis=1).astype(np.float32)
    watch = Watch(
        chance.random(people) < 0.3, chance.random(people) < 0.3, made.need.sum(axis=0) > 0, 2.0
    )
    late = np.zeros((2, 24), bool)
    late[:, 1:] = True
    fairness = Fairness(
        late, chance.integers(0, 3, (people, 2)).astype(float), np.full((people, 2), 2.0), 0.7
    )
    starts = np.repeat(made.start_price[:, None, :], made.days, axis=1)
    starts[chance.random(starts.shape) < 0.1] = FORBIDDEN
    return replace(made, steps=steps, watches=(watch,), fairness=fairness, start_price=starts)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 9))
def test_with_everything_on_the_price_is_what_the_checker_counts_and_the_bound_is_below(
    seed, people
):
    made = all_on(people, seed)
    search = planned(made)
    counted = price(search.problem, search.roster())
    assert search.cost().total == pytest.approx(counted.total, rel=1e-5, abs=1e-3)
    assert search.cost().alone == pytest.approx(counted.alone, abs=1e-3)
    assert search.cost().unfair == pytest.approx(counted.unfair, abs=1e-3)
    if search.without == 0:
        assert faults(made, search.roster(), LIMITS, before(made)) == []
        bound = Bound(search)
        for _ in range(50):
            bound.tighten()
        search.improve(50)
        assert bound.best <= search.cost().total + 1e-6
        assert bound.best <= counted.total + 1e-6


def test_one_person_with_everything_on_is_never_below_the_bound_of_all_tours():
    for seed in range(4):
        made = all_on(1, seed)
        made = replace(made, must=None)
        short = small.problem(1, seed=seed, days=(1, 1))
        one = replace(short, steps=made.steps[: short.need.shape[1]], fairness=made.fairness)
        one = replace(one, watches=(replace(made.watches[0], open=short.need.sum(axis=0) > 0),))
        by_trying = min(price(one, tour).total for tour in legal_tours(one, 0))
        search = planned(one)
        bound = Bound(search)
        for _ in range(60):
            bound.tighten()
        assert bound.best <= by_trying + 1e-6
        assert search.cost().total >= by_trying - 1e-3


def test_late_shifts_even_out_with_those_carried_from_earlier_plans():
    made = small.problem(6, days=(4, 4), weeks=2, skills=1, need=3)
    made.day_price[:] = made.start_price[:] = 0
    late = np.zeros((1, 24), bool)
    late[0, 1:] = True
    plain = planned(made)
    carried = np.array([[6.0, 0.0]] + [[0.0, 0.0]] * 5)
    counts = Fairness(late, carried, carried, 1.0).counts(made.form, plain.roster().start)
    target = shares(counts + carried, np.ones((6, 2)), np.zeros(6, int))
    fair = Search(made)
    fair.be_fair(Fairness(late, carried, target, 3.0))
    fair.first()
    for _ in range(30):
        fair.sweep(0.01)
    had = fair.problem.fairness.counts(made.form, fair.roster().start)[:, 0]
    assert had[0] < had[1:].min()
    assert had[1:].max() - had[1:].min() <= 2


def test_a_newcomer_is_not_left_alone_and_a_leader_is_there_while_it_is_open():
    made = small.problem(4, days=(4, 4), skills=1, need=1)
    made.day_price[:] = made.start_price[:] = 0
    leads = np.array([True, False, False, False])
    new = np.array([False, False, False, True])
    watch = Watch(leads, new, np.zeros(made.need.shape[1], bool), 50.0)
    search = planned(replace(made, watches=(watch,)), rounds=200)
    roster = search.roster()
    worked = (roster.start >= 0).astype(int)
    assert worked[3].sum() == 4
    assert (worked[0] >= worked[3]).all()


def test_a_leader_covers_what_is_open_when_that_costs_less_than_its_absence():
    """Tina could begin at six, eight or ten; it is open from ten to two, and she leads alone."""
    made = small.problem(2, days=(5, 5), skills=1, need=0)
    made.day_price[:] = made.start_price[:] = 0
    made.start_price[0, 2] = 3.0  # she would rather begin earlier
    made.huddle[:] = -1
    open_ = np.zeros(made.need.shape[1], bool)
    for day in range(5):
        open_[day * 24 + 14 : day * 24 + 17] = True  # from six to two nobody leads at three
    leads, nobody = np.array([True, False]), np.zeros(2, bool)
    with_leader = planned(replace(made, watches=(Watch(leads, nobody, open_, 20.0),)))
    start = with_leader.roster().start[0, :5]
    assert start.tolist() == [2] * 5
    without = planned(made).roster().start[0]
    assert 2 not in without.tolist()


def test_weekends_even_out_with_those_carried_from_earlier_plans():
    made = small.problem(4, days=(4, 4), weeks=4, skills=1, need=2)
    made.day_price[:] = made.start_price[:] = 0
    late = np.zeros((1, 24), bool)
    carried = np.array([[0.0, 5.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    counts = Fairness(late, carried, carried, 1.0).counts(made.form, planned(made).roster().start)
    target = shares(counts + carried, np.ones((4, 2)), np.zeros(4, int))
    fair = Search(made)
    fair.be_fair(Fairness(late, carried, target, 3.0))
    fair.first()
    for _ in range(30):
        fair.sweep(0.01)
    weekend = fair.roster().start.reshape(4, 4, 7)[:, :, 5:] >= 0
    had = weekend.sum(axis=(1, 2))
    assert had[0] < had[1:].min()
    assert had[1:].max() - had[1:].min() <= 2


def test_fixed_days_are_worked_and_forbidden_starts_are_not_had():
    made = small.problem(3, days=(2, 3))
    must = np.zeros((3, 7), bool)
    must[1, [2, 5]] = True
    starts = np.repeat(made.start_price[:, None, :], 7, axis=1)
    starts[1, 2, :2] = FORBIDDEN
    fixed = replace(made, must=must, start_price=starts)
    roster = planned(fixed).roster()
    assert (roster.start[1, [2, 5]] >= 0).all()
    assert roster.start[1, 2] == 2
    roster.start[1, 2] = -1
    roster.start[1, 5] = -1
    told = {(f.kind, f.day) for f in faults(fixed, roster, LIMITS, before(made)) if f.person == 1}
    assert {(FaultKind.MUST_WORK, 2), (FaultKind.MUST_WORK, 5)} <= told


def test_the_smallest_set_of_rules_in_conflict_is_told_by_person():
    made = small.problem(3, days=(3, 3))
    must = np.zeros((3, 7), bool)
    must[2] = True
    broken = replace(made, must=must)
    assert smallest(broken, 1, (0, 0)) == ()
    assert smallest(broken, 2, (0, 0)) == ("contract_days", "fixed_shifts")
    plan, told = eased(broken)
    assert [(c.person, c.rules, c.fixed_let_go) for c in told] == [
        (2, ("contract_days", "fixed_shifts"), True)
    ]
    search = Search(plan)
    search.first()
    assert search.without == 0
    assert (search.roster().start[2] >= 0).sum() == 3


def test_days_that_cannot_be_had_are_lowered_by_as_few_as_will_do():
    made = small.problem(2, days=(3, 3))
    made.least[0, 0] = made.most[0, 0] = 7
    plan, told = eased(made)
    (conflict,) = told
    assert (conflict.person, conflict.rules, conflict.days, conflict.kept) == (
        0, ("contract_days", "weekly_rest"), 7, 6
    )  # fmt: skip
    search = Search(plan)
    search.first()
    assert search.without == 0
