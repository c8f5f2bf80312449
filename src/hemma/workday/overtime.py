"""What of somebody's work was overtime or extra time: plain functions over times.

Work outside of the planned hours is overtime; for who is employed for less than full time it is extra
time until a week's full hours are reached (Sweden: arbetstidslagen 7, 10 and 11 §§). A goodbye a few
minutes after the plan is none: the watch speaks from a quarter of an hour on, and so do the notes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from hemma.core.rules.spans import joined, without
from hemma.planning.days import monday_of
from hemma.workday.worktime import Span

LEEWAY = timedelta(minutes=15)


class Sort(StrEnum):
    """What a note is of. On call is by the list; the other two are work."""

    OVERTIME = "overtime"
    EXTRA = "extra"
    ON_CALL = "on_call"


@dataclass(frozen=True, slots=True)
class Noted:
    """One note: what it is of, from when to when, aware."""

    sort: Sort
    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        """How long."""
        return self.ends_at - self.starts_at


def noted(
    worked: Iterable[Span],
    rasts: Iterable[Span],
    planned: Iterable[Span],
    *,
    room: timedelta,
    zone: tzinfo,
) -> list[Noted]:
    """Overtime and extra time in order.

    `worked`: stretches that are over, their `rasts` in them; `planned`: shifts. `room`: how much extra
    time fits into a week before it is overtime, none for full time. Weeks begin on Monday in `zone`.
    """
    work = without(_joined(worked), _joined(rasts))
    over = [
        (start, end)
        for start, end in without(work, _joined(planned))
        if end - start >= LEEWAY.total_seconds()
    ]
    left: defaultdict[date, int] = defaultdict(lambda: int(room.total_seconds()))
    found: list[Noted] = []
    for start, end in over:
        week = monday_of(datetime.fromtimestamp(start, zone).date())
        extra = min(left[week], end - start)
        left[week] -= extra
        found += [
            Noted(sort, datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC))
            for sort, a, b in (
                (Sort.EXTRA, start, start + extra),
                (Sort.OVERTIME, start + extra, end),
            )
            if a < b
        ]
    return found


def together(notes: Sequence[Noted], start: datetime, end: datetime, sort: Sort) -> timedelta:
    """How long the notes of one sort are inside the span."""
    parts = (
        min(one.ends_at, end) - max(one.starts_at, start)
        for one in notes
        if one.sort is sort and one.starts_at < end and one.ends_at > start
    )
    return sum(parts, timedelta())


def _joined(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return joined((int(a.timestamp()), int(b.timestamp())) for a, b in spans)
