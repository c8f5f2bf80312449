"""The demo's breaks and focus of the last 90 days, as numbers of a team and a type of place."""

import random
from datetime import date, datetime, timedelta

from django.db import connection

from hemma.people.demo import DemoCompany
from hemma.people.models import Place
from hemma.workday.models import BreakDay, FocusDay, FocusSeen

DAYS_BACK, BREAKS_A_DAY = 90, 4
# Long days at home come with a few more breaks that were worked through: the page shows it.
MISSED = {Place.HOME: 0.08, Place.OFFICE: 0.05}
_SQL = """
SELECT m.team_id, (s.starts_at AT TIME ZONE t.zone)::date, s.place_type, count(*)
FROM planning_shift s
JOIN people_membership m ON m.person_id = s.person_id AND m.until IS NULL
JOIN people_team e ON e.id = m.team_id JOIN people_site t ON t.id = e.site_id
WHERE s.starts_at > %(since)s AND s.ends_at < %(until)s AND m.team_id = ANY(%(teams)s)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


_FOCUS = """
SELECT m.team_id, (s.starts_at AT TIME ZONE t.zone)::date, s.place_type,
  sum(extract(epoch FROM a.ends_at - a.starts_at))
FROM planning_activity a JOIN planning_shift s ON s.id = a.shift_id
JOIN people_membership m ON m.person_id = s.person_id AND m.until IS NULL
JOIN people_team e ON e.id = m.team_id JOIN people_site t ON t.id = e.site_id
WHERE a.kind = 'focus' AND s.starts_at > %(since)s AND s.ends_at < %(until)s
  AND m.team_id = ANY(%(teams)s)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
# Of the focus that was planned; a contact that runs into it takes some.
HAD = {Place.HOME: (0.85, 1.0), Place.OFFICE: (0.7, 0.95)}


def load_breaks(company: DemoCompany) -> None:
    """Most breaks were had; nothing where any are counted already."""
    if not company.cases_wanted or BreakDay.objects.exists():
        return
    rng = random.Random(f"breaks {company.seed}")  # noqa: S311 - breaks, not secrets
    today = company.now.replace(hour=0, minute=0, second=0, microsecond=0)
    BreakDay.objects.bulk_create(
        BreakDay(
            team_id=team,
            place_type=place,
            day=day,
            planned=people * BREAKS_A_DAY,
            missed=sum(
                rng.random() < MISSED[Place(place)] for _one in range(people * BREAKS_A_DAY)
            ),
        )
        for team, day, place, people in _days(company, today - timedelta(days=DAYS_BACK), today)
    )


def load_focus(company: DemoCompany) -> None:
    """Most of the focus that was planned was had; nothing where any is counted already."""
    if not company.cases_wanted or FocusDay.objects.exists():
        return
    rng = random.Random(f"focus {company.seed}")  # noqa: S311 - focus, not secrets
    today = company.now.replace(hour=0, minute=0, second=0, microsecond=0)
    since = today - timedelta(days=DAYS_BACK)
    FocusDay.objects.bulk_create(
        FocusDay(
            team_id=team,
            place_type=place,
            day=day,
            had_s=int(float(length) * rng.uniform(*HAD[Place(place)])),
        )
        for team, day, place, length in _days(company, since, today, _FOCUS)
    )
    FocusSeen.objects.update_or_create(pk=1, defaults={"since": since, "until": company.now})


def _days(
    company: DemoCompany, since: datetime, until: datetime, sql: str = _SQL
) -> list[tuple[int, date, str, int]]:
    """Of each team, day and type of place how many people were planned, or what `sql` asks for."""
    teams = [unit.team.pk for unit in company.units]
    with connection.cursor() as cursor:
        cursor.execute(sql, {"since": since, "until": until, "teams": teams})
        return list(cursor.fetchall())
