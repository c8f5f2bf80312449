"""Forecast, need and simulation in one go: what is forecast is staffed, and the staffing holds."""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hemma.core.forecast import History, forecast
from hemma.core.grid import TimeGrid
from hemma.core.need import Correction, NeverEnough, Target
from hemma.core.pipeline.staffing import Work, as_scenario, needed, queue_need, refined
from hemma.core.simulation import Counted, Scenario, play

pytestmark = pytest.mark.timeout(900)

CALLS = Work(300.0, 180.0, Target(0.8, 20.0, occupancy=None), off_queue=0.2)
MAIL = Work(600.0, due_s=4 * 3600.0)


@pytest.fixture(scope="module")
def told():
    """Ten weeks of calls and letters, half past seven to five."""
    grid = TimeGrid(ZoneInfo("Europe/Stockholm"), date(2026, 1, 5), 70, 30)
    slot = np.arange(len(grid)) % 48
    day = np.arange(len(grid)) // 48 % 7
    shape = np.where((slot >= 15) & (slot < 34) & (day < 5), 60 + 40 * np.sin((slot - 15) / 3), 0.0)
    chance = np.random.default_rng(1)
    counts = np.stack([chance.poisson(shape), chance.poisson(shape / 6)]).astype(float)
    return forecast(History(grid, ("calls", "mail"), counts), 7)


def test_a_forecast_becomes_people_and_the_people_keep_the_promise(told):
    work = {"calls": CALLS, "mail": MAIL}
    need = needed(told, work)
    calls, mail = need
    assert calls.correction is Correction.OFFERED_LOAD
    assert calls.planned[20] == pytest.approx(calls.people[20] / 0.8)
    assert mail.correction is Correction.NONE
    assert mail.people[:48].max() <= 5
    assert mail.people.sum() * 1800 * 0.85 >= told.queues[1].expected.sum() * 600 * 0.97
    outcome = play(as_scenario(need, work, 1800.0), 40, seed=1)
    assert 0.8 <= outcome.within().mean < 0.93


def test_a_higher_quantile_of_what_comes_asks_more_people(told):
    work = {"calls": CALLS, "mail": MAIL}
    usual, busy = needed(told, work)[0], needed(told, work, quantile=0.9)[0]
    assert (busy.people >= usual.people).all()
    assert busy.people.sum() > 1.05 * usual.people.sum()


def test_a_deadline_shorter_than_an_interval_is_refused():
    with pytest.raises(NeverEnough, match="at least one interval"):
        queue_need("mail", np.ones(4), np.full(4, 1800.0), Work(60.0, due_s=60.0), Correction.NONE)


def test_letters_of_the_night_are_answered_in_the_morning_by_their_deadline():
    """Six an hour, ten minutes each, open from eight to sixteen, due in two hours of open time."""
    per_s, slots = np.full(24, 6 / 3600), np.full(24, 3600.0)
    is_open = (np.arange(24) >= 8) & (np.arange(24) < 16)
    work = Work(600.0, target=Target(occupancy=None), due_s=7200.0, is_open=is_open)
    people = queue_need("letters", per_s, slots, work, Correction.NONE).people
    assert people[~is_open].tolist() == [0] * 16
    done = np.cumsum(people) * 6
    assert done[10] >= 8 * 6  # the night's, by the end of the third open hour
    assert people.sum() * 6 >= 15 * 6  # all but what comes from the last open hour on
    assert people[11:16].max() < people[8:11].max() <= 4


def test_several_skills_are_staffed_until_every_queue_holds_in_every_slot():
    """Two queues, people for each and some for both; from far too few and from far too many."""
    per_s = np.array([[0.02, 0.05, 0.08, 0.03], [0.06, 0.03, 0.02, 0.05]])
    for first in (4, 10):
        scenario = Scenario(
            per_s=per_s, slot_s=3600.0, people=np.full((3, 4), first),
            able=np.array([[0, -1], [-1, 0], [0, 0]]), at_once=np.ones(3, dtype=int),
            handling_s=np.full(2, 300.0), patience_s=np.full(2, 200.0), within_s=np.full(2, 20.0),
        )  # fmt: skip
        found = refined(scenario, (0.8, 0.8), days=40, rounds=60)
        assert found.missed == ()
        share = np.stack([found.outcome.by_slot(Counted.IN_TIME, q)[0] for q in range(2)])
        assert share.min() > 0.77
        load = per_s.sum() * 300
        assert load < found.people.sum() < 1.45 * load
