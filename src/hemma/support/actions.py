"""What an administrator does with the list of whom one can turn to."""

from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.people.models import Person
from hemma.support.models import Contact
from hemma.support.queries import contact


@transaction.atomic
def save_contact(*, actor: Person, row: Contact) -> Contact:
    """Add or change one. Raises NotVisible for anybody but an administrator."""
    contact(actor, row.pk)
    row.country = row.country.upper()
    row.full_clean()
    row.save()
    _note(actor, "support.contact_saved", row.pk)
    return row


@transaction.atomic
def remove_contact(*, actor: Person, contact_id: int) -> None:
    """Take one away."""
    row = contact(actor, contact_id)
    _note(actor, "support.contact_removed", row.pk)
    row.delete()


def _note(actor: Person, kind: str, number: int) -> None:
    record(kind=kind, retention=Retention.SYSTEM, actor=actor, about=f"contact:{number}")
