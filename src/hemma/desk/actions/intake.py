"""Mail in: kept first, understood afterwards, each mail exactly once.

`store` keeps the bytes with the position in one transaction; `take_in` makes a case or a message
of them in a second one. A crash in between leaves a mail in the state NEW, which the next start
and a sweep take in. A mail that can't be taken in is set aside with its reason and blocks nothing.
"""

import hashlib
import logging
from enum import StrEnum

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from procrastinate.contrib.django import app

from hemma.desk.actions import filing, spam, threading
from hemma.desk.actions.trying import NO_CASE
from hemma.desk.keys import mail_key
from hemma.desk.models import Mailbox, Queue, RawMail
from hemma.desk.queries.mailboxes import raw_for
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, language
from hemma.lib.mail.addresses import read_message_id
from hemma.lib.mail.incoming import AutoKind, IncomingMail
from hemma.lib.mail.parse import parse
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import Asker

log = logging.getLogger(__name__)
KEEP = """
    INSERT INTO desk_rawmail
      (mailbox_id, uidvalidity, uid, stored_at, content, sha256, state, problem)
    VALUES (%s, %s, %s, %s, %s, %s, 'new', '') ON CONFLICT DO NOTHING RETURNING id
"""
# Asked for every mail: written out, they cost a third of what building them does.
NEW = "SELECT * FROM desk_rawmail WHERE id = %s AND state = 'new' FOR UPDATE"
MAILBOX = "SELECT * FROM desk_mailbox WHERE id = %s"
QUEUE = "SELECT * FROM desk_queue WHERE id = %s"
COPY = """
    SELECT 1 FROM desk_rawmail
    WHERE mailbox_id = %s AND sha256 = %s AND id <> %s AND state <> 'new' LIMIT 1
"""
SAME = """
    SELECT text FROM desk_message
    WHERE message_id = %s AND direction <> 'out' AND upper(from_address) = upper(%s)
"""
LOCK = 0x4845_4D49  # any number, the same in every process


class Outcome(StrEnum):
    """What became of a mail."""

    CASE = "case"
    REPLY = "reply"
    NOTE = "note"
    DUPLICATE = "duplicate"
    ASIDE = "aside"
    NOTHING = "nothing"


class SetAside(Exception):  # an outcome, not an error
    """This mail needs someone to look at it: a code of `desk.words`."""


@transaction.atomic
def store(
    *, actor: System = SYSTEM, mailbox_id: int, uidvalidity: int, uid: int, content: bytes
) -> int:
    """Keep a mail as it came and move the position on; returns its id. Storing twice keeps one."""
    del actor
    place = [mailbox_id, uidvalidity, uid]
    digest = hashlib.sha256(content).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [*place, clock.now(), content, digest])
        made = cursor.fetchone()
    box = Mailbox.objects.filter(pk=mailbox_id)
    if not box.filter(uidvalidity=uidvalidity).update(last_uid=Greatest(F("last_uid"), uid)):
        box.update(uidvalidity=uidvalidity, last_uid=uid)
    if made is not None:
        return int(made[0])
    return RawMail.objects.values_list("pk", flat=True).get(
        mailbox=mailbox_id, uidvalidity=uidvalidity, uid=uid
    )


def take_in(*, actor: System | Person = SYSTEM, raw_id: int, anyway: bool = False) -> Outcome:
    """Make a case or a message of a stored mail, exactly once, whoever else tries.

    `anyway`: a person has looked and wants it as a case although a machine seems to have sent it.
    Raises what the database raises when it is away: the mail stays NEW and is tried again.
    """
    try:
        with transaction.atomic():
            return _take_in(actor, raw_id, anyway)
    except SetAside as reason:
        return _set_aside(raw_id, str(reason))
    except (OperationalError, InterfaceError):
        raise
    except Exception as failure:
        log.exception("mail %s could not be taken in and was set aside", raw_id)
        return _set_aside(raw_id, f"failed: {type(failure).__name__}: {failure}")


def take_in_again(*, actor: Asker, raw_id: int) -> Outcome:
    """Try a mail again that was set aside, as a case whoever sent it. For the team's leaders."""
    raw = raw_for(actor, raw_id)
    renewed = RawMail.objects.filter(pk=raw.pk, state=RawMail.State.SET_ASIDE)
    if not renewed.update(state=RawMail.State.NEW, problem=""):
        return Outcome.NOTHING
    return take_in(actor=actor, raw_id=raw_id, anyway=True)


def _take_in(actor: Asker, raw_id: int, anyway: bool) -> Outcome:
    raw = next(iter(RawMail.objects.raw(NEW, [raw_id])), None)
    if raw is None:
        return Outcome.NOTHING
    [raw.mailbox] = Mailbox.objects.raw(MAILBOX, [raw.mailbox_id])
    [raw.mailbox.queue] = Queue.objects.raw(QUEUE, [raw.mailbox.queue_id])
    key = mail_key()
    mail = parse(bytes(raw.content), key=key)
    with connection.cursor() as cursor:
        # One mail at a time from here: of two copies the second must see the first.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    outcome = Outcome.DUPLICATE if _is_known(raw, mail) else _file(actor, raw, mail, key, anyway)
    raw.state = RawMail.State.TAKEN
    raw.problem = "duplicate" if outcome is Outcome.DUPLICATE else ""
    raw.save(update_fields=["state", "problem"])
    return outcome


def _is_known(raw: RawMail, mail: IncomingMail) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(COPY, [raw.mailbox_id, raw.sha256, raw.pk])
        if cursor.fetchone() is not None:
            return True
        if not mail.message_id or not mail.from_:
            return False
        cursor.execute(SAME, [mail.message_id[: filing.LONGEST_ID], mail.from_.address])
        # Some programs give every mail one Message-ID: what says something else is another mail.
        return mail.new_text in (text for (text,) in cursor.fetchall())


def _file(actor: Asker, raw: RawMail, mail: IncomingMail, key: bytes, anyway: bool) -> Outcome:
    """Where a mail belongs: to a case that is there, to a new one, or to someone who looks."""
    if mail.auto is AutoKind.OURS:
        return _ours(mail, key)
    case = threading.case_of(mail, key)
    if mail.bounce is not None and not anyway:
        original = threading.bounced_message(mail)
        case = original.case if original else case
        if case is None:
            raise SetAside("bounce")
        filing.note(raw, mail, case)
        return Outcome.NOTE
    if mail.from_ is None:
        raise SetAside("no_sender")
    if mail.auto is not AutoKind.NONE and not anyway:
        if case is None:
            raise SetAside(str(mail.auto))
        filing.note(raw, mail, case)
        return Outcome.NOTE
    if case is not None:
        filing.reply(raw, mail, case)
        return Outcome.REPLY
    if not anyway and (suspicion := spam.suspicion(raw, mail)):
        raise SetAside(suspicion)
    why = "by_hand" if anyway else threading.why_new(mail, key)
    # A person's retry runs in the pages' process, which must stay light: a worker tells then.
    made = filing.new_case(
        raw, mail, actor, why=why, language="" if anyway else language.detect(_words(mail))
    )
    if anyway:
        app.configure_task("desk.tell_language").defer(case_id=made.pk)
    return Outcome.CASE


def _ours(mail: IncomingMail, key: bytes) -> Outcome:
    """A letter that only tried the way is nothing to anybody; an answer that came back is."""
    if mail.message_id and read_message_id(mail.message_id, key) == NO_CASE:
        return Outcome.NOTHING
    raise SetAside("ours")


def _words(mail: IncomingMail) -> str:
    return f"{mail.subject}\n{mail.new_text or mail.text}"


def _set_aside(raw_id: int, problem: str) -> Outcome:
    with transaction.atomic():
        new = RawMail.objects.filter(pk=raw_id, state=RawMail.State.NEW)
        if not new.update(state=RawMail.State.SET_ASIDE, problem=problem[:2000]):
            return Outcome.NOTHING
        record(
            kind="mail.set_aside",
            retention=Retention.CASE,
            actor=None,
            about=f"mail:{raw_id}",
            data={"reason": problem.partition(":")[0]},
        )
    return Outcome.ASIDE
