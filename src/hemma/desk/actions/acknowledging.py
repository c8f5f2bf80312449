"""Telling a customer at once that their mail is here, with its number and what is promised.

Never to machines, lists or ourselves, at most once an hour to an address, and marked as automatic
(RFC 3834), so that two programs can't answer each other.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemma.desk.keys import mail_key
from hemma.desk.models import Case, Mailbox, Message, OutgoingMail
from hemma.lib import clock
from hemma.lib.mail import addresses
from hemma.lib.mail.incoming import AutoKind, IncomingMail

ONCE_IN = timedelta(hours=1)
FIRST_WITHIN = """
    INSERT INTO desk_acknowledged (address, at) VALUES (%s, %s)
    ON CONFLICT (address) DO UPDATE SET at = excluded.at
    WHERE desk_acknowledged.at <= %s RETURNING 1
"""
WANTED = """
    SELECT 1 FROM desk_mailboxsetup s WHERE s.mailbox_id = %s AND s.acknowledges
    AND NOT EXISTS (SELECT 1 FROM desk_mailbox m WHERE lower(m.address) = lower(%s))
"""
MACHINES = ("noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon")
SPOKEN = {"sv", "nb", "en"}


def acknowledge(mail: IncomingMail, case: Case, mailbox: Mailbox, language: str) -> Message | None:
    """Queue the acknowledgement of a new case; None when there shall be none."""
    if not may_be_answered(mail):
        return None
    with connection.cursor() as cursor:
        # Two mailboxes of one installation would otherwise write to each other.
        cursor.execute(WANTED, [mailbox.pk, mail.from_.address if mail.from_ else ""])
        if cursor.fetchone() is None:
            return None
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(FIRST_WITHIN, [case.customer.email.lower(), now, now - ONCE_IN])
        if cursor.fetchone() is None:
            return None
    told = words(case, language if language in SPOKEN else case.queue.language)
    message = queue_up(case, mailbox, told)
    from procrastinate.contrib.django import app

    app.configure_task("desk.send_mail").defer(message_id=message.pk)
    return message


def queue_up(case: Case, mailbox: Mailbox, text: str) -> Message:
    """An automatic answer to the customer, ready to be sent."""
    now = clock.now()
    domain = mailbox.address.rpartition("@")[2]
    message = Message.objects.create(
        case=case,
        direction=Message.Direction.AUTO,
        from_name=case.queue.programme[:200],
        from_address=mailbox.address,
        at=now,
        text=text,
        message_id=addresses.message_id(case.number, domain, mail_key()),
    )
    OutgoingMail.objects.create(
        message=message,
        mailbox=mailbox,
        to_address=case.customer.email,
        queued_at=now,
        next_try_at=now,
    )
    return message


def may_be_answered(mail: IncomingMail) -> bool:
    """Whether a person wrote it, so that an automatic answer does no harm."""
    if mail.auto is not AutoKind.NONE or not mail.may_auto_answer or mail.from_ is None:
        return False
    local = mail.from_.address.partition("@")[0].lower()
    return not local.startswith(MACHINES)


def words(case: Case, language: str) -> str:
    """The acknowledgement in the customer's language."""
    with translation.override(language), timezone.override(case.queue.zone):
        lines = [
            _("Thank you for writing to %(programme)s. Your mail is here.")
            % {"programme": case.queue.programme},
            _("Your case has the number %(number)s.") % {"number": case.reference},
        ]
        if case.promised_at is not None:
            when = timezone.localtime(case.promised_at)
            lines.append(
                _("You will hear from a person by %(day)s at %(time)s.")
                % {"day": date_format(when, "j F"), "time": when.strftime("%H:%M")}
            )
        lines.append(_("If you want to add something, just answer this mail."))
    return "\n\n".join(lines)
