"""Putting an understood mail where it belongs: a new case, a reply, or a note in a case."""

from datetime import datetime

from django.db import connection

from hemma.desk.actions import acknowledging, files, sorting, threading
from hemma.desk.actions.telling import refresh, tell
from hemma.desk.mail_models import Arrival, Bounced
from hemma.desk.models import (
    Case,
    Customer,
    Message,
    OutgoingMail,
    Queue,
    RawMail,
)
from hemma.desk.opening import promise_for
from hemma.desk.queries.queues import opening_of
from hemma.lib import clock, live
from hemma.lib.cards import mask
from hemma.lib.mail.incoming import IncomingMail
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker

LONGEST_ID = 400
LONGEST_SUBJECT = 300
# One question instead of two, and by the indexes that hold addresses once: small letters.
WHOSE = """
    SELECT c.* FROM desk_customeraddress a JOIN desk_customer c ON c.id = a.customer_id
    WHERE a.kind = 'email' AND lower(a.value) = lower(%s)
    UNION ALL SELECT c.* FROM desk_customer c WHERE c.email <> '' AND lower(c.email) = lower(%s)
    LIMIT 1
"""
NEW_CUSTOMER = """
    INSERT INTO desk_customer (name, email, language) VALUES (%s, %s, '')
    ON CONFLICT DO NOTHING RETURNING id
"""


def new_case(
    raw: RawMail, mail: IncomingMail, actor: Asker, *, why: str, language: str = ""
) -> Case:
    """A case of its own, in the queue that rules or the mailbox name, with a promise.

    `why`: why it is a new one (a code of `desk.mail_words`); `language`: as detected, or ''.
    """
    now = clock.now()
    rule = sorting.sort(_facts(raw, mail, language))
    queue = (rule.queue if rule else None) or raw.mailbox.queue
    promised = _promise(queue, now)
    case = Case.objects.create(
        number=next_number(),
        queue=queue,
        customer=_customer(mail),
        subject=mask(mail.subject)[:LONGEST_SUBJECT],
        opened_at=now,
        waiting_since=now,
        promised_at=promised,
        first_promised_at=promised,
        changed_at=now,
    )
    Arrival.objects.create(
        case=case,
        mailbox=raw.mailbox,
        why=why,
        language=language,
        rule=rule,
        priority=rule.priority if rule else 0,
        tags=rule.tags if rule else [],
    )
    _message(raw, mail, case, Message.Direction.IN)
    acknowledging.acknowledge(mail, case, raw.mailbox, language)
    tell("case.opened", case, actor=actor, data={"queue": queue.pk})
    live.wake("routing")
    return case


def reply(raw: RawMail, mail: IncomingMail, case: Case) -> None:
    """The customer writes again: the case waits for us, and whoever had it keeps it."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("queue")
        .get(pk=case.merged_into_id or case.pk)
    )
    wait_again(case)
    _message(raw, mail, case, Message.Direction.IN)
    tell("case.reply_arrived", case, actor=SYSTEM)
    live.wake("routing")


def wait_again(case: Case) -> None:
    """The customer waits for us again. Call it with the case locked and its queue at hand."""
    now = clock.now()
    if case.state != Case.State.OPEN:
        # Someone who waits already keeps their place in the line and their promise.
        case.waiting_since = now
        case.promised_at = _promise(case.queue, now)
    case.state, case.solved_at, case.changed_at = Case.State.OPEN, None, now
    case.snoozed_until = None
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


def note(raw: RawMail, mail: IncomingMail, case: Case) -> None:
    """A machine's mail about a case: kept and shown there, but nobody waits because of it."""
    written = _message(raw, mail, case, Message.Direction.AUTO)
    if mail.bounce is not None:
        _tie_bounce(mail, written)
    tell("case.note_arrived", case, actor=SYSTEM)
    refresh(case)


def _facts(raw: RawMail, mail: IncomingMail, language: str) -> sorting.Facts:
    return sorting.Facts(
        mailbox_id=raw.mailbox_id,
        sender=mail.from_.address if mail.from_ else "",
        subject=mail.subject,
        language=language,
    )


def _tie_bounce(mail: IncomingMail, written: Message) -> None:
    """Tie a delivery report to what bounced, and say on that how it ended."""
    original = threading.bounced_message(mail)
    if mail.bounce is None or original is None:
        return
    words = [f"{r.status} {r.diagnostic}".strip() for r in mail.bounce.recipients]
    problem = "; ".join(words)[:500] or mail.subject[:500]
    final = mail.bounce.is_final
    Bounced.objects.create(note=written, original=original, is_final=final, problem=problem)
    if final:
        OutgoingMail.objects.filter(message=original).update(
            state=OutgoingMail.State.FAILED, problem=problem
        )


def _promise(queue: Queue, now: datetime) -> datetime:
    return promise_for(opening_of(SYSTEM, queue), now, queue.answer_within)


def next_number() -> int:
    """A number no case has had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('desk_case_number')")
        return int(cursor.fetchone()[0])


def _customer(mail: IncomingMail) -> Customer:
    """The customer with the sender's address, made if new; two at once make one."""
    assert mail.from_ is not None  # noqa: S101  # for the type checker
    name, email = mail.from_.name[:200], mail.from_.address[:254]
    customer = customer_at(email)
    if customer is None:
        with connection.cursor() as cursor:
            cursor.execute(NEW_CUSTOMER, [name, email])
            made = cursor.fetchone()
        if made is None:  # another process was quicker
            customer = customer_at(email)
        else:
            customer = Customer(pk=made[0], name=name, email=email)
    assert customer is not None  # noqa: S101  # for the type checker
    if name and not customer.name:
        customer.name = name
        customer.save(update_fields=["name"])
    return customer


def customer_at(email: str) -> Customer | None:
    """Whose address it is, the first or another one of theirs."""
    if not email:
        return None
    return next(iter(Customer.objects.raw(WHOSE, [email, email])), None)


def _message(raw: RawMail, mail: IncomingMail, case: Case, direction: str) -> Message:
    message = Message.objects.create(
        case=case,
        direction=direction,
        from_name=mail.from_.name[:200] if mail.from_ else "",
        from_address=mail.from_.address[:254] if mail.from_ else "",
        # When it reached us: the sender's clock may be wrong, and the order must stay true.
        at=clock.now(),
        text=mask(mail.new_text),
        quoted=mask(mail.quoted_text),
        html=mask(mail.html or ""),
        message_id=(mail.message_id or "")[:LONGEST_ID],
        raw=raw,
    )
    files.hand_on(message, mail)
    return message
