"""How much comes in a day: calendar effects on the logarithm of the total, and a level that moves."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from hemma.core.forecast.calendar import Features
from hemma.core.forecast.history import Floats, Mask, Whole

_DRIFT_DAYS = 21.0
_ROUNDS = 3
HALF = 0.5  # added before the logarithm, so that a day without contacts has one
_MOST = 60  # above so many, the mean logarithm is as good as the logarithm of the mean


@dataclass(frozen=True, slots=True)
class LevelSettings:
    """How the past is weighed. `memory_days` halves the weight of a day for the effects,
    `level_days` for the level; `pull` draws effects to nought; `trend` 0–1 follows that share of
    the slope seen."""

    memory_days: float = 365.0
    level_days: float = 21.0
    pull: float = 0.1
    trend: float = 0.0


@dataclass(frozen=True, slots=True)
class LevelModel:
    """A fitted model: `effects` (columns,) on the logarithm; `level` and `slope` a day from the last
    day `end`; `residuals` (days,) what is left of the past, `nan` where nothing was known."""

    effects: Floats
    level: float
    slope: float
    end: int
    residuals: Floats

    def totals(self, matrix: Floats, numbers: Whole) -> Floats:
        """(days,) expected contacts a day for feature rows and day numbers."""
        ahead = np.clip(numbers - self.end, 0, 90)
        # A slope is followed less and less far: nobody grows for ever.
        moved = self.slope * 28.0 * -np.expm1(-ahead / 28.0)
        return mean_of_log(self.level + moved + matrix @ self.effects)


def mean_of_log(logs: Floats) -> Floats:
    """(n,) means of Poisson numbers whose mean logarithm, with a half added, is `logs` (n,).

    Of few contacts the mean logarithm is well below the logarithm of the mean.
    """
    means, found = _mean_logs()
    small = np.interp(logs, found, means)
    return np.asarray(np.where(logs < found[-1], small, np.exp(logs)))


@cache
def _mean_logs() -> tuple[Floats, Floats]:
    """Means from 0 to `_MOST`, and of each the mean logarithm of the number plus a half."""
    means = np.concatenate([np.linspace(0, 2, 81), np.linspace(2, _MOST, 233)[1:]])
    numbers = np.arange(4 * _MOST)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = (
            numbers * np.log(means[:, None])
            - means[:, None]
            - np.log(np.maximum(numbers, 1)).cumsum()
        )
    chances = np.where(means[:, None] > 0, np.exp(np.nan_to_num(logs)), numbers == 0)
    found = chances @ np.log(numbers + HALF)
    return means, np.asarray(found)


def fit_levels(
    totals: Floats,
    found: Features,
    numbers: Whole,
    settings: LevelSettings,
    left_out: Mask | None = None,
) -> LevelModel:
    """Fit from `totals` (days,), `nan` where nothing is known. Days `left_out` (days,) are not
    learned from, but have residuals.

    Weighted ridge regression; the drift that is left is smoothed and taken out before the effects
    are fitted again, so that a busy month is not taken for an effect of its days.
    """
    known = ~np.isnan(totals)
    used = known if left_out is None else known & ~left_out
    log, matrix, at = np.log(totals[used] + HALF), found.matrix[used], numbers[used]
    end = int(numbers[-1])
    weight = 0.5 ** ((end - at) / settings.memory_days)
    pull = np.full(matrix.shape[1], settings.pull)
    pull[: found.free] = 1e-3
    middle = float(np.average(log, weights=weight))
    near = np.exp(-0.5 * ((at[:, None] - at[None, :]) / _DRIFT_DAYS) ** 2)
    near /= near.sum(axis=1, keepdims=True)
    normal = matrix.T @ (matrix * weight[:, None]) + np.diag(pull)
    drift = np.zeros(log.size)
    for _ in range(_ROUNDS):
        effects = np.linalg.solve(normal, matrix.T @ (weight * (log - middle - drift)))
        left = log - middle - matrix @ effects
        drift = near @ left
    recent = 0.5 ** ((end - at) / settings.level_days)
    level = middle + float(np.average(left, weights=recent))
    slope = _slope(left, at - end, 0.5 ** ((end - at) / 42.0)) * settings.trend
    residuals = np.full(totals.size, np.nan)
    residuals[known] = np.log(totals[known] + HALF) - middle - found.matrix[known] @ effects
    return LevelModel(effects, level, slope, end, residuals)


def _slope(values: Floats, at: Floats | Whole, weight: Floats) -> float:
    """Weighted slope a day, 0 with fewer than two weeks to see it in."""
    if at.size < 10:
        return 0.0
    off = at - np.average(at, weights=weight)
    return float((weight * off * values).sum() / (weight * off * off).sum())
