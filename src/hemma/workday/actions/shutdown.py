"""Letting go of the day: every promise has an owner and a time before one goes home."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from hemma.desk import actions as desk
from hemma.desk import queries as cases
from hemma.desk.models import Case
from hemma.people import actions as people
from hemma.people.models import Person
from hemma.planning import queries as planning
from hemma.workday.actions.modes import set_mode
from hemma.workday.actions.todos import park_todos
from hemma.workday.models import Mode

# After the start of the next shift: the warm-up, and time to answer in peace.
INTO_SHIFT = timedelta(hours=1)


@transaction.atomic
def shut_down(*, actor: Person, keep: Collection[int] = ()) -> None:
    """End `actor`'s day: cases in `keep` (ids) wait for their next shift, the others go on at once.

    A case that is kept is promised a time inside the next shift, and its customer hears of it if
    that is later than said; without a next shift nothing can be kept. To-dos wait for the next
    shift. Then one is off, and signed out in every browser.
    """
    shift = planning.next_shift(actor, actor)
    for case in cases.my_cases(actor):
        if case.state != Case.State.OPEN:
            continue
        if shift is None or case.pk not in keep:
            desk.release(actor=actor, case=case)
            continue
        there = min(shift.starts_at + INTO_SHIFT, shift.ends_at)
        if case.promised_at is None or case.promised_at < there:
            desk.move_promise(actor=actor, case=case, promised_at=there)
    park_todos(actor=actor)
    set_mode(actor=actor, mode=Mode.OFF)
    people.end_other_sessions(actor=actor, keep=None)
