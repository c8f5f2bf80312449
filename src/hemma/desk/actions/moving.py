"""Where a case stands: waiting for the customer, put away for a while, solved, open again."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import holding
from hemma.desk.actions.freedom import lock_free
from hemma.desk.actions.telling import refresh, tell
from hemma.desk.actions.undoing import way_back
from hemma.desk.models import Case
from hemma.desk.opening import promise_for
from hemma.desk.queries.queues import opening_of
from hemma.journal.actions import schedule
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System


@transaction.atomic
def solve(*, actor: Person, case: Case) -> UUID:
    """Nothing more is to be done. Returns the way back."""
    locked = lock_free(actor, case)
    with way_back(actor, [locked]) as way:
        _put(locked, Case.State.SOLVED)
        holding.end(locked)
    tell("case.solved", locked, actor=actor)
    return way.token


@transaction.atomic
def wait_for_customer(*, actor: Person, case: Case) -> UUID:
    """The customer has the next word. Returns the way back."""
    locked = lock_free(actor, case)
    with way_back(actor, [locked]) as way:
        _put(locked, Case.State.ANSWERED)
    tell("case.waits_for_customer", locked, actor=actor)
    return way.token


@transaction.atomic
def reopen(*, actor: Person, case: Case) -> UUID:
    """The case waits for us again, with a new promise. Returns the way back."""
    locked = lock_free(actor, case)
    with way_back(actor, [locked]) as way:
        _put(locked, Case.State.OPEN)
    tell("case.reopened", locked, actor=actor)
    live.wake("routing")
    return way.token


@transaction.atomic
def snooze(*, actor: Person, case: Case, until: datetime) -> UUID:
    """Put a case away until a moment ahead; a customer who writes brings it back at once."""
    if until <= clock.now():
        raise ValidationError(_("That time has passed. Choose one that lies ahead."))
    locked = lock_free(actor, case)
    if locked.promised_at and locked.state == Case.State.OPEN and until > locked.promised_at:
        raise ValidationError(_("The customer was promised an answer before that."))
    with way_back(actor, [locked]) as way:
        locked.snoozed_until = until
        locked.changed_at = clock.now()
        locked.save(update_fields=["snoozed_until", "changed_at"])
    schedule(task="desk.wake_case", at=until, key=f"wake_case:{locked.pk}", case_id=locked.pk)
    tell("case.snoozed", locked, actor=actor)
    return way.token


@transaction.atomic
def wake(*, actor: System = SYSTEM, case_id: int) -> None:
    """Bring back a case whose time has come."""
    del actor
    due = Case.objects.filter(pk=case_id, snoozed_until__lte=clock.now())
    case = due.select_for_update(of=("self",)).first()
    if case is None:
        return
    case.snoozed_until = None
    case.save(update_fields=["snoozed_until"])
    live.wake("routing")
    refresh(case)


def _put(case: Case, state: str) -> None:
    now = clock.now()
    is_open = state == Case.State.OPEN
    was_open = case.state == Case.State.OPEN
    if is_open and not was_open:
        case.waiting_since = now
        case.promised_at = promise_for(
            opening_of(SYSTEM, case.queue), now, case.queue.answer_within
        )
    elif not is_open:
        case.waiting_since = case.promised_at = None
    case.state, case.changed_at, case.snoozed_until = state, now, None
    case.solved_at = now if state == Case.State.SOLVED else None
    case.save(
        update_fields=[
            "state",
            "waiting_since",
            "promised_at",
            "solved_at",
            "snoozed_until",
            "changed_at",
        ]
    )
