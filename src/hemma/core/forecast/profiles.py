"""How a day's contacts spread over its hours."""

from functools import lru_cache

import numpy as np

from hemma.core.forecast.history import Days, Floats, Whole

_MEMORY_DAYS = 90.0
_SMOOTH_MIN, _SMOOTH_WEEKDAY_MIN = 5.0, 25.0
_SEEN_A_SMOOTHING = 400.0
_SHRINK_DAYS = 0.5


def profiles(days: Days, totals: Floats, weekdays: Whole) -> Floats:
    """(wanted, labels) shares that add up to 1, for each of the wanted `weekdays`.

    One shape for all days, and what each weekday has of its own, smoothed over neighbouring slots:
    the more, the fewer contacts there are to see it in. `totals` (days,) with `nan` for days to
    leave out.
    """
    used = ~np.isnan(totals) & (totals > 0)
    shares = days.counts[used] / totals[used, None]
    at, of_week = days.numbers[used], days.weekdays[used]
    weight = 0.5 ** ((days.numbers[-1] - at) / _MEMORY_DAYS) * np.sqrt(totals[used])
    wide = _width(days, float(totals[used].sum()))
    common = np.average(shares, axis=0, weights=weight)
    common = smoother(common.size, max(_SMOOTH_MIN / days.slot_min, wide)) @ common
    own = smoother(common.size, max(_SMOOTH_WEEKDAY_MIN / days.slot_min, 2 * wide))
    found = {}
    for weekday in set(weekdays.tolist()):
        same = of_week == weekday
        found[weekday] = common
        if same.any():
            seen = weight[same].sum() ** 2 / (weight[same] ** 2).sum()
            apart = np.average(shares[same], axis=0, weights=weight[same]) - common
            found[weekday] = common + own @ apart * seen / (seen + _SHRINK_DAYS)
            # Hours in which this weekday is always closed stay empty.
            found[weekday] = np.where(shares[same].max(axis=0) > 0, found[weekday], 0.0)
    table = np.maximum(np.array([found[weekday] for weekday in weekdays.tolist()]), 0.0)
    whole = table.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(table, whole, out=np.zeros_like(table), where=whole > 0))


def _width(days: Days, seen: float) -> float:
    """Smoothing, in labels, that has enough contacts under it."""
    a_label = seen / max(1, days.labels.size)
    return min(_SEEN_A_SMOOTHING / (2.5 * max(a_label, 1e-9)), days.labels.size / 6)


@lru_cache(maxsize=64)
def smoother(size: int, width: float) -> Floats:
    """(size, size) matrix that smooths by a local parabola; the identity when the width is below
    half a label. A parabola keeps peaks that a mean would flatten."""
    if width < 0.5 or size < 5:
        return np.eye(size)
    at = np.arange(size)
    found = np.zeros((size, size))
    for row in range(size):
        weight = np.exp(-0.5 * ((at - row) / width) ** 2)
        powers = np.stack([np.ones(size), at - row, (at - row) ** 2.0], axis=1)
        normal = powers.T @ (powers * weight[:, None]) + 1e-9 * np.eye(3)
        found[row] = np.linalg.solve(normal, (powers * weight[:, None]).T)[0]
    return found
