"""How many answers were given on a day, and how many cases one answer solved: for groups alone.

By person only on the way to a sum: nobody but Hemma itself can ask, and no page shows a row of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from hemma.lib import clock
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, reads


@dataclass(frozen=True, slots=True)
class DayOfAnswers:
    """One person's answers in one programme, on a day of their own zone.

    `first` are those that were the first in their case, `enough` those of them after which nobody
    had to write again and the case was solved.
    """

    person_id: int
    day: date
    programme: str
    answers: int
    first: int
    enough: int


_SQL = """
WITH told AS (
  SELECT m.id, m.case_id, m.author_id, m.at, q.programme, c.state,
    NOT EXISTS (SELECT 1 FROM desk_message e WHERE e.case_id = m.case_id AND e.direction = 'out'
      AND (e.at, e.id) < (m.at, m.id)) AS is_first,
    NOT EXISTS (SELECT 1 FROM desk_message l WHERE l.case_id = m.case_id AND l.direction <> 'auto'
      AND (l.at, l.id) > (m.at, m.id)) AS is_last
  FROM desk_message m JOIN desk_case c ON c.id = m.case_id JOIN desk_queue q ON q.id = c.queue_id
  WHERE m.direction = 'out' AND m.author_id IS NOT NULL AND m.at > %(since)s AND m.at < %(until)s)
SELECT author_id, (at AT TIME ZONE coalesce(t.zone, 'Europe/Stockholm'))::date, programme,
  count(*), count(*) FILTER (WHERE is_first),
  count(*) FILTER (WHERE is_first AND is_last AND state = 'solved')
FROM told JOIN people_person p ON p.id = author_id LEFT JOIN people_site t ON t.id = p.site_id
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_A_DAY = timedelta(days=1)


@reads("desk.case")
def days_of_answers(asker: Asker, first: date, last: date) -> list[DayOfAnswers]:
    """Every day from `first` to `last` that somebody answered. Raises NotVisible for any person."""
    if not isinstance(asker, System):
        raise NotVisible("desk.case", "answers_by_day")
    start = datetime.combine(first, datetime.min.time(), clock.now().tzinfo)
    end = datetime.combine(last, datetime.min.time(), clock.now().tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"since": start - _A_DAY, "until": end + 2 * _A_DAY})
        rows = [DayOfAnswers(*row) for row in cursor.fetchall()]
    return [row for row in rows if first <= row.day <= last]
