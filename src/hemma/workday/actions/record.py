"""The working-time record: it follows from the day a person has, and is never measured.

A day begins in it when the person says that they are here, and ends when they say goodbye. Whoever
forgets goodbye went home when the plan says, until they say otherwise.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.keeping import years_after
from hemma.people.models import Person, Place
from hemma.people.queries import people_by_record_years
from hemma.people.system import SYSTEM, System
from hemma.planning import queries as planning
from hemma.planning.models import Activity, ActivityKind
from hemma.workday.models import Correction, Mode, ModeSpell, Worked, WorkedRast
from hemma.workday.queries.hours import EARLY
from hemma.workday.worktime import Span, minute, rasts_had

# After the planned end the page asks; without an answer for so long, the plan's end stands.
ASKED_FOR = timedelta(minutes=30)
A_WHILE = timedelta(hours=1)
WITH_CUSTOMER = (Mode.IN_CONTACT, Mode.WRAP_UP)


def follow(person: Person, mode: str) -> None:
    """Begin or end a stretch of the record with the mode that `person` has chosen."""
    open_now = Worked.objects.select_for_update().filter(person=person, ends_at=None).first()
    if mode == Mode.OFF:
        if open_now is not None:
            close(open_now, clock.now())
        return
    if open_now is None:
        _open(person)


def _open(person: Person) -> Worked:
    now = minute(clock.now())
    shift = planning.shift_now(SYSTEM, person)
    coming = planning.next_shift(SYSTEM, person) if shift is None else None
    soon = coming is not None and coming.starts_at <= now + EARLY
    place = shift.place_type if shift else coming.place_type if coming and soon else Place.OTHER
    # Back within the minute in which one left: the two stretches must not touch a second twice.
    last = Worked.objects.filter(person=person, ends_at__gt=now).order_by("-ends_at").first()
    row = Worked.objects.create(
        person=person,
        starts_at=last.ends_at if last is not None and last.ends_at else now,
        place_type=place,
        outside=shift is None and not soon,
    )
    _note("workday.work_begun", row)
    return row


def close(row: Worked, at: datetime, *, end_is_plans: bool = False) -> None:
    """End a stretch, with the rasts that were had in it. One shorter than a minute is none."""
    ends_at = minute(at)
    if ends_at <= row.starts_at:
        row.delete()
        return
    row.ends_at, row.end_is_plans = ends_at, end_is_plans
    row.save(update_fields=["ends_at", "end_is_plans"])
    spans = rasts_of(row.person_id, (row.starts_at, ends_at))
    WorkedRast.objects.bulk_create(
        WorkedRast(worked=row, starts_at=start, ends_at=end) for start, end in spans
    )
    _note("workday.work_ended", row)
    live.publish(f"person:{row.person_id}")


def rasts_of(person: int, stretch: Span) -> list[Span]:
    """The rasts a person had in a stretch, by the plan and by what they chose."""
    start, end = stretch
    planned = Activity.objects.filter(
        shift__person=person, kind=ActivityKind.RAST, starts_at__lt=end, ends_at__gt=start
    ).values_list("starts_at", "ends_at")
    spells = ModeSpell.objects.filter(
        Q(until=None) | Q(until__gt=start),
        person=person,
        since__lt=end,
        mode__in=(Mode.MEAL, *WITH_CUSTOMER),
    ).values_list("mode", "since", "until")
    rows = [(mode, (since, until or end)) for mode, since, until in spells]
    chosen = [span for mode, span in rows if mode == Mode.MEAL]
    busy = [span for mode, span in rows if mode != Mode.MEAL]
    return rasts_had(stretch, planned, chosen, busy)


@transaction.atomic
def go_on(*, actor: Person, place_type: str = "") -> Worked:
    """`actor` works outside of their hours for a while, by their own choice: it is working time.

    `place_type` says where from, when it is not a shift that goes on.
    """
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    row = Worked.objects.select_for_update().filter(person=actor, ends_at=None).first()
    if row is None:
        row = _open(actor)
    if place_type in Place.values and row.outside:
        row.place_type = place_type
    row.goes_on_until = clock.now() + A_WHILE
    row.save(update_fields=["goes_on_until", "place_type"])
    _note("workday.work_goes_on", row)
    live.publish(f"person:{actor.pk}")
    return row


@transaction.atomic
def close_forgotten(*, actor: System = SYSTEM) -> list[Person]:  # noqa: ARG001
    """End the days of those whose hours are over and who said neither goodbye nor that they go on.

    The end is the plan's, or that of the last contact if one ran over it. Returns whose.
    """
    now = clock.now()
    closed = []
    rows = Worked.objects.select_for_update(of=("self",), skip_locked=True).filter(ends_at=None)
    rows = rows.exclude(goes_on_until__gt=now).select_related("person__site")
    still = planning.shifts_now(SYSTEM, rows.values_list("person_id", flat=True))
    for row in rows:
        if row.person_id in still or _with_customer(row.person_id):
            continue
        ends_at = _said_end(row)
        if now < ends_at + ASKED_FOR:
            continue
        close(row, ends_at, end_is_plans=True)
        closed.append(row.person)
    return closed


def _with_customer(person: int) -> bool:
    return ModeSpell.objects.filter(person=person, until=None, mode__in=WITH_CUSTOMER).exists()


def _said_end(row: Worked) -> datetime:
    """Until when we know of work: the plan's end, the last contact's, what the person said."""
    known = [row.starts_at + timedelta(minutes=1)]
    shifts = row.person.shifts.filter(ends_at__gt=row.starts_at, starts_at__lte=clock.now())
    known += [shift.ends_at for shift in shifts]
    contacts = ModeSpell.objects.filter(
        person=row.person_id, mode__in=WITH_CUSTOMER, since__gte=row.starts_at
    )
    known += [until for until in contacts.values_list("until", flat=True) if until]
    if row.goes_on_until is not None:
        known.append(row.goes_on_until)
    return max(known)


@transaction.atomic
def book_away(*, actor: Person, starts_at: datetime, ends_at: datetime) -> bool:
    """Have time that `actor` stepped away be no working time; by their own choice alone.

    Returns whether there was anything to book: only closed stretches of one's own can hold it.
    """
    row = (
        Worked.objects.select_for_update()
        .filter(person=actor, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .first()
    )
    if row is None or row.ends_at is None:
        return False
    start, end = max(minute(starts_at), row.starts_at), min(minute(ends_at), row.ends_at)
    taken = row.rasts.filter(starts_at__lt=end, ends_at__gt=start)
    if start >= end or taken.exists():
        return False
    WorkedRast.objects.create(worked=row, starts_at=start, ends_at=end)
    _note("workday.away_booked", row)
    return True


def forget_old(*, actor: System = SYSTEM) -> int:  # noqa: ARG001 - it leaves no trace, on purpose
    """Delete what the law of each one's country no longer asks for; returns how many stretches."""
    gone = 0
    for years, people in people_by_record_years(SYSTEM).items():
        before = years_after(clock.now(), -years)
        Correction.objects.filter(person__in=people, ends_at__lt=before).delete()
        rows = Worked.objects.filter(person__in=people, ends_at__lt=before)
        gone += rows.delete()[1].get("workday.Worked", 0)
    return gone


def _note(kind: str, row: Worked) -> None:
    record(
        kind=kind,
        retention=Retention.RECORD,
        actor=row.person,
        subject=row.person,
        about=f"worked:{row.pk}",
        data={"starts_at": row.starts_at.isoformat()},
    )
