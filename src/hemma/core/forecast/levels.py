"""How much comes in a day: calendar effects on the logarithm of the total, and a level that moves."""

from dataclasses import dataclass

import numpy as np

from hemma.core.forecast.calendar import Features
from hemma.core.forecast.history import Floats, Mask, Whole

_DRIFT_DAYS = 21.0
_ROUNDS = 3
_HALF = 0.5  # added before the logarithm, so that a day without contacts has one


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
        fitted = np.exp(self.level + moved + matrix @ self.effects) - _HALF
        return np.asarray(np.maximum(fitted, 0.0))


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
    log, matrix, at = np.log(totals[used] + _HALF), found.matrix[used], numbers[used]
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
    residuals[known] = np.log(totals[known] + _HALF) - middle - found.matrix[known] @ effects
    return LevelModel(effects, level, slope, end, residuals)


def _slope(values: Floats, at: Floats | Whole, weight: Floats) -> float:
    """Weighted slope a day, 0 with fewer than two weeks to see it in."""
    if at.size < 10:
        return 0.0
    off = at - np.average(at, weights=weight)
    return float((weight * off * values).sum() / (weight * off * off).sum())
