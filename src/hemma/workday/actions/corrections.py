"""Correcting the record: one says how it was, the other agrees, and what stood before is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Membership, Person, Place, Team
from hemma.people.visibility import NotVisible, standing
from hemma.workday.models import Correction, Worked, WorkedRast
from hemma.workday.worktime import Span

LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Said:
    """How a stretch was, by one of the two. Times aware; `rasts` in order."""

    span: Span
    place_type: str
    rasts: tuple[Span, ...] = ()


def leaders_of(person: Person) -> set[int]:
    """Who leads `person` now, without themself."""
    teams = Team.objects.filter(
        pk__in=Membership.objects.filter(person=person, until=None).values("team")
    ).values_list("leader", "substitute")
    return {one for pair in teams for one in pair if one is not None} - {person.pk}


def _leads(actor: Person, person: Person) -> bool:
    led = standing(actor).led
    return Membership.objects.filter(person=person, until=None, team__in=led).exists()


@transaction.atomic
def propose(*, actor: Person, person: Person, said: Said, worked_id: int | None) -> Correction:
    """`actor` says how a stretch of `person` was (None: one that is missing). The other one answers.

    Where nobody leads the person it holds at once. A proposal that waits is replaced. Raises
    NotVisible for who is neither the person nor leads them, ValidationError (codes `order`,
    `rast`, `ahead`, `place`, `overlap`, `open`).
    """
    if actor.pk != person.pk and not _leads(actor, person):
        raise NotVisible("workday.hours", f"person:{person.pk}", person)
    worked = _closed(person, worked_id)
    _check(person, said, worked)
    waiting = Correction.objects.filter(person=person, answered_at=None)
    if worked is not None:
        waiting.filter(worked=worked).delete()
    else:
        start, end = said.span
        waiting.filter(worked=None, starts_at__lt=end, ends_at__gt=start).delete()
    row = Correction.objects.create(
        person=person,
        worked=worked,
        starts_at=said.span[0],
        ends_at=said.span[1],
        place_type=said.place_type,
        rasts=_written(said.rasts),
        proposed_by=actor,
        proposed_at=clock.now(),
    )
    leaders = leaders_of(person)
    if actor.pk == person.pk and not leaders:
        _hold(row, actor)
        return row
    _tell(row, leaders if actor.pk == person.pk else {person.pk})
    return row


def _closed(person: Person, worked_id: int | None) -> Worked | None:
    if worked_id is None:
        return None
    worked = Worked.objects.select_for_update().filter(pk=worked_id, person=person).first()
    if worked is None:
        raise NotVisible("workday.hours", f"worked:{worked_id}")
    if worked.ends_at is None:
        raise ValidationError(
            _("This day goes on. It can be corrected when it is over."), code="open"
        )
    return worked


def _check(person: Person, said: Said, worked: Worked | None) -> None:
    start, end = said.span
    if not start < end <= start + LONGEST:
        raise ValidationError(_("The end has to come after the start."), code="order")
    if end > clock.now():
        raise ValidationError(_("Only what has been can be corrected."), code="ahead")
    if said.place_type not in Place.values:
        raise ValidationError(_("There is no such type of place."), code="place")
    inside = all(start <= a < b <= end for a, b in said.rasts)
    if not inside or any(right[0] < left[1] for left, right in pairwise(said.rasts)):
        raise ValidationError(
            _("Meal breaks lie inside the working day, one after the other."), code="rast"
        )
    others = Worked.objects.filter(person=person, starts_at__lt=end)
    others = others.exclude(ends_at__lte=start)
    if worked is not None:
        others = others.exclude(pk=worked.pk)
    if others.exists():
        raise ValidationError(_("Other work is written down for that time."), code="overlap")


def _written(rasts: Sequence[Span]) -> list[list[str]]:
    return [[start.isoformat(), end.isoformat()] for start, end in rasts]


@transaction.atomic
def answer(*, actor: Person, correction_id: int, agree: bool) -> None:
    """The other one of the two agrees, or does not. Raises NotVisible for anybody else."""
    row = Correction.objects.select_for_update(of=("self",)).filter(
        pk=correction_id, answered_at=None
    )
    found = row.select_related("person").first()
    if found is None or not _may_answer(actor, found):
        raise NotVisible("workday.hours", f"correction:{correction_id}")
    if agree:
        _hold(found, actor)
        return
    found.answered_by, found.answered_at = actor, clock.now()
    found.save(update_fields=["answered_by", "answered_at"])
    _note("workday.correction_declined", found, actor)
    _show(found)


def _may_answer(actor: Person, row: Correction) -> bool:
    if row.proposed_by_id == row.person_id:
        return actor.pk != row.person_id and _leads(actor, row.person)
    return actor.pk == row.person_id


def _hold(row: Correction, actor: Person) -> None:
    worked = row.worked
    if worked is not None:
        worked = Worked.objects.select_for_update().get(pk=worked.pk)
        row.before = {
            "starts_at": worked.starts_at.isoformat(),
            "ends_at": worked.ends_at.isoformat() if worked.ends_at else "",
            "place_type": worked.place_type,
            "rasts": _written(list(worked.rasts.values_list("starts_at", "ends_at"))),
        }
    else:
        worked = Worked(person=row.person)
    worked.starts_at, worked.ends_at = row.starts_at, row.ends_at
    worked.place_type, worked.end_is_plans = row.place_type, False
    try:
        with transaction.atomic():
            worked.save()
            worked.rasts.all().delete()
            WorkedRast.objects.bulk_create(
                WorkedRast(worked=worked, starts_at=start, ends_at=end) for start, end in row.rasts
            )
    except IntegrityError as refusal:  # written down meanwhile
        raise ValidationError(
            _("Other work is written down for that time."), code="overlap"
        ) from refusal
    row.worked, row.agreed = worked, True
    row.answered_by, row.answered_at = actor, clock.now()
    row.save()
    _note("workday.hours_corrected", row, actor)
    _show(row)


def _tell(row: Correction, people: set[int]) -> None:
    _note("workday.correction_proposed", row, row.proposed_by)
    for one in Person.objects.filter(pk__in=people, is_active=True):
        put_in_outbox(kind="workday.hours_proposed", person=one, about=f"person:{row.person_id}")
    _show(row)


def _note(kind: str, row: Correction, actor: Person) -> None:
    record(
        kind=kind,
        retention=Retention.RECORD,
        actor=actor,
        subject=row.person,
        about=f"worked:{row.worked_id or 0}",
        data={
            "starts_at": row.starts_at.isoformat(),
            "ends_at": row.ends_at.isoformat(),
            "rasts": row.rasts,
            "before": row.before,
        },
    )


def _show(row: Correction) -> None:
    live.publish(f"person:{row.person_id}")
