"""How someone signs in: what was changed, and which sessions end."""

from typing import Any
from uuid import UUID

from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import live
from hemma.people.models import Person, Session
from hemma.people.system import System
from hemma.people.visibility import NotVisible


@transaction.atomic
def note_sign_in_change(*, actor: Person, what: str) -> None:
    """Write down that `actor` changed how they sign in (`totp_on`, `passkey_removed`…)."""
    record(
        kind=f"people.{what}",
        retention=Retention.SYSTEM,
        actor=actor,
        subject=actor,
        about=f"person:{actor.pk}",
    )


@transaction.atomic
def end_session(*, actor: Person, number: UUID) -> None:
    """Sign `actor` out in one place. Raises NotVisible when it is not one of theirs."""
    ended, _each = Session.objects.filter(person=actor, number=number).delete()
    if not ended:
        raise NotVisible("people.sign_in", f"session:{number}")
    note_sign_in_change(actor=actor, what="session_ended")
    live.publish(f"person:{actor.pk}", "sign_in")


@transaction.atomic
def end_other_sessions(*, actor: Person, keep: str | None) -> int:
    """Sign `actor` out everywhere but in the session whose key is `keep`; returns how many."""
    ended, _each = Session.objects.filter(person=actor).exclude(session_key=keep).delete()
    if ended:
        note_sign_in_change(actor=actor, what="sessions_ended")
        live.publish(f"person:{actor.pk}", "sign_in")
    return ended


@transaction.atomic
def link_sign_in(*, actor: System, person: Person, account: Any) -> None:
    """Keep that the company's sign-in service knows `person` by this account (the library's row)."""
    del actor
    new = account.pk is None
    account.user = person
    account.save()
    if new:
        note_sign_in_change(actor=person, what="company_sign_in_linked")
