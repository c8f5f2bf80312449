"""Estimates as they are stored: plain numbers that a page can draw."""

import math
from typing import Any

from hemma.core.effects import CannotEstimate, Estimate, ratio
from hemma.insight.measures import Measure

type Told = list[float]
"""[value, low, high]"""


def told(one: Estimate, step: float) -> Told | None:
    """Value and interval in steps of `step`; None where there is no interval to tell."""
    numbers = (one.value, one.low, one.high)
    if not all(math.isfinite(x) for x in numbers):
        return None
    return [round(round(x / step) * step, 6) for x in numbers]


def measured(measure: Measure, people: list[dict[str, float]]) -> Told | None:
    """The measure among people, each with their sums; None where it cannot be told.

    Not told either: a share that is nobody's or everybody's, which would be everyone's own answer.
    """
    rows = [one for one in people if one[measure.bottom] > 0]
    try:
        one = ratio(
            measure.key,
            [row[measure.top] for row in rows],
            [row[measure.bottom] for row in rows],
            bounds=(0.0, 1.0 if measure.share else math.inf),
        )
    except CannotEstimate:
        return None
    if measure.share and one.value in (0.0, 1.0):
        return None
    return told(one, measure.step)


def largest_two(people: list[dict[str, float]], names: tuple[str, ...]) -> tuple[float, float]:
    """The shares that the two largest people hold of whichever sum they rule most."""
    worst = (0.0, 0.0)
    for name in names:
        values = sorted((one[name] for one in people), reverse=True)
        whole = sum(values)
        if whole > 0:
            worst = max(worst, (values[0] / whole, sum(values[1:2]) / whole))
    return worst


def plain(one: Any) -> Any:
    """Numbers that are no numbers become null."""
    return None if isinstance(one, float) and not math.isfinite(one) else one
