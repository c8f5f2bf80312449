"""The need as a page: people over the days, pictures beside tables. No scripts."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from hemma.core.pipeline.staffing import QueueNeed, Work
from hemma.core.simulation import Counted, Outcome
from hemma.run.paper import sheet
from hemma.run.planner import report


def page(
    starts: Sequence[datetime], found: Sequence[QueueNeed], work: Work, outcome: Outcome | None
) -> str:
    """The whole page."""
    parts = []
    days = [
        (day, [at for at, _ in group])
        for day, group in groupby(enumerate(starts), key=lambda pair: pair[1].date())
    ]
    for at, one in enumerate(found):
        shares = outcome.by_slot(Counted.IN_TIME, at)[0] if outcome is not None else None
        parts.append(f"<h2>{escape(one.queue)}</h2><p>{escape(_how(one, work))}</p>")
        parts.append(
            report.picture(
                one.planned, one.planned, one.planned, "People to plan, interval by interval",
                across=(f"{starts[0]:%Y-%m-%d}", f"{starts[-1]:%Y-%m-%d}"),
            )
        )  # fmt: skip
        parts.append(_days(one, days, starts))
        parts.append(_intervals(one, starts, shares))
    return sheet("Need", "How many people it takes", "".join(parts))


def _how(one: QueueNeed, work: Work) -> str:
    if work.due_s is not None:
        return f"Work that may wait {work.due_s / 3600:g} hours, levelled over the open hours."
    return {
        "none": "Each interval by itself.",
        "lag": "Planned for the contacts of one handling time before.",
        "offered_load": "Planned for the contacts still in hand, so that a peak's echo is covered.",
    }[one.correction] + f" Time outside the queue: {work.off_queue:.0%}."


def _days(one: QueueNeed, days: list[tuple[date, list[int]]], starts: Sequence[datetime]) -> str:
    step_h = (starts[1] - starts[0]).total_seconds() / 3600 if len(starts) > 1 else 1.0
    lines = []
    for day, slots in days:
        here = one.planned[slots]
        if here.any():
            lines.append((f"{day:%a %Y-%m-%d}", f"{here.sum() * step_h:.1f}", f"{here.max():.1f}"))
    return report.table(("Day", "Hours of people", "Most at a time"), lines)


def _intervals(
    one: QueueNeed, starts: Sequence[datetime], shares: NDArray[np.float64] | None
) -> str:
    lines = []
    for at in np.flatnonzero(one.planned).tolist():
        row = [f"{starts[at]:%a %Y-%m-%d %H:%M}", f"{one.planned[at]:.1f}"]
        if shares is not None:
            row.append("" if np.isnan(shares[at]) else f"{shares[at]:.1%}")
        lines.append(tuple(row))
    head = ("From", "People", "Answered in time when played")
    return (
        "<details><summary>Every interval</summary>"
        + report.table(head if shares is not None else head[:2], lines)
        + "</details>"
    )
