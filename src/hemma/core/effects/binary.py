"""Yes or no (left, promoted): probit and logit by maximum likelihood, told as marginal effects."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.special import expit, log_ndtr

from hemma.core.effects.fixed import Estimate, estimate
from hemma.core.effects.kinds import CannotEstimate, Floats, Why, coded


class Link(StrEnum):
    """The curve between 0 and 1."""

    PROBIT = "probit"
    LOGIT = "logit"


class At(StrEnum):
    """Where a marginal effect is told: the average over all rows, or for a row with all means.

    The published quit table (Bloom et al. 2015) prints the second (Stata's dprobit).
    """

    AVERAGE = "average"
    MEANS = "means"


@dataclass(frozen=True, slots=True, eq=False)
class BinaryFit:
    """Coefficients with the constant first, their covariance, and the rows behind them."""

    link: Link
    names: tuple[str, ...]
    values: Floats
    covariance: Floats
    design: Floats  # (n, 1 + k)
    n: int
    clusters: int
    convention: str


def fit_binary(
    outcome: npt.ArrayLike,
    exposures: npt.ArrayLike,
    *,
    link: Link = Link.PROBIT,
    names: Sequence[str] = (),
    cluster: npt.ArrayLike | None = None,
) -> BinaryFit:
    """Newton's method on rows (n,), (n, k); the error is the information's, or clustered.

    Raises not_binary, not_finite, collinear, no_variation, separated.
    """
    y, x = np.asarray(outcome, float).reshape(-1), np.asarray(exposures, float)
    x = np.column_stack([np.ones(len(y)), x.reshape(len(y), -1)])
    called = tuple(names) or tuple(f"x{i}" for i in range(1, x.shape[1]))
    _check(y, x, called)
    values = np.zeros(x.shape[1])
    bread = np.eye(x.shape[1])
    for _ in range(100):
        score, weight = _score(link, y, x @ values)
        bread = np.linalg.inv((x * weight[:, None]).T @ x)
        step = bread @ (x.T @ score)
        values = values + step
        if np.abs(x @ values).max() > 30:
            raise CannotEstimate(Why.SEPARATED)
        if np.abs(step).max() < 1e-12:
            break
    covariance, clusters, convention = bread, len(y), "information"
    if cluster is not None:
        codes, clusters = coded(cluster)
        score, _ = _score(link, y, x @ values)
        summed = np.zeros((clusters, x.shape[1]))
        np.add.at(summed, codes, x * score[:, None])
        covariance = bread @ summed.T @ summed @ bread * clusters / (clusters - 1)
        convention = "clustered"
    return BinaryFit(link, called, values, covariance, x, len(y), clusters, convention)


def _check(y: Floats, x: Floats, names: tuple[str, ...]) -> None:
    if not (np.isfinite(y).all() and np.isfinite(x).all()):
        raise CannotEstimate(Why.NOT_FINITE)
    if not np.isin(y, (0.0, 1.0)).all():
        raise CannotEstimate(Why.NOT_BINARY)
    if y.min(initial=1) == y.max(initial=0):
        raise CannotEstimate(Why.SEPARATED)
    for column, name in enumerate(names, 1):
        if np.ptp(x[:, column]) == 0:
            raise CannotEstimate(Why.NO_VARIATION, name)
        if np.linalg.matrix_rank(x[:, : column + 1]) <= column:
            raise CannotEstimate(Why.COLLINEAR, name)
        if set(np.unique(x[:, column])) == {0.0, 1.0}:
            groups = [set(np.unique(y[x[:, column] == value])) for value in (0.0, 1.0)]
            if min(map(len, groups)) < 2:  # a group in which all, or none, did
                raise CannotEstimate(Why.SEPARATED, name)


def _score(link: Link, y: Floats, z: Floats) -> tuple[Floats, Floats]:
    """The score of each row and its weight in the information (observed for probit)."""
    if link is Link.LOGIT:
        p = expit(z)
        return y - p, p * (1 - p)
    sign = 2 * y - 1
    mills = sign * np.exp(stats.norm.logpdf(z) - log_ndtr(sign * z))
    return mills, mills * (mills + z)


def _curve(link: Link, z: Floats) -> tuple[Floats, Floats, Floats]:
    """Probability, density, and the density's slope."""
    if link is Link.LOGIT:
        p = expit(z)
        return p, p * (1 - p), p * (1 - p) * (1 - 2 * p)
    density = stats.norm.pdf(z)
    return stats.norm.cdf(z), density, -z * density


def marginal_effects(
    fitted: BinaryFit, at: At = At.AVERAGE, level: float = 0.95
) -> tuple[Estimate, ...]:
    """Change of the probability: 0 → 1 for a yes/no column, else per unit. Delta method, normal."""
    rows = fitted.design if at is At.AVERAGE else fitted.design.mean(axis=0, keepdims=True)
    found = []
    for column, name in enumerate(fitted.names, 1):
        yes_no = set(np.unique(fitted.design[:, column])) <= {0.0, 1.0}
        value, slope = (_jump if yes_no else _slope)(fitted, rows, column)
        error = float(np.sqrt(slope @ fitted.covariance @ slope))
        found.append(estimate(name, value, error, np.inf, level))
    return tuple(found)


def _jump(fitted: BinaryFit, rows: Floats, column: int) -> tuple[float, Floats]:
    value, slope = 0.0, np.zeros(rows.shape[1])
    for held, sign in ((1.0, 1), (0.0, -1)):
        moved = rows.copy()
        moved[:, column] = held
        p, density, _ = _curve(fitted.link, moved @ fitted.values)
        value += sign * float(p.mean())
        slope += sign * (moved * density[:, None]).mean(axis=0)
    return value, slope


def _slope(fitted: BinaryFit, rows: Floats, column: int) -> tuple[float, Floats]:
    _, density, bend = _curve(fitted.link, rows @ fitted.values)
    slope = fitted.values[column] * (rows * bend[:, None]).mean(axis=0)
    slope[column] += density.mean()
    return float(fitted.values[column] * density.mean()), slope


def difference_of_rates(
    outcome: npt.ArrayLike, exposed: npt.ArrayLike, level: float = 0.95
) -> tuple[Estimate, tuple[int, int], tuple[int, int]]:
    """Rate of the exposed minus the others' with Newcombe's interval (1998), and (yes, n) of both."""
    y, x = np.asarray(outcome, float), np.asarray(exposed, float)
    if not (np.isin(y, (0, 1)).all() and np.isin(x, (0, 1)).all()):
        raise CannotEstimate(Why.NOT_BINARY)
    counts = [(int(y[x == v].sum()), int((x == v).sum())) for v in (1, 0)]
    if not (counts[0][1] and counts[1][1]):
        raise CannotEstimate(Why.NO_COMPARISON)
    (yes1, n1), (yes0, n0) = counts
    p1, p0 = yes1 / n1, yes0 / n0
    (low1, high1), (low0, high0) = wilson(yes1, n1, level), wilson(yes0, n0, level)
    error = float(np.sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0))
    low = p1 - p0 - float(np.hypot(p1 - low1, high0 - p0))
    high = p1 - p0 + float(np.hypot(high1 - p1, p0 - low0))
    p = float(stats.fisher_exact([[yes1, n1 - yes1], [yes0, n0 - yes0]]).pvalue)
    return Estimate("difference", p1 - p0, error, low, high, p, float("inf")), counts[0], counts[1]


def wilson(yes: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval (1927) of a share."""
    z = float(stats.norm.ppf(0.5 + level / 2))
    middle = (yes + z * z / 2) / (n + z * z)
    reach = z / (n + z * z) * float(np.sqrt(yes * (n - yes) / n + z * z / 4))
    return max(0.0, middle - reach), min(1.0, middle + reach)
