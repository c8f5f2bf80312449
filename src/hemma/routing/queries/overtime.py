"""Notes of overtime, extra time and being on call, as the person and their safety representative read them.

The law asks the employer for them (Sweden: arbetstidslagen 11 §), and for letting both see them. They
are made anew from the record, the plan and the list of those on call; nothing of them is stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from hemma.core.rules import builtin
from hemma.core.rules.law import law_of
from hemma.lib import clock
from hemma.people.models import Employment, Grant, Person, Role
from hemma.people.queries import by_name
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, NotVisible, has_role, person_for, reads
from hemma.planning.days import day_bounds
from hemma.planning.queries import shifts_between
from hemma.routing.models import OnCall
from hemma.workday.limits import pack_of
from hemma.workday.overtime import Noted, Sort, noted, together
from hemma.workday.queries import Stretch, stretches_of

FULL_WEEK_H = 40
# Name of a limit in the rule pack → days back from the last day; 0: the calendar's month or year.
LIMITS = {
    "overtime_week_h": 7,
    "overtime_4w_h": 28,
    "overtime_month_h": 0,
    "overtime_year_h": 0,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How much overtime there is of what the law allows. `name` as in the rule pack; hours."""

    name: str
    had: timedelta
    most_h: float

    @property
    def share(self) -> float:
        """What is used up, 0 to 1 and above."""
        return self.had / timedelta(hours=self.most_h)


@dataclass(frozen=True, slots=True)
class Notes:
    """One person's notes of a span of days, first ones first, and the sums beside the law's limits."""

    person: Person
    rows: Sequence[Noted]
    limits: Sequence[Limit]

    def sum_of(self, sort: str) -> timedelta:
        """How long all of one sort is."""
        return sum((one.length for one in self.rows if one.sort == sort), timedelta())


@reads("routing.overtime")
def notes_of(asker: Asker, person_id: int, first: date, last: date) -> Notes:
    """One person's notes of the days from `first` to `last` of their zone, both included.

    For the person and the safety representative of their site; the look is logged. Raises NotVisible.
    """
    if isinstance(asker, Person) and asker.pk != person_id:
        _of_their_site(asker, person_id)
    person = person_for(asker, "routing.overtime", person_id)
    start, end = day_bounds(first, person.zone)[0], day_bounds(last, person.zone)[1]
    year = day_bounds(last.replace(month=1, day=1), person.zone)[0]
    all_of_it = _notes([person], min(start, year), end)[person.pk]
    rows = [one for one in all_of_it if one.ends_at > start]
    return Notes(person, rows, _limits(person, all_of_it, last, end))


@reads("routing.overtime")
def people_with_notes(asker: Asker, first: date, last: date) -> list[Notes]:
    """Everybody of the safety representative's site who has notes in these days, by name."""
    if not isinstance(asker, Person) or not has_role(asker, Role.SAFETY_REP):
        raise NotVisible("routing.overtime", "people")
    rows = Person.objects.filter(is_active=True).select_related("site")
    if (sites := _sites(asker)) is not None:
        rows = rows.filter(site__in=sites)
    people = list(by_name(rows))
    start = day_bounds(first, asker.zone)[0]
    found = _notes(people, start, day_bounds(last, asker.zone)[1])
    return [Notes(one, found[one.pk], ()) for one in people if found[one.pk]]


def _sites(asker: Person) -> list[int] | None:
    """The sites whose safety representative this is; None: of all."""
    grants = Grant.objects.filter(person=asker, role=Role.SAFETY_REP, until=None)
    sites = list(grants.values_list("site_id", flat=True))
    return None if None in sites else [one for one in sites if one is not None]


def _of_their_site(asker: Person, person_id: int) -> None:
    sites = _sites(asker)
    theirs = Person.objects.filter(pk=person_id, **({} if sites is None else {"site__in": sites}))
    if not theirs.exists():
        subject = Person.objects.filter(pk=person_id).first()
        raise NotVisible("routing.overtime", f"person:{person_id}", subject)


def _notes(people: Sequence[Person], start: datetime, end: datetime) -> dict[int, list[Noted]]:
    """Person id → notes, in a fixed number of queries however many they are."""
    ids = [one.pk for one in people]
    worked: dict[int, list[Stretch]] = {pk: [] for pk in ids}
    for row in stretches_of(SYSTEM, ids, start - timedelta(days=1), end):
        worked[row.person_id].append(row)
    planned: dict[int, list[tuple[datetime, datetime]]] = {pk: [] for pk in ids}
    for shift in shifts_between(SYSTEM, ids, start - timedelta(days=1), end):
        planned[shift.person_id].append((shift.starts_at, shift.ends_at))
    rooms = _rooms(ids, end.date())
    found = {one.pk: _of_one(one, worked[one.pk], planned[one.pk], rooms) for one in people}
    listed = OnCall.objects.filter(person__in=ids, starts_at__lt=end, ends_at__gt=start)
    for call in listed:
        until = min(call.ends_at, clock.now())
        if call.starts_at < until:
            found[call.person_id].append(Noted(Sort.ON_CALL, call.starts_at, until))
    return {
        pk: sorted((one for one in notes if start <= one.starts_at < end), key=_when)
        for pk, notes in found.items()
    }


def _when(one: Noted) -> tuple[datetime, str]:
    return one.starts_at, one.sort


def _of_one(
    person: Person,
    worked: Iterable[Stretch],
    planned: Iterable[tuple[datetime, datetime]],
    rooms: dict[int, timedelta],
) -> list[Noted]:
    over = [one for one in worked if one.ends_at is not None]
    return noted(
        [(one.starts_at, one.ends_at) for one in over if one.ends_at is not None],
        [rast for one in over for rast in one.rasts],
        planned,
        room=rooms.get(person.pk, timedelta()),
        zone=person.zone,
    )


def _rooms(ids: Sequence[int], day: date) -> dict[int, timedelta]:
    """Person id → how much extra time a week holds before it is overtime."""
    rows = Employment.objects.filter(person__in=ids, since__lte=day).order_by("since")
    return {
        person: timedelta(hours=float(max(Decimal(0), FULL_WEEK_H - hours)))
        for person, hours in rows.values_list("person_id", "hours_per_week")
    }


def _limits(person: Person, notes: Sequence[Noted], last: date, end: datetime) -> list[Limit]:
    law = law_of(builtin(), pack_of(person), person.zone)
    found = []
    for name, days in LIMITS.items():
        value = law.value(name, int(end.timestamp()) - 1)
        if value is None:
            continue
        since = last - timedelta(days=days - 1) if days else last.replace(day=1)
        since = last.replace(month=1, day=1) if name == "overtime_year_h" else since
        start = day_bounds(since, person.zone)[0]
        found.append(Limit(name, together(notes, start, end, Sort.OVERTIME), value.number))
    return found
