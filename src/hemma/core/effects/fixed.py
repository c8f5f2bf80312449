"""Person and period fixed effects with standard errors clustered by person.

Liang & Zeger (1986) for the sandwich; the conventions of its correction are named in `Counting`.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from hemma.core.effects.absorb import sums
from hemma.core.effects.kinds import CannotEstimate, Counting, Curve, Floats, Why
from hemma.core.effects.panel import Panel, Within, within


@dataclass(frozen=True, slots=True)
class Estimate:
    """One effect in the outcome's unit, with the interval at the fit's level."""

    name: str
    value: float
    error: float
    low: float
    high: float
    p: float
    df: float  # infinite for the normal curve


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted panel: estimates, their covariance (k, k), and what they rest on."""

    estimates: tuple[Estimate, ...]
    covariance: Floats
    influence: Floats  # (clusters, k): what each cluster adds; its squares sum to CR0
    n: int
    persons: int
    periods: int
    clusters: int
    counted: int  # K of the convention
    convention: str
    level: float


def fit(
    data: Panel,
    *,
    counting: Counting = Counting.ALL_EFFECTS,
    curve: Curve = Curve.T,
    level: float = 0.95,
    persons: bool = True,
    periods: bool = True,
) -> Fit:
    """Least squares within persons and periods; errors clustered. Raises CannotEstimate."""
    inside = within(data, persons=persons, periods=periods)
    values, influence = solve(data, inside)
    counted, factor = correction(data, inside, counting)
    covariance = influence.T @ influence * factor
    df = data.clusters - 1.0 if curve is Curve.T else np.inf
    errors = np.sqrt(np.diag(covariance))
    estimates = tuple(
        estimate(name, float(value), float(error), df, level)
        for name, value, error in zip(data.names, values, errors, strict=True)
    )
    when = 0 if data.period_labels is None else len(data.period_labels)
    return Fit(
        estimates, covariance, influence, data.n, data.persons, when, data.clusters, counted,
        f"CR1 {counting}" if counting is not Counting.PLAIN else "CR0", level,
    )  # fmt: skip


def solve(data: Panel, inside: Within) -> tuple[Floats, Floats]:
    """Coefficients (k,) and each cluster's influence (clusters, k)."""
    x, y = inside.exposures, inside.outcome
    heavy = x if data.weights is None else x * data.weights[:, None]
    bread = np.linalg.inv(heavy.T @ x)
    values = bread @ (heavy.T @ y)
    scores = sums(heavy * (y - x @ values)[:, None], data.cluster, data.clusters)
    return values, scores @ bread


def correction(data: Panel, inside: Within, counting: Counting) -> tuple[int, float]:
    """K and the factor of the variance. Raises too_few_rows when nothing is left over."""
    k, absorbed = data.exposures.shape[1], inside.effects.independent
    if counting is Counting.PLAIN:
        return 0, 1.0
    counted = {
        Counting.ALL_EFFECTS: k + absorbed,
        Counting.NOT_NESTED: k + max(absorbed - inside.nested + bool(inside.nested), 1),
        Counting.EXPOSURES_ONLY: k,
    }[counting]
    if data.n <= counted:
        raise CannotEstimate(Why.TOO_FEW_ROWS)
    groups = data.clusters
    return counted, groups / (groups - 1) * (data.n - 1) / (data.n - counted)


def estimate(name: str, value: float, error: float, df: float, level: float) -> Estimate:
    """An estimate with interval and two-sided p; df may be infinite."""
    curve = stats.norm() if np.isinf(df) else stats.t(df)
    reach = float(curve.ppf(0.5 + level / 2)) * error
    p = float(2 * curve.sf(abs(value) / error)) if error > 0 else float("nan")
    return Estimate(name, value, error, value - reach, value + reach, p, float(df))
