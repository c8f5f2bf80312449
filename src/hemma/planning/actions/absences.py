"""Being away: said in one click, kept without a reason, taken back as easily."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import Asker
from hemma.planning.actions.telling import check_may_plan, tell
from hemma.planning.days import day_bounds
from hemma.planning.models import Absence, Shift


@transaction.atomic
def call_in_sick(*, actor: Person) -> Absence:
    """`actor` is away for the rest of today; nobody asks why. Said twice it is said once.

    Today is the day of the person's own zone, and a night shift that is under way counts to it.
    """
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    now = clock.now()
    known = Absence.objects.filter(person=actor, starts_at__lte=now, ends_at__gt=now).first()
    if known is not None:
        return known
    _midnight, ends_at = day_bounds(now.astimezone(actor.zone).date(), actor.zone)
    running = Shift.objects.filter(person=actor, starts_at__lte=now, ends_at__gt=ends_at).first()
    if running is not None:
        ends_at = running.ends_at
    ahead = Absence.objects.filter(person=actor, starts_at__gt=now, starts_at__lt=ends_at).first()
    if ahead is not None:  # one that was planned goes on from there
        ends_at = ahead.starts_at
    return _store(actor, actor, now, ends_at)


@transaction.atomic
def back_again(*, actor: Person) -> None:
    """`actor` is here after all: the absence of this moment ends now. Without one, nothing."""
    now = clock.now()
    rows = Absence.objects.select_for_update().filter(
        person=actor, starts_at__lte=now, ends_at__gt=now
    )
    for row in rows:
        if row.starts_at < now:
            row.ends_at = now
            row.save(update_fields=["ends_at"])
        else:
            row.delete()
        tell("planning.absence_ended", actor=actor, person=actor, about="", data={})


@transaction.atomic
def add_absence(*, actor: Asker, person: Person, starts_at: datetime, ends_at: datetime) -> Absence:
    """Plan that `person` is away. Times are aware; there is no reason to give.

    Raises PermissionDenied unless `actor` plans, leads the person or is the system, and
    ValidationError (codes `order`, `overlap`).
    """
    check_may_plan(actor, person)
    if ends_at <= starts_at:
        raise ValidationError(_("The end has to come after the start."), code="order")
    return _store(actor, person, starts_at, ends_at)


def _store(actor: Asker, person: Person, starts_at: datetime, ends_at: datetime) -> Absence:
    try:
        with transaction.atomic():
            row = Absence.objects.create(person=person, starts_at=starts_at, ends_at=ends_at)
    except IntegrityError as refusal:
        if "absence_never_two_at_once" not in str(refusal):
            raise
        raise ValidationError(
            _("%(name)s is away then already."), code="overlap", params={"name": person.first_name}
        ) from refusal
    tell(
        "planning.absence_added",
        actor=actor,
        person=person,
        about=f"absence:{row.pk}",
        data={"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()},
    )
    return row
