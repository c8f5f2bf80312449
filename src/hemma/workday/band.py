"""A day as a picture: what stands where on the band, on any day of the year.

Lengths are true time. A minute of the picture is the clock's minute at the first shift's start
plus what has passed since, so a shift past midnight runs on and a clock change moves only words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from hemma.planning.queries import DayPlan, PlannedActivity
from hemma.ui.svg import Axis, Segment
from hemma.workday import looks

HALF_HOUR = 30
MINUTE = timedelta(minutes=1)

type Minute = Callable[[datetime], int]


@dataclass(frozen=True, slots=True)
class Picture:
    """The parts of a day's picture, in minutes as `ui.svg` wants them."""

    segments: tuple[Segment, ...]
    axis: Axis
    now: int


def picture(plan: DayPlan, now: datetime, zone: tzinfo, sprite: str) -> Picture | None:
    """The picture of `plan` as seen in `zone`; None when it holds nothing to draw."""
    if not plan.shifts or not plan.activities:
        return None
    # In UTC: the difference of two times of one zone would be the clocks', not the true one.
    first = plan.shifts[0].starts_at.astimezone(UTC)
    last = plan.shifts[-1].ends_at.astimezone(UTC)
    local = first.astimezone(zone)
    base = local.hour * 60 + local.minute

    def minute(moment: datetime) -> int:
        return base + (moment.astimezone(UTC) - first) // MINUTE

    start = base // HALF_HOUR * HALF_HOUR
    end = -(-minute(last) // HALF_HOUR) * HALF_HOUR
    turn = clock_turn(first, last, zone)
    axis = Axis(start, end, sprite, (minute(turn[0]), turn[1]) if turn else None)
    return Picture(segments(plan.activities, minute), axis, minute(now))


def segments(activities: Sequence[PlannedActivity], minute: Minute) -> tuple[Segment, ...]:
    """Each activity as a stretch of the picture; less than a minute is not drawn."""
    drawn = []
    for one in activities:
        start, end = minute(one.starts_at), minute(one.ends_at)
        look = looks.of_kind(one.kind)
        if end > start:
            drawn.append(Segment(start, end, look.css, looks.word_of(one), look.icon))
    return tuple(drawn)


def clock_turn(first: datetime, last: datetime, zone: tzinfo) -> tuple[datetime, int] | None:
    """When between two instants the clocks of `zone` change, and by how many minutes; else None."""
    low, high = 0, (last - first) // MINUTE

    def offset(minutes: int) -> timedelta:
        return (first + minutes * MINUTE).astimezone(zone).utcoffset() or timedelta()

    by = offset(high) - offset(low)
    if not by:
        return None
    while high - low > 1:  # the change lies in (low, high]
        middle = (low + high) // 2
        low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
    return first + high * MINUTE, by // MINUTE
