"""The working-time record as its two sides see it: start, end, rast and type of place.

Paid pauses are in no table and on no page. No share of anything is worked out of one person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from hemma.lib import clock
from hemma.people.models import Person, Team
from hemma.people.queries import members
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import (
    Asker,
    NotVisible,
    person_for,
    reads,
    standing,
    visible_ids,
)
from hemma.planning.days import day_bounds
from hemma.planning.models import Shift
from hemma.workday.models import Correction, Worked
from hemma.workday.worktime import Span, worked_time

# Who comes so much before their shift begins it early; before that it is work of its own.
EARLY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of work. `ends_at` None: it goes on, and its rasts are not known yet."""

    pk: int
    person_id: int
    starts_at: datetime
    ends_at: datetime | None
    place_type: str
    rasts: tuple[Span, ...]
    outside: bool
    end_is_plans: bool
    corrected: bool

    @property
    def worked(self) -> timedelta | None:
        """Working time; None while it goes on."""
        return worked_time((self.starts_at, self.ends_at), self.rasts) if self.ends_at else None

    @property
    def rast(self) -> timedelta:
        """All of the rast."""
        return sum((end - start for start, end in self.rasts), timedelta())


@reads("workday.hours")
def stretches_of(
    asker: Asker, people: Iterable[int], start: datetime, end: datetime
) -> list[Stretch]:
    """What those of `people` whom `asker` may see worked from `start` on and before `end`."""
    seen = visible_ids(asker, "workday.hours", people)
    rows = Worked.objects.filter(person__in=seen, starts_at__gte=start, starts_at__lt=end)
    rows = rows.order_by("starts_at").prefetch_related("rasts", "corrections")
    return [
        Stretch(
            row.pk,
            row.person_id,
            row.starts_at,
            row.ends_at,
            row.place_type,
            tuple((one.starts_at, one.ends_at) for one in row.rasts.all()),
            row.outside,
            row.end_is_plans,
            any(one.agreed for one in row.corrections.all()),
        )
        for row in rows
    ]


@reads("workday.hours")
def hours_of(asker: Asker, person: Person, first: date, last: date) -> list[Stretch]:
    """What `person` worked on the days from `first` to `last` of their zone, both included.

    Raises NotVisible for who is neither the person nor leads them.
    """
    person_for(asker, "workday.hours", person.pk)
    start, end = day_bounds(first, person.zone)[0], day_bounds(last, person.zone)[1]
    return stretches_of(asker, [person.pk], start, end)


@reads("workday.hours")
def stretch_of(asker: Asker, worked_id: int) -> tuple[Person, Stretch]:
    """One stretch and whose it is. Raises NotVisible for one that is not there for `asker`."""
    row = Worked.objects.filter(pk=worked_id).select_related("person__site").first()
    if row is None or row.person_id not in visible_ids(asker, "workday.hours", [row.person_id]):
        raise NotVisible("workday.hours", f"worked:{worked_id}")
    person_for(asker, "workday.hours", row.person_id)
    until = row.starts_at + timedelta(seconds=1)
    found = stretches_of(asker, [row.person_id], row.starts_at, until)
    return row.person, found[0]


@dataclass(frozen=True, slots=True)
class PersonHours:
    """One person of a team and what they worked, first ones first."""

    person: Person
    stretches: tuple[Stretch, ...]

    @property
    def worked(self) -> timedelta:
        """The sum of what is over."""
        return sum((one.worked for one in self.stretches if one.worked), timedelta())


@reads("workday.hours")
def led_team(asker: Person, team_id: int | None) -> tuple[Team, list[Team]]:
    """One of the teams that `asker` leads, the first when none is named, and all of them.

    Raises NotVisible for any other.
    """
    teams = list(
        Team.objects.filter(pk__in=standing(asker).led).select_related("site").order_by("name")
    )
    for team in teams:
        if team_id is None or team.pk == team_id:
            return team, teams
    raise NotVisible("workday.hours", f"team:{team_id}" if team_id else "")


@reads("workday.hours")
def hours_of_team(asker: Asker, team: Team, first: date, last: date) -> list[PersonHours]:
    """Everybody of a team by name, in a fixed number of queries. For who leads it."""
    if not isinstance(asker, System) and team.pk not in standing(asker).led:
        raise NotVisible("workday.hours", f"team:{team.pk}")
    people = list(members(asker, team))
    zone = people[0].zone if people else clock.now().tzinfo
    assert zone is not None  # noqa: S101 - aware times have one
    start, end = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    rows = stretches_of(SYSTEM, [one.pk for one in people], start, end)
    return [
        PersonHours(one, tuple(row for row in rows if row.person_id == one.pk)) for one in people
    ]


@reads("workday.hours")
def corrections_of(asker: Asker, people: Iterable[int]) -> list[Correction]:
    """What has been proposed about those of `people` whom `asker` may see, last ones first."""
    seen = visible_ids(asker, "workday.hours", people)
    rows = Correction.objects.filter(person__in=seen)
    return list(rows.select_related("person", "proposed_by", "answered_by").order_by("-pk")[:50])


@reads("workday.hours")
def open_corrections(asker: Asker, people: Iterable[int]) -> list[Correction]:
    """Those that wait for an answer, first ones first."""
    seen = visible_ids(asker, "workday.hours", people)
    rows = Correction.objects.filter(person__in=seen, answered_at=None)
    return list(rows.select_related("person__site", "proposed_by").order_by("pk"))


@reads("workday.hours")
def correction_of(asker: Asker, correction_id: int) -> Correction:
    """One of them. Raises NotVisible for one that is not there for `asker`."""
    row = Correction.objects.filter(pk=correction_id).select_related("person").first()
    if row is None or row.person_id not in visible_ids(asker, "workday.hours", [row.person_id]):
        raise NotVisible("workday.hours", f"correction:{correction_id}")
    return row


@reads("workday.hours")
def running(asker: Person) -> Worked | None:
    """The stretch of `asker` that goes on."""
    return Worked.objects.filter(person=asker, ends_at=None).first()


@reads("workday.hours")
def past_hours(asker: Person) -> Worked | None:
    """The stretch of `asker` that goes on outside of their hours, unless they said that it does.

    One query: it is asked on every page.
    """
    now = clock.now()
    shift = Shift.objects.filter(person=OuterRef("person"), starts_at__lte=now, ends_at__gt=now)
    rows = Worked.objects.filter(person=asker, ends_at=None).exclude(Exists(shift))
    # Who has come early is not late.
    soon = Shift.objects.filter(
        person=OuterRef("person"), starts_at__gt=now, starts_at__lte=now + EARLY
    )
    return rows.exclude(Exists(soon)).exclude(goes_on_until__gt=now).first()
