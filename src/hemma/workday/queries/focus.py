"""How much of their time teams had planned for focus and were in it: sums, nobody's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Sum

from hemma.people.models import Membership
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, reads
from hemma.planning.models import ActivityKind, Shift
from hemma.workday.models import FocusDay, FocusSeen
from hemma.workday.queries.worked import days_worked


@dataclass(slots=True)
class FocusSums:
    """What a team planned and had from one type of place in a span, in hours.

    `people`: person id → hours worked there, so that who makes groups of them knows how many.
    """

    had_h: float = 0.0
    focus_planned_h: float = 0.0
    planned_h: float = 0.0
    people: dict[int, float] = field(default_factory=dict)


@reads("workday.focus")
def focus_sums(asker: Asker, first: date, last: date) -> dict[tuple[int, str], FocusSums]:
    """(team id, type of place) → sums from `first` to `last`. For Hemma itself, which makes groups.

    Who belongs to several teams is counted in the first of them by name. Raises NotVisible for
    everybody else.
    """
    if not isinstance(asker, System):
        raise NotVisible("workday.focus", "sums")
    teams = main_teams(asker)
    found: dict[tuple[int, str], FocusSums] = defaultdict(FocusSums)
    for one in days_worked(asker, first, last):
        if one.person_id in teams:
            people = found[teams[one.person_id], one.place_type].people
            people[one.person_id] = people.get(one.person_id, 0.0) + one.hours
    rows = FocusDay.objects.filter(day__gte=first, day__lte=last).values_list("team", "place_type")
    for team, place, had in rows.annotate(had=Sum("had_s")):
        found[team, place].had_h += had / 3600
    _plan(found, teams, first, last)
    return dict(found)


def _plan(
    found: dict[tuple[int, str], FocusSums], teams: dict[int, int], first: date, last: date
) -> None:
    """What was planned, of the days by each person's own clock: focus, and hours without rast."""
    leeway = timedelta(days=1)
    shifts = Shift.objects.filter(
        starts_at__date__gte=first - leeway, starts_at__date__lte=last + leeway, person__in=teams
    )
    for shift in shifts.select_related("person__site").prefetch_related("activities"):
        if not first <= shift.starts_at.astimezone(shift.person.zone).date() <= last:
            continue
        mine = found[teams[shift.person_id], shift.place_type]
        mine.planned_h += (shift.ends_at - shift.starts_at) / timedelta(hours=1)
        for part in shift.activities.all():
            length = (part.ends_at - part.starts_at) / timedelta(hours=1)
            mine.focus_planned_h += length if part.kind == ActivityKind.FOCUS else 0
            mine.planned_h -= length if part.kind == ActivityKind.RAST else 0


@reads("people.membership")
def main_teams(_asker: Asker, people: Iterable[int] | None = None) -> dict[int, int]:
    """Person id → the team they are counted in: the first by name of theirs. None: everybody's."""
    rows = Membership.objects.filter(until=None).order_by("team__name", "team")
    if people is not None:
        rows = rows.filter(person__in=set(people))
    found: dict[int, int] = {}
    for person, team in rows.values_list("person_id", "team_id"):
        found.setdefault(person, team)
    return found


@reads("workday.focus")
def focus_seen(asker: Asker) -> tuple[date, date] | None:
    """The first whole day, and the last, that focus was added up of; None before it began."""
    if not isinstance(asker, System):
        raise NotVisible("workday.focus", "sums")
    row = FocusSeen.objects.filter(pk=1).first()
    if row is None:
        return None
    return (row.since + timedelta(days=1)).date(), (row.until - timedelta(days=1)).date()
