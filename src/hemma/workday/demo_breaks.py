"""The demo's breaks of the last 90 days, as numbers of a site and a type of place."""

import random
from datetime import date, timedelta

from hemma.people.demo import DemoCompany
from hemma.people.system import SYSTEM
from hemma.planning.queries import days_at_work
from hemma.workday.models import BreakPlaceDay

DAYS_BACK, BREAKS_A_DAY, MISSED = 90, 4, 0.06


def load_breaks(company: DemoCompany) -> None:
    """Most breaks were had, at home and in the office alike; nothing where any are counted already."""
    if not company.cases_wanted or BreakPlaceDay.objects.exists():
        return
    rng = random.Random(f"breaks {company.seed}")  # noqa: S311 - breaks, not secrets
    site_of = {person.pk: person.site_id for person in company.everyone}
    today = company.now.date()
    planned: dict[tuple[int | None, str, date], int] = {}
    for day in days_at_work(SYSTEM, today - timedelta(days=DAYS_BACK), today - timedelta(days=1)):
        place = site_of.get(day.person_id), day.place_type, day.day
        planned[place] = planned.get(place, 0) + BREAKS_A_DAY
    BreakPlaceDay.objects.bulk_create(
        BreakPlaceDay(
            site_id=site,
            place_type=place,
            day=day,
            planned=number,
            missed=sum(rng.random() < MISSED for _each in range(number)),
        )
        for (site, place, day), number in planned.items()
    )
