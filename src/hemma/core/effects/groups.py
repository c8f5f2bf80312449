"""Does it work differently for some? Effects by group, told only after counting the looks.

Ten groups looked at will show one "difference" by chance. Every group's effect is estimated within
persons; one joint test asks whether they differ at all, and the p of each comparison with the
others is raised by Holm's rule (1979). Intervals are Bonferroni's: all hold at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from hemma.core.effects.choice import switchers
from hemma.core.effects.few import fit_few
from hemma.core.effects.fixed import Estimate, Fit, estimate
from hemma.core.effects.kinds import CannotEstimate, Why, coded
from hemma.core.effects.panel import Panel


@dataclass(frozen=True, slots=True)
class ByGroup:
    """`effects` and `against_rest` one a group, in the order of `labels`; p raised by Holm's rule.

    `differ_p` is the joint test that the effect is the same in all groups.
    """

    labels: tuple[str, ...]
    effects: tuple[Estimate, ...]
    against_rest: tuple[Estimate, ...]
    differ_p: float


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """Each p raised so that the chance of any false find stays at its level (Holm 1979)."""
    order = sorted(range(len(p)), key=lambda at: p[at])
    raised, highest = [0.0] * len(p), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - rank) * p[at]))
        raised[at] = highest
    return tuple(raised)


def by_group(data: Panel, group: npt.ArrayLike, *, level: float = 0.95) -> ByGroup:
    """Effect of the first exposure in each group (n,) of rows; the other exposures are held.

    CR2 with Satterthwaite's degrees of freedom whatever the number of clusters, since few may
    change in one group. Raises out_of_range for fewer than two groups, no_variation for a group in
    which fewer than two persons change, and what `fit_few` raises.
    """
    codes, many = coded(group)
    labels = tuple(str(label) for label in np.unique(np.asarray(group).reshape(-1)))
    if many < 2 or len(codes) != data.n:
        raise CannotEstimate(Why.OUT_OF_RANGE, "group")
    parts = data.exposures[:, :1] * (codes[:, None] == np.arange(many))
    names = (*labels, *data.names[1:])
    split = replace(data, exposures=np.column_stack([parts, data.exposures[:, 1:]]), names=names)
    inside = 1 - (1 - level) / many
    for at, label in enumerate(labels):
        if switchers(replace(split, exposures=parts[:, at : at + 1])) < 2:
            raise CannotEstimate(Why.NO_VARIATION, label)
    found = fit_few(split, level=inside)
    raised = holm([one.p for one in found.estimates[:many]])
    effects = tuple(
        replace(one, p=p) for one, p in zip(found.estimates[:many], raised, strict=True)
    )
    rest = [_against_rest(found, at, many, inside) for at in range(many)]
    lifted = holm([one.p for one in rest])
    told = tuple(replace(one, p=p) for one, p in zip(rest, lifted, strict=True))
    return ByGroup(labels, effects, told, _same(found, many))


def _against_rest(found: Fit, at: int, many: int, level: float) -> Estimate:
    share = np.full(many, -1 / (many - 1))
    share[at] = 1
    values = np.array([one.value for one in found.estimates[:many]])
    error = float(np.sqrt(share @ found.covariance[:many, :many] @ share))
    df = min(one.df for one in found.estimates[:many])
    return estimate(found.estimates[at].name, float(share @ values), error, df, level)


def _same(found: Fit, many: int) -> float:
    """Wald's test that all are equal, as F with the smallest degrees of freedom there are."""
    ways = np.column_stack([np.ones(many - 1), -np.eye(many - 1)])
    values = ways @ np.array([one.value for one in found.estimates[:many]])
    spread = ways @ found.covariance[:many, :many] @ ways.T
    wald = float(values @ np.linalg.solve(spread, values)) / (many - 1)
    df = min(one.df for one in found.estimates[:many])
    return float(stats.f.sf(wald, many - 1, df))
