"""Corrections for a load that changes over the day.

The formulas for a steady state forget that the contacts of the last minutes are still in hand: at a
rising morning they ask too many people, after a peak too few. Sources: Green, Kolesar & Soares,
"Improving the SIPP approach for staffing service systems that have cyclic demands" (2001); Jennings,
Mandelbaum, Massey & Whitt, "Server staffing to meet time-varying demand" (1996).
"""

from enum import StrEnum

import numpy as np

from hemma.core.need.logs import Floats


class Correction(StrEnum):
    """Which load an interval is planned for."""

    NONE = "none"
    """Its own contacts alone."""
    LAG = "lag"
    """Contacts of one mean handling time before: right for mild changes."""
    OFFERED_LOAD = "offered_load"
    """Contacts in hand at a time if there were always somebody free (M_t/M/∞), by interval."""


def corrected(per_s: Floats, handling_s: Floats, slot_s: Floats, how: Correction) -> Floats:
    """(…, slots) contacts a second to plan for, from `per_s` (…, slots) constant within a slot.

    `handling_s` (…, slots) mean handling time, `slot_s` (slots,) lengths. What came before the
    first slot is taken as nothing (the doors open). Slots follow each other without gaps.
    """
    if how is Correction.NONE:
        return per_s
    if how is Correction.LAG:
        return _lagged(per_s, handling_s, slot_s)
    return _offered(per_s, handling_s, slot_s)


def _lagged(per_s: Floats, handling_s: Floats, slot_s: Floats) -> Floats:
    """The mean rate over the slot, moved back by the handling time."""
    edges = np.concatenate([[0.0], np.cumsum(slot_s)])
    come = np.concatenate([np.zeros((*per_s.shape[:-1], 1)), np.cumsum(per_s * slot_s, -1)], -1)
    flat, handling = come.reshape(-1, edges.size), handling_s.reshape(-1, slot_s.size)
    found = [
        np.interp(edges[1:] - h, edges, row) - np.interp(edges[:-1] - h, edges, row)
        for row, h in zip(flat, handling, strict=True)
    ]
    return np.asarray(found).reshape(per_s.shape) / slot_s


def _offered(per_s: Floats, handling_s: Floats, slot_s: Floats) -> Floats:
    """Mean of m over each slot divided by the handling time, with m' = λ − m/h from m = 0."""
    in_hand = np.zeros(per_s.shape[:-1])
    found = np.empty(per_s.shape)
    for at, length in enumerate(slot_s):
        handling = handling_s[..., at]
        settled = per_s[..., at] * handling
        gone = -np.expm1(-length / handling)
        mean = settled + (in_hand - settled) * gone * handling / length
        found[..., at] = mean / handling
        in_hand = in_hand + (settled - in_hand) * gone
    return found
