"""What working from home, or any other change, did: effects told apart from choice.

`fit(panel(...))` estimates within persons and periods, `fit_few` for few clusters, `roll_out` for a
change that reaches people at different times, `fit_binary` for yes or no; `apart` tells effect from
choice. Numbers and codes only: no sentence, no clock, no chance.
"""

from hemma.core.checking import Finding, Odd, check_column, check_pairs, number
from hemma.core.effects.binary import (
    At,
    BinaryFit,
    Link,
    difference_of_rates,
    fit_binary,
    marginal_effects,
    wilson,
)
from hemma.core.effects.choice import Apart, Verdict, apart, verdict
from hemma.core.effects.counted import Rates, fit_rates
from hemma.core.effects.equivalence import Equivalence, equivalent
from hemma.core.effects.few import fit_by_clusters, fit_few
from hemma.core.effects.fixed import Estimate, Fit, fit
from hemma.core.effects.groups import ByGroup, by_group, holm
from hemma.core.effects.kinds import CannotEstimate, Counting, Curve, Why
from hemma.core.effects.panel import Panel, panel
from hemma.core.effects.parity import Compared, Parity, parity
from hemma.core.effects.power import people_for_means, power_of_means, power_of_rates
from hemma.core.effects.ratio import rate, ratio
from hemma.core.effects.redrawn import Redrawn, redraw
from hemma.core.effects.staggered import NEVER, Controls, RollOut, roll_out, roll_out_from
from hemma.core.effects.survival import Survival, logrank, survival

__all__ = [
    "NEVER",
    "Apart",
    "At",
    "BinaryFit",
    "ByGroup",
    "CannotEstimate",
    "Compared",
    "Controls",
    "Counting",
    "Curve",
    "Equivalence",
    "Estimate",
    "Finding",
    "Fit",
    "Link",
    "Odd",
    "Panel",
    "Parity",
    "Rates",
    "Redrawn",
    "RollOut",
    "Survival",
    "Verdict",
    "Why",
    "apart",
    "by_group",
    "check_column",
    "check_pairs",
    "difference_of_rates",
    "equivalent",
    "fit",
    "fit_binary",
    "fit_by_clusters",
    "fit_few",
    "fit_rates",
    "holm",
    "logrank",
    "marginal_effects",
    "number",
    "panel",
    "parity",
    "people_for_means",
    "power_of_means",
    "power_of_rates",
    "rate",
    "ratio",
    "redraw",
    "roll_out",
    "roll_out_from",
    "survival",
    "verdict",
    "wilson",
]  # fmt: skip
