"""Counts, groups and lots: Sara asks whether it helps, for whom, and whether it was the lot."""

import numpy as np
import pytest

from hemma.core.effects import (
    NEVER,
    CannotEstimate,
    by_group,
    fit_rates,
    holm,
    panel,
    redraw,
)


def counts(seed, ratio=1.0, persons=60, weeks=10):
    """Calls a week of people with levels of their own; half go home after week 5."""
    chance = np.random.default_rng(seed)
    who, week = np.divmod(np.arange(persons * weeks), weeks)
    home = ((who % 2 == 0) & (week >= 5)).astype(float)
    level = np.exp(chance.normal(1.5, 0.6, persons))
    hours = chance.uniform(20, 40, len(who))
    mean = level[who] * hours / 30 * ratio**home * (1 + 0.05 * week)
    return chance.poisson(mean), home, who, week, hours


def test_a_rate_ratio_is_found_within_the_person_and_per_hour():
    y, home, who, week, hours = counts(3, 1.2, persons=300)
    (one,) = fit_rates(panel(y, home, who, week), hours=hours).ratios
    assert one.low < 1.2 < one.high
    assert one.high - one.low < 0.2


def test_poisson_with_person_effects_equals_the_dummies_written_out():
    """The same maximum as with one column a person, found by Newton's method alone."""
    y, home, who, week, hours = counts(5, 1.3, persons=12)
    x = np.column_stack([home, *(week == w for w in range(1, 10)), *(who == p for p in range(12))])
    b = np.zeros(x.shape[1])
    b[-12:] = np.log(y.mean() / hours.mean())
    for _ in range(60):
        mean = np.exp(x @ b) * hours
        b = b + np.linalg.solve((x * mean[:, None]).T @ x, x.T @ (y - mean))
    (one,) = fit_rates(panel(y, home, who, week), hours=hours).logs
    assert one.value == pytest.approx(b[0], abs=1e-9)
    made = np.linalg.inv((x * mean[:, None]).T @ x)
    score = np.array([(x * (y - mean)[:, None])[who == p].sum(axis=0) for p in range(12)])
    error = np.sqrt((made @ score.T @ score @ made * 12 / 11)[0, 0])
    assert one.error == pytest.approx(error, rel=1e-7)


def test_a_person_who_never_had_any_is_left_out_and_counted():
    y, home, who, week, _ = counts(4)
    y[who == 0] = 0
    found = fit_rates(panel(y, home, who, week))
    assert (found.left_out, found.persons) == (10, 59)


def test_a_negative_count_is_refused():
    with pytest.raises(CannotEstimate, match="out_of_range"):
        fit_rates(panel([1, -1, 2, 3], [0, 1, 0, 1], [1, 1, 2, 2]))


def test_holm_raises_as_the_book_does():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.9, 0.8]) == (1.0, 1.0)


def two_towns(seed, bergen, persons=80, weeks=8):
    chance = np.random.default_rng(seed)
    who, week = np.divmod(np.arange(persons * weeks), weeks)
    home = ((who % 2 == 0) & (week >= 4)).astype(float)
    town = np.where(who % 4 < 2, "Bergen", "Oslo")
    y = chance.normal(0, 1, persons)[who] + chance.normal(0, 0.5, len(who)) + 0.5 * home
    return panel(y + (bergen - 0.5) * home * (town == "Bergen"), home, who, week), town


def test_a_real_difference_between_towns_is_told():
    data, town = two_towns(1, 2.0)
    told = by_group(data, town)
    assert told.labels == ("Bergen", "Oslo")
    assert told.differ_p < 0.001
    assert told.effects[0].low < 2.0 < told.effects[0].high
    assert told.effects[1].low < 0.5 < told.effects[1].high


def test_looking_at_ten_groups_without_difference_seldom_finds_one():
    found = 0
    for seed in range(60):
        data, _ = two_towns(seed, 0.5)
        ten = np.random.default_rng(seed).permutation(80)[data.person] % 10
        try:
            told = by_group(data, ten)
        except CannotEstimate:
            continue  # a group in which nobody goes home
        found += min(one.p for one in told.against_rest) < 0.05
    assert found <= 0.05 * 60 + 3 * np.sqrt(60 * 0.05 * 0.95)


def waves(seed, effect, persons=16, weeks=4):
    chance = np.random.default_rng(seed)
    start = np.array([2, NEVER])[chance.permutation(persons) % 2]
    who, week = np.divmod(np.arange(persons * weeks), weeks)
    home = (week >= start[who]).astype(float)
    y = chance.standard_t(3, persons)[who] + chance.standard_t(3, len(who)) + effect * home
    return panel(y, home, who, week)


def test_the_lot_drawn_again_finds_an_effect_and_repeats_itself():
    one = redraw(waves(1, 4.0), seed=7, draws=99)
    assert one.p == 0.01
    assert redraw(waves(1, 4.0), seed=7, draws=99) == one


def test_the_lot_drawn_again_finds_nothing_where_there_is_nothing():
    found = sum(redraw(waves(seed, 0.0), seed=seed, draws=19).p <= 0.05 for seed in range(30))
    assert found <= 1.5 + 3 * np.sqrt(30 * 0.05 * 0.95)
