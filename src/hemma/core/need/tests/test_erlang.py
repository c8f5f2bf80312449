"""Petra asks what service so many people give; the answer is summed another way, state by state."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.need import Load, service
from hemma.core.need.tests.states import by_states

RATES = st.floats(0.005, 0.12)
HANDLINGS = st.floats(30, 400)
PATIENCES = st.floats(20, 900)


def told(load, people, within_s):
    got = service(load, people, within_s)
    return [float(x[0]) for x in (got.within, got.waits, got.gives_up, got.wait_s, got.occupancy)]


@settings(max_examples=40, deadline=None)
@given(RATES, HANDLINGS, PATIENCES, st.integers(1, 40), st.floats(0, 120))
def test_petra_is_told_what_the_states_add_up_to(rate, handling, patience, people, within_s):
    expected = by_states(rate, handling, patience, people, within_s)
    got = told(Load.of(rate, handling, patience), people, within_s)
    assert got == pytest.approx(expected, rel=1e-6, abs=1e-8)


# Erlang C: P(wait) as printed in tables of the formula, here from exact fractions.
@pytest.mark.parametrize(
    ("people", "erlangs", "waits"),
    [(1, 0.5, 0.5), (2, 1.0, 1 / 3), (3, 2.0, 4 / 9), (4, 3.0, 27 / 53), (5, 4.0, 512 / 924)],
)
def test_nobody_gives_up_and_the_wait_is_that_of_the_table(people, erlangs, waits):
    got = service(Load.of(erlangs / 100, 100.0), people, 20.0)
    assert got.waits[0] == pytest.approx(waits, rel=1e-3)
    spare = people - erlangs
    assert got.wait_s[0] == pytest.approx(got.waits[0] * 100 / spare)
    assert got.within[0] == pytest.approx(1 - got.waits[0] * np.exp(-spare * 20 / 100))
    assert got.gives_up[0] == 0


def test_a_load_of_500_does_not_vanish_in_small_numbers():
    """The state sum in logarithms: 1.6 contacts a second of 312.5 s, patience 90 s, 480 people."""
    rate, handling, patience, people = 1.6, 312.5, 90.0, 480
    state = np.arange(3000)
    leave = np.minimum(state, people) / handling + np.maximum(state - people, 0) / patience
    logs = np.concatenate([[0.0], np.cumsum(np.log(rate) - np.log(leave[1:]))])
    share = np.exp(logs - logs.max())
    share /= share.sum()
    got = service(Load.of(rate, handling, patience), people, 20.0)
    assert got.waits[0] == pytest.approx(share[people:].sum(), rel=1e-10)
    give_up = (share * np.maximum(state - people, 0)).sum() / patience / rate
    assert got.gives_up[0] == pytest.approx(give_up, rel=1e-10)
    wait = np.linspace(0, 20, 20_001)
    density = rate * share[people - 1]
    density *= np.exp(rate * patience * -np.expm1(-wait / patience) - people / handling * wait)
    within = 1 - got.waits[0] + np.trapezoid(density * np.exp(-wait / patience), wait)
    assert got.within[0] == pytest.approx(within, rel=1e-8)


@pytest.mark.parametrize("people", [1, 3, 40, 5_000, 100_000])
@pytest.mark.parametrize("erlangs", [1e-6, 0.5, 40.0, 5_000.0])
@pytest.mark.parametrize("patience", [1e-3, 1.0, 300.0, 1e7, np.inf])
def test_whatever_is_asked_the_shares_are_shares(people, erlangs, patience):
    got = service(Load.of(erlangs / 300, 300.0, patience), people, 20.0)
    for share in (got.within, got.waits, got.gives_up, got.occupancy):
        assert 0 <= share[0] <= 1
    assert got.wait_s[0] >= 0


def test_endless_patience_is_the_limit_of_much_patience():
    patient = told(Load.of(0.1, 300.0, 1e9), 33, 20.0)
    assert patient == pytest.approx(told(Load.of(0.1, 300.0), 33, 20.0), rel=1e-5, abs=1e-5)


def test_too_few_for_people_who_never_give_up_is_a_line_without_end():
    got = service(Load.of(0.1, 300.0), 30, 20.0)
    assert (got.within[0], got.wait_s[0], got.occupancy[0]) == (0.0, np.inf, 1.0)


def test_where_nobody_comes_everybody_is_answered_and_where_nobody_works_nobody_is():
    got = service(Load.of([0.0, 0.1], 300.0, 60.0), [3, 0], 20.0)
    assert got.within.tolist() == [1.0, 0.0]
    assert got.gives_up.tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    "wrong", [(-1.0, 300.0, 60.0), (0.1, 0.0, 60.0), (0.1, 300.0, 0.0), (np.nan, 300.0, 60.0)]
)
def test_a_load_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"contacts|handling|patience"):
        Load.of(*wrong)


def test_half_a_person_is_refused():
    with pytest.raises(ValueError, match="whole"):
        service(Load.of(0.1, 300.0), 30.5, 20.0)
