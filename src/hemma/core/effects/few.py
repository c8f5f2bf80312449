"""Few clusters: CR2 (Bell & McCaffrey 2002) with Satterthwaite's degrees of freedom.

Chosen over the wild cluster bootstrap because it needs no seed, gives an interval at once, and does
not fall silent when only a handful of the clusters is exposed (there the bootstrap rejects almost
never, MacKinnon & Webb 2017); chosen over CR3 because it is unbiased under the working model, where
CR3 overstates. Person effects that lie within clusters may be absorbed first (Pustejovsky & Tipton
2018, theorem 2); periods are kept as columns.
"""

from dataclasses import dataclass

import numpy as np

from hemma.core.effects.absorb import absorb, effects_of, sums
from hemma.core.effects.fixed import Estimate, Fit, estimate, fit
from hemma.core.effects.kinds import CannotEstimate, Counting, Floats, Why
from hemma.core.effects.panel import Panel, Within, persons_nested, within

FEW = 50  # below it, `fit_by_clusters` uses CR2


def fit_by_clusters(
    data: Panel, counting: Counting = Counting.NOT_NESTED, level: float = 0.95
) -> Fit:
    """CR2 below FEW clusters, else CR1 with `counting`. Raises CannotEstimate.

    Person effects that lie within clusters are not counted unless asked for: counting them makes
    errors too large by about half their share of the rows, so that equality is earned too seldom.
    """
    return (
        fit_few(data, level=level)
        if data.clusters < FEW
        else fit(data, counting=counting, level=level)
    )


def fit_few(data: Panel, *, level: float = 0.95, persons: bool = True) -> Fit:
    """The estimates of `fit` with CR2 errors and their own degrees of freedom each.

    Memory: n x (periods + exposures). Raises clusters_cut_persons besides what `fit` raises.
    """
    if persons and not persons_nested(data):
        raise CannotEstimate(Why.CLUSTERS_CUT_PERSONS)
    inside = within(data, persons=persons)
    root = np.ones(data.n) if data.weights is None else np.sqrt(data.weights)
    x, y = inside.exposures * root[:, None], inside.outcome * root
    bread = np.linalg.inv(x.T @ x)
    values = bread @ (x.T @ y)
    basis = _basis(data, inside, root, persons)
    parts = _adjusted(data, basis, x @ bread, y - x @ values)
    covariance = parts.influence.T @ parts.influence
    errors = np.sqrt(np.diag(covariance))
    found: list[Estimate] = []
    for column, name in enumerate(data.names):
        df = _satterthwaite(parts, column)
        found.append(estimate(name, float(values[column]), float(errors[column]), df, level))
    when = 0 if data.period_labels is None else len(data.period_labels)
    return Fit(
        tuple(found), covariance, parts.influence, data.n, data.persons, when, data.clusters, 0,
        "CR2 satterthwaite", level,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    influence: Floats  # (clusters, k)
    lengths: Floats  # (clusters, k): squared norms of A_g c_g
    shadows: Floats  # (clusters, k, r): Q_g' A_g c_g


def _basis(data: Panel, inside: Within, root: Floats, persons: bool) -> Floats:
    """An orthonormal basis (n, r) of exposures and period dummies, persons taken out, weighted."""
    columns = inside.exposures
    if data.period is not None and data.period_labels is not None:
        dummies = np.zeros((data.n, len(data.period_labels)))
        dummies[np.arange(data.n), data.period] = 1
        if persons:
            effects = effects_of((data.person,), (data.persons,))
            dummies = absorb(dummies, effects, data.weights)
        columns = np.column_stack([columns, dummies])
    elif not persons:
        columns = np.column_stack([columns, np.ones(data.n)])
    left, size, _ = np.linalg.svd(columns * root[:, None], full_matrices=False)
    return left[:, size > 1e-9 * size[0]]


def _adjusted(data: Panel, basis: Floats, maker: Floats, residuals: Floats) -> _Parts:
    """Residuals of each cluster times A_g = (I - H_gg)^(-1/2), through the thin factor of Q_g."""
    order = np.argsort(data.cluster, kind="stable")
    edges = np.searchsorted(data.cluster[order], np.arange(data.clusters + 1))
    k = maker.shape[1]
    influence, lengths = np.zeros((data.clusters, k)), np.zeros((data.clusters, k))
    shadows = np.zeros((data.clusters, k, basis.shape[1]))
    for group in range(data.clusters):
        rows = order[edges[group] : edges[group + 1]]
        left, size, _ = np.linalg.svd(basis[rows], full_matrices=False)
        rest = 1 - size**2
        stretch = np.where(rest > 1e-9, 1 / np.sqrt(np.maximum(rest, 1e-9)), 0.0) - 1
        made = maker[rows] + left @ (stretch[:, None] * (left.T @ maker[rows]))
        influence[group] = made.T @ residuals[rows]
        lengths[group] = (made**2).sum(axis=0)
        shadows[group] = made.T @ basis[rows]
    return _Parts(influence, lengths, shadows)


def _satterthwaite(parts: _Parts, column: int) -> float:
    shadow = parts.shadows[:, column, :]
    spread = np.diag(parts.lengths[:, column]) - shadow @ shadow.T
    return float(np.trace(spread) ** 2 / (spread**2).sum())


def leverage(data: Panel) -> Floats:
    """How much of the first exposure's variation each cluster holds (clusters,); sums to 1."""
    x = within(data).exposures[:, :1]
    heavy = x**2 if data.weights is None else x**2 * data.weights[:, None]
    held = sums(heavy, data.cluster, data.clusters)[:, 0]
    out: Floats = held / held.sum()
    return out
