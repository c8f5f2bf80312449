"""Days of a zone as spans of time."""

from datetime import date, datetime, time, timedelta, tzinfo


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The instants between which it is `day` in `zone`: 23, 24 or 25 hours apart."""
    start = datetime.combine(day, time(), zone)
    return start, datetime.combine(day + timedelta(days=1), time(), zone)


def monday_of(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())
