"""Several curves of demand, and service lost, as what each further person missing costs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemma.core.need import Load, service
from hemma.core.pipeline.demand import scenarios, service_steps
from hemma.core.roster import Prices

PRICES = Prices(under=3.0, over=0.5)


def paid(need: int, there: int) -> float:
    """What so many people cost when so many are needed."""
    return PRICES.under * max(0, need - there) + PRICES.over * max(0, there - need)


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
    st.lists(st.integers(1, 9), min_size=4, max_size=4),
)
def test_the_price_is_the_expected_one_less_a_constant_for_any_number_of_people(needs, weights):
    chances = np.array(weights[: len(needs)], float)
    chances /= chances.sum()
    top, steps = scenarios([np.array([[n]]) for n in needs], chances.tolist(), PRICES)
    assert top[0, 0] == max(needs)

    def planned(there):
        missing = max(0, max(needs) - there)
        held = [float(steps[0, min(k, steps.shape[1] - 1)]) for k in range(missing)]
        return sum(held) + PRICES.over * max(0, there - max(needs))

    apart = [
        sum(c * paid(n, there) for n, c in zip(needs, chances, strict=True)) - planned(there)
        for there in range(16)
    ]
    assert max(apart) - min(apart) == pytest.approx(0, abs=1e-4)


def test_one_curve_alone_costs_what_it_did():
    top, steps = scenarios([np.array([[4, 0]])], [1.0], PRICES)
    assert top.tolist() == [[4, 0]]
    assert np.allclose(steps, PRICES.under)


def test_the_first_person_missing_costs_the_customers_that_are_answered_late():
    load = Load.of([0.05, 0.05], 300.0, 120.0)
    need = np.array([[19, 0]])
    steps = service_steps([load], need, 20.0, 2.0, 900.0, 4)
    late = [45 * (1 - service(load, n, 20.0).within[0]) for n in (19, 18)]
    assert steps[0, 0] == pytest.approx(2.0 * (late[1] - late[0]), rel=1e-4)
    assert (np.diff(steps, axis=1) >= 0).all()
