"""Inviting people, and letting them choose a new password."""

from datetime import timedelta

from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people import letters
from hemma.people.models import Person, SentLink, Session
from hemma.people.system import System
from hemma.people.visibility import Asker

# More mails than this to one person in an hour are not sent. Nobody is locked out by it: the
# links sent before still work, and so does the password.
MAILS_AN_HOUR = 3


def send_reset(*, actor: System, email: str, base: str) -> bool:
    """Mail a link to whoever signs in with `email`, if anybody does; whether a mail went out.

    Runs as a job, so that the page that asked can neither tell nor be timed.
    """
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    return person is not None and _send(actor, person, "reset", base)


def send_invitation(*, actor: Asker, person: Person, base: str) -> bool:
    """Mail a link to choose the first password; whether a mail went out."""
    return person.is_active and _send(actor, person, "invitation", base)


def _send(actor: Asker, person: Person, kind: str, base: str) -> bool:
    with transaction.atomic():
        # Two requests at once for one person count each other.
        Person.objects.select_for_update().get(pk=person.pk)
        since = clock.now() - timedelta(hours=1)
        if SentLink.objects.filter(person=person, at__gt=since).count() >= MAILS_AN_HOUR:
            return False
        SentLink.objects.create(person=person, kind=kind, at=clock.now())
        record(
            kind=f"people.{kind}_sent",
            retention=Retention.SYSTEM,
            actor=None if isinstance(actor, System) else actor,
            subject=person,
            about=f"person:{person.pk}",
        )
        letters.send(person, kind, base)
    return True


@transaction.atomic
def choose_password(*, actor: Person, password: str) -> None:
    """Set a password by a link: the links sent before and every session end."""
    actor.set_password(password)
    actor.save(update_fields=["password"])
    Session.objects.filter(person=actor).delete()
    record(
        kind="people.password_chosen",
        retention=Retention.SYSTEM,
        actor=actor,
        subject=actor,
        about=f"person:{actor.pk}",
    )
