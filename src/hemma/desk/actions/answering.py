"""Answering a customer: the message, its mail and the job that sends it, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import holding, taking_back
from hemma.desk.actions.telling import tell
from hemma.desk.keys import mail_key
from hemma.desk.models import Case, Draft, Mailbox, Message, OutgoingMail
from hemma.journal.actions import schedule
from hemma.lib import clock, live
from hemma.lib.cards import mask
from hemma.lib.mail import addresses
from hemma.people.models import Person


class AlreadyHeld(ValidationError):  # an outcome that people meet
    """Someone else has the case in hand."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, and whether it is a new one (False: the same one came twice)."""

    message: Message
    is_new: bool


@transaction.atomic
def answer(
    *,
    actor: Person,
    case: Case,
    text: str,
    once: UUID,
    then: str,
    promised_at: datetime | None = None,
) -> Answered:
    """Answer a case by mail. `then`: `solved` or `answered`; `promised_at`: when we come back.

    `once` is made with the form: the same answer sent twice arrives once. Raises NotVisible,
    AlreadyHeld when another person has the case, ValidationError for what can't be sent.
    """
    locked = holding.lock(actor, case)
    known = Message.objects.filter(once=once, case=locked, author=actor).first()
    if known is not None:
        return Answered(known, is_new=False)
    if locked.merged_into_id is not None:
        raise ValidationError(_("This case goes on in another one."))
    check(text, then, promised_at)
    before = taking_back.remember(locked)
    holder = holding.take(actor=actor, case=locked)
    if holder.pk != actor.pk:
        raise AlreadyHeld(
            _("%(name)s has this case in hand now. Your words are kept here.")
            % {"name": holder.first_name}
        )
    message = write(actor, locked, mask(text.strip()), once)
    move_on(locked, then, promised_at)
    Draft.objects.filter(case=locked, person=actor).delete()
    taking_back.keep(before, message, locked)
    tell("case.answered", locked, actor=actor, subject=actor, data={"then": then})
    live.publish(f"person:{actor.pk}", f"cases:{actor.pk}")
    return Answered(message, is_new=True)


def check(text: str, then: str, promised_at: datetime | None) -> None:
    """Raises ValidationError for what can't be sent."""
    if not text.strip():
        raise ValidationError(_("Write an answer first."))
    if then not in {Case.State.SOLVED, Case.State.ANSWERED}:
        raise ValidationError(_("Choose what the customer can expect next."))
    if promised_at is not None and promised_at <= clock.now():
        raise ValidationError(_("That time has passed. Choose one that lies ahead."))


def write(actor: Person, case: Case, text: str, once: UUID) -> Message:
    """The message, its mail, and the job that sends it in ten seconds."""
    if not case.customer.email:
        raise ValidationError(_("We have no mail address of this customer. Call instead."))
    now = clock.now()
    mailbox = mailbox_of(case)
    domain = mailbox.address.rpartition("@")[2]
    message = Message.objects.create(
        case=case,
        direction=Message.Direction.OUT,
        author=actor,
        from_name=case.queue.programme[:200],
        from_address=mailbox.address,
        at=now,
        text=text,
        message_id=addresses.message_id(case.number, domain, mail_key()),
        once=once,
    )
    OutgoingMail.objects.create(
        message=message,
        mailbox=mailbox,
        to_address=case.customer.email,
        queued_at=now,
        next_try_at=now + taking_back.UNDO,
    )
    # In the same transaction: the job exists exactly if the answer does.
    schedule(
        task="desk.send_mail",
        at=now + taking_back.UNDO,
        key=f"send_mail:{message.pk}",
        message_id=message.pk,
    )
    return message


def mailbox_of(case: Case) -> Mailbox:
    """The one the customer wrote to; else the queue's."""
    last = case.messages.filter(raw__isnull=False).order_by("-at", "-pk").first()
    if last is not None and last.raw is not None and last.raw.mailbox.is_active:
        return last.raw.mailbox
    own = case.queue.mailboxes.filter(is_active=True).order_by("pk").first()
    if own is None:
        raise ValidationError(_("This queue has no mailbox to answer from. Ask your team leader."))
    return own


def move_on(case: Case, then: str, promised_at: datetime | None) -> None:
    """What the case becomes once it was answered."""
    now = clock.now()
    case.state, case.waiting_since, case.changed_at = then, None, now
    solved = then == Case.State.SOLVED
    case.promised_at = None if solved else promised_at
    case.solved_at, case.snoozed_until = now if solved else None, None
    case.save(
        update_fields=[
            "state",
            "waiting_since",
            "promised_at",
            "solved_at",
            "changed_at",
            "snoozed_until",
        ]
    )
    if solved:
        holding.end(case)
