"""What the exposure did, apart from who chose it.

Naive: exposed rows against the others in the same period. Within: the same person with and without.
Selection is the difference: how the people who chose it differed anyway. Its error comes from both
estimates' influence person by person, since they rest on the same people.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

from hemma.core.effects.fixed import Estimate, estimate, fit
from hemma.core.effects.kinds import Counting
from hemma.core.effects.panel import Panel


class Verdict(StrEnum):
    """What an interval allows to be said."""

    HIGHER = "higher"
    LOWER = "lower"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Apart:
    """Naive difference = effect within the person + selection, for one exposure."""

    naive: Estimate
    effect: Estimate
    selection: Estimate
    switchers: int  # persons seen both ways: the effect rests on them alone
    persons: int
    smallest_seen: float  # an effect of this size would be found in 80 of 100 such studies
    persons_needed: int | None  # for the effect as estimated; None when it can be told already


def verdict(one: Estimate) -> Verdict:
    """Cannot say unless the interval leaves zero out."""
    if one.low > 0:
        return Verdict.HIGHER
    return Verdict.LOWER if one.high < 0 else Verdict.CANNOT_SAY


def apart(data: Panel, counting: Counting = Counting.ALL_EFFECTS, level: float = 0.95) -> Apart:
    """Effect and choice of the first exposure, others held. Raises CannotEstimate as `fit` does."""
    inside = fit(data, counting=counting, level=level)
    across = fit(data, counting=counting, level=level, persons=False)
    naive, effect = across.estimates[0], inside.estimates[0]
    psi = across.influence[:, 0] - inside.influence[:, 0]
    groups = data.clusters
    error = float(np.sqrt(psi @ psi * groups / (groups - 1)))
    selection = estimate("selection", naive.value - effect.value, error, groups - 1, level)
    reach = float(stats.t.ppf(0.5 + level / 2, groups - 1) + stats.t.ppf(0.8, groups - 1))
    needed = None
    if verdict(effect) is Verdict.CANNOT_SAY and effect.value != 0:
        needed = int(np.ceil(data.persons * (reach * effect.error / effect.value) ** 2))
        needed = max(needed, data.persons + 1)
    return Apart(
        naive, effect, selection, switchers(data), data.persons, reach * effect.error, needed
    )


def switchers(data: Panel) -> int:
    """Persons whose first exposure varies."""
    x = data.exposures[:, 0]
    low, high = np.full(data.persons, np.inf), np.full(data.persons, -np.inf)
    np.minimum.at(low, data.person, x)
    np.maximum.at(high, data.person, x)
    return int((high > low).sum())
