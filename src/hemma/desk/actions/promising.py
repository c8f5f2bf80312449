"""A new time for a customer: kept on the case, and told by mail."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemma.desk.actions.answering import mailbox_of
from hemma.desk.actions.holding import lock
from hemma.desk.actions.telling import tell
from hemma.desk.keys import mail_key
from hemma.desk.models import Case, Message, OutgoingMail
from hemma.journal.actions import schedule
from hemma.lib import clock, live
from hemma.lib.mail import addresses
from hemma.people.visibility import Asker


@transaction.atomic
def move_promise(*, actor: Asker, case: Case, promised_at: datetime) -> bool:
    """Promise the customer another time; returns whether a mail tells them so.

    A case without a mail address or a mailbox keeps the new time for who calls or looks.
    """
    locked = lock(actor, case)
    before, now = locked.promised_at, clock.now()
    locked.promised_at, locked.changed_at = promised_at, now
    locked.save(update_fields=["promised_at", "changed_at"])
    tell(
        "case.promise_moved",
        locked,
        actor=actor,
        data={
            "before": before.isoformat() if before else None,
            "promised_at": promised_at.isoformat(),
        },
    )
    live.wake("routing")
    return _tell_customer(locked)


def _tell_customer(case: Case) -> bool:
    if not case.customer.email:
        return False
    try:
        mailbox = mailbox_of(case)
    except ValidationError:  # nobody can write from here
        return False
    now = clock.now()
    domain = mailbox.address.rpartition("@")[2]
    message = Message.objects.create(
        case=case,
        direction=Message.Direction.AUTO,
        from_name=case.queue.programme[:200],
        from_address=mailbox.address,
        at=now,
        text=words(case),
        message_id=addresses.message_id(case.number, domain, mail_key()),
    )
    OutgoingMail.objects.create(
        message=message,
        mailbox=mailbox,
        to_address=case.customer.email,
        queued_at=now,
        next_try_at=now,
    )
    schedule(task="desk.send_mail", at=now, key=f"send_mail:{message.pk}", message_id=message.pk)
    return True


def words(case: Case) -> str:
    """What the customer reads, in the queue's language: the new time, and that nothing is lost."""
    if case.promised_at is None:
        return ""
    with translation.override(case.queue.language), timezone.override(case.queue.zone):
        when = timezone.localtime(case.promised_at)
        return "\n\n".join(
            [
                _("We need a little longer with your case %(number)s than we said.")
                % {"number": case.reference},
                _("You will hear from a person by %(day)s at %(time)s.")
                % {"day": date_format(when, "j F"), "time": when.strftime("%H:%M")},
                _("Nothing is lost. If you want to add something, just answer this mail."),
            ]
        )
