"""The demo's working-time record: 90 days, as the plan had them but for a few minutes."""

from datetime import datetime, timedelta

from django.db import connection

from hemma.people.demo import DemoCompany
from hemma.workday.demo_breaks import load_breaks, load_focus
from hemma.workday.models import ReachWay, Way, Worked

BACK = timedelta(days=90)
AGREED = ((Way.URGENT, 5), (Way.WORD, 120), (Way.MAIL, 480))
# Minutes by which a day ended after the plan, by turns: most people go home in time, and from home
# a little later.
STRETCHES = """
INSERT INTO workday_worked
  (person_id, starts_at, ends_at, place_type, outside, end_is_plans)
SELECT person_id, starts_at, ends_at + make_interval(mins =>
    CASE place_type WHEN 'home' THEN (ARRAY[0,5,17,0,11,38,6,0,15,9,44,8,3])[turn]
    ELSE (ARRAY[0,0,2,0,0,0,0,0,31,0,0,3,0])[turn] END), place_type, false, false
FROM (SELECT s.*, 1 + (s.person_id + extract(doy FROM s.starts_at)::int) %% 13 AS turn
  FROM planning_shift s WHERE person_id = ANY(%(people)s)
  AND ends_at < %(until)s AND starts_at > %(since)s) AS shift ORDER BY starts_at, person_id
"""
RASTS = """
INSERT INTO workday_workedrast (worked_id, starts_at, ends_at)
SELECT w.id, a.starts_at, a.ends_at FROM workday_worked w
JOIN planning_shift s ON s.person_id = w.person_id AND s.starts_at = w.starts_at
JOIN planning_activity a ON a.shift_id = s.id AND a.kind = 'rast'
"""


def load(company: DemoCompany) -> None:
    """Stretches for the shifts that are over, and an agreement for each team; once."""
    load_breaks(company)
    load_focus(company)
    if Worked.objects.exists():
        return
    span: dict[str, list[int] | datetime] = {
        "people": [person.pk for person in company.everyone],
        "since": company.now - BACK,
        "until": company.now - timedelta(hours=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(STRETCHES, span)
        cursor.execute(RASTS)
    ReachWay.objects.bulk_create(
        ReachWay(team=unit.team, way=way, answer_within_min=minutes, agreed_at=company.now)
        for unit in company.units
        for way, minutes in AGREED
    )
