"""Days that lie behind: from what type of place somebody worked, and for how long by the record.

For figures of groups alone: a person sees one's own hours on *My hours*.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from hemma.lib import clock
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, reads, visible_ids
from hemma.workday.models import Worked


@dataclass(frozen=True, slots=True)
class DayWorked:
    """One person's hours from one type of place, on a day of their own zone: rast is not in them."""

    person_id: int
    day: date
    place_type: str
    hours: float


_SQL = """
SELECT w.person_id, (w.starts_at AT TIME ZONE coalesce(t.zone, 'Europe/Stockholm'))::date,
  w.place_type, sum(extract(epoch FROM w.ends_at - w.starts_at) - coalesce(r.rast, 0)) / 3600
FROM workday_worked w JOIN people_person p ON p.id = w.person_id
LEFT JOIN people_site t ON t.id = p.site_id
LEFT JOIN (
  SELECT worked_id, sum(extract(epoch FROM ends_at - starts_at)) AS rast
  FROM workday_workedrast WHERE starts_at > %(since)s AND starts_at < %(until)s
  GROUP BY worked_id) r ON r.worked_id = w.id
WHERE w.starts_at > %(since)s AND w.starts_at < %(until)s AND w.ends_at IS NOT NULL
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_A_DAY = timedelta(days=1)  # of leeway: a day begins at different instants in different zones
LEAST_HOURS = 0.5  # who said hello and goodbye at once did not work that day


@reads("workday.hours")
def days_worked(asker: Asker, first: date, last: date) -> list[DayWorked]:
    """Every day from `first` to `last` that somebody worked, of the people whose hours `asker` sees.

    A stretch that still goes on is not in it; one over midnight belongs to the day it began.
    """
    start = datetime.combine(first, datetime.min.time(), clock.now().tzinfo)
    end = datetime.combine(last, datetime.min.time(), clock.now().tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"since": start - _A_DAY, "until": end + 3 * _A_DAY})
        rows = [DayWorked(who, day, place, float(h)) for who, day, place, h in cursor.fetchall()]
    seen = visible_ids(asker, "workday.hours", {row.person_id for row in rows})
    return [
        row
        for row in rows
        if row.person_id in seen and first <= row.day <= last and row.hours >= LEAST_HOURS
    ]


@reads("workday.hours")
def record_begins(asker: Asker) -> date | None:
    """The first day of the whole record; None while it is empty. For Hemma itself alone."""
    if not isinstance(asker, System):
        raise NotVisible("workday.hours", "begins")
    first = Worked.objects.order_by("starts_at").values_list("starts_at", flat=True).first()
    return first.date() if first else None
