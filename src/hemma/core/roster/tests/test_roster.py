"""Petra gets rosters that keep every rule, cost what is said, and are as near the best as is said."""

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hemma.core.roster import (
    Before,
    FaultKind,
    LawfulDays,
    Limits,
    NoSuchWeek,
    faults,
    price,
)
from hemma.core.roster.bound import Bound
from hemma.core.roster.checking import laid_out
from hemma.core.roster.search import Search
from hemma.core.roster.tests import small

LIMITS = (Limits(rest=11, weekly_rest=36, in_a_row=5),)


def before(made):
    return tuple(Before(0, state.weekend) for state in made.before)


def planned(made, seed=1, rounds=20):
    search = Search(made, seed)
    search.first()
    search.sweep(0.01)
    search.improve(rounds)
    return search


def legal_tours(made, person):
    """By trying every way of every day, judged by the checker alone; of ways with the same start
    and extra that leave different slots, all."""
    found, ways = [], small.days_of(made, person)
    for days, chosen in small.working(made, person, ways):
        tour = [chosen[days.index(day)] if day in days else ways[0] for day in range(made.days)]
        roster = small.one_person(made, person, tour)
        wrong = faults(made, roster, LIMITS * len(made.rulebooks), before(made))
        if not [fault for fault in wrong if fault.person == person]:
            found.append(roster)
    return found


def test_the_best_of_all_tours_of_one_person_is_found():
    """One person, one day of work: every tour there is, tried."""
    for seed in range(4):
        made = small.problem(1, seed=seed, forms=(small.FOCUSED,), days=(1, 1))
        by_trying = min(small.cost(made, [tour]) for tour in legal_tours(made, 0))
        search = Search(made)
        search.sweep(0.0)
        assert search.cost().total == pytest.approx(by_trying, abs=1e-3)


def test_two_people_tried_in_every_way_are_never_below_the_bound_and_the_search_is_near():
    for seed in range(3):
        made = small.problem(2, seed=seed, days=(1, 1), need=1)
        tours = [legal_tours(made, person) for person in (0, 1)]
        by_trying = min(small.cost(made, pair) for pair in product(*tours))
        search = planned(made)
        bound = Bound(search)
        for _ in range(60):
            bound.tighten()
        assert bound.best <= by_trying + 1e-6
        assert search.cost().total == pytest.approx(by_trying, abs=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 12), st.booleans(), st.sampled_from([1, 2, 3]))
def test_every_rule_is_kept_and_the_price_is_what_the_checker_counts(seed, people, every, weeks):
    book = replace(small.BOOK, every_other_weekend=every)
    forms = (small.FORM, small.FOCUSED)
    made = small.problem(
        people, seed=seed, forms=forms, book=book, days=(2, 5), weeks=weeks, need=4, free_share=0.95
    )
    search = planned(made)
    roster, limits = search.roster(), (replace(LIMITS[0], every_other_weekend=every),)
    wrong = faults(made, roster, limits, before(made))
    if search.without == 0:
        assert wrong == []
    assert search.cost().total == pytest.approx(price(made, roster).total, rel=1e-6)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 10))
def test_no_roster_ever_found_is_below_the_bound(seed, people):
    made = small.problem(people, seed=seed, days=(2, 4), need=4)
    search = planned(made)
    bound, last = Bound(search), -np.inf
    for _ in range(70):
        assert bound.tighten() >= last
        last = bound.best
    search.improve(50)
    assert bound.best <= search.cost().total


def test_the_same_seed_gives_petra_the_same_roster():
    made = small.problem(9, days=(2, 4))
    one, two, other = planned(made, 3), planned(made, 3), planned(made, 4)
    assert (one.roster().start == two.roster().start).all()
    assert (one.roster().at == two.roster().at).all()
    assert (one.roster().start != other.roster().start).any()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31))
def test_what_is_missing_is_what_the_best_sharing_out_of_people_leaves(seed):
    """Hall's condition against a linear programme that shares people out, at one slot."""
    made = small.problem(8, seed=seed, skills=3, days=(3, 5), need=3)
    roster = planned(made).roster()
    slot = 10 + 24 * int(np.random.default_rng(seed).integers(7))
    alone = np.zeros_like(made.need)
    alone[:, slot] = made.need[:, slot]
    there = [0] * 7
    for person, day in np.argwhere(roster.start >= 0).tolist():
        base, taken = laid_out(made, roster, person, day)
        if base <= slot < base + taken.size and not taken[slot - base]:
            there[made.group[person]] += 1
    pairs = [(g, s) for g in range(7) for s in range(3) if made.skills[g] >> s & 1]
    costs = [0.0] * len(pairs) + [1.0] * 3
    rows = [[float(p[0] == g) for p in pairs] + [0.0] * 3 for g in range(7)]
    rows += [
        [-float(p[1] == s) for p in pairs] + [-float(k == s) for k in range(3)] for s in range(3)
    ]
    least = linprog(costs, A_ub=rows, b_ub=[*there, *(-made.need[:, slot])]).fun
    assert price(replace(made, need=alone), roster).under == round(least)


def test_a_broken_roster_is_told_by_person_and_day():
    made = small.problem(3, days=(3, 5), forms=(small.FOCUSED,))
    roster = planned(made).roster()
    day = int(np.flatnonzero(roster.start[1] >= 0)[0])
    roster.at[1, day, 0] = 7
    told = [(f.kind, f.person, f.day) for f in faults(made, roster, LIMITS, before(made))]
    assert (FaultKind.BREAK, 1, day) in told
    roster.start[1] = 0
    kinds = {f.kind for f in faults(made, roster, LIMITS, before(made)) if f.person == 1}
    assert {FaultKind.DAYS_IN_WEEK, FaultKind.DAYS_IN_A_ROW} <= kinds


def test_a_week_that_cannot_be_had_is_told_by_person_and_week():
    made = small.problem(3, days=(3, 5))
    made.least[2, 0], made.most[2, 0] = 7, 7
    with pytest.raises(NoSuchWeek) as told:
        Search(made)
    assert (told.value.person, told.value.week) == (2, 0)


def test_people_with_every_other_weekend_free_do_not_work_two_in_a_row():
    book = LawfulDays(rest=11, weekly_rest=36, in_a_row=5, every_other_weekend=True)
    made = small.problem(6, book=book, days=(4, 5), weeks=3, need=6)
    roster = planned(made).roster()
    assert (roster.start >= 0).any()
    for person in range(made.people):
        worked = [made.before[person].weekend]
        worked += [bool((roster.start[person, w * 7 + 5 : w * 7 + 7] >= 0).any()) for w in range(3)]
        assert not any(a and b for a, b in pairwise(worked))
