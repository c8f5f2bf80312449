"""The rest of a day, when part of it has been seen."""

import numpy as np

from hemma.core.forecast.history import Floats


def rest_of_day(
    expected: Floats, seen: Floats, day_scatter: float, chance: float = 1.5
) -> tuple[Floats, float]:
    """(slots,) a forecast of the day moved to what has come, and by how much it was multiplied.

    `expected` (slots,); `seen` (slots,) contacts so far, `nan` from now on. `day_scatter` is how far
    a day's total usually falls from its forecast (standard deviation of the ratio, 0.06: 6 %), from
    the backtest; `chance` the variance of a slot over its mean. The multiplier is the day's ratio
    drawn towards 1 by how little has been seen: the posterior mean of a normal day effect. Slots
    that were seen keep what came.
    """
    known = ~np.isnan(seen)
    hoped = float(expected[known].sum())
    if hoped <= 0:
        return np.where(known, seen, expected), 1.0
    certain = day_scatter**2 / (day_scatter**2 + chance / hoped)
    factor = 1.0 + certain * (float(seen[known].sum()) / hoped - 1.0)
    return np.where(known, seen, expected * factor), factor


def day_scatter(actual: Floats, expected: Floats, chance: float = 1.5) -> float:
    """Standard deviation of day totals over their forecasts, beyond chance alone.

    Both (days, slots); days with nothing expected or known are left out. At least 0.01.
    """
    came, hoped = np.nansum(actual, axis=1), np.where(np.isnan(actual), 0.0, expected).sum(axis=1)
    used = hoped > 0
    if used.sum() < 3:
        return 0.1
    ratio = came[used] / hoped[used]
    variance = float(np.mean((ratio - 1) ** 2) - np.mean(chance / hoped[used]))
    return float(np.sqrt(max(variance, 1e-4)))
