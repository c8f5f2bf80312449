"""Who left: the published rates and effect, closed forms, and refusals."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from hemma.core.effects import (
    At,
    CannotEstimate,
    Link,
    Why,
    difference_of_rates,
    fit_binary,
    marginal_effects,
    wilson,
)

_spec = importlib.util.spec_from_file_location("wfh", Path(__file__).with_name("wfh.py"))
wfh = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(wfh)


def test_sara_gets_the_published_rates_of_leaving():
    data = wfh.columns("quit_data.csv")
    _, home, office = difference_of_rates(data["quitjob"], data["expgroup"])
    assert (home, office) == ((21, 131), (41, 118))


def test_sara_gets_the_published_effect_on_leaving():
    data = wfh.columns("quit_data.csv")
    names = ["expgroup", "age", "costofcommute", "children", "men", "married"]
    fitted = fit_binary(data["quitjob"], np.column_stack([data[n] for n in names]), names=names)
    at_means = marginal_effects(fitted, At.MEANS)[0]
    assert (f"{at_means.value:.3f}", f"{at_means.error:.3f}") == ("-0.172", "0.055")
    average = marginal_effects(fitted)[0]
    assert average.value == pytest.approx(-0.1672, abs=1e-4)


@pytest.mark.parametrize("link", Link)
def test_with_one_yes_no_column_the_effect_is_the_difference_of_rates(link):
    x = np.repeat([1, 0], [131, 118])
    y = np.concatenate([np.arange(131) < 21, np.arange(118) < 41]).astype(float)
    one = marginal_effects(fit_binary(y, x, link=link))[0]
    p1, p0 = 21 / 131, 41 / 118
    assert one.value == pytest.approx(p1 - p0, abs=1e-10)
    by_hand = np.sqrt(p1 * (1 - p1) / 131 + p0 * (1 - p0) / 118)
    assert one.error == pytest.approx(by_hand, rel=1e-8)


@pytest.mark.parametrize("link", Link)
def test_the_delta_method_agrees_with_a_numeric_slope(link):
    rng = np.random.default_rng(1)
    x = np.column_stack([rng.normal(size=300), rng.integers(0, 2, 300)])
    y = (x @ [0.8, -0.5] + rng.normal(size=300) > 0).astype(float)
    fitted = fit_binary(y, x, link=link)
    curve = (lambda z: 1 / (1 + np.exp(-z))) if link is Link.LOGIT else None
    if curve is None:
        from scipy.stats import norm

        curve = norm.cdf

    def average_slope(b, h=1e-5):
        step = np.array([0, h, 0])
        up, down = (curve((fitted.design + s) @ b) for s in (step, -step))
        return (up - down).mean() / (2 * h)

    steps = 1e-4 * np.eye(3)
    slope = [
        (average_slope(fitted.values + s) - average_slope(fitted.values - s)) / 2e-4 for s in steps
    ]
    one = marginal_effects(fitted)[0]
    assert one.value == pytest.approx(average_slope(fitted.values), rel=1e-6)
    assert one.error == pytest.approx(np.sqrt(slope @ fitted.covariance @ slope), rel=1e-4)


def test_if_nobody_at_home_left_the_effect_is_not_told_as_a_number():
    with pytest.raises(CannotEstimate) as refused:
        fit_binary([0, 0, 0, 1, 0, 1], [1, 1, 1, 0, 0, 0], names=("home",))
    assert (refused.value.why, refused.value.name) == (Why.SEPARATED, "home")


def test_wilson_s_interval_of_newcombe_s_example():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)  # Newcombe 1998, table I
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_newcombe_s_difference_56_of_70_against_48_of_80():
    y = np.concatenate([np.arange(70) < 56, np.arange(80) < 48]).astype(float)
    one, _, _ = difference_of_rates(y, np.repeat([1, 0], [70, 80]))
    assert (one.low, one.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)  # his method 10
