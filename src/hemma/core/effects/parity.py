"""Is one way of working rewarded over another, given how the work goes?

Promotion, pay step, training, coaching, thanks: each is compared between the exposed and the
others, with performance and whatever else is given held. Two questions are asked of each, since
neither answers the other: is there a difference (p raised by Holm's rule, one look too many shows
one by chance), and is it shown that there is none larger than the margin (two one-sided tests).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from hemma.core.effects.equivalence import Equivalence, equivalent
from hemma.core.effects.few import FEW, fit_few
from hemma.core.effects.fixed import Estimate, fit
from hemma.core.effects.groups import holm
from hemma.core.effects.kinds import CannotEstimate, Counting, Why
from hemma.core.effects.panel import Panel, panel


class Parity(StrEnum):
    """What may be said. Both a difference and its smallness can be shown at once: then it is small."""

    HIGHER = "higher"  # the exposed get more of it
    LOWER = "lower"
    SMALL = "small"  # there is a difference, and it is shown to be below the margin
    EQUAL = "equal"  # shown: no difference as large as the margin
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Compared:
    """One reward: the difference (p raised over all rewards), its equivalence, what may be said.

    `without` and `with_` are the plain means of both sides, before anything is held.
    """

    name: str
    difference: Estimate
    same: Equivalence
    verdict: Parity
    with_: float
    without: float
    n: int


def parity(
    rewards: Mapping[str, npt.ArrayLike],
    exposed: npt.ArrayLike,
    margins: Mapping[str, float],
    *,
    held: npt.ArrayLike | None = None,
    held_names: Sequence[str] = (),
    cluster: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> tuple[Compared, ...]:
    """Each reward (n,) by `exposed` (n,), with `held` (n, k) held; a margin in the reward's unit each.

    Rows of one reward that are nan are left out for it alone. Least squares, also for yes or no (a
    difference of shares); errors by person or `cluster`, CR2 below 50 of them. Raises not_binary,
    no_comparison, no_rows, collinear.
    """
    x = np.asarray(exposed, float).reshape(-1)
    if not np.isin(x, (0.0, 1.0)).all():
        raise CannotEstimate(Why.NOT_BINARY, "exposed")
    more = np.empty((len(x), 0)) if held is None else np.asarray(held, float).reshape(len(x), -1)
    who = np.arange(len(x)) if cluster is None else np.asarray(cluster).reshape(-1)
    names = ("exposed", *(held_names or [f"held{i}" for i in range(more.shape[1])]))
    found = []
    for name, given in rewards.items():
        y = np.asarray(given, float).reshape(-1)
        rows = np.isfinite(y)
        if len({*x[rows]}) < 2:
            raise CannotEstimate(Why.NO_COMPARISON, name)
        both = np.column_stack([x, more])[rows]
        data = panel(y[rows], both, np.arange(int(rows.sum())), names=names, cluster=who[rows])
        one = _difference(data, level)
        means = (float(y[rows & (x == 1)].mean()), float(y[rows & (x == 0)].mean()))
        found.append((name, replace(one, name=name), means, int(rows.sum())))
    raised = holm([one.p for _, one, _, _ in found])
    told = []
    for (name, one, means, n), p in zip(found, raised, strict=True):
        same = equivalent(one, margins[name])
        there = replace(one, p=p)
        told.append(Compared(name, there, same, _verdict(there, same, 1 - level), *means, n))
    return tuple(told)


def _difference(data: Panel, level: float) -> Estimate:
    if data.clusters < FEW:
        return fit_few(data, level=level, persons=False).estimates[0]
    counted = Counting.EXPOSURES_ONLY
    return fit(data, counting=counted, level=level, persons=False).estimates[0]


def _verdict(one: Estimate, same: Equivalence, alpha: float) -> Parity:
    if one.p < alpha:
        if same.shown:
            return Parity.SMALL
        return Parity.HIGHER if one.value > 0 else Parity.LOWER
    return Parity.EQUAL if same.shown else Parity.CANNOT_SAY
