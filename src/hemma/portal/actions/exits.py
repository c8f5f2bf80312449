"""A client leaves: export, fetching, deletion, and a look afterwards whether anything is left."""

from collections.abc import Mapping
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hemma.desk import actions as desk
from hemma.desk.models import Instruction, Mailbox, RawMail, SavedReply
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person, Programme
from hemma.people.system import SYSTEM, System
from hemma.portal.export import write_export
from hemma.portal.models import ClientExit, ContactForm
from hemma.portal.queries.exits import (
    cases_of_programme,
    exit_of,
    exit_of_mine,
    exits_now,
    file_of,
    holds,
)

State = ClientExit.State


def begin_exit(*, actor: Person, programme: Programme) -> ClientExit:
    """Let the export be made. Raises ValidationError while another exit is under way."""
    exit_of(actor, programme)
    try:
        with transaction.atomic():
            row = ClientExit.objects.create(programme=programme, began_at=clock.now())
            _note("portal.exit_begun", row, actor)
            live.wake("exits")
    except IntegrityError as error:
        raise ValidationError(_("This client is on its way out already.")) from error
    return row


@transaction.atomic
def call_off_exit(*, actor: Person, programme: Programme) -> None:
    """The client stays: the export goes, everything else is as before. Not once deletion has begun."""
    exit_of(actor, programme)
    going = ClientExit.objects.select_for_update().filter(
        programme=programme, state__in=[State.EXPORTING, State.READY]
    )
    for row in going:
        row.state = State.CALLED_OFF
        row.save(update_fields=["state"])
        transaction.on_commit(partial(file_of(row).unlink, missing_ok=True))
        _note("portal.exit_called_off", row, actor)


def make_export(*, actor: System = SYSTEM) -> int:
    """Make every export that is asked for; how many were made."""
    made = 0
    for row in exits_now(actor, State.EXPORTING):
        written = write_export(row.programme, file_of(row))
        with transaction.atomic():
            changed = ClientExit.objects.filter(pk=row.pk, state=State.EXPORTING).update(
                state=State.READY,
                exported_at=clock.now(),
                export_sha256=written.sha256,
                export_size=written.size,
                export_counts=dict(written.counts),
            )
            if changed:
                _note("portal.exit_exported", row, None, sha256=written.sha256)
                made += 1
    return made


@transaction.atomic
def note_fetched(*, actor: Person, programme: Programme) -> None:
    """The client has its copy: what was written since is not in it, which the page tells."""
    row = exit_of_mine(actor, programme)
    if row is not None and row.state == State.READY and row.fetched_at is None:
        ClientExit.objects.filter(pk=row.pk).update(fetched_at=clock.now())
        _note("portal.exit_fetched", row, actor)


@transaction.atomic
def end_exit(*, actor: Person, programme: Programme) -> None:
    """Let everything be deleted. Raises ValidationError before the client has fetched its copy."""
    exit_of(actor, programme)
    going = ClientExit.objects.select_for_update().filter(programme=programme, state=State.READY)
    row = going.first()
    if row is None:
        raise ValidationError(_("There is no export yet."))
    if row.fetched_at is None:
        raise ValidationError(_("The client has not fetched its copy yet."))
    if _newer_than(row):
        raise ValidationError(
            _("Something has come since the export was made. Call it off and make a new one.")
        )
    row.state = State.DELETING
    row.save(update_fields=["state"])
    Mailbox.objects.filter(queue__programme=programme.name).update(
        is_active=False, sealed_password=b""
    )
    ContactForm.objects.filter(queue__programme=programme.name).update(is_open=False)
    _note("portal.exit_confirmed", row, actor)
    live.wake("exits")


def _newer_than(row: ClientExit) -> bool:
    """Whether there is more now than the client took along."""
    now: Mapping[str, int] = holds(SYSTEM, row.programme)
    return any(
        now[name] > row.export_counts.get(name, 0) for name in ("cases", "messages", "lessons")
    )


def delete_everything(*, actor: System = SYSTEM) -> int:
    """Delete what is to be deleted, look for what is left, and write both down; how many exits."""
    done = 0
    for row in exits_now(actor, State.DELETING):
        _empty(row.programme)
        left = holds(actor, row.programme)
        if any(left.values()):
            continue  # the next turn tries again; the page shows that it is not done
        with transaction.atomic():
            ClientExit.objects.filter(pk=row.pk).update(
                state=State.DONE, deleted_at=clock.now(), remains=dict(left)
            )
            _note("portal.exit_done", row, None, sha256=row.export_sha256)
        file_of(row).unlink(missing_ok=True)
        done += 1
    return done


def _empty(programme: Programme) -> None:
    desk.forget_cases(actor=SYSTEM, cases=cases_of_programme(programme))
    with transaction.atomic():
        mails = RawMail.objects.filter(mailbox__queue__programme=programme.name)
        mails.filter(message=None).delete()
        for told in (Instruction, SavedReply):
            told._base_manager.filter(queue__programme=programme.name).delete()


def _note(kind: str, row: ClientExit, actor: Person | None, **data: object) -> None:
    about = f"client_exit:{row.pk}"
    record(kind=kind, retention=Retention.SYSTEM, actor=actor, about=about, data=data)
