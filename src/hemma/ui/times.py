"""Times and durations as people say them, in the reader's own zone and language.

The zone is Django's active one; the room that knows people sets it from the signed-in person.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def clock_time(moment: datetime) -> str:
    """`moment` (aware) as 11:30 in the active zone."""
    return timezone.localtime(moment).strftime("%H:%M")


def day_name(day: date, today: date) -> str:
    """`day` as today, yesterday, tomorrow, or a short date; the year only when it is another."""
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}[distance]
    name = date_format(day, "D j M")
    words = name.lower() if _small_months() else name
    return words if day.year == today.year else f"{words} {day.year}"


def day_clock(moment: datetime, now: datetime) -> str:
    """`moment` with its day, as today 11:30; both aware, days counted in the active zone."""
    day = day_name(timezone.localtime(moment).date(), timezone.localtime(now).date())
    return f"{day} {clock_time(moment)}"


def duration(length: timedelta) -> str:
    """`length` in the two largest units: 1 hour 53 minutes. Under a minute is said so."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    days, rest = divmod(minutes, 24 * 60)
    hours, rest_minutes = divmod(rest, 60)
    said = [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", rest_minutes) % {"count": rest_minutes}
        if rest_minutes
        else "",
    ]
    return " ".join([part for part in said if part][:2])


def _small_months() -> bool:
    """Swedish and Norwegian write months small; Django's short names do not."""
    return (get_language() or "").split("-")[0] in ("sv", "nb")
