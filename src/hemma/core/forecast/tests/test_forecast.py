"""Petra's forecasts, from made-up pasts whose truth is known."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.forecast import Event, FindingKind, History, TooLittle, forecast, public_holidays
from hemma.core.forecast.analogy import by_analogy, share_from_first_days
from hemma.core.forecast.cleaning import level_shift
from hemma.core.forecast.history import as_days, as_slots
from hemma.core.forecast.means import mean_handling_s, mean_patience_s
from hemma.core.forecast.spread import LEVELS, fit_spread, pinball
from hemma.core.forecast.today import day_scatter, how_it_follows, rest_of_day
from hemma.core.grid import TimeGrid

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST = date(2026, 1, 5)  # a Monday
WEEK = np.array([1.3, 1.1, 1.0, 0.95, 1.0, 0.0, 0.0])
SHAPE = np.concatenate([np.zeros(8), [3, 6, 8, 7, 5, 6, 6, 5, 3], np.zeros(7)])


def truth(days, week=WEEK, scale=10.0):
    """(days, 24) expected contacts an hour."""
    return np.array([week[d % 7] * SHAPE * scale for d in range(days)])


def history_of(table, **known):
    """As a history in Stockholm, hour by hour, over days of 24 hours or not."""
    grid = TimeGrid(STOCKHOLM, FIRST, len(table), 60)
    counts = as_slots(grid, np.arange(24), table)
    return History(grid, ("letters",), counts[None, :], **known)


def poisson(expected, seed=1):
    return np.random.default_rng(seed).poisson(expected).astype(float)


def kinds(found):
    return {finding.kind for finding in found.queues[0].findings}


def test_a_regular_past_goes_on_as_it_was():
    told = forecast(history_of(truth(84)), 7).queues[0]
    expected = truth(91)[84:]
    assert told.expected.reshape(7, 24) == pytest.approx(expected, rel=0.03, abs=0.3)
    assert told.backtest.blend.wape < 0.02


def test_chance_is_all_that_is_left_and_the_bands_know_how_much():
    table = poisson(truth(140))
    told = forecast(history_of(table), 7).queues[0]
    best = np.abs(table - truth(140))[70:].sum() / table[70:].sum()
    assert told.backtest.blend.wape < 1.12 * best
    assert 0.7 < told.backtest.covered < 0.92
    assert (np.diff(told.quantiles, axis=0) >= 0).all()


def test_all_queues_are_forecast_in_one_call_each_by_itself():
    one, other = poisson(truth(84), 1), poisson(truth(84, scale=3), 2)
    grid = TimeGrid(STOCKHOLM, FIRST, 84, 60)
    flat = np.stack([as_slots(grid, np.arange(24), t) for t in (one, other)])
    both = forecast(History(grid, ("a", "b"), flat), 3)
    alone = forecast(History(grid, ("b",), flat[1:]), 3)
    assert both.queues[1].expected == pytest.approx(alone.queues[0].expected)


def test_a_strange_day_is_shown_and_not_repeated():
    table = truth(84)
    table[71] *= 3.0  # the Tuesday twelve days before the end
    found = forecast(history_of(table), 7)
    shown = [f for f in found.queues[0].findings if f.kind is FindingKind.OUTLIER_DAY]
    assert [f.day for f in shown] == [FIRST + timedelta(days=71)]
    assert shown[0].size == pytest.approx(3.0, rel=0.1)
    assert found.queues[0].expected.sum() == pytest.approx(truth(7).sum(), rel=0.03)


def test_a_new_level_is_shown_and_followed():
    table = truth(140)
    table[110:] *= 1.5
    found = forecast(history_of(poisson(table)), 7)
    shift = next(f for f in found.queues[0].findings if f.kind is FindingKind.LEVEL_SHIFT)
    assert abs((shift.day - FIRST).days - 110) <= 3
    assert shift.size == pytest.approx(1.5, rel=0.1)
    assert found.queues[0].expected.sum() == pytest.approx(1.5 * truth(7).sum(), rel=0.06)


def test_plain_chance_has_no_new_level():
    chance = np.random.default_rng(5)
    found = [level_shift(chance.normal(0, 0.05, 100))[0] for _ in range(200)]
    assert sum(at is not None for at in found) <= 2


def test_a_weekend_that_moved_is_shown_and_followed():
    """From Friday and Saturday to Saturday and Sunday."""
    before, after = np.array([1, 1, 1, 1, 0, 0, 1.0]), np.array([1, 1, 1, 1, 1, 0, 0.0])
    table = np.concatenate([truth(70, before), truth(35, after)])
    found = forecast(history_of(table), 7)
    assert {FindingKind.WEEKDAY_OPENED, FindingKind.WEEKDAY_CLOSED} <= kinds(found)
    days = found.queues[0].expected.reshape(7, 24).sum(axis=1)
    assert days[4] == pytest.approx(truth(1, after).sum(), rel=0.1)
    assert days[5] == days[6] == 0


def test_a_holiday_that_was_closed_before_is_closed_again():
    table = truth(84)
    table[[40, 60]] = 0
    off = {
        FIRST + timedelta(days=n): name
        for n, name in ((40, "Rest"), (60, "Rest"), (86, "Rest"), (87, "New"))
    }
    found = forecast(history_of(table, holidays=off), 7)
    days = found.queues[0].expected.reshape(7, 24).sum(axis=1)
    assert days[2] == 0
    assert days[3] > 0
    assert {FindingKind.HOLIDAY_CLOSED, FindingKind.HOLIDAY_UNKNOWN} <= kinds(found)


def test_missing_and_closed_days_are_told_apart_and_pull_nothing_down():
    table = truth(84)
    table[50], table[57] = np.nan, 0.0
    table[64, 10:12] = np.nan
    found = forecast(history_of(table), 7)
    told = {(f.kind, (f.day - FIRST).days) for f in found.queues[0].findings}
    assert {
        (FindingKind.MISSING_DAY, 50),
        (FindingKind.CLOSED_DAY, 57),
        (FindingKind.MISSING_SLOTS, 64),
    } <= told
    assert found.queues[0].expected.sum() == pytest.approx(truth(7).sum(), rel=0.03)


def test_the_effect_of_a_bill_run_is_learned():
    runs = [10, 31, 52, 73, 85]
    table = truth(84)
    table[runs[:-1]] *= 1.6
    event = Event("bill run", frozenset(FIRST + timedelta(days=n) for n in runs))
    days = forecast(history_of(table, events=(event,)), 7).queues[0].expected.reshape(7, 24)
    assert days[1].sum() == pytest.approx(1.6 * truth(7)[1].sum(), rel=0.06)
    told = Event("campaign", frozenset({FIRST + timedelta(days=85)}), effect=1.4)
    days = forecast(history_of(truth(84), events=(told,)), 7).queues[0].expected.reshape(7, 24)
    assert days[1].sum() == pytest.approx(1.4 * truth(7)[1].sum(), rel=0.06)


def test_the_season_of_the_year_is_followed_once_it_has_been_seen():
    at = np.arange(800)
    table = truth(800) * (1 + 0.3 * np.sin(2 * np.pi * at / 365.25))[:, None]
    told = forecast(history_of(table[:772]), 28).queues[0]
    assert told.expected.sum() == pytest.approx(table[772:].sum(), rel=0.04)


def test_nights_that_lose_or_gain_an_hour_keep_their_labels():
    grid = TimeGrid(STOCKHOLM, date(2026, 10, 24), 3, 60)
    counts = np.ones(len(grid))
    days = as_days(grid, counts)
    assert days.counts.tolist() == np.ones((3, 24)).tolist()
    assert as_slots(grid, days.labels, days.counts).sum() == 73


def test_nine_days_are_too_few():
    with pytest.raises(TooLittle, match="10 days"):
        forecast(history_of(truth(9)), 7)


def test_a_short_past_is_forecast_and_said_to_be_short():
    found = forecast(history_of(truth(21)), 7)
    assert FindingKind.SHORT in kinds(found)
    assert np.isnan(found.queues[0].backtest.blend.wape)
    assert found.queues[0].expected.sum() == pytest.approx(truth(7).sum(), rel=0.1)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(28, 90), st.floats(0.05, 5))
def test_whatever_came_the_forecast_is_a_forecast(seed, days, scale):
    chance = np.random.default_rng(seed)
    table = chance.negative_binomial(1, 0.3, (days, 24)) * scale
    table[chance.random(table.shape) < 0.1] = np.nan
    told = forecast(history_of(table), 5, origins=2).queues[0]
    assert np.isfinite(told.expected).all()
    assert (told.expected >= 0).all()
    assert (np.diff(told.quantiles, axis=0) >= -1e-9).all()


def test_bands_of_plain_chance_are_those_of_plain_chance():
    chance = np.random.default_rng(7)
    expected = np.full(20_000, 50.0)
    spread = fit_spread(chance.poisson(expected).astype(float), expected)
    low, high = spread.quantiles(np.array([50.0]))[[1, 5], 0]
    assert (low, high) == pytest.approx((41.0, 59.0), abs=1.0)


def test_pinball_is_half_the_error_at_the_middle():
    loss = pinball(np.array([10.0]), np.array([[4.0]]), (0.5,))
    assert loss == 3.0
    assert len(LEVELS) == 7


def test_at_ten_the_rest_of_the_day_follows_the_morning_as_far_as_it_can_be_trusted():
    expected, seen = np.full(10, 100.0), np.array([130.0] * 4 + [np.nan] * 6)
    moved, factor = rest_of_day(expected, seen, day_scatter=0.1)
    assert factor == pytest.approx(1 + 0.3 * 0.01 / (0.01 + 1.5 / 400))
    assert moved[:4].tolist() == [130.0] * 4
    assert moved[4:] == pytest.approx(100 * factor)
    assert rest_of_day(expected, np.full(10, np.nan), 0.1)[1] == 1.0


def test_a_days_scatter_is_what_is_left_beyond_chance():
    chance = np.random.default_rng(2)
    days = np.exp(chance.normal(0, 0.1, 400))
    came = chance.poisson(days[:, None] * np.full((400, 20), 50.0))
    assert day_scatter(came.astype(float), np.full((400, 20), 50.0), 1.0) == pytest.approx(
        0.1, rel=0.15
    )


def test_a_new_queue_is_forecast_after_another_and_says_so():
    model = forecast(history_of(poisson(truth(84))), 7).queues[0]
    new = by_analogy(model, "new", 0.5)
    assert new.analogy == "letters"
    assert new.expected == pytest.approx(model.expected / 2)
    assert (new.quantiles[-1] - new.quantiles[0]).sum() > 0
    assert share_from_first_days(np.full(96, 2.0), np.full(96, 4.0), 1.0) == pytest.approx(5 / 6)


def test_handling_time_leans_on_all_where_little_was_seen():
    told = mean_handling_s(
        np.array([300.0, 600.0]), np.array([10_000.0, 2.0]), np.array([1, 1]), np.array([36, 37])
    )
    assert told[0] == pytest.approx(300, rel=0.01)
    assert told[1] == pytest.approx(303, rel=0.01)


def test_patience_counts_those_who_were_answered_too():
    chance = np.random.default_rng(3)
    patience, offered = chance.exponential(120, 50_000), chance.exponential(40, 50_000)
    waited, gave_up = np.minimum(patience, offered), patience < offered
    assert mean_patience_s(waited, gave_up) == pytest.approx(120, rel=0.03)
    assert mean_patience_s(np.array([5.0]), np.array([False])) == np.inf


def test_swedish_holidays_are_known_and_no_ordinary_sunday_is_one():
    found = public_holidays("SE", [2026])
    assert date(2026, 6, 6) in found
    assert date(2026, 1, 11) not in found
    with pytest.raises(ValueError, match="XX"):
        public_holidays("XX", [2026])


def test_a_holiday_on_a_day_that_is_closed_anyway_is_not_asked_about():
    sunday = FIRST + timedelta(days=90)
    assert sunday.weekday() == 6
    told = forecast(history_of(truth(84), holidays={sunday: "pingstdagen"}), 7)
    assert FindingKind.HOLIDAY_UNKNOWN not in kinds(told)


@pytest.mark.parametrize(("together", "low", "high"), [(True, 0.8, 1.2), (False, 0.0, 0.25)])
def test_how_far_the_rest_follows_the_morning_is_learned_from_days_behind(together, low, high):
    """Busy days that are busy until night, and busy mornings after which nothing follows."""
    chance = np.random.default_rng(7)
    expected = np.full((120, 20), 60.0)
    busy = 1 + chance.normal(0, 0.15, (120, 1))
    factor = np.repeat(busy, 20, axis=1)
    if not together:
        factor[:, 6:] = 1 + chance.normal(0, 0.15, (120, 1))
    came = chance.poisson(expected * factor).astype(float)
    learned = how_it_follows(came, expected, day_scatter(came, expected, 1.0), 1.0)
    assert low <= learned[5] <= high
    seen = np.where(np.arange(20) < 6, 90.0, np.nan)
    _, moved = rest_of_day(expected[0], seen, 0.15, 1.0, learned)
    assert moved == pytest.approx(1 + learned[5] * 0.5)


def test_a_wild_first_quarter_of_an_hour_does_not_turn_the_day_over():
    expected, seen = np.full(10, 10.0), np.array([90.0] + [np.nan] * 9)
    _, moved = rest_of_day(expected, seen, 0.1, 1.5, np.full(10, 0.4))
    assert moved == pytest.approx(1.2)
