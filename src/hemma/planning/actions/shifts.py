"""Shifts and what is in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import live
from hemma.people.models import Membership, Person, Place
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, visible_ids
from hemma.planning.actions.telling import check_may_plan, tell
from hemma.planning.models import Activity, ActivityKind, Shift

type Part = tuple[str, datetime, datetime, str]
"""A part of a shift: kind, start, end (aware), label."""


@transaction.atomic
def add_shift(
    *,
    actor: Asker,
    person: Person,
    starts_at: datetime,
    ends_at: datetime,
    place_type: str,
    activities: Iterable[Part] = (),
) -> Shift:
    """Plan a shift with what is in it. Times are aware; activities lie inside and never overlap.

    Raises PermissionDenied unless `actor` plans, leads the person or is the system, and
    ValidationError (codes `order`, `place`, `kind`, `outside`, `overlap`) that names the times.
    """
    check_may_plan(actor, person)
    parts = sorted(activities, key=lambda part: part[1])
    _check_times(person, starts_at, ends_at, place_type, parts)
    shift = Shift(person=person, starts_at=starts_at, ends_at=ends_at, place_type=place_type)
    _store(shift, parts)
    tell(
        "planning.shift_added",
        actor=actor,
        person=person,
        about=f"shift:{shift.pk}",
        data={"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()},
    )
    return shift


def _check_times(
    person: Person, starts_at: datetime, ends_at: datetime, place_type: str, parts: Sequence[Part]
) -> None:
    if place_type not in Place.values:
        raise ValidationError(_("There is no such type of place."), code="place")
    for start, end in [(starts_at, ends_at), *((part[1], part[2]) for part in parts)]:
        if end <= start:
            raise ValidationError(
                _("%(span)s: the end has to come after the start."),
                code="order",
                params={"span": _span(person, start, end)},
            )
    for kind, start, end, _label in parts:
        if kind not in ActivityKind.values:
            raise ValidationError(_("There is no such activity."), code="kind")
        if start < starts_at or end > ends_at:
            raise ValidationError(
                _("%(span)s lies outside the shift %(shift)s."),
                code="outside",
                params={
                    "span": _span(person, start, end),
                    "shift": _span(person, starts_at, ends_at),
                },
            )


def _store(shift: Shift, parts: Sequence[Part]) -> None:
    """Insert and let the database judge overlaps: it also sees what another planner adds just now."""
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError as refusal:
        _refuse(refusal, "shift_never_two_at_once", shift, _in_the_way(shift))
    try:
        with transaction.atomic():
            Activity.objects.bulk_create(
                Activity(shift=shift, kind=kind, starts_at=start, ends_at=end, label=label)
                for kind, start, end, label in parts
            )
    except IntegrityError as refusal:
        _refuse(refusal, "activity_never_two_at_once", shift, _first_overlap(parts))


def _refuse(
    refusal: IntegrityError,
    constraint: str,
    shift: Shift,
    pair: tuple[tuple[datetime, datetime], tuple[datetime, datetime]] | None,
) -> None:
    """Turn the database's refusal into words; any other one goes on as it came."""
    if constraint not in str(refusal) or pair is None:
        raise refusal
    raise ValidationError(
        _("%(new)s overlaps %(old)s."),
        code="overlap",
        params={"new": _span(shift.person, *pair[0]), "old": _span(shift.person, *pair[1])},
    ) from refusal


def _in_the_way(
    shift: Shift,
) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]] | None:
    old = Shift.objects.filter(
        person=shift.person, starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at
    ).first()
    return ((shift.starts_at, shift.ends_at), (old.starts_at, old.ends_at)) if old else None


def _first_overlap(
    parts: Sequence[Part],
) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]] | None:
    for (_k1, start1, end1, _l1), (_k2, start2, end2, _l2) in pairwise(parts):
        if start2 < end1:
            return (start2, end2), (start1, end1)
    return None


def _span(person: Person, start: datetime, end: datetime) -> str:
    """Two times in the person's zone, with the date: 2026-11-23 08:00–16:45."""
    first, last = start.astimezone(person.zone), end.astimezone(person.zone)
    return f"{first:%Y-%m-%d %H:%M}–{last:%H:%M}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A shift that is to be planned together with many others; the same shapes as `add_shift`."""

    person: Person
    starts_at: datetime
    ends_at: datetime
    place_type: str
    activities: tuple[Part, ...] = ()


@transaction.atomic
def add_shifts(*, actor: Asker, plans: Sequence[Plan]) -> int:
    """Plan many shifts at once, in a few statements whatever their number; how many.

    Everything or nothing. Raises what `add_shift` raises, but an overlap as IntegrityError: who
    plans for a thousand has looked before.
    """
    for plan in plans:
        check_may_plan(actor, plan.person)
        _check_times(plan.person, plan.starts_at, plan.ends_at, plan.place_type, plan.activities)
    shifts = Shift.objects.bulk_create(
        [
            Shift(
                person=plan.person,
                starts_at=plan.starts_at,
                ends_at=plan.ends_at,
                place_type=plan.place_type,
            )
            for plan in plans
        ]
    )
    Activity.objects.bulk_create(
        (
            Activity(shift=shift, kind=kind, starts_at=start, ends_at=end, label=label)
            for shift, plan in zip(shifts, plans, strict=True)
            for kind, start, end, label in plan.activities
        ),
        batch_size=5000,
    )
    record(
        kind="planning.shifts_added",
        retention=Retention.RECORD,
        actor=None if isinstance(actor, System) else actor,
        data={"shifts": len(shifts)},
    )
    teams = Membership.objects.filter(person__in=[plan.person for plan in plans], until=None)
    for team in teams.values_list("team", flat=True).distinct():
        live.publish(f"team:{team}")
    live.wake("routing")
    return len(shifts)


@transaction.atomic
def remove_shift(*, actor: Asker, shift_id: int) -> None:
    """Take a shift out of the plan. Raises NotVisible for one that is not there for `actor`."""
    shift = Shift.objects.select_for_update(of=("self",)).filter(pk=shift_id).first()
    if shift is None or shift.person_id not in visible_ids(
        actor, "planning.shift", [shift.person_id]
    ):
        raise NotVisible("planning.shift", f"shift:{shift_id}")
    check_may_plan(actor, shift.person)
    starts_at, ends_at, person = shift.starts_at, shift.ends_at, shift.person
    shift.delete()
    tell(
        "planning.shift_removed",
        actor=actor,
        person=person,
        about=f"shift:{shift_id}",
        data={"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()},
    )


@transaction.atomic
def give_rest(*, actor: System, person: Person, since: datetime, until: datetime) -> int:
    """Have no shift of `person` begin between `since` and `until`; returns how many were moved.

    A shift begins later and keeps its end, a part inside begins later or goes; one that would end
    in the rest goes altogether. Rest is never asked back.
    """
    shifts = Shift.objects.select_for_update(of=("self",)).filter(
        person=person, starts_at__gte=since, starts_at__lt=until
    )
    moved = list(shifts)
    for shift in moved:
        before = shift.starts_at
        if shift.ends_at <= until:
            shift.delete()
        else:
            shift.activities.filter(ends_at__lte=until).delete()
            shift.activities.filter(starts_at__lt=until).update(starts_at=until)
            shift.starts_at = until
            shift.save(update_fields=["starts_at"])
        tell(
            "planning.rest_given",
            actor=actor,
            person=person,
            about=f"shift:{shift.pk or 0}",
            data={"starts_at": before.isoformat(), "until": until.isoformat()},
        )
    return len(moved)
