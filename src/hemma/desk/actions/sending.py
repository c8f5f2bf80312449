"""Mail out: handing an answer to the mail server, and saying honestly how far it came.

The row stays locked while the server is talked to, so an answer is never sent by two at once. If
this process dies after the server said yes and before the commit, the answer is sent again with
the same Message-ID: mail programs show it once. At least once, never not at all.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemma.desk.actions import closing, signing_in, spam
from hemma.desk.actions.telling import refresh, tell
from hemma.desk.keys import mail_key
from hemma.desk.models import Mailbox, Message, OutgoingMail
from hemma.journal.actions import schedule
from hemma.lib import clock, sealing
from hemma.lib.mail import addresses, oauth, outgoing, smtp
from hemma.lib.mail.dkim_signing import DkimKey
from hemma.people.system import SYSTEM, System

WAITS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 5, 15, 30, 60))
GIVE_UP_AFTER = timedelta(hours=48)
# A job this late was lost with its worker.
OVERDUE = timedelta(seconds=60)


@transaction.atomic
def send(*, actor: System = SYSTEM, message_id: int) -> str:
    """Try to send one answer; returns the state it is in afterwards, '' if there is none to send."""
    row = (
        OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("message__case__queue", "message__case__customer", "mailbox")
        .filter(pk=message_id, state=OutgoingMail.State.QUEUED, next_try_at__lte=clock.now())
        .first()
    )
    if row is None:
        return ""
    row.attempts += 1
    _settle(actor, row, _hand_in(row))
    return str(row.state)


def send_overdue(*, actor: System = SYSTEM, limit: int = 50) -> int:
    """Send what should have left already: its job died with its worker. Returns how many."""
    late = OutgoingMail.objects.filter(
        state=OutgoingMail.State.QUEUED, next_try_at__lte=clock.now() - OVERDUE
    ).order_by("next_try_at")
    ids = list(late.values_list("pk", flat=True)[:limit])
    return sum(bool(send(actor=actor, message_id=pk)) for pk in ids)


def _hand_in(row: OutgoingMail) -> smtp.Delivery:
    box = row.mailbox
    try:
        mail = outgoing.build(_answer(row))
    except ValueError as failure:
        return smtp.Delivery(smtp.Outcome.PERMANENT, 0, str(failure))
    try:
        result = smtp.send(
            mail,
            signing_in.smtp_server(box),
            envelope_from=box.address,
            recipients=(row.to_address,),
            dkim=_dkim_key(box),
        )
    except (ValueError, oauth.Refused, oauth.Unreachable) as failure:
        # A wrong key, a sign-in that has run out: mended in the mailbox's settings, not here.
        return smtp.Delivery(smtp.Outcome.TEMPORARY, 0, str(failure))
    return result.deliveries[row.to_address]


def _dkim_key(box: Mailbox) -> DkimKey | None:
    setup = signing_in.setup_of(box)
    if setup is None or not setup.dkim_domain:
        return None
    key = sealing.unseal(setup.sealed_dkim_key)
    return DkimKey(setup.dkim_domain, setup.dkim_selector, key)


def _settle(actor: System, row: OutgoingMail, delivery: smtp.Delivery) -> None:
    now = clock.now()
    case = row.message.case
    if delivery.outcome is smtp.Outcome.SENT:
        row.state, row.sent_at, row.problem = OutgoingMail.State.SENT, now, ""
        _learn(row)
        tell("case.answer_sent", case, actor=actor)
    elif delivery.outcome is smtp.Outcome.PERMANENT or now - row.queued_at >= GIVE_UP_AFTER:
        row.state, row.problem = OutgoingMail.State.FAILED, _reason(delivery)
        tell("case.answer_failed", case, actor=actor, data={"code": delivery.code})
    else:
        # Not delivered, or nobody knows: try again, with the same Message-ID.
        row.problem = _reason(delivery)
        row.next_try_at = now + WAITS[min(row.attempts, len(WAITS)) - 1]
        schedule(
            task="desk.send_mail",
            at=row.next_try_at,
            key=f"send_mail:{row.pk}",
            message_id=row.pk,
        )
        refresh(case)
    row.save()


def _learn(row: OutgoingMail) -> None:
    """A case that a person answered was wanted: its first answer teaches the quarantine so."""
    ours = OutgoingMail.objects.filter(
        message__case=row.message.case_id, state=OutgoingMail.State.SENT
    )
    if row.message.author_id and not ours.exclude(message__author=None).exists():
        spam.learn_from_answer(case=row.message.case)


def _reason(delivery: smtp.Delivery) -> str:
    return f"{delivery.code or ''} {delivery.reason}".strip()[:500]


def _answer(row: OutgoingMail) -> outgoing.Answer:
    message, case = row.message, row.message.case
    before = list(case.messages.filter(at__lte=message.at).exclude(pk=message.pk))
    incoming = [one for one in before if one.direction == Message.Direction.IN]
    last = incoming[-1] if incoming else None
    with translation.override(case.queue.language), timezone.override(case.queue.zone):
        return outgoing.Answer(
            from_name=case.queue.programme,
            from_address=row.mailbox.address,
            to=((case.customer.name, row.to_address),),
            subject=outgoing.reply_subject(
                case.subject, _("Re"), addresses.subject_tag(case.number)
            ),
            text=_with_signature(row),
            message_id=message.message_id,
            date=message.at,
            reply_to=_reply_to(row),
            in_reply_to=last.message_id or None if last else None,
            references=tuple(one.message_id for one in before if one.message_id),
            quote=_quote(last, case.customer.name) if last else None,
            is_automatic=message.direction == Message.Direction.AUTO,
        )


def _with_signature(row: OutgoingMail) -> str:
    parts = [row.message.text, closing.closing(row.message)]
    setup = signing_in.setup_of(row.mailbox)
    below = [setup.signature.strip() if setup is not None else ""]
    if setup is None or setup.says_hours:
        below.append(closing.our_hours(row.message.case))
    if any(below):
        # The dashes with a space are what mail programs know a signature by (RFC 3676).
        parts.append("-- \n" + "\n\n".join(filter(None, below)))
    return "\n\n".join(filter(None, parts))


def _reply_to(row: OutgoingMail) -> str:
    key = mail_key()
    try:
        return addresses.reply_address(row.mailbox.address, row.message.case.number, key)
    except ValueError:
        # No room for a signature in this address: References and the sender still tell the case.
        return row.mailbox.address


def _quote(last: Message, name: str) -> outgoing.Quote:
    when = timezone.localtime(last.at)
    said = _("On %(day)s at %(time)s %(name)s wrote:") % {
        "day": date_format(when, "j F Y"),
        "time": when.strftime("%H:%M"),
        "name": last.from_name or name or last.from_address,
    }
    return outgoing.Quote(said, last.text)
