"""A panel: an outcome and exposures per person and period."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hemma.core.effects.absorb import Effects, absorb, effects_of
from hemma.core.effects.kinds import CannotEstimate, Codes, Floats, Why, coded


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """n rows. `exposures` is (n, k); `person`, `period`, `cluster` are codes; `weights` are > 0.

    `period_labels[code]` is the label of a period, in its order.
    """

    outcome: Floats
    exposures: Floats
    names: tuple[str, ...]
    person: Codes
    persons: int
    period: Codes | None
    period_labels: npt.NDArray[np.generic] | None
    cluster: Codes
    clusters: int
    weights: Floats | None

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.outcome)


def panel(
    outcome: npt.ArrayLike,
    exposures: npt.ArrayLike,
    person: npt.ArrayLike,
    period: npt.ArrayLike | None = None,
    *,
    names: Sequence[str] = (),
    cluster: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
) -> Panel:
    """Check and code the columns; clusters are persons unless given.

    Raises CannotEstimate (not_finite, no_rows, out_of_range, too_few_clusters).
    """
    y = np.asarray(outcome, float).reshape(-1)
    x = np.asarray(exposures, float)
    x = x.reshape(len(y), -1)
    w = None if weights is None else np.asarray(weights, float).reshape(-1)
    if not len(y):
        raise CannotEstimate(Why.NO_ROWS)
    if not (np.isfinite(y).all() and np.isfinite(x).all()):
        raise CannotEstimate(Why.NOT_FINITE)
    if w is not None and not (np.isfinite(w).all() and (w > 0).all()):
        raise CannotEstimate(Why.OUT_OF_RANGE, "weights")
    people, persons = coded(person)
    groups, clusters = (people, persons) if cluster is None else coded(cluster)
    if clusters < 2:
        raise CannotEstimate(Why.TOO_FEW_CLUSTERS)
    when, labels = None, None
    if period is not None:
        labels = np.unique(np.asarray(period))
        when, _ = coded(period)
    called = tuple(names) or tuple(f"x{i + 1}" for i in range(x.shape[1]))
    return Panel(y, x, called, people, persons, when, labels, groups, clusters, w)


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """Outcome and exposures after the effects are taken out, and what was taken."""

    outcome: Floats
    exposures: Floats
    effects: Effects
    nested: int  # independent effects that lie within clusters


def within(data: Panel, *, persons: bool = True, periods: bool = True) -> Within:
    """Take out person and period effects. Raises CannotEstimate for exposures that then say nothing."""
    codes: list[Codes] = [data.person] if persons else []
    sizes = [data.persons] if persons else []
    if periods and data.period is not None and data.period_labels is not None:
        codes.append(data.period)
        sizes.append(len(data.period_labels))
    if not codes:  # a constant
        codes, sizes = [np.zeros(data.n, np.int64)], [1]
    effects = effects_of(tuple(codes), tuple(sizes))
    both = np.column_stack([data.outcome, data.exposures])
    done = absorb(both, effects, data.weights)
    _refuse_silent(data.exposures, done[:, 1:], data.names)
    nested = data.persons if persons and persons_nested(data) else 0
    return Within(done[:, 0], done[:, 1:], effects, nested)


def persons_nested(data: Panel) -> bool:
    """Whether every person belongs to one cluster only."""
    first = np.zeros(data.persons, np.int64)
    first[data.person] = data.cluster
    return bool((first[data.person] == data.cluster).all())


def _refuse_silent(before: Floats, after: Floats, names: tuple[str, ...]) -> None:
    for column, name in enumerate(names):
        if np.linalg.norm(after[:, column]) <= 1e-9 * max(
            np.linalg.norm(before[:, column]), 1e-300
        ):
            raise CannotEstimate(Why.NO_VARIATION, name)
    scaled = after / np.linalg.norm(after, axis=0)
    for column in range(1, len(names)):
        rank = np.linalg.matrix_rank(scaled[:, : column + 1].T @ scaled[:, : column + 1], tol=1e-10)
        if rank <= column:
            raise CannotEstimate(Why.COLLINEAR, names[column])
