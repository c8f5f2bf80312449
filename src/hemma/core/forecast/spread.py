"""How far contacts fall from what was expected, learned from backtests."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from hemma.core.forecast.history import Floats

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Spread:
    """Scatter around the expected: variance `chance`·f + (`common`·f)², and at which multiples of
    its root the `levels` lie. A Poisson process has chance 1 and common 0."""

    chance: float
    common: float
    levels: tuple[float, ...]
    multiples: tuple[float, ...]

    def deviation(self, expected: Floats) -> Floats:
        """Of the shape given."""
        return np.asarray(np.sqrt(self.chance * expected + (self.common * expected) ** 2))

    def quantiles(self, expected: Floats) -> Floats:
        """(levels, …) never below nought."""
        deviation = self.deviation(expected)
        return np.maximum(np.stack([expected + m * deviation for m in self.multiples]), 0.0)


def fit_spread(actual: Floats, expected: Floats, levels: tuple[float, ...] = LEVELS) -> Spread:
    """From past forecasts (cells,) and what came; cells with nothing expected are left out."""
    used = ~np.isnan(actual) & (expected > 1e-6)
    y, f = actual[used], expected[used]
    if y.size < 20:
        return Spread(1.0, 0.15, levels, tuple(_normal(level) for level in levels))
    square = (y - f) ** 2
    columns = np.stack([f, f * f], axis=1) / f[:, None]
    weighted = np.linalg.lstsq(columns, np.minimum(square, 16 * _scale(square)) / f, rcond=None)[0]
    chance, common = max(float(weighted[0]), 0.0), max(float(weighted[1]), 0.0)
    if chance <= 0 and common <= 0:
        chance = 1.0
    if chance <= 0.2:  # never surer than half of chance alone
        chance, common = 0.2, max(common, 0.0)
    spread = Spread(chance, float(np.sqrt(common)), levels, (0.0,) * len(levels))
    z = (y - f) / spread.deviation(f)
    return Spread(chance, spread.common, levels, tuple(float(q) for q in np.quantile(z, levels)))


def _scale(square: Floats) -> float:
    return float(np.mean(square)) if square.size else 1.0


def _normal(level: float) -> float:
    """Quantile of the normal distribution."""
    return float(special.ndtri(level))


def pinball(actual: Floats, quantiles: Floats, levels: tuple[float, ...]) -> float:
    """Mean loss over levels and cells with something known; `quantiles` (levels, cells)."""
    used = ~np.isnan(actual)
    if not used.any():
        return float("nan")
    off = actual[used] - quantiles[:, used]
    at = np.array(levels)[:, None]
    return float(np.mean(np.maximum(at * off, (at - 1) * off)))
