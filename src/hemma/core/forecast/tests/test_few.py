"""Petra's forecasts where a contact comes now and then."""

from datetime import timedelta

import numpy as np
import pytest

from hemma.core.forecast import FindingKind, forecast
from hemma.core.forecast.levels import mean_of_log
from hemma.core.forecast.tests.test_forecast import FIRST, history_of, poisson


@pytest.mark.parametrize(("a_day", "close"), [(0.5, 0.3), (1.5, 0.2), (4.0, 0.15)])
def test_of_few_contacts_as_many_are_expected_as_come(a_day, close):
    """A day on which nobody happens to write is no closed one, and one letter no outlier."""
    times = 12
    shape = np.full(24, a_day / 24)
    came = [poisson(np.tile(shape, (210, 1)), seed) for seed in range(times)]
    told = [forecast(history_of(table), 7) for table in came]
    assert sum(one.queues[0].expected.sum() for one in told) == pytest.approx(
        times * 7 * a_day, rel=close
    )
    found = [finding.kind for one in told for finding in one.queues[0].findings]
    assert found.count(FindingKind.CLOSED_DAY) <= times * 210 * 0.02
    assert not {FindingKind.WEEKDAY_OPENED, FindingKind.WEEKDAY_CLOSED} & set(found)


def test_where_few_come_a_day_said_to_be_closed_is_still_closed_and_pulls_nothing_down():
    table = poisson(np.full((210, 24), 0.5 / 24))
    shut = np.arange(100, 150)
    table[shut] = 0.0
    closed = {FIRST + timedelta(days=int(n)) for n in shut}
    known = forecast(history_of(table, closed=closed), 7).queues[0].expected.sum()
    not_known = forecast(history_of(table), 7).queues[0].expected.sum()
    assert known > not_known


def test_the_mean_of_few_is_found_from_their_mean_logarithm():
    for mean in (0.1, 0.7, 3.0, 25.0, 200.0):
        numbers = np.random.default_rng(4).poisson(mean, 400_000)
        log = np.array([np.log(numbers + 0.5).mean()])
        assert mean_of_log(log)[0] == pytest.approx(mean, rel=0.02)
    assert mean_of_log(np.array([-5.0]))[0] == 0
