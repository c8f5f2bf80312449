"""What working from home, or any other change, did: effects told apart from choice.

`fit(panel(...))` estimates within persons and periods; `fit_few` does so for few clusters. Numbers
and codes only: no sentence, no clock, no chance but the seed that is handed in.
"""

from hemma.core.effects.few import fit_by_clusters, fit_few
from hemma.core.effects.fixed import Estimate, Fit, fit
from hemma.core.effects.kinds import CannotEstimate, Counting, Curve, Why
from hemma.core.effects.panel import Panel, panel

__all__ = [
    "CannotEstimate",
    "Counting",
    "Curve",
    "Estimate",
    "Fit",
    "Panel",
    "Why",
    "fit",
    "fit_by_clusters",
    "fit_few",
    "panel",
]
