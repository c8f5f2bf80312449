"""Who has a case in hand: taking, handing over, letting go. The database allows one at a time."""

from django.db import transaction

from hemma.desk.actions import noting
from hemma.desk.actions.telling import tell
from hemma.desk.models import Case, Holding
from hemma.desk.queries.scope import cases_of
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, standing


def lock(actor: Asker, case: Case) -> Case:
    """The case's row, locked until the transaction ends. NotVisible if not there for `actor`."""
    found = cases_of(actor).select_for_update(of=("self",)).filter(pk=case.pk).first()
    if found is None:
        raise NotVisible("desk.case", f"case:{case.number}")
    return found


def current(case: Case) -> Holding | None:
    """The holding that is in force, if any."""
    return Holding.objects.filter(case=case, until=None).select_related("person").first()


@transaction.atomic
def take(*, actor: Person, case: Case) -> Person:
    """Take a case that nobody has; returns who has it now, which may be someone quicker."""
    locked = lock(actor, case)
    holding = current(locked)
    if holding is not None:
        return holding.person
    begin(locked, actor)
    tell("case.taken", locked, actor=actor, subject=actor)
    return actor


@transaction.atomic
def hand_to(*, actor: Asker, case: Case, person: Person, note: str = "") -> None:
    """Give a case to `person`, whoever had it, with a word on the way if there is one.

    Raises NotVisible if the case isn't theirs to see.
    """
    locked = lock(actor, case)
    lock(person, case)
    holding = current(locked)
    if holding is not None and holding.person_id == person.pk:
        return
    if holding is not None:
        _end(holding)
    begin(locked, person)
    if note.strip() and isinstance(actor, Person):
        noting.write(actor, locked, note, [person])
    tell("case.handed_over", locked, actor=actor, subject=person)


@transaction.atomic
def release(*, actor: Asker, case: Case) -> None:
    """Let a case go, so that it is offered to someone else. Own cases, or a led team's."""
    locked = lock(actor, case)
    holding = current(locked)
    if holding is None:
        return
    if (
        isinstance(actor, Person)
        and holding.person_id != actor.pk
        and locked.queue.team_id not in standing(actor).led
    ):
        raise NotVisible("desk.holding", f"case:{case.number}", holding.person)
    _end(holding)
    live.wake("routing")
    tell("case.released", locked, actor=actor, subject=holding.person)


def end(case: Case) -> None:
    """End the holding of a case that is done with."""
    holding = current(case)
    if holding is not None:
        _end(holding)


def begin(case: Case, person: Person) -> None:
    """Put a case that nobody has into somebody's hands."""
    Holding.objects.create(case=case, person=person, since=clock.now())
    live.publish(f"person:{person.pk}", f"cases:{person.pk}")


def _end(holding: Holding) -> None:
    Holding.objects.filter(pk=holding.pk, until=None).update(until=clock.now())
    live.publish(f"person:{holding.person_id}", f"cases:{holding.person_id}")
    live.wake("routing")
