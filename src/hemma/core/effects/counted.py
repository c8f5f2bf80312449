"""Counts and rates: Poisson regression within persons, errors clustered by person.

Poisson with person effects by maximum likelihood; the person effects are concentrated out exactly
and what is left is the conditional likelihood of Hausman, Hall & Griliches (1984). Consistent for
any outcome that is not negative as long as its mean is right (Wooldridge 1999), which is why the
errors are the clustered sandwich and never the Poisson's own. Effects are told as ratios: 1.13 is
13 % more.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hemma.core.effects.absorb import sums
from hemma.core.effects.fixed import Estimate, estimate
from hemma.core.effects.kinds import CannotEstimate, Codes, Floats, Why, coded
from hemma.core.effects.panel import Panel, persons_nested

_STEPS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """`logs` on the log scale; `ratios` the same as rate ratios, with the log's error and p.

    `left_out` are rows of persons who never had any: they say nothing of a ratio.
    """

    logs: tuple[Estimate, ...]
    ratios: tuple[Estimate, ...]
    n: int
    persons: int
    clusters: int
    left_out: int
    convention: str


def fit_rates(
    data: Panel, *, hours: npt.ArrayLike | None = None, level: float = 0.95, persons: bool = True
) -> Rates:
    """Counts (n,) per `hours` (n,) > 0 worked, if given; person effects taken out unless told not.

    Clustered errors times G/(G-1), t with G - 1 degrees of freedom. Weights are not taken. Raises
    out_of_range (a negative count, hours of nobody), clusters_cut_persons, no_variation, collinear,
    separated, no_rows.
    """
    given = np.ones(data.n) if hours is None else np.asarray(hours, float).reshape(-1)
    if (data.outcome < 0).any() or not (np.isfinite(given).all() and (given > 0).all()):
        raise CannotEstimate(Why.OUT_OF_RANGE)
    if data.weights is not None:
        raise CannotEstimate(Why.OUT_OF_RANGE, "weights")
    if persons and not persons_nested(data):
        raise CannotEstimate(Why.CLUSTERS_CUT_PERSONS)
    who = data.person if persons else np.zeros(data.n, np.int64)
    totals = np.bincount(who, data.outcome)
    keep = totals[who] > 0
    if not keep.any():
        raise CannotEstimate(Why.NO_ROWS)
    groups, held = coded(who[keep])
    x, names = _design(data, keep)
    _refuse(x, groups, held, names)
    y, log_hours = data.outcome[keep], np.log(given[keep])
    values, bread = _maximum(y, x, log_hours, groups, held)
    clusters, many = coded(data.cluster[keep])
    score = sums(_scores(y, x, log_hours, groups, held, values), clusters, many)
    covariance = bread @ score.T @ score @ bread * many / (many - 1)
    wanted = len(data.names)
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    logs = tuple(
        estimate(name, float(values[at]), float(errors[at]), many - 1.0, level)
        for at, name in enumerate(names[:wanted])
    )
    return Rates(
        logs, tuple(map(_ratio, logs)), int(keep.sum()), held, many, int((~keep).sum()),
        "poisson, clustered",
    )  # fmt: skip


def _design(data: Panel, keep: npt.NDArray[np.bool_]) -> tuple[Floats, tuple[str, ...]]:
    """Exposures first, then a column for each period but the first."""
    x = data.exposures[keep]
    if data.period is None or data.period_labels is None:
        return x, data.names
    codes, many = coded(data.period[keep])
    dummies = np.zeros((len(codes), many))
    dummies[np.arange(len(codes)), codes] = 1
    return np.column_stack([x, dummies[:, 1:]]), (*data.names, *("period",) * (many - 1))


def _refuse(x: Floats, groups: Codes, held: int, names: tuple[str, ...]) -> None:
    size = np.bincount(groups, minlength=held)
    inside = x - (sums(x, groups, held) / size[:, None])[groups]
    for column, name in enumerate(names):
        if np.linalg.norm(inside[:, column]) <= 1e-9 * max(np.linalg.norm(x[:, column]), 1e-300):
            raise CannotEstimate(Why.NO_VARIATION, name)
    scaled = inside / np.linalg.norm(inside, axis=0)
    if np.linalg.matrix_rank(scaled.T @ scaled, tol=1e-10) < x.shape[1]:
        raise CannotEstimate(Why.COLLINEAR, names[0])


def _means(
    y: Floats, x: Floats, offset: Floats, groups: Codes, held: int, values: Floats
) -> Floats:
    """Expected counts, with each person's level at its own maximum."""
    line = x @ values + offset
    raw = np.exp(line - line.max())
    level = np.bincount(groups, y, held) / np.bincount(groups, raw, held)
    out: Floats = raw * level[groups]
    return out


def _centred(x: Floats, mean: Floats, groups: Codes, held: int) -> Floats:
    mass = np.bincount(groups, mean, held)
    out: Floats = x - (sums(x * mean[:, None], groups, held) / mass[:, None])[groups]
    return out


def _scores(
    y: Floats, x: Floats, offset: Floats, groups: Codes, held: int, values: Floats
) -> Floats:
    mean = _means(y, x, offset, groups, held, values)
    out: Floats = _centred(x, mean, groups, held) * (y - mean)[:, None]
    return out


def _maximum(
    y: Floats, x: Floats, offset: Floats, groups: Codes, held: int
) -> tuple[Floats, Floats]:
    """Newton's method, halving steps that overshoot; the inverse information beside it."""
    values = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        mean = _means(y, x, offset, groups, held, values)
        centred = _centred(x, mean, groups, held)
        bread: Floats = np.linalg.pinv((centred * mean[:, None]).T @ centred)
        step = bread @ (centred.T @ (y - mean))
        if np.abs(step).max() < 1e-11:
            return values, bread
        now, share = _likelihood(y, mean), 1.0
        while share > 1e-6:
            tried = values + share * step
            with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
                if _likelihood(y, _means(y, x, offset, groups, held, tried)) >= now - 1e-9:
                    break
            share /= 2
        values = values + share * step
        if np.abs(values).max() > 30:
            break
    raise CannotEstimate(Why.SEPARATED)


def _likelihood(y: Floats, mean: Floats) -> float:
    return float((y[y > 0] * np.log(mean[y > 0])).sum() - mean.sum())


def _ratio(one: Estimate) -> Estimate:
    ratio, low, high = (float(np.exp(x)) for x in (one.value, one.low, one.high))
    return Estimate(one.name, ratio, one.error, low, high, one.p, one.df)
