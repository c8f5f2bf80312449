"""Days that lie behind: from what type of place somebody worked, and for how long by the schedule.

For figures of groups alone: a person sees one's own days on *My calendar*.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from hemma.lib import clock
from hemma.people.visibility import Asker, reads, visible_ids


@dataclass(frozen=True, slots=True)
class DayAtWork:
    """One person's planned hours from one type of place, on a day of their own zone.

    What an absence took of a shift is no work. Breaks are in the hours: older shifts no longer say
    when they were.
    """

    person_id: int
    day: date
    place_type: str
    hours: float


_SQL = """
SELECT s.person_id, (s.starts_at AT TIME ZONE coalesce(t.zone, 'Europe/Stockholm'))::date,
  s.place_type, sum(extract(epoch FROM s.ends_at - s.starts_at) - coalesce(a.away, 0)) / 3600
FROM planning_shift s JOIN people_person p ON p.id = s.person_id
LEFT JOIN people_site t ON t.id = p.site_id
LEFT JOIN LATERAL (
  SELECT sum(extract(epoch FROM least(o.ends_at, s.ends_at) - greatest(o.starts_at, s.starts_at)))
    AS away FROM planning_absence o
  WHERE o.person_id = s.person_id AND o.starts_at < s.ends_at AND o.ends_at > s.starts_at) a ON true
WHERE s.starts_at > %(since)s AND s.starts_at < %(until)s AND s.ends_at <= %(now)s
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_A_DAY = timedelta(days=1)  # of leeway: a day begins at different instants in different zones
LEAST_HOURS = 0.5  # who was away for nearly all of it did not work that day


@reads("planning.shift", "planning.absence")
def days_at_work(asker: Asker, first: date, last: date) -> list[DayAtWork]:
    """Every day from `first` to `last` that somebody worked, of the people whose shifts `asker` sees."""
    start = datetime.combine(first, datetime.min.time(), clock.now().tzinfo)
    end = datetime.combine(last, datetime.min.time(), clock.now().tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL, {"since": start - _A_DAY, "until": end + 2 * _A_DAY, "now": clock.now()}
        )
        rows = [DayAtWork(who, day, place, float(h)) for who, day, place, h in cursor.fetchall()]
    seen = visible_ids(asker, "planning.shift", {row.person_id for row in rows})
    return [
        row
        for row in rows
        if row.person_id in seen and first <= row.day <= last and row.hours >= LEAST_HOURS
    ]
