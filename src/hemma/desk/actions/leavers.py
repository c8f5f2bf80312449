"""Somebody leaves: what they had in hand goes back where it waits for the others."""

from django.db import transaction

from hemma.desk.actions import holding
from hemma.desk.actions.telling import tell
from hemma.desk.models import Case, Holding
from hemma.lib import live
from hemma.people.models import Person
from hemma.people.visibility import Asker


@transaction.atomic
def release_all_of(*, actor: Asker, person: Person) -> int:
    """Let go every case that `person` has in hand, each with a trace; how many.

    What customers were promised stays as it is: the case keeps its place in the line and its
    promised time, and is offered to somebody else.
    """
    held = Holding.objects.filter(person=person, until=None).values("case")
    cases = list(Case.objects.filter(pk__in=held).order_by("pk"))
    for case in cases:
        locked = holding.lock(actor, case)
        holding.end(locked)
        tell("case.released", locked, actor=actor, subject=person, data={"because": "left"})
    if cases:
        live.wake("routing")
    return len(cases)
