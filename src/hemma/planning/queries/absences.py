"""Who is away, and when they are back."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, Min

from hemma.lib import clock
from hemma.lib.once import once_a_page
from hemma.people.models import Person
from hemma.people.visibility import Asker, person_for, reads, visible_ids
from hemma.planning.models import Absence, Shift
from hemma.planning.queries.shifts import away


@once_a_page
@reads("planning.absence")
def absence_now(asker: Asker, person: Person) -> Absence | None:
    """The absence that `person` is on right now. Raises NotVisible for who may not see it."""
    person_for(asker, "planning.absence", person.pk)
    now = clock.now()
    return Absence.objects.filter(person=person, starts_at__lte=now, ends_at__gt=now).first()


@reads("planning.shift")
def back_at(asker: Asker, people: Iterable[int]) -> dict[int, datetime]:
    """When each of `people` is at work: now, or the start of the next shift they will come to.

    Whoever has no shift ahead is left out. One query.
    """
    now = clock.now()
    seen = visible_ids(asker, "planning.shift", people)
    rows = (
        Shift.objects.filter(person__in=seen, ends_at__gt=now)
        .exclude(Exists(away(now)))
        .values_list("person")
        .annotate(first=Min("starts_at"))
    )
    return {person: max(first, now) for person, first in rows}


@reads("planning.shift")
def next_starts(asker: Asker, people: Iterable[int]) -> dict[int, datetime]:
    """When the next shift of each of `people` begins that they will come to; not the one going on."""
    now = clock.now()
    seen = visible_ids(asker, "planning.shift", people)
    rows = (
        Shift.objects.filter(person__in=seen, starts_at__gt=now)
        .exclude(Exists(away(now)))
        .values_list("person")
        .annotate(first=Min("starts_at"))
    )
    return dict(rows)


@reads("planning.absence")
def absences_between(
    asker: Asker, people: Iterable[int], start: datetime, end: datetime
) -> list[Absence]:
    """The absences of those of `people` whom `asker` may see, in a span, first ones first."""
    seen = visible_ids(asker, "planning.absence", people)
    return list(Absence.objects.filter(person__in=seen, starts_at__lt=end, ends_at__gt=start))
