"""Bringing cases along from another program: look, begin, go on wherever it stopped, take back.

A file's rows are kept first. Each is made a case in a transaction with its own row's state, so
that a stop in the middle loses nothing and a second start makes nothing twice; a case that was
brought before, by this file or another, is left as it is. Webhooks and acknowledgements stay
silent: nothing new has happened to these customers.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemma.desk.actions import filing
from hemma.desk.imports import reading
from hemma.desk.imports.shapes import By, Said, Ticket
from hemma.desk.models import (
    Case,
    CaseImport,
    CaseImportRow,
    Customer,
    CustomerAddress,
    Message,
    Note,
    Origin,
    Queue,
    Tag,
)
from hemma.desk.opening import promise_for
from hemma.desk.queries.importing import case_import
from hemma.desk.queries.queues import opening_of
from hemma.desk.queries.sorting import may_sort
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.lib.cards import mask
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System

log = logging.getLogger(__name__)
AT_ONCE = 50
KEPT_FOR = timedelta(days=1)  # a file that somebody looked at and never confirmed
WHY = {
    "too_big": gettext_lazy("This file is too big. Export fewer months at a time."),
    "no_zip": gettext_lazy("This ZIP file can't be opened."),
    "nothing": gettext_lazy("There is no case in this file. Choose the JSON export of tickets."),
    "another": gettext_lazy("Another program wrote this file."),
}
Row = CaseImportRow.State


@transaction.atomic
def start_case_import(
    *,
    actor: Person,
    file_name: str,
    content: bytes,
    source: str = "",
    most_bytes: int = reading.MOST_BYTES,
) -> CaseImport:
    """Keep a file's rows to be looked at; makes no case. Raises ValidationError if unreadable.

    `source`: zendesk or zammad when only that program's cases are meant. `most_bytes`: unpacked.
    """
    may_sort(actor)
    now = clock.now()
    looked_at = CaseImport.objects.filter(state=CaseImport.State.LOOKED_AT)
    looked_at.filter(at__lt=now - KEPT_FOR).delete()
    try:
        rows = reading.read(file_name, content, now, most_bytes)
        if source and any(one.ticket and one.ticket.source != source for one in rows):
            raise reading.Unreadable("another")
    except reading.Unreadable as why:
        raise ValidationError(WHY[str(why)]) from why
    batch = CaseImport.objects.create(by=actor, at=now, file_name=file_name[:200])
    CaseImportRow.objects.bulk_create((_row(batch, one) for one in rows), batch_size=500)
    return batch


@transaction.atomic
def drop_case_import(*, actor: Person, batch_id: int) -> None:
    """Forget a file that was only looked at; one that was begun stays as it is."""
    batch = case_import(actor, batch_id, lock=True)
    if batch.state == CaseImport.State.LOOKED_AT:
        batch.delete()


def _row(batch: CaseImport, one: reading.Row) -> CaseImportRow:
    return CaseImportRow(
        batch=batch,
        place=one.place[-300:],
        number=one.number,
        group=one.ticket.group if one.ticket else "",
        state=Row.READY if one.ticket else Row.BAD,
        problem=one.bad or "",
        facts=one.ticket.as_facts() if one.ticket else None,
    )


@transaction.atomic
def begin_case_import(
    *, actor: Person, batch_id: int, queue: Queue, by_group: Mapping[str, Queue]
) -> CaseImport:
    """Bring the good rows in, to `queue` or to the queue of their group. Beginning twice is one."""
    batch = case_import(actor, batch_id, lock=True)
    if batch.state != CaseImport.State.LOOKED_AT:
        return batch
    batch.state, batch.queue = CaseImport.State.RUNNING, queue
    batch.by_group = {group: one.pk for group, one in by_group.items()}
    batch.save()
    record(
        kind="desk.import_begun",
        retention=Retention.CASE,
        actor=actor,
        about=f"case_import:{batch.pk}",
    )
    live.wake("case_imports")
    return batch


def import_all(*, actor: System = SYSTEM) -> int:
    """Go on with everything that was begun; returns how many rows were settled."""
    done = 0
    running = CaseImport.objects.filter(state=CaseImport.State.RUNNING).order_by("pk")
    for batch_id in running.values_list("pk", flat=True):
        while settled := import_some(actor=actor, batch_id=batch_id):
            done += settled
    return done


def import_some(*, actor: System = SYSTEM, batch_id: int, most: int = AT_ONCE) -> int:
    """Settle the next rows of a file; how many, 0 when it is done. Several at once share them."""
    batch = CaseImport.objects.filter(pk=batch_id, state=CaseImport.State.RUNNING).first()
    if batch is None:
        return 0
    with transaction.atomic():
        ready = CaseImportRow.objects.select_for_update(skip_locked=True)
        rows = list(ready.filter(batch=batch, state=Row.READY).order_by("pk")[:most])
        for row in rows:
            _settle(actor, batch, row)
        _tell(batch)
    if not rows:
        _finish(batch)
    return len(rows)


def _settle(actor: System, batch: CaseImport, row: CaseImportRow) -> None:
    try:
        with transaction.atomic():
            made = _make(actor, batch, Ticket.from_facts(row.facts or {}))
        row.state, row.facts = (Row.MADE if made else Row.KNOWN), None
    except (OperationalError, InterfaceError):
        raise
    except Exception as failure:
        # One that nobody foresaw is told in the report, and the next ones go on.
        log.exception("row %s of case import %s could not be brought in", row.place, batch.pk)
        row.state, row.problem = Row.BAD, f"failed: {type(failure).__name__}: {failure}"[:300]
        row.facts = None
    row.save(update_fields=["state", "problem", "facts"])


def _finish(batch: CaseImport) -> None:
    left = CaseImportRow.objects.filter(batch=batch, state=Row.READY).exists()
    running = CaseImport.objects.filter(pk=batch.pk, state=CaseImport.State.RUNNING)
    if not left and running.update(state=CaseImport.State.DONE, done_at=clock.now()):
        live.wake("routing")
        with transaction.atomic():
            _tell(batch)


def _tell(batch: CaseImport) -> None:
    live.publish(f"person:{batch.by_id}", f"case-import:{batch.pk}")


def _make(actor: System, batch: CaseImport, ticket: Ticket) -> Case | None:
    """The case a ticket becomes; None when it was brought before."""
    if Origin.objects.filter(source=ticket.source, number=ticket.number).exists():
        return None
    queue = Queue.objects.get(pk=batch.by_group.get(ticket.group, batch.queue_id))
    now = clock.now()
    is_open = ticket.state == Case.State.OPEN
    is_away = ticket.away_until is not None and ticket.away_until > now
    case = Case.objects.create(
        number=filing.next_number(),
        queue=queue,
        customer=_customer(ticket),
        subject=mask(ticket.subject),
        channel=ticket.channel,
        state=ticket.state,
        opened_at=ticket.opened_at,
        waiting_since=_waits_since(ticket) if is_open else None,
        # Counted from today: what was promised elsewhere nobody here knows.
        promised_at=promise_for(opening_of(actor, queue), now, queue.answer_within)
        if is_open
        else None,
        solved_at=ticket.solved_at,
        changed_at=ticket.changed_at,
        snoozed_until=ticket.away_until if is_away else None,
    )
    Origin.objects.create(case=case, source=ticket.source, number=ticket.number, batch=batch)
    _write(case, ticket)
    _tag(case, ticket)
    record(
        kind="case.brought_along",
        retention=Retention.CASE,
        actor=batch.by,
        about=f"case:{case.pk}",
        data={"source": ticket.source, "number": ticket.number},
    )
    return case


def _waits_since(ticket: Ticket) -> datetime:
    asked = [one.at for one in ticket.said if one.by is By.CUSTOMER]
    return max([ticket.opened_at, *asked])


def _customer(ticket: Ticket) -> Customer:
    """By address, else by phone number, else by name alone: then always somebody new."""
    found = filing.customer_at(ticket.customer_email)
    if found is None and ticket.customer_phone and not ticket.customer_email:
        known = CustomerAddress.objects.filter(kind="phone", value=ticket.customer_phone)
        found = next((one.customer for one in known.select_related("customer")), None)
    if found is None:
        found = Customer.objects.create(name=ticket.customer_name, email=ticket.customer_email)
    if ticket.customer_phone:
        CustomerAddress.objects.get_or_create(
            customer=found, kind="phone", value=ticket.customer_phone
        )
    return found


def _write(case: Case, ticket: Ticket) -> None:
    addresses = {one.address.lower() for one in ticket.said if one.by is not By.CUSTOMER} - {""}
    ours = {one.email.lower(): one for one in Person.objects.filter(email__in=addresses)}
    messages, notes = [], []
    for one in ticket.said:
        author = None if one.by is By.CUSTOMER else ours.get(one.address.lower())
        text = mask(_with_files(one))
        if one.by is By.AMONG_US:
            # Who is not here cannot be named by an account; the name stays in the words.
            named = text if author or not one.name else f"{one.name}: {text}"
            notes.append(Note(case=case, author=author, at=one.at, text=named))
            continue
        inward = one.by is By.CUSTOMER
        messages.append(
            Message(
                case=case,
                direction=Message.Direction.IN if inward else Message.Direction.OUT,
                author=author,
                from_name=one.name or (ticket.customer_name if inward else case.queue.programme),
                from_address=one.address,
                at=one.at,
                text=text,
                message_id=one.message_id,
            )
        )
    Message.objects.bulk_create(messages)
    Note.objects.bulk_create(notes)


def _with_files(one: Said) -> str:
    named = "\n".join(f"[{name}]" for name in one.files)
    return f"{one.text}\n\n{named}".strip() if named else one.text


def _tag(case: Case, ticket: Ticket) -> None:
    wanted = {name.casefold() for name in ticket.tags}
    if wanted:
        Tag.objects.bulk_create([Tag(name=name) for name in sorted(wanted)], ignore_conflicts=True)
        case.tags.set(Tag.objects.filter(name__in=wanted))


@transaction.atomic
def undo_case_import(*, actor: Person, batch_id: int) -> tuple[int, int]:
    """Take a whole import back: (cases that went, cases that stay because somebody worked on them)."""
    batch = case_import(actor, batch_id, lock=True)
    if batch.state != CaseImport.State.DONE:
        raise ValidationError(_("This can't be taken back now."))
    brought = Case.objects.filter(origin__batch=batch)
    # Whatever is done with a case moves `changed_at`, or leaves one of these behind.
    untouched = brought.filter(
        changed_at__lt=batch.at,
        holdings=None,
        decisions=None,
        merged=None,
        merged_into=None,
        incident=None,
    )
    going = dict(untouched.values_list("pk", "customer_id"))
    stays = brought.count() - len(going)
    Case.objects.filter(pk__in=going).delete()
    Customer.objects.filter(pk__in=set(going.values()), cases=None).delete()
    batch.state = CaseImport.State.UNDONE
    batch.save(update_fields=["state"])
    record(
        kind="desk.import_undone",
        retention=Retention.CASE,
        actor=actor,
        about=f"case_import:{batch.pk}",
        data={"cases": len(going), "stay": stays},
    )
    return len(going), stays
