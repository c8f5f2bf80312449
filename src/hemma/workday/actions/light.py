"""A light for one's household: the secret address is made, made anew, thrown away."""

import secrets

from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.models import Person
from hemma.planning.calendars import fingerprint
from hemma.workday.models import HomeLight


@transaction.atomic
def make_light(*, actor: Person) -> str:
    """A new secret for `actor`'s light; an earlier one stops working. Told this once only."""
    secret = secrets.token_urlsafe(32)
    HomeLight.objects.update_or_create(
        person=actor, defaults={"fingerprint": fingerprint(secret), "made_at": clock.now()}
    )
    _note(actor, "workday.light_made")
    return secret


@transaction.atomic
def end_light(*, actor: Person) -> None:
    """The address stops working at once."""
    gone, _rows = HomeLight.objects.filter(person=actor).delete()
    if gone:
        _note(actor, "workday.light_ended")


def _note(actor: Person, kind: str) -> None:
    record(kind=kind, retention=Retention.ACCESS, actor=actor, subject=actor)
