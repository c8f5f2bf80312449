"""What an administrator does with the list of whom one can turn to, and what becomes of a slip."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.access import log_look
from hemma.people.models import Person, Role
from hemma.people.system import SYSTEM, System
from hemma.support import queries, words
from hemma.support.models import Contact, Slip

SLIPS_KEPT = timedelta(days=2 * 365)


@transaction.atomic
def save_contact(*, actor: Person, row: Contact) -> Contact:
    """Add or change one. Raises NotVisible for anybody but an administrator."""
    queries.contact(actor, row.pk)
    row.country = row.country.upper()
    row.full_clean()
    row.save()
    _note(actor, "support.contact_saved", f"contact:{row.pk}")
    return row


@transaction.atomic
def remove_contact(*, actor: Person, contact_id: int) -> None:
    """Take one away."""
    row = queries.contact(actor, contact_id)
    _note(actor, "support.contact_removed", f"contact:{row.pk}")
    row.delete()


@transaction.atomic
def tell_slip(*, actor: Person, what: str, said: str, base: str) -> Slip:
    """Tell that something may have leaked.

    IT support hears within a minute when they can be reached, the address in the settings always.
    `base`: the address of these pages. Raises ValidationError.
    """
    row = Slip(what=what, words=said.strip(), told_at=clock.now(), teller=actor)
    row.clean_fields(exclude=["outcome", "closed_at", "closed_by"])
    row.save()
    _note(actor, "support.slip_told", f"slip:{row.pk}")
    holders = Person.objects.filter(
        is_active=True, grants__role=Role.IT_SUPPORT, grants__until=None
    )
    for person in holders.exclude(pk=actor.pk).distinct():
        put_in_outbox(kind="support.slip_told", person=person, about=f"slip:{row.pk}")
    app.configure_task("support.mail_slip").defer(slip_id=row.pk, base=base)
    return row


def mail_slip(*, actor: System = SYSTEM, slip_id: int, base: str, address: str) -> bool:
    """Write to the address that the company named, without a word of what leaked; whether it was."""
    row = queries.slip_to_mail(actor, slip_id)
    if row is None or not address:
        return False
    subject, text = words.letter(row, base)
    send_mail(subject, text, None, [address])
    return True


def see_slip(*, actor: Person, slip_id: int) -> Slip:
    """Open one: whoever told of it reads in the log of looks, and beside it, when it was seen."""
    row = queries.slip(actor, slip_id)
    if row.teller is not None and row.teller_id != actor.pk:
        log_look(actor, row.teller, "support.slip", f"slip:{row.pk}")
    return row


@transaction.atomic
def close_slip(*, actor: Person, slip_id: int, outcome: str) -> Slip:
    """It is taken care of. Raises ValidationError without a word of what was done."""
    row = queries.slip(actor, slip_id)
    if not outcome.strip():
        raise ValidationError(_("Say in a few words what was done. Whoever told of it reads it."))
    row.outcome, row.closed_at, row.closed_by = outcome.strip(), clock.now(), actor
    row.save(update_fields=["outcome", "closed_at", "closed_by"])
    _note(actor, "support.slip_closed", f"slip:{row.pk}")
    if row.teller is not None and row.teller_id != actor.pk:
        put_in_outbox(kind="support.slip_closed", person=row.teller, about=f"slip:{row.pk}")
    return row


def forget_slips(*, actor: System = SYSTEM) -> int:
    """Delete what was taken care of longer ago than promised; how many."""
    del actor
    return Slip.objects.filter(closed_at__lt=clock.now() - SLIPS_KEPT).delete()[0]


def _note(actor: Person, kind: str, about: str) -> None:
    record(kind=kind, retention=Retention.SYSTEM, actor=actor, about=about)
