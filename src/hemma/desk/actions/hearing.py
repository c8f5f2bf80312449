"""What a customer says on a page of their own: added to their case as a mail from them would be."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from hemma.desk.actions import acknowledging
from hemma.desk.actions.filing import wait_again
from hemma.desk.actions.telling import refresh, tell
from hemma.desk.models import Case, Mailbox, Message
from hemma.journal.actions import schedule
from hemma.lib import clock, live
from hemma.lib.cards import mask
from hemma.people.system import System


@transaction.atomic
def hear(
    *,
    actor: System,
    case: Case,
    text: str,
    once: UUID,
    waits: bool = True,
    promised_at: datetime | None = None,
) -> Message:
    """Add what the customer says; `once` makes the same words, sent twice, arrive once.

    `waits`: the customer waits for us because of it (not after a thank-you). `promised_at`: a time
    that the customer chose, which we keep if it is before what was promised.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("queue", "customer")
    case = locked.get(pk=case.merged_into_id or case.pk)
    known = Message.objects.filter(once=once, case=case).first()
    if known is not None:
        return known
    first = case.messages.filter(direction=Message.Direction.IN).order_by("at", "pk").first()
    message = Message.objects.create(
        case=case,
        direction=Message.Direction.IN,
        from_name=first.from_name if first else case.customer.name,
        from_address=case.customer.email,
        at=clock.now(),
        text=mask(text.strip()),
        once=once,
    )
    if waits:
        wait_again(case)
        if promised_at is not None and (not case.promised_at or promised_at < case.promised_at):
            case.promised_at = promised_at
            case.save(update_fields=["promised_at"])
        tell("case.reply_arrived", case, actor=actor)
        live.wake("routing")
    else:
        tell("case.note_arrived", case, actor=actor)
        refresh(case)
    return message


@transaction.atomic
def confirm_by_mail(*, actor: System, case: Case, text: str) -> Message | None:
    """Send `text` to the customer of a case that began on a page; at most once an hour each.

    None when the queue has no mailbox, the customer no address, or the hour is not over: a form
    that anybody may fill in must not become a way to fill somebody's inbox.
    """
    del actor
    mailbox = Mailbox.objects.filter(queue=case.queue, is_active=True).order_by("pk").first()
    address = case.customer.email
    if mailbox is None or not address or Mailbox.objects.filter(address__iexact=address).exists():
        return None
    now = clock.now()
    with connection.cursor() as cursor:
        before = now - acknowledging.ONCE_IN
        cursor.execute(acknowledging.FIRST_WITHIN, [address.lower(), now, before])
        if cursor.fetchone() is None:
            return None
    message = acknowledging.queue_up(case, mailbox, text)
    schedule(task="desk.send_mail", at=now, key=f"send_mail:{message.pk}", message_id=message.pk)
    return message
