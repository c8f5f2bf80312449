"""Parity has its size right, and the figures of groups are those of closed forms."""

import numpy as np
import pytest
from scipy import stats

from hemma.core.effects import CannotEstimate, Parity, Why, parity, rate, ratio


def company(seed, *, bias=0.0, people=200):
    rng = np.random.default_rng(seed)
    home = (rng.random(people) < 0.5).astype(float)
    result = rng.normal(size=people) + 0.5 * home  # those at home do better: side by side misleads
    step = result + bias * home + rng.normal(size=people)
    return step, home, result


def test_results_are_held_so_that_good_work_is_no_bias():
    step, home, result = company(1)
    assert step[home == 1].mean() - step[home == 0].mean() > 0.3
    (told,) = parity({"pay": step}, home, {"pay": 0.5}, held=result)
    assert abs(told.difference.value) < 0.3
    assert told.verdict in {Parity.EQUAL, Parity.CANNOT_SAY}


def test_a_bias_is_seen():
    step, home, result = company(2, bias=-0.8)
    (told,) = parity({"pay": step}, home, {"pay": 0.3}, held=result)
    assert told.verdict is Parity.LOWER
    assert not told.same.shown


def test_without_any_bias_five_of_a_hundred_companies_are_called_biased():
    """Three rewards a company: Holm's rule holds the chance of any false alarm at 5 %."""
    alarms = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        home = (rng.random(80) < 0.5).astype(float)
        rewards = {name: rng.normal(size=80) for name in "abc"}
        told = parity(rewards, home, dict.fromkeys("abc", 0.01))
        alarms += any(one.verdict in {Parity.HIGHER, Parity.LOWER} for one in told)
    assert abs(alarms / 400 - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 400)


def test_at_the_margin_equality_is_called_shown_in_five_of_a_hundred():
    shown = 0
    for seed in range(400):
        step, home, result = company(seed, bias=0.4, people=120)
        shown += parity({"pay": step}, home, {"pay": 0.4}, held=result)[0].same.shown
    assert abs(shown / 400 - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 400)


def test_a_reward_that_is_not_known_of_some_leaves_them_out_for_it_alone():
    step, home, result = company(3)
    gaps = step.copy()
    gaps[:50] = np.nan
    some, every = parity({"a": gaps, "b": step}, home, {"a": 1, "b": 1}, held=result)
    assert (some.n, every.n) == (150, 200)


def test_one_group_alone_is_no_comparison():
    with pytest.raises(CannotEstimate) as refused:
        parity({"a": [1.0, 2.0, 3.0]}, [1, 1, 1], {"a": 1})
    assert refused.value.why is Why.NO_COMPARISON


def test_with_equal_denominators_a_ratio_is_a_mean_with_its_t_interval():
    values = np.array([3.0, 5.0, 4.0, 6.0, 2.0])
    told = ratio("x", values, np.ones(5))
    low, high = stats.t.interval(0.95, 4, values.mean(), stats.sem(values))
    assert (told.value, told.low, told.high) == pytest.approx((4.0, low, high))


def test_a_ratio_holds_the_truth_in_95_of_100_groups():
    held = 0
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        hours = rng.integers(40, 160, 25).astype(float)
        answers = rng.poisson(hours * rng.gamma(20, 0.2, 25))
        one = ratio("pace", answers, hours)
        held += one.low <= 4.0 <= one.high
    assert abs(held / 1000 - 0.945) < 0.01 + 3 * np.sqrt(0.05 * 0.95 / 1000)


def test_a_rate_has_garwoods_interval():
    told = rate("left", 3, 40)
    assert (told.value, told.low * 40, told.high * 40) == pytest.approx((0.075, 0.6187, 8.7673), abs=1e-4)  # fmt: skip
    assert rate("left", 0, 10).low == 0.0
