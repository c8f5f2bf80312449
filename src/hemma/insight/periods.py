"""Which spans are told of: whole months, and the last three of them together."""

from collections.abc import Iterator
from datetime import date, timedelta

BACK = 3
# A record that began later in a month than this does not tell of the month.
LATEST_BEGIN = timedelta(days=7)


WEEKS_BACK = 8


def weeks_due(today: date, begins: date) -> Iterator[tuple[date, date]]:
    """The whole weeks, Monday to Sunday, of the last eight that were all after `begins`; oldest first."""
    this = today - timedelta(days=today.weekday())
    for back in range(WEEKS_BACK, 0, -1):
        monday = this - timedelta(days=7 * back)
        if monday >= begins:
            yield monday, monday + timedelta(days=6)


def month_before(day: date) -> tuple[date, date]:
    """The last whole month before `day`, first and last day."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def due(today: date, begins: date) -> Iterator[tuple[date, date]]:
    """The whole months of the last three, oldest first, then those together if there are several.

    `begins`: the first day of the record; a month that it holds half of is not told of.
    """
    spans = []
    day = today
    for _turn in range(BACK):
        spans.append(month_before(day))
        day = spans[-1][0]
    whole = [span for span in reversed(spans) if begins <= span[0] + LATEST_BEGIN]
    yield from whole
    if len(whole) > 1:
        yield whole[0][0], whole[-1][1]
