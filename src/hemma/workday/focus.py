"""For how long somebody was in focus: plain functions over times, as `queries.plan` says of now.

In focus is who chose it, and who is in the queue while the plan says focus and has not chosen the
queue anew since that part began. A contact, a pause or a meal break is none of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hemma.core.rules.spans import Span, common, joined, without
from hemma.workday.models import Mode

IN_QUEUE = frozenset({Mode.WARMUP, Mode.READY, Mode.WRAP_UP})


@dataclass(frozen=True, slots=True)
class Spell:
    """That somebody was in `mode` over `span`, and when they chose it themself (seconds since 1970)."""

    mode: str
    span: Span
    chosen_at: int | None = None


def focus_had(
    window: Span, spells: Iterable[Spell], planned: Iterable[Span], rests: Iterable[Span]
) -> list[Span]:
    """The parts of `window` that were focus, in order and apart, in seconds since 1970.

    `planned`: focus by the plan; `rests`: pauses and meal breaks by the plan.
    """
    spells = list(spells)
    found = [one.span for one in spells if one.mode == Mode.FOCUS]
    for part in planned:
        stayed = [one.span for one in spells if one.mode in IN_QUEUE and not _left(one, part)]
        found += common([part], joined(stayed))
    return common(without(joined(found), joined(rests)), [window])


def _left(one: Spell, part: Span) -> bool:
    return one.mode == Mode.READY and one.chosen_at is not None and one.chosen_at >= part[0]


def seconds(start: datetime, end: datetime) -> Span:
    """A stretch of time (aware) in seconds since 1970."""
    return int(start.timestamp()), int(end.timestamp())
