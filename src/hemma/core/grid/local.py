"""Local clock times and the instants they mean."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hemma.core.grid.interval import Interval

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instants_of(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Every UTC instant at which the zone's clock shows `local` (naive): none, one or two.

    Two in the repeated stretch of an autumn night, none in the skipped one of a spring night.
    """
    if local.tzinfo is not None:
        raise ValueError("a local time is naive; the zone is given beside it")
    folds = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    right = {at for at in folds if at.astimezone(zone).replace(tzinfo=None, fold=0) == local}
    return tuple(sorted(right))


def instant_of(local: datetime, zone: ZoneInfo, *, later: bool = False) -> datetime:
    """The one UTC instant meant by a local time.

    Of two, the first (`later=True`: the second). Of none, the instant of the clock change, so
    that order is kept: 02:15 and 02:45 of the skipped hour are the same moment.
    """
    local = local.replace(fold=0)
    found = instants_of(local, zone)
    if found:
        return found[-1] if later else found[0]
    # In a skipped stretch the offset before the change leads past it, the one after, short of it.
    past = seconds_of(local.replace(tzinfo=zone, fold=0).astimezone(UTC))
    short = seconds_of(local.replace(tzinfo=zone, fold=1).astimezone(UTC))
    return from_seconds(change_between(zone, short, past))


def local_interval(day: date, start: time, end: time, zone: ZoneInfo) -> Interval:
    """From `start` on the local day to `end`; an end not after the start is on the next day.

    So 22:00–06:00 runs over midnight, 08:00–00:00 to its end, and 00:00–00:00 is the whole day.
    """
    last = day if end > start else day + timedelta(days=1)
    first_at = instant_of(datetime.combine(day, start), zone)
    return Interval(first_at, instant_of(datetime.combine(last, end), zone))


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) of a local date; where the date was skipped, that of the next."""
    return instant_of(datetime.combine(day, time()), zone)


def seconds_of(instant: datetime) -> int:
    """Whole seconds since 1970-01-01T00:00Z."""
    elapsed = instant - EPOCH
    return elapsed.days * 86400 + elapsed.seconds


def from_seconds(seconds: int) -> datetime:
    """The instant (UTC) so many seconds after 1970-01-01T00:00Z."""
    return EPOCH + timedelta(seconds=seconds)


def offset_s(zone: ZoneInfo, seconds: int) -> int:
    """How far, in seconds, `zone` is ahead of UTC at that instant."""
    offset = from_seconds(seconds).astimezone(zone).utcoffset() or timedelta()
    return offset.days * 86400 + offset.seconds


def change_between(zone: ZoneInfo, low_s: int, high_s: int) -> int:
    """First second after `low_s` with another offset than at `low_s`; one change in between."""
    before = offset_s(zone, low_s)
    while high_s - low_s > 1:
        middle = (low_s + high_s) // 2
        if offset_s(zone, middle) == before:
            low_s = middle
        else:
            high_s = middle
    return high_s
