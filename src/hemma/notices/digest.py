"""When the day's mail is due: at the time one chose, moved into the shift. A plain function."""

from datetime import datetime, time, timedelta

BEFORE_END = timedelta(minutes=15)


def due_at(chosen: time, starts_at: datetime, ends_at: datetime) -> datetime:
    """The moment of a shift at which its mail is sent; both times in the person's own zone.

    A time before the shift means its beginning, a time after it a quarter of an hour before its end
    (a shorter shift: its beginning). A shift over midnight may hold the time on its second day.
    """
    first = starts_at.replace(hour=chosen.hour, minute=chosen.minute, second=0, microsecond=0)
    if first < starts_at and first + timedelta(days=1) < ends_at:
        first += timedelta(days=1)
    return max(starts_at, min(first, ends_at - BEFORE_END))
