"""Which spans are told of: whole months, and the last three of them together."""

from collections.abc import Iterator
from datetime import date, timedelta

BACK = 3


def month_before(day: date) -> tuple[date, date]:
    """The last whole month before `day`, first and last day."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def due(today: date) -> Iterator[tuple[date, date]]:
    """The whole months of the last three, oldest first, then the three together."""
    spans = []
    day = today
    for _turn in range(BACK):
        spans.append(month_before(day))
        day = spans[-1][0]
    yield from reversed(spans)
    yield spans[-1][0], spans[0][1]
