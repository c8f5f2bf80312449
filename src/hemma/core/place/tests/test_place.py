"""Home and office: agreements, seats and days together, with a proof; nobody is left out."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.place import Places, Prices, Rule, Site, faults, place, price
from hemma.core.place.tests.sites import site

_UNEXPLAINED = {Rule.NOT_WORKING, Rule.NO_AGREEMENT, Rule.FIXED_HOME}


def plain(people=1, weeks=1, **other):
    """Everybody works Monday to Friday and may choose all of it."""
    shape = (people, 7 * weeks)
    works = np.broadcast_to(np.arange(7 * weeks) % 7 < 5, shape).copy()
    told = {
        "works": works, "may_home": np.ones(shape, bool), "fixed_home": np.zeros(shape, bool),
        "office_price": np.zeros(shape), "least_home": np.zeros((people, weeks), int),
        "most_home": np.full((people, weeks), 5), "wanted_home": np.full((people, weeks), 3.0),
        "team": np.full(people, -1), "own_seat": np.zeros(people, bool),
        "lacking": np.zeros(people), "seats": np.full(7 * weeks, people), "prices": Prices(),
    }  # fmt: skip
    return Site(**told | other)


def best_of_all(one):
    """The cheapest of every possible choice."""
    open_ = np.argwhere(one.works & one.may_home & ~one.fixed_home)
    teams = int(one.team.max(initial=-1)) + 1
    best = np.inf
    for days in product(range(7), repeat=teams):
        meets = np.array(days, int).reshape(teams, 1)
        for bits in product((False, True), repeat=len(open_)):
            office = one.works & ~one.may_home
            office[tuple(open_.T)] = bits
            best = min(best, price(one, Places(office, meets)).total)
    return best


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_bound_is_below_every_choice_and_the_plan_is_the_best_or_near(seed):
    one = site(seed, people=3, teams=1, working=0.8, days=3)
    found, best = place(one), best_of_all(one)
    assert found.bound.sum() <= best + 1e-6
    assert best - 1e-6 <= found.price.sum() <= best + one.prices.together


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), weeks=st.integers(1, 3), seats=st.sampled_from([0.1, 0.5, 1.0]))
def test_what_the_planner_claims_is_what_the_checker_counts(seed, weeks, seats):
    one = site(seed, people=15, weeks=weeks, seats=seats)
    found = place(one)
    counted = price(one, found.places)
    assert counted.total == pytest.approx(found.price.sum())
    assert found.bound.sum() <= counted.total + 1e-6
    wrong = faults(one, found.places)
    assert not _UNEXPLAINED & {fault.rule for fault in wrong}
    assert sum(f.is_ - f.allowed for f in wrong if f.rule is Rule.SEATS) == counted.seats


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_same_site_gets_the_same_places(seed):
    one = site(seed, people=12, weeks=2)
    assert (place(one).places.office == place(one).places.office).all()


def test_a_team_meets_on_the_day_that_most_of_them_work():
    works = np.zeros((3, 7), bool)
    works[0, :3] = works[1, 2:5] = works[2, [0, 2, 4]] = True
    one = plain(3, works=works, team=np.zeros(3, int), wanted_home=np.full((3, 1), 2.0))
    found = place(one).places
    assert found.together.tolist() == [[2]]
    assert found.office[:, 2].all()
    assert found.office.sum() == 3


def test_seats_are_shared_and_nobody_comes_without_one():
    one = plain(4, most_home=np.full((4, 1), 3), seats=np.full(7, 2))
    found = place(one).places
    assert (found.office.sum(axis=0) <= 2).all()
    assert (found.office.sum(axis=1) == 2).all()


def test_a_kept_seat_is_nobody_elses():
    one = plain(
        2, most_home=np.full((2, 1), 3), seats=np.ones(7, int), own_seat=np.array([True, False])
    )
    wrong = faults(one, place(one).places)
    assert [(f.rule, f.person, f.because) for f in wrong] == [
        (Rule.MOST_HOME, 1, (Rule.MOST_HOME, Rule.SEATS))
    ]


def test_who_has_lacked_home_days_gets_them_before_others():
    seats = np.where(np.arange(7) < 5, 1, 0)
    one = plain(2, wanted_home=np.zeros((2, 1)), seats=seats, lacking=np.array([0.0, -4.0]))
    office = place(one).places.office
    assert office[1].sum() > office[0].sum()  # who had too many home days comes in


def test_too_few_seats_even_out_over_the_weeks():
    seats = np.tile(np.where(np.arange(7) < 5, 1, 0), 4)
    one = plain(3, weeks=4, wanted_home=np.full((3, 4), 2.0), seats=seats)
    office = place(one).places.office.sum(axis=1)
    assert office.max() - office.min() <= 1


def test_an_agreement_that_asks_too_much_is_planned_in_part_and_told_why():
    fixed = np.zeros((1, 7), bool)
    fixed[0, :4] = True
    one = plain(1, fixed_home=fixed, most_home=np.full((1, 1), 2))
    found = place(one).places
    assert found.office[0].tolist() == [False] * 4 + [True] + [False] * 2
    told = faults(one, found)
    assert [(f.rule, f.is_, f.allowed, f.because) for f in told] == [
        (Rule.MOST_HOME, 4, 2, (Rule.MOST_HOME, Rule.FIXED_HOME))
    ]


def test_people_who_must_come_are_named_with_the_seats_they_lack():
    one = plain(
        2, may_home=np.zeros((2, 7), bool), wanted_home=np.zeros((2, 1)), seats=np.ones(7, int)
    )
    told = faults(one, place(one).places)
    assert {(f.rule, f.is_, f.allowed, f.because) for f in told} == {
        (Rule.SEATS, 2, 1, (Rule.SEATS, Rule.NO_AGREEMENT))
    }


def test_the_checker_sees_each_thing_that_is_wrong():
    fixed = np.zeros((1, 7), bool)
    fixed[0, 0] = True
    may = np.ones((1, 7), bool)
    may[0, 1] = False
    one = plain(1, fixed_home=fixed, may_home=may, least_home=np.full((1, 1), 4))
    office = np.zeros((1, 7), bool)
    office[0, [0, 3, 4, 6]] = True
    told = faults(one, Places(office, np.zeros((0, 1), int)))
    assert [f.rule for f in told] == [
        Rule.FIXED_HOME, Rule.NO_AGREEMENT, Rule.NOT_WORKING, Rule.LEAST_HOME
    ]  # fmt: skip


def test_a_fixed_home_day_outside_an_agreement_is_refused():
    with pytest.raises(ValueError, match="outside"):
        replace(plain(), may_home=np.zeros((1, 7), bool), fixed_home=np.ones((1, 7), bool))


def test_each_rule_of_places_is_told_alone_when_it_alone_is_broken():
    """Amanda's week by hand: at home Monday and Tuesday as agreed, in the office from Wednesday."""
    fixed = np.zeros((1, 7), bool)
    fixed[0, 0] = True
    one = plain(1, fixed_home=fixed, least_home=np.full((1, 1), 2), most_home=np.full((1, 1), 3))
    office = np.zeros((1, 7), bool)
    office[0, 2:5] = True
    nobody = np.zeros((0, 1), int)
    assert faults(one, Places(office, nobody)) == []

    def told(made, *flipped):
        other = office.copy()
        other[0, list(flipped)] ^= True
        return [
            (f.rule, f.person, f.day, f.is_, f.allowed) for f in faults(made, Places(other, nobody))
        ]

    none = one.may_home.copy()
    none[0, 1] = False
    assert told(one, 6) == [(Rule.NOT_WORKING, 0, 6, 1, 0)]
    assert told(replace(one, may_home=none)) == [(Rule.NO_AGREEMENT, 0, 1, 1, 0)]
    assert told(one, 0, 2) == [(Rule.FIXED_HOME, 0, 0, 1, 0)]
    assert told(one, 1) == [(Rule.LEAST_HOME, 0, 0, 1, 2)]
    assert told(one, 2, 3) == [(Rule.MOST_HOME, 0, 0, 4, 3)]
    full = one.seats.copy()
    full[4] = 0
    assert told(replace(one, seats=full)) == [(Rule.SEATS, -1, 4, 1, 0)]
