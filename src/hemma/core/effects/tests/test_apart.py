"""Effect apart from choice, equivalence, staying, pilots, and impossible values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hemma.core.effects import (
    CannotEstimate,
    Estimate,
    Odd,
    Verdict,
    Why,
    apart,
    check_column,
    check_pairs,
    equivalent,
    fit,
    logrank,
    panel,
    people_for_means,
    power_of_means,
    power_of_rates,
    survival,
    verdict,
)


def chosen(seed, *, effect=0.2, choice=1.0, persons=120, periods=10):
    """The able choose home more often: naive and effect differ."""
    rng = np.random.default_rng(seed)
    able = rng.normal(size=persons)
    person, period = (x.ravel() for x in np.meshgrid(range(persons), range(periods), indexing="ij"))
    home = (choice * able[person] + rng.normal(size=len(person)) > 0).astype(float)
    y = effect * home + able[person] + 0.1 * period + rng.normal(size=len(person)) * 0.5
    return panel(y, home, person, period)


def test_the_able_choose_home_and_the_effect_is_told_apart_from_that():
    found = apart(chosen(1))
    assert found.naive.value > 0.8
    assert found.effect.low < 0.2 < found.effect.high
    assert found.naive.value == pytest.approx(found.effect.value + found.selection.value)
    assert verdict(found.selection) is Verdict.HIGHER
    assert 0 < found.switchers <= found.persons == 120


def test_no_effect_is_told_as_cannot_say_and_what_it_would_take():
    found = apart(chosen(2, effect=0.0, persons=30))
    assert verdict(found.effect) is Verdict.CANNOT_SAY
    assert found.persons_needed > 30
    assert found.smallest_seen > 2 * found.effect.error


def test_effects_are_unbiased_and_covered_while_naive_ones_are_not():
    found = [apart(chosen(seed, persons=40)) for seed in range(300)]
    values = np.array([one.effect.value for one in found])
    assert abs(values.mean() - 0.2) < 3 * values.std(ddof=1) / np.sqrt(300)
    held = np.mean([one.effect.low < 0.2 < one.effect.high for one in found])
    assert abs(held - 0.95) < 3 * np.sqrt(0.05 * 0.95 / 300)
    assert np.mean([one.naive.value for one in found]) > 0.8


def one(value, error, df=np.inf):
    return Estimate("x", value, error, 0.0, 0.0, 1.0, df)


@given(st.floats(-1, 1), st.floats(0.01, 1), st.floats(0.01, 3))
def test_no_difference_is_earned_when_the_ninety_percent_interval_fits(value, error, margin):
    found = equivalent(one(value, error), margin)
    reach = stats.norm.ppf(0.95) * error
    inside = -margin < value - reach and value + reach < margin
    if abs(found.p - 0.05) > 1e-9:
        assert found.shown == inside


def test_at_the_margin_equivalence_is_shown_in_five_of_a_hundred():
    rng = np.random.default_rng(3)
    shown = 0
    for _ in range(2000):
        sample = rng.normal(0.5, 1, 40)
        error = sample.std(ddof=1) / np.sqrt(40)
        shown += equivalent(one(sample.mean(), error, 39), 0.5).shown
    assert abs(shown / 2000 - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 2000)


# Freireich et al. 1963, remission in weeks: the example of most textbooks.
DRUG = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
ENDED = [1] * 9 + [0] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_staying_is_the_textbook_s():
    found = survival(DRUG, ENDED)
    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.share == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.at(6) == pytest.approx((0.857, 0.620, 0.952), abs=5e-4)  # R's conf.type="log-log"
    assert found.at(3) == (1, 1, 1)


def test_the_log_rank_test_is_the_textbook_s():
    p = logrank(DRUG + PLACEBO, ENDED + [1] * 21, [1] * 21 + [0] * 21)
    assert stats.chi2.isf(p, 1) == pytest.approx(16.793, abs=5e-4)


def test_64_persons_each_find_half_a_standard_deviation():
    assert people_for_means(0.5, 1.0) == 64  # Cohen 1988, table 2.4.1
    assert power_of_means(0.5, 1.0, 64) == pytest.approx(0.8015, abs=5e-5)


def test_readings_before_help_when_people_are_alike_over_time():
    alone = power_of_means(0.3, 1.0, 50)
    assert power_of_means(0.3, 1.0, 50, before=4, after=4, alike=0.6) > alone + 0.2


def test_power_of_rates_agrees_with_playing_it():
    rng = np.random.default_rng(4)
    home, office = rng.binomial(30, 0.15, 2000), rng.binomial(30, 0.5, 2000)
    tables = [[[a, 30 - a], [b, 30 - b]] for a, b in zip(home, office, strict=True)]
    played = np.mean([stats.fisher_exact(t).pvalue <= 0.05 for t in tables])
    exact = power_of_rates(0.15, 0.5, 30)
    assert abs(played - exact) < 3 * np.sqrt(exact * (1 - exact) / 2000)


def test_a_pilot_that_cannot_be_is_refused():
    with pytest.raises(CannotEstimate) as refused:
        power_of_means(0.3, 0.0, 50)
    assert refused.value.why is Why.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("name", "cell", "odd"),
    [
        ("age", "-99", Odd.AGE), ("age", "7", Odd.AGE), ("tenure", "999999", Odd.SENTINEL),
        ("calls", "-3", Odd.NEGATIVE), ("costofcommute", "-1", Odd.NEGATIVE),
        ("perform1", "much", Odd.NOT_A_NUMBER), ("perform1", "", Odd.MISSING),
        ("perform1", "inf", Odd.NOT_A_NUMBER),
    ],
)  # fmt: skip
def test_impossible_values_are_named(name, cell, odd):
    (found,) = check_column(name, ["20", cell, "30"])
    assert (found.odd, found.value, found.rows) == (odd, cell, (2,))


@pytest.mark.parametrize(
    ("name", "cell"), [("perform1", "-0.4"), ("age", "34"), ("logcalls", "-1")]
)
def test_possible_values_are_left_alone(name, cell):
    assert check_column(name, ["20", cell]) == ()


def test_a_score_over_its_maximum_is_named():
    assert check_column("score", ["5", "6"], maximum=5)[0].odd is Odd.OVER_MAXIMUM


def test_amanda_twice_in_one_week_is_named_with_her_rows():
    table = {"who": ["amanda", "bengt", "amanda"], "week": ["1", "1", "1"]}
    (found,) = check_pairs(table, "who", "week")
    assert (found.value, found.times, found.rows) == ("amanda + 1", 2, (1, 3))


def test_the_effect_is_the_one_of_fit():
    data = chosen(5)
    assert apart(data).effect == fit(data).estimates[0]
