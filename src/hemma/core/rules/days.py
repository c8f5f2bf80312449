"""Local days, weeks and months as stretches of real seconds."""

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from hemma.core.grid import day_start, instant_of
from hemma.core.grid.local import seconds_of

_FIRST_MONDAY = date(1970, 1, 5).toordinal()


@cache
def midnight(zone: ZoneInfo, day: int) -> int:
    """The first second of a local day (its ordinal in the calendar)."""
    return seconds_of(day_start(date.fromordinal(day), zone))


@cache
def monday(zone: ZoneInfo, week: int) -> int:
    """The first second of a local week; week 0 begins on 5 January 1970."""
    return midnight(zone, _FIRST_MONDAY + 7 * week)


@cache
def first_of_month(zone: ZoneInfo, month: int) -> int:
    """The first second of a local month, counted from January of the year 0."""
    return midnight(zone, date(month // 12, month % 12 + 1, 1).toordinal())


@cache
def clock(zone: ZoneInfo, day: int, minute: int) -> int:
    """The second at which a local day's clock shows so many minutes; the first of two."""
    more, minute = divmod(minute, 1440)
    shown = datetime.combine(date.fromordinal(day + more), time(minute // 60, minute % 60))
    return seconds_of(instant_of(shown, zone))


def day_of(zone: ZoneInfo, at: int) -> int:
    """The ordinal of the local day of a second."""
    day = at // 86_400 + 719_163  # the day in UTC
    while midnight(zone, day) > at:
        day -= 1
    while midnight(zone, day + 1) <= at:
        day += 1
    return day


def week_of(zone: ZoneInfo, at: int) -> int:
    """The number of the local week of a second, as `monday` counts."""
    return (day_of(zone, at) - _FIRST_MONDAY) // 7


def month_of(zone: ZoneInfo, at: int) -> int:
    """The number of the local month of a second, as `first_of_month` counts."""
    local = date.fromordinal(day_of(zone, at))
    return local.year * 12 + local.month - 1
