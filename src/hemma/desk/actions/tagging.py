"""Tags on cases."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from hemma.desk.actions.noting import seen
from hemma.desk.actions.telling import tell
from hemma.desk.actions.undoing import way_back
from hemma.desk.models import Case, Tag
from hemma.people.models import Person

LONGEST = 40


@transaction.atomic
def set_tags(*, actor: Person, case: Case, names: Iterable[str]) -> UUID:
    """Let a case have exactly these tags, made where new. Returns the way back."""
    seen(actor, case)
    wanted = {name.strip().casefold()[:LONGEST] for name in names if name.strip()}
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(wanted)], ignore_conflicts=True)
    with way_back(actor, [case]) as way:
        case.tags.set(Tag.objects.filter(name__in=wanted))
    tell("case.tagged", case, actor=actor)
    return way.token
