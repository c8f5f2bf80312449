"""A team's week as a table: one row a person, one cell a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hemma.people.models import Person, Team
from hemma.people.visibility import Asker, reads
from hemma.planning.days import day_bounds
from hemma.planning.models import Absence, Activity, ActivityKind, Shift
from hemma.planning.queries.absences import absences_between
from hemma.planning.queries.shifts import shifts_between
from hemma.planning.queries.teams import planned_people


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one person, in the person's own zone. `focus`: parts that are off the queue."""

    shifts: tuple[Shift, ...]
    away: bool
    focus: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One person's week."""

    person: Person
    cells: tuple[Cell, ...]


@reads("planning.shift", "planning.absence", "planning.activity")
def week_of(asker: Asker, team: Team, monday: date) -> list[WeekRow]:
    """The week that begins on `monday`, in a fixed number of queries."""
    people = list(planned_people(asker, team))
    ids = [person.pk for person in people]
    # A day wider on both sides: people of one team may live in different zones.
    zone = people[0].zone if people else UTC
    start = day_bounds(monday - timedelta(days=1), zone)[0]
    end = day_bounds(monday + timedelta(days=8), zone)[0]
    shifts = shifts_between(asker, ids, start, end)
    away = absences_between(asker, ids, start, end)
    focus = list(
        Activity.objects.filter(shift__in=shifts, kind=ActivityKind.FOCUS).order_by("starts_at")
    )
    return [
        WeekRow(
            person,
            tuple(
                _cell(person, monday + timedelta(days=day), shifts, away, focus) for day in range(7)
            ),
        )
        for person in people
    ]


def _cell(
    person: Person, day: date, shifts: list[Shift], away: list[Absence], focus: list[Activity]
) -> Cell:
    first, last = day_bounds(day, person.zone)
    mine = tuple(
        one for one in shifts if one.person_id == person.pk and first <= one.starts_at < last
    )
    held = {one.pk for one in mine}
    return Cell(
        mine,
        _touches(person, first, last, away),
        tuple(one for one in focus if one.shift_id in held),
    )


def _touches(person: Person, first: datetime, last: datetime, away: list[Absence]) -> bool:
    return any(
        one.person_id == person.pk and one.starts_at < last and one.ends_at > first for one in away
    )
