"""One's shifts for a calendar program that knows the secret."""

from datetime import timedelta

from django.db.models import Exists

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import Asker, person_for, reads
from hemma.planning.models import CalendarFeed, Shift
from hemma.planning.queries.shifts import away

PAST, AHEAD = timedelta(days=30), timedelta(days=180)


@reads("planning.feed")
def feed_of(asker: Asker, person: Person) -> CalendarFeed | None:
    """Whether one has a calendar link. Raises NotVisible for anybody else's."""
    person_for(asker, "planning.feed", person.pk)
    return CalendarFeed.objects.filter(person=person).first()


@reads("planning.feed")
def whose_feed(_asker: Asker, fingerprint: str) -> CalendarFeed | None:
    """The calendar that a secret opens, with its person; None for an unknown one and for someone
    who has left."""
    feed = CalendarFeed.objects.filter(fingerprint=fingerprint, person__is_active=True)
    return feed.select_related("person__site").first()


@reads("planning.activity")
def calendar_of(asker: Asker, person: Person) -> list[Shift]:
    """The shifts of a month back and half a year ahead, as one's own calendar shows them."""
    person_for(asker, "planning.activity", person.pk)
    now = clock.now()
    rows = Shift.objects.filter(person=person, ends_at__gt=now - PAST, starts_at__lt=now + AHEAD)
    return list(rows.exclude(Exists(away(now))).prefetch_related("activities"))
