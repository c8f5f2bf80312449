"""Petra gets the least number of people, never one more: every cell is tried from one upwards."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.need import (
    Load,
    NeverEnough,
    Target,
    at_once,
    at_quantile,
    least_people,
    least_people_at_once,
    least_people_over,
    meets,
    most_contacts_per_s,
    scheduled,
    service,
)

TARGETS = [
    Target(),
    Target(occupancy=None),
    Target(within=0.95, within_s=0, occupancy=None),
    Target(within=0.9, within_s=3600, occupancy=None),
    Target(within=None, gives_up=0.03, occupancy=None),
    Target(within=None, wait_s=15, occupancy=None),
    Target(within=None, occupancy=0.7),
    Target(within=0.8, within_s=30, gives_up=0.05, wait_s=40, occupancy=0.88),
]


def by_counting(load, target):
    """The least people by trying 1, 2, 3 … in every cell."""
    found = np.zeros(load.per_s.size, dtype=int)
    left = load.per_s > 0
    for people in range(1, 2000):
        enough = meets(service(load, np.full(load.per_s.size, people), target.within_s), target)
        found[left & enough] = people
        left &= ~enough
        if not left.any():
            return found
    raise AssertionError("2,000 people were not enough")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TARGETS), st.integers(0, 2**32 - 1), st.booleans())
def test_petra_gets_the_least_people_in_every_cell(target, seed, patient):
    chance = np.random.default_rng(seed)
    patience = np.inf if patient and target.gives_up is None else chance.uniform(5, 2000, 60)
    load = Load.of(chance.uniform(0, 0.4, 60) ** 2, chance.uniform(20, 900, 60), patience)
    assert least_people(load, target).tolist() == by_counting(load, target).tolist()


@pytest.mark.parametrize("target", TARGETS)
def test_at_a_load_of_500_one_fewer_misses(target):
    load = Load.of(np.linspace(1.4, 1.8, 200), 312.5, np.linspace(30, 600, 200))
    people = least_people(load, target)
    assert meets(service(load, people, target.within_s), target).all()
    assert not meets(service(load, people - 1, target.within_s), target).any()


def test_patient_customers_with_an_hour_to_wait_need_fewer_than_the_load():
    """The search must not start at the load: with 60 minutes 100 contacts in hand need fewer."""
    load = Load.of(1 / 3, 300.0, 1800.0)
    people = int(least_people(load, Target(within=0.8, within_s=3600, occupancy=None))[0])
    assert people < 100
    assert people == by_counting(load, Target(within=0.8, within_s=3600, occupancy=None))[0]


def test_nobody_is_asked_to_work_where_nobody_comes():
    assert least_people(Load.of([0.0, 0.0], 300.0), Target()).tolist() == [0, 0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"within": 1.0},
        {"within": 80},
        {"occupancy": 0.0},
        {"within_s": -1},
        {"wait_s": 0},
        {"within": None, "occupancy": None},
    ],
)
def test_a_target_that_cannot_be_met_is_refused(wrong):
    with pytest.raises(NeverEnough):
        Target(**wrong)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.01, 0.3), st.floats(100, 900), st.integers(1, 5), st.floats(1, 2))
def test_several_chats_at_once_take_the_least_people_too(rate, handling, number, stretch):
    load, target = Load.of(rate, handling, 120.0), Target(occupancy=None)
    people = int(least_people_at_once(load, target, number, stretch)[0])
    slow = at_once(load, number, stretch)
    assert meets(service(slow, people * number, 20.0), target).all()
    assert people == 1 or not meets(service(slow, (people - 1) * number, 20.0), target).any()


def test_time_outside_the_queue_is_added_not_rounded():
    assert scheduled([10, 7], 0.3).tolist() == pytest.approx([10 / 0.7, 10.0])
    with pytest.raises(NeverEnough):
        scheduled(10, 1.0)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 200), st.floats(60, 900), st.floats(20, 900))
def test_so_many_people_can_take_so_much_and_no_more(people, handling, patience):
    rate = most_contacts_per_s(people, handling, patience, Target())
    load = Load.of(rate * 0.9999, handling, patience)
    assert least_people(load, Target())[0] <= people
    assert least_people(Load.of(rate * 1.001, handling, patience), Target())[0] > people


def test_over_scenarios_the_share_holds_for_the_customers_of_all_of_them():
    chance = np.random.default_rng(3)
    rates = chance.gamma(20, 0.1 / 20, (10, 30))
    handling, patience = np.full(10, 300.0), np.full(10, 120.0)
    people = least_people_over(rates, handling, patience, Target())

    def share(cell, number):
        got = service(Load.of(rates[cell], 300.0, 120.0), number, 20.0).within
        return np.average(got, weights=rates[cell])

    for cell, number in enumerate(people):
        assert share(cell, number) >= 0.8 > share(cell, number - 1)


def test_need_for_a_quantile_is_need_at_that_demand():
    levels, demand = np.array([0.1, 0.5, 0.9]), np.array([[10.0], [20.0], [40.0]])
    assert at_quantile(levels, demand, 0.7).tolist() == pytest.approx([30.0])
    with pytest.raises(NeverEnough):
        at_quantile(levels, demand, 0.95)
