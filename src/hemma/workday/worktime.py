"""What of a stretch of work was rast: plain functions over times, used by the record.

A planned rast was had when a customer took at most five minutes of it; what was taken is working
time. One that was worked through is none, and the one placed instead counts. A meal break that
somebody chose themself counts from a quarter of an hour: shorter, it was a pause, which is paid.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from hemma.core.rules.spans import Span as Seconds
from hemma.core.rules.spans import common, joined, without

type Span = tuple[datetime, datetime]

LEEWAY = timedelta(minutes=5)
SHORTEST_CHOSEN = timedelta(minutes=15)


def minute(at: datetime) -> datetime:
    """The minute a clock on the wall shows."""
    return at.replace(second=0, microsecond=0)


def rasts_had(
    stretch: Span, planned: Iterable[Span], chosen: Iterable[Span], busy: Iterable[Span]
) -> list[Span]:
    """The parts of `stretch` that were rast, in order and apart, in whole minutes.

    `planned`: by the plan; `chosen`: said by the person; `busy`: with a customer. All aware.
    """
    whole = [_seconds(stretch)]
    busy_s = joined(_seconds(one) for one in busy)
    had: list[Seconds] = []
    for one in planned:
        inside = common([_seconds(one)], whole)
        worked = common(inside, busy_s)
        if _length(worked) <= LEEWAY.total_seconds():
            had += without(inside, worked)
    for part in without(common(joined(_seconds(one) for one in chosen), whole), busy_s):
        if _length([part]) >= SHORTEST_CHOSEN.total_seconds():
            had.append(part)
    return [_times(one) for one in joined(_whole_minutes(joined(had)))]


def worked_time(stretch: Span, rasts: Sequence[Span]) -> timedelta:
    """The stretch less its rasts."""
    return (stretch[1] - stretch[0]) - sum((end - start for start, end in rasts), timedelta())


def _seconds(span: Span) -> Seconds:
    return int(span[0].timestamp()), int(span[1].timestamp())


def _times(span: Seconds) -> Span:
    return datetime.fromtimestamp(span[0], UTC), datetime.fromtimestamp(span[1], UTC)


def _length(spans: Sequence[Seconds]) -> int:
    return sum(end - start for start, end in spans)


def _whole_minutes(spans: Sequence[Seconds]) -> list[Seconds]:
    """Inward: what is left of a minute is working time."""
    cut = [(-(-start // 60) * 60, end // 60 * 60) for start, end in spans]
    return [one for one in cut if one[0] < one[1]]
