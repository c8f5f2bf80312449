"""The secret address of one's own calendar: made, replaced, thrown away."""

import secrets

from django.db import transaction

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.models import Person
from hemma.planning.calendars import fingerprint
from hemma.planning.models import CalendarFeed


@transaction.atomic
def make_feed(*, actor: Person) -> str:
    """A new secret for `actor`'s calendar; an earlier one stops working. Told this once only."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        person=actor,
        defaults={"fingerprint": fingerprint(secret), "made_at": clock.now()},
    )
    _note(actor, "planning.feed_made")
    return secret


@transaction.atomic
def revoke_feed(*, actor: Person) -> None:
    """The address stops working at once."""
    gone, _rows = CalendarFeed.objects.filter(person=actor).delete()
    if gone:
        _note(actor, "planning.feed_revoked")


def follow_day(*, actor: Person, home: bool) -> None:
    """`actor`'s calendar tells that they have gone home, or that the day has begun anew.

    Only that of now: when somebody went home on an earlier day is not kept here.
    """
    mine = CalendarFeed.objects.filter(person=actor, home_since__isnull=home)
    mine.update(home_since=clock.now().replace(second=0, microsecond=0) if home else None)


def _note(actor: Person, kind: str) -> None:
    record(kind=kind, retention=Retention.ACCESS, actor=actor, subject=actor)
