"""Days that were played, and what was found in them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hemma.core.simulation import Counted, Estimate, Outcome


@dataclass(frozen=True)
class Played:
    """What was played, with the words for it; `busy` the share of people's time in contacts."""

    names: tuple[str, ...]
    targets: tuple[tuple[float, float], ...]
    begins_s: float
    slot_s: float
    outcome: Outcome
    busy: Estimate
    head: str


def rows(played: Played) -> Sequence[tuple[str, float, dict[str, Estimate]]]:
    """Of each queue: its name, the time to answer within, and what was found."""
    found = []
    for at, (name, (_, within_s)) in enumerate(zip(played.names, played.targets, strict=True)):
        queue = at if len(played.names) > 1 else None
        out = played.outcome
        told = {
            "offered": out.total(Counted.OFFERED, queue),
            "within": out.within(queue),
            "within_of_answered": out.within_of_answered(queue),
            "gave_up": out.gave_up(queue),
            "gave_up_a_day": out.total(Counted.GAVE_UP, queue),
            "wait_s": out.wait_s(queue),
            "answered_wait_s": out.answered_wait_s(queue),
        }
        found.append((name, within_s, told))
    return found


def share(found: Estimate) -> str:
    """In per cent, with half the interval."""
    if np.isnan(found.mean):
        return "nobody came"
    return f"{found.mean:.2%} ± {found.half:.2%}"


def length(seconds: float) -> str:
    """In the largest unit that leaves a whole number: 20 s, 45 min, 4 h."""
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"
