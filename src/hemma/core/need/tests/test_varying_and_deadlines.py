"""Loads that change, and letters that may wait but not for ever."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import linprog

from hemma.core.need import Correction, NeverEnough, corrected, levelled, whole

RATES = st.lists(st.floats(0, 0.5), min_size=2, max_size=8)


@settings(max_examples=25, deadline=None)
@given(RATES, st.floats(30, 2000))
def test_the_offered_load_is_what_the_equation_says(rates, handling):
    """An independent solver of m' = λ − m/h, interval by interval."""
    per_s, slots = np.array([rates]), np.full(len(rates), 900.0)
    got = corrected(per_s, np.full(per_s.shape, handling), slots, Correction.OFFERED_LOAD)[0]
    in_hand, area = 0.0, []
    for rate in rates:
        answer = solve_ivp(
            lambda _t, y, rate=rate: [rate - y[0] / handling, y[0]],
            (0, 900),
            [in_hand, 0.0],
            rtol=1e-9,
            atol=1e-9,
        )
        in_hand = answer.y[0, -1]
        area.append(answer.y[1, -1] / 900 / handling)
    assert got == pytest.approx(area, abs=1e-6)


@pytest.mark.parametrize("how", list(Correction))
def test_a_steady_load_stays_what_it_is_once_the_morning_is_over(how):
    per_s = np.full((2, 20), 0.1)
    got = corrected(per_s, np.full((2, 20), 300.0), np.full(20, 900.0), how)
    assert got[:, 8:] == pytest.approx(per_s[:, 8:])


def test_a_lag_of_one_handling_time_moves_the_morning():
    got = corrected(
        np.array([[0.0, 1.0, 0.0]]), np.full((1, 3), 300.0), np.full(3, 900.0), Correction.LAG
    )
    assert got[0] == pytest.approx([0.0, 2 / 3, 1 / 3])


def peak_by_linear_programme(work, open_s, due, backlog):
    """The smallest peak by another method; None when nothing is possible."""
    slots = work.size
    come = backlog + np.concatenate([[0.0], np.cumsum(work)[:-1]])
    rows, limits = [], []
    for at in range(slots):
        done = np.zeros(slots + 1)
        done[: at + 1] = open_s[: at + 1]
        must = sum(work[u] for u in range(slots) if u + due <= at) + backlog * (at >= due)
        must = come[at] if at == slots - 1 else must
        peak = np.zeros(slots + 1)
        peak[at], peak[-1] = 1, -1
        rows += [done, -done, peak]
        limits += [come[at], -must, 0.0]
    answer = linprog([0.0] * slots + [1.0], A_ub=rows, b_ub=limits)
    return answer.fun if answer.status == 0 else None


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=8),
    st.integers(1, 4),
    st.integers(0, 3),
)
def test_letters_are_levelled_to_the_smallest_peak_there_is(slots, due, backlog):
    work = np.array([600.0 * amount for amount, _ in slots])
    open_s = np.array([900.0 if is_open else 0.0 for _, is_open in slots])
    best = peak_by_linear_programme(work, open_s, due, 500.0 * backlog)
    if best is None:
        with pytest.raises(NeverEnough):
            levelled(work, open_s, due, 500.0 * backlog)
        return
    got = levelled(work, open_s, due, 500.0 * backlog)
    assert got.max() == pytest.approx(best, abs=1e-6)
    assert (got >= -1e-9).all()
    assert (got * open_s).sum() == pytest.approx(work[:-1].sum() + 500.0 * backlog)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=3, max_size=6), st.integers(1, 3))
def test_no_other_way_of_doing_the_letters_is_more_even(amounts, due):
    """Against chance: exchanges between two slots that stay allowed never lower the squares."""
    work, open_s = 600.0 * np.array(amounts), np.full(len(amounts), 900.0)
    assume(work[:-1].sum() > 0)
    got = levelled(work, open_s, due)
    come = np.concatenate([[0.0], np.cumsum(work)[:-1]])
    must = np.concatenate([np.zeros(due), np.cumsum(work)])[: work.size]
    must[-1] = come[-1]
    for giver in range(work.size):
        for taker in range(work.size):
            other = got.copy()
            other[giver] -= 0.01
            other[taker] += 0.01
            done = np.cumsum(other * open_s)
            allowed = (done <= come + 1e-9).all() and (done >= must - 1e-9).all()
            if allowed and other[giver] >= 0:
                assert (other**2).sum() >= (got**2).sum() - 1e-9


def test_letters_of_friday_evening_are_not_done_while_closed():
    work, open_s = np.array([900.0, 0.0, 0.0, 0.0]), np.array([900.0, 0.0, 900.0, 900.0])
    assert levelled(work, open_s, 3).tolist() == pytest.approx([0.0, 0.0, 0.5, 0.5])
    with pytest.raises(NeverEnough, match="no open time"):
        levelled(work, open_s, 1)


def test_whole_people_do_at_least_as_much_by_any_time():
    assert whole(np.array([0.4, 0.4, 0.4, 1.8])).tolist() == [1, 0, 1, 1]
