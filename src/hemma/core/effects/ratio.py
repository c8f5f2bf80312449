"""How much of one thing there is per another, in a group: answers an hour, days absent per hundred.

The ratio of two sums over people. Its error is linearised and rests on whole people (each one's
surplus over what the ratio would give them), so that somebody's many days count as one person's.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from hemma.core.effects.fixed import Estimate, estimate
from hemma.core.effects.kinds import CannotEstimate, Why


def ratio(
    name: str,
    top: npt.ArrayLike,
    bottom: npt.ArrayLike,
    *,
    level: float = 0.95,
    bounds: tuple[float, float] = (0.0, float("inf")),
) -> Estimate:
    """The sum of `top` per sum of `bottom`, one entry a person (n,); t interval with n - 1.

    The interval is cut at `bounds`; p is of no use here. Source: Cochran, Sampling Techniques
    (1977), 2.11 and 9.2. Raises no_rows for fewer than two people or nothing to divide by.
    """
    a, h = np.asarray(top, float).reshape(-1), np.asarray(bottom, float).reshape(-1)
    whole = float(h.sum())
    if len(a) < 2 or len(a) != len(h) or whole <= 0 or (h < 0).any():
        raise CannotEstimate(Why.NO_ROWS, name)
    value = float(a.sum()) / whole
    surplus = a - value * h
    error = float(np.sqrt((surplus @ surplus) * len(a) / (len(a) - 1))) / whole
    told = estimate(name, value, error, len(a) - 1.0, level)
    return replace(told, low=max(bounds[0], told.low), high=min(bounds[1], told.high))


def rate(name: str, times: int, exposure: float, *, level: float = 0.95) -> Estimate:
    """So many events in so much time, such as leavers a person-year, with Garwood's interval (1936).

    `error` is the root of the events over the time; p is not told. Raises out_of_range.
    """
    if times < 0 or not exposure > 0:
        raise CannotEstimate(Why.OUT_OF_RANGE, name)
    tail = (1 - level) / 2
    low = float(stats.chi2.ppf(tail, 2 * times)) / 2 if times else 0.0
    high = float(stats.chi2.ppf(1 - tail, 2 * (times + 1))) / 2
    error = float(np.sqrt(times)) / exposure
    return Estimate(
        name, times / exposure, error, low / exposure, high / exposure, float("nan"), float("inf")
    )
