"""Being on call, and the rest that follows it."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hemma.core.routing import PolicySettings
from hemma.desk.models import Case, Queue
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import Asker, standing
from hemma.planning import actions as planning
from hemma.planning import queries as plans
from hemma.routing.models import OnCall
from hemma.routing.queries import rules_of

HANDLING = timedelta(seconds=PolicySettings().unknown_handling_s)


def check_leads(actor: Asker, queue: Queue) -> None:
    """Raise PermissionDenied unless `actor` leads the queue's team or is the system."""
    if not isinstance(actor, System) and queue.team_id not in standing(actor).led:
        raise PermissionDenied("only who leads a queue's team changes how it is routed")


@transaction.atomic
def put_on_call(
    *, actor: Asker, queue: Queue, person: Person, starts_at: datetime, ends_at: datetime
) -> OnCall:
    """List `person` for a closed queue's cases. Raises PermissionDenied, ValidationError."""
    check_leads(actor, queue)
    try:
        with transaction.atomic():
            row = OnCall.objects.create(
                queue=queue, person=person, starts_at=starts_at, ends_at=ends_at
            )
    except IntegrityError as refusal:
        raise ValidationError(
            _("The end has to come after the start, and nobody is on call twice at a time."),
            code="overlap",
        ) from refusal
    record(
        kind="routing.on_call_planned",
        retention=Retention.RECORD,
        actor=None if isinstance(actor, System) else actor,
        subject=person,
        about=f"queue:{queue.pk}",
        data={"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()},
    )
    live.wake("routing")
    return row


@transaction.atomic
def take_off_call(*, actor: Asker, queue: Queue, on_call_id: int) -> None:
    """Nobody is asked by this line of the list any more. Raises PermissionDenied.

    A line that is gone already is no fault: somebody else has taken it away.
    """
    check_leads(actor, queue)
    row = OnCall.objects.filter(pk=on_call_id, queue=queue).select_related("person").first()
    if row is None:
        return
    row.delete()
    record(
        kind="routing.on_call_ended",
        retention=Retention.RECORD,
        actor=None if isinstance(actor, System) else actor,
        subject=row.person,
        about=f"queue:{queue.pk}",
        data={"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()},
    )
    live.wake("routing")


def rest_after(person: Person, case: Case) -> None:
    """Work on call breaks the rest, so the next shift begins when the whole rest has been had.

    Counted from when the case is likely to be done. Nothing happens to whoever is in a shift.
    """
    now = clock.now()
    if plans.shift_now(SYSTEM, person) is not None:
        return
    rules = rules_of(SYSTEM, case.queue_id)
    record(
        kind="routing.worked_on_call",
        retention=Retention.RECORD,
        actor=person,
        subject=person,
        about=f"case:{case.pk}",
        data={"compensation_code": rules.compensation_code},
    )
    done = now + HANDLING
    rest = timedelta(hours=rules.rest_after_h)
    planning.give_rest(actor=SYSTEM, person=person, since=now, until=done + rest)
