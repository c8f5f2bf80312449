"""'No difference larger than x' has to be earned: two one-sided tests (Schuirmann 1987)."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from hemma.core.effects.fixed import Estimate
from hemma.core.effects.kinds import CannotEstimate, Why


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Whether |effect| < margin is shown at `alpha`; `earned` is the smallest margin that would be."""

    margin: float
    p: float
    shown: bool
    earned: float


def equivalent(one: Estimate, margin: float, alpha: float = 0.05) -> Equivalence:
    """TOST on an estimate with its error and df. Raises out_of_range for a margin that is not > 0."""
    if not margin > 0:
        raise CannotEstimate(Why.OUT_OF_RANGE, "margin")
    curve = stats.norm() if np.isinf(one.df) else stats.t(one.df)
    p = float(curve.sf((margin - abs(one.value)) / one.error))
    earned = abs(one.value) + float(curve.ppf(1 - alpha)) * one.error
    return Equivalence(margin, p, p < alpha, earned)
