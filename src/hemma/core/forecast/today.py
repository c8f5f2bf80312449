"""The rest of a day, when part of it has been seen."""

import numpy as np

from hemma.core.forecast.history import Floats

_DAYS_WORTH = 10.0  # what is thought before any day was seen counts as so many days
_WILD = 0.5


def rest_of_day(
    expected: Floats,
    seen: Floats,
    day_scatter: float,
    chance: float = 1.5,
    follows: Floats | None = None,
) -> tuple[Floats, float]:
    """(slots,) a forecast of the day moved to what has come, and by how much it was multiplied.

    `expected` (slots,); `seen` (slots,) contacts so far, `nan` from now on. `day_scatter` is how far
    a day's total usually falls from its forecast (standard deviation of the ratio, 0.06: 6 %), from
    the backtest; `chance` the variance of a slot over its mean. `follows` (slots,) is how much of
    what a day was off by until each slot its rest was off by, as `how_it_follows` learns it. Without
    it, the day's ratio is drawn towards 1 by how little has been seen: the posterior mean of a
    normal day effect. Slots that were seen keep what came.
    """
    known = ~np.isnan(seen)
    hoped = float(expected[known].sum())
    if hoped <= 0:
        return np.where(known, seen, expected), 1.0
    off = float(seen[known].sum()) / hoped - 1.0
    if follows is None:
        certain = day_scatter**2 / (day_scatter**2 + chance / hoped)
    else:
        certain, off = float(follows[np.flatnonzero(known)[-1]]), float(np.clip(off, -_WILD, _WILD))
    factor = 1.0 + certain * off
    return np.where(known, seen, expected * factor), factor


def how_it_follows(actual: Floats, expected: Floats, day_scatter: float, chance: float) -> Floats:
    """(slots,) how much of what days were off by until each slot their rests were off by: 1 if the
    whole day moves together, 0 if a busy morning tells nothing.

    Both (days, slots), from forecasts of the past. Least squares through nought, with the normal day
    effect as ten days that were seen before.
    """
    hidden = np.isnan(actual)
    came, hoped = (np.cumsum(np.where(hidden, 0.0, x), axis=1) for x in (actual, expected))
    left, left_hoped = came[:, -1:] - came, hoped[:, -1:] - hoped
    used = (hoped > 1e-6) & (left_hoped > 1e-6)
    off, rest = (
        np.where(used, np.clip(x / np.where(used, y, 1.0) - 1.0, -_WILD, _WILD), 0.0)
        for x, y in ((came, hoped), (left, left_hoped))
    )
    mean = np.maximum((hoped * used).sum(axis=0) / np.maximum(used.sum(axis=0), 1), 1e-6)
    usual = _DAYS_WORTH * (day_scatter**2 + chance / mean)
    before = _DAYS_WORTH * day_scatter**2
    learned = ((off * rest).sum(axis=0) + before) / ((off * off).sum(axis=0) + usual)
    return np.asarray(np.clip(learned, 0.0, 1.5))


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
