"""A change that reaches teams in waves."""

import numpy as np
import pytest

from hemma.core.effects import (
    NEVER,
    CannotEstimate,
    Controls,
    Why,
    fit,
    panel,
    roll_out,
    roll_out_from,
)


def waves(seed=0, *, grows=1.0, noise=0.5, starts=(4, 8, None), each=40, periods=12):
    """Persons begin in waves; the effect grows with every period. Also the true mean effect."""
    rng = np.random.default_rng(seed)
    first = np.repeat([NEVER if s is None else s for s in starts], each)
    person, period = (
        x.ravel() for x in np.meshgrid(range(len(first)), range(periods), indexing="ij")
    )
    since = np.where(period >= first[person], period - np.minimum(first[person], 99), -1)
    effect = grows * (since + 1) * (since >= 0)
    y = effect + person * 0.1 + np.sin(period) + noise * rng.normal(size=len(person))
    x = (since >= 0).astype(float)
    return y, x, person, period, effect[x == 1].mean()


def test_a_growing_effect_is_told_whole_where_two_way_effects_understate_it():
    y, x, person, period, truth = waves()
    data = panel(y, x, person, period)
    found = roll_out(data)
    assert found.overall.low < truth < found.overall.high
    assert found.overall.value == pytest.approx(truth, abs=0.15)
    assert fit(data).estimates[0].value < truth - 0.5


def test_without_noise_every_cell_is_exact():
    y, x, person, period, _ = waves(noise=0.0)
    found = roll_out(panel(y, x, person, period))
    for cell in found.cells:
        assert cell.value == pytest.approx(max(0, cell.period - cell.group + 1), abs=1e-9)
    path = {int(one.name): one.value for one in found.path}
    assert -1 not in path
    assert [path[e] for e in (-4, -2, 0, 3)] == pytest.approx([0, 0, 1, 4], abs=1e-9)


def test_two_groups_two_periods_is_the_difference_of_differences():
    y, x, person, period, _ = waves(3, starts=(1, None), periods=2)
    found = roll_out(panel(y, x, person, period))
    change = y[period == 1] - y[period == 0]
    own, others = change[:40], change[40:]
    assert found.overall.value == pytest.approx(own.mean() - others.mean())
    by_hand = np.sqrt(own.var(ddof=1) / 40 + others.var(ddof=1) / 40)
    assert found.overall.error == pytest.approx(by_hand)


def test_if_all_begin_in_the_end_those_who_wait_are_compared_with():
    y, x, person, period, _ = waves(starts=(4, 8))
    data = panel(y, x, person, period)
    found = roll_out(data)
    assert max(cell.period for cell in found.cells if cell.group == 4) == 7
    with pytest.raises(CannotEstimate) as refused:
        roll_out(data, Controls.NEVER)
    assert refused.value.why is Why.NO_COMPARISON


def test_people_who_were_on_another_path_before_are_noticed():
    y, x, person, period, _ = waves(starts=(8, None))
    drifting = y + 0.2 * period * (person < 40)
    assert roll_out(panel(drifting, x, person, period)).before_p < 0.001


def test_the_test_of_the_time_before_rejects_as_often_as_it_says():
    rejected = 0
    for seed in range(300):
        y, x, person, period, _ = waves(seed, starts=(5, None), each=15, periods=8)
        rejected += roll_out(panel(y, x, person, period)).before_p < 0.05
    assert abs(rejected / 300 - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 300)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    held = 0
    for seed in range(300):
        y, x, person, period, truth = waves(seed, each=15, periods=10, noise=2.0)
        one = roll_out(panel(y, x, person, period)).overall
        held += one.low < truth < one.high
    assert abs(held / 300 - 0.95) < 3 * np.sqrt(0.05 * 0.95 / 300)


def test_who_goes_back_to_the_office_is_asked_about_and_not_forced_into_a_wave():
    y, x, person, period, _ = waves()
    x[(person == 0) & (period == 11)] = 0
    with pytest.raises(CannotEstimate) as refused:
        roll_out(panel(y, x, person, period))
    assert refused.value.why is Why.SWITCHES_BACK


def test_gaps_in_the_panel_leave_people_out_of_single_comparisons_only():
    y, x, person, period, _ = waves(noise=0.0)
    rows = np.random.default_rng(2).random(len(y)) < 0.8
    first = np.repeat([4, 8, NEVER], 40)
    found = roll_out_from(panel(y[rows], x[rows], person[rows], period[rows]), first)
    for cell in found.cells:
        assert cell.value == pytest.approx(max(0, cell.period - cell.group + 1), abs=1e-9)
