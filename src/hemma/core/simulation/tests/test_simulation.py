"""Days that are played meet what others published, what formulas say, and the same days by hand."""

from dataclasses import replace

import numpy as np
import pytest

from hemma.core.need import Load, service
from hemma.core.simulation import Counted, Scenario, TooLong, difference, play
from hemma.core.simulation.tests.plainly import contacts, played


def mixed(seed):
    """Three queues, three groups, breaks, priorities, chats two at a time, over four hours."""
    chance = np.random.default_rng(seed)
    able = np.array([[0, -1, -1], [1, 0, -1], [0, 0, 2]])
    return Scenario(
        per_s=chance.uniform(0.0, 0.03, (3, 8)),
        slot_s=1800.0,
        people=chance.integers(0, 6, (3, 8)),
        able=able,
        at_once=np.array([1, 1, 2]),
        handling_s=np.array([240.0, 300.0, 400.0]),
        patience_s=np.array([120.0, np.inf, 300.0]),
        within_s=np.array([20.0, 20.0, 60.0]),
    )


@pytest.mark.parametrize("seed", range(12))
def test_every_customer_fares_as_in_the_same_day_played_by_hand(seed):
    """Numbers drawn alike, everything after that another program: equal to the last customer."""
    scenario = mixed(seed)
    told = play(scenario, 1, seed=seed).days[0]
    expected = played(scenario, seed)
    assert expected[:, 0].sum() > 100
    assert told[:, :4].tolist() == expected.tolist()


def test_a_published_day_is_met():
    """Buist & L'Ecuyer's contactcenters examples: 480 minutes from empty, 12 people, 4.2 a minute of
    two minutes; 95 % intervals of 1,000 replications."""
    told = play(Scenario.one_queue(per_s=0.07, people=12, handling_s=120.0), 6000, seed=7)
    assert 0.900 <= told.within().mean <= 0.904
    assert 0.097 <= told.wait_s().mean / 60 <= 0.102
    assert 0.694 <= told.occupancy().mean <= 0.697


def test_a_published_day_with_impatient_customers_is_met():
    scenario = Scenario.one_queue(per_s=0.07, people=12, handling_s=120.0, patience_s=60.0)
    told = play(scenario, 4000, seed=8)
    assert 57.66 <= told.days[:, 0, 3].mean() <= 59.56
    assert 0.674 <= told.occupancy().mean <= 0.677
    assert 0.974 <= told.within_of_answered().mean <= 0.975


@pytest.mark.parametrize("number", range(10))
def test_long_days_are_within_three_standard_errors_of_erlang_a(number):
    chance = np.random.default_rng(number)
    handling, patience = chance.uniform(60, 600), chance.uniform(30, 600)
    people = int(chance.integers(2, 60))
    rate = people / handling * chance.uniform(0.7, 1.1)
    scenario = Scenario.one_queue(
        per_s=rate, people=people, handling_s=handling, patience_s=patience, hours=1000.0
    )
    got = play(scenario, 30, seed=number)
    said = service(Load.of(rate, handling, patience), people, 20.0)
    for found, true in ((got.within(), said.within), (got.gave_up(), said.gives_up)):
        assert abs(found.mean - true[0]) < 3 * found.half / 1.96


def test_two_plans_meet_the_same_customers():
    few, many = (
        Scenario.one_queue(per_s=0.1, people=n, handling_s=300.0, patience_s=90.0) for n in (28, 32)
    )
    one, other = play(few, 50, seed=3).days, play(many, 50, seed=3).days
    assert one[:, 0, 0].tolist() == other[:, 0, 0].tolist()
    assert (one[:, 0, 3] >= other[:, 0, 3]).mean() > 0.95
    assert play(few, 50, seed=4).days[:, 0, 0].tolist() != one[:, 0, 0].tolist()


def test_handling_times_may_vary_less_than_chance_and_waits_are_shorter():
    base = Scenario.one_queue(per_s=0.09, people=30, handling_s=300.0)
    even = replace(base, variation=0.3)
    assert play(even, 200, seed=1).wait_s().mean < play(base, 200, seed=1).wait_s().mean


def test_a_line_without_end_is_refused_rather_than_dropped():
    scenario = Scenario.one_queue(per_s=500.0, people=1, handling_s=300.0, hours=20.0)
    with pytest.raises(TooLong):
        play(scenario, 1, seed=1)


def test_shapes_that_do_not_fit_are_refused():
    good = mixed(1)
    with pytest.raises(ValueError, match="fit"):
        replace(good, within_s=np.ones(2))


def test_the_hand_played_day_draws_customers_at_all():
    assert len(contacts(mixed(1), 1)) > 100


def test_what_a_day_brought_is_taken_out_of_its_result():
    """Over 60 sets of days: the interval holds the truth about 19 times of 20, and is narrower."""
    scenario = Scenario.one_queue(
        per_s=0.1, people=33, handling_s=300.0, patience_s=200.0, hours=4.0
    )
    truth = play(scenario, 6000, seed=999).within().mean
    held, narrower = 0, []
    for seed in range(60):
        told = play(scenario, 100, seed=seed)
        found = told.within()
        top, base = told.days[:, 0, Counted.IN_TIME], told.days[:, 0, Counted.OFFERED]
        plain = 1.96 * (top - top.sum() / base.sum() * base).std(ddof=1) / 10 / base.mean()
        held += abs(found.mean - truth) <= found.half
        narrower.append(found.half / plain)
    assert held >= 51  # of 60 at 95 %: fewer by chance once in a thousand sets
    assert np.mean(narrower) < 0.75


def test_two_plans_played_with_one_seed_are_told_apart_sooner():
    few, many = (
        Scenario.one_queue(per_s=0.1, people=n, handling_s=300.0, patience_s=90.0) for n in (30, 31)
    )
    one, other = play(few, 100, seed=3), play(many, 100, seed=3)
    apart = difference(one, other)
    assert apart.mean == pytest.approx(other.within().mean - one.within().mean, abs=apart.half)
    assert apart.mean - apart.half > 0
    assert apart.half < 0.6 * (one.within().half ** 2 + other.within().half ** 2) ** 0.5
    with pytest.raises(ValueError, match="same customers"):
        difference(one, play(many, 100, seed=4))


def test_service_is_told_by_the_time_of_day():
    """A morning with too few people: bad there, and good after."""
    base = mixed(1)
    scenario = replace(
        base, per_s=np.full((3, 8), 0.02), people=np.array([[2] * 4 + [9] * 4] * 3), day_scatter=0.1
    )
    told = play(scenario, 200, seed=2)
    share, half = told.by_slot(Counted.IN_TIME)
    assert share[:4].max() < 0.7
    assert share[6:].min() > 0.9
    assert (half < 0.05).all()
    whole = told.slots.total[:, :, Counted.OFFERED].sum()
    assert whole == told.days[:, :, Counted.OFFERED].sum()


def test_days_differ_more_when_they_are_told_to():
    even, uneven = (
        replace(Scenario.one_queue(per_s=0.1, people=30, handling_s=200.0), day_scatter=scatter)
        for scatter in (0.0, 0.2)
    )
    came = [play(one, 400, seed=5).days[:, 0, Counted.OFFERED] for one in (even, uneven)]
    assert came[0].std() / came[0].mean() < 0.03
    assert came[1].std() / came[1].mean() == pytest.approx(0.2, abs=0.03)
    assert came[1].mean() == pytest.approx(came[0].mean(), rel=0.03)
