"""Hours for the file for pay: of a led team, or of everybody for the manager."""

from datetime import date, timedelta

from hemma.people.models import Person, Role
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, NotVisible, has_role, reads, standing
from hemma.planning.days import day_bounds
from hemma.workday.queries.hours import Stretch, stretches_of


@reads("workday.pay")
def hours_for_pay(
    asker: Asker, team_id: int | None, first: date, last: date
) -> list[tuple[Person, Stretch]]:
    """What is over of the days from `first` to `last`, by name and time; None: everybody's.

    Days are those of each one's own zone. Raises NotVisible unless `asker` leads the team or manages.
    """
    manages = isinstance(asker, Person) and has_role(asker, Role.MANAGER)
    leads = isinstance(asker, Person) and team_id in standing(asker).led
    if not manages and not leads:
        raise NotVisible("workday.pay", f"team:{team_id}" if team_id else "")
    people = Person.objects.select_related("site")
    if team_id is not None:
        people = people.filter(memberships__team=team_id, memberships__until=None).distinct()
    by_id = {one.pk: one for one in people}
    zones = {one.zone for one in by_id.values()}
    wide = timedelta(days=1)
    rows: list[tuple[Person, Stretch]] = []
    if zones:
        start = min(day_bounds(first, zone)[0] for zone in zones) - wide
        end = max(day_bounds(last, zone)[1] for zone in zones) + wide
        rows = [(by_id[one.person_id], one) for one in stretches_of(SYSTEM, by_id, start, end)]
    return sorted(
        (
            (person, one)
            for person, one in rows
            if one.ends_at and first <= one.starts_at.astimezone(person.zone).date() <= last
        ),
        key=lambda row: (row[0].name, row[0].pk, row[1].starts_at),
    )
