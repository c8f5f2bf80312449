"""When the demo plays: always inside a living working day, whatever the visitor's clock says."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST, LAST = time(8, 30), time(15, 30)
PLAYED_FROM = time(9, 37)


def is_living(instant: datetime) -> bool:
    """Whether people are at work at `instant` (aware): a weekday between 8.30 and 15.30."""
    local = instant.astimezone(STOCKHOLM)
    return local.weekday() < 5 and FIRST <= local.time() < LAST


def playing_time(now: datetime, last_event: datetime | None) -> datetime:
    """`now` if people are at work then, else 9.37 of this or the next weekday. All aware.

    Never before `last_event`, the last thing that happened in this folder: time does not go
    backwards for cases that are already there.
    """
    earliest = max(now, last_event) if last_event else now
    if earliest == now and is_living(now):
        return now
    day = earliest.astimezone(STOCKHOLM).date()
    while True:
        start = datetime.combine(day, PLAYED_FROM, STOCKHOLM)
        if day.weekday() < 5 and start >= earliest:
            return start
        day += timedelta(days=1)
