"""An answer can be taken back for ten seconds: nothing has left the house until then."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import holding
from hemma.desk.actions.telling import tell
from hemma.desk.mail_models import TakeBack
from hemma.desk.models import Case, Holding, Message, OutgoingMail
from hemma.lib import clock, live
from hemma.people.models import Person

UNDO = timedelta(seconds=10)


class TooLate(ValidationError):  # an outcome that people meet
    """The answer has left."""


def remember(case: Case) -> TakeBack:
    """The case as it stands before an answer; `keep` stores it with the answer."""
    return TakeBack(
        state=case.state,
        waiting_since=case.waiting_since,
        promised_at=case.promised_at,
        solved_at=case.solved_at,
        held=Holding.objects.current().filter(case=case).exists(),
    )


def keep(before: TakeBack, message: Message, case: Case) -> None:
    """Let the answer be taken back until its mail leaves."""
    before.message, before.changed_at = message, case.changed_at
    before.until = message.at + UNDO
    before.save(force_insert=True)


@transaction.atomic
def take_back(*, actor: Person, case: Case, message_id: int) -> str:
    """Take one's own answer back; its words. Raises TooLate, NotVisible."""
    locked = holding.lock(actor, case)
    row = (
        OutgoingMail.objects.select_for_update(of=("self",))
        .select_related("message")
        .filter(
            pk=message_id,
            message__case=locked,
            message__author=actor,
            state=OutgoingMail.State.QUEUED,
            attempts=0,
        )
        .first()
    )
    before = TakeBack.objects.filter(message=message_id).first()
    if row is None or before is None or clock.now() >= before.until:
        raise TooLate(_("It has left already. You can write once more."))
    text = row.message.text
    if locked.changed_at == before.changed_at:
        _restore(actor, locked, before)
    row.message.delete()
    tell("case.answer_taken_back", locked, actor=actor, subject=actor)
    live.publish(f"person:{actor.pk}", f"cases:{actor.pk}")
    return text


def _restore(actor: Person, case: Case, before: TakeBack) -> None:
    case.state, case.waiting_since = before.state, before.waiting_since
    case.promised_at, case.solved_at = before.promised_at, before.solved_at
    case.changed_at = clock.now()
    case.save(update_fields=["state", "waiting_since", "promised_at", "solved_at", "changed_at"])
    # Whoever takes their words back goes on writing.
    holding.take(actor=actor, case=case)
