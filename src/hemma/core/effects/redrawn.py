"""Was it the lot? A pilot drawn by lot is tested by drawing the lot again.

Nothing is assumed of the outcomes: under "no effect for anybody" every other lot that could have
been drawn would have met the same outcomes (Fisher 1935). Draws keep the size of every wave within
every stratum. The seed is given, so the answer can be repeated.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hemma.core.effects.kinds import CannotEstimate, Codes, Why, coded
from hemma.core.effects.panel import Panel
from hemma.core.effects.staggered import Controls, roll_out_from, starts


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The share of lots that show as much as the one drawn, itself counted (p is never 0)."""

    value: float
    p: float
    draws: int


def redraw(
    data: Panel,
    *,
    seed: int,
    draws: int = 999,
    stratum: npt.ArrayLike | None = None,
    controls: Controls = Controls.NOT_YET,
) -> Redrawn:
    """Randomisation test of a roll-out in waves; strata (persons,) as the lot was drawn in them.

    Raises out_of_range (fewer than 19 draws), and what `roll_out` raises.
    """
    if draws < 19:
        raise CannotEstimate(Why.OUT_OF_RANGE, "draws")
    first = starts(data)
    strata = np.zeros(data.persons, np.int64) if stratum is None else coded(stratum)[0]
    if len(strata) != data.persons:
        raise CannotEstimate(Why.OUT_OF_RANGE, "stratum")
    seen = _studentised(data, first, controls)
    lot = np.random.default_rng(seed)
    as_much = sum(
        _studentised(data, drawn(first, strata, lot), controls)[1] >= seen[1] - 1e-12
        for _ in range(draws)
    )
    return Redrawn(seen[0], (as_much + 1) / (draws + 1), draws)


def drawn(first: Codes, strata: Codes, lot: np.random.Generator) -> Codes:
    """Another lot: starts (persons,) dealt anew within each stratum."""
    out = first.copy()
    for code in np.unique(strata):
        places = np.flatnonzero(strata == code)
        out[places] = lot.permutation(first[places])
    return out


def _studentised(data: Panel, first: Codes, controls: Controls) -> tuple[float, float]:
    """The effect, and its size in errors: so the test also holds where spreads differ."""
    one = roll_out_from(data, first, controls).overall
    return one.value, abs(one.value) / one.error if one.error > 0 else np.inf
