"""The demo's breaks of the last 90 days, as numbers of a team and a type of place."""

import random
from datetime import date, datetime, timedelta

from django.db import connection

from hemma.people.demo import DemoCompany
from hemma.people.models import Place
from hemma.workday.models import BreakDay

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


def _days(
    company: DemoCompany, since: datetime, until: datetime
) -> list[tuple[int, date, str, int]]:
    """Of each team, day and type of place how many people were planned."""
    teams = [unit.team.pk for unit in company.units]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"since": since, "until": until, "teams": teams})
        return list(cursor.fetchall())
