"""The one thing that may reach a person before their shift: the reminder they asked for."""

from django.db import transaction

from hemma.lib import clock
from hemma.notices.actions.holding import note
from hemma.notices.actions.queueing import queue_push
from hemma.notices.models import Notice, Push, Sort
from hemma.notices.queries import starting_soon
from hemma.people.system import SYSTEM, System


@transaction.atomic
def remind(*, actor: System = SYSTEM) -> int:
    """Remind of shifts that begin in a quarter of an hour, each once; returns how many."""
    told = 0
    for person, starts_at in starting_soon(actor):
        notice, made = Notice.objects.get_or_create(
            person=person,
            sort=Sort.REMINDER,
            about=f"shift:{starts_at.isoformat()}",
            defaults={
                "kind": "notices.shift_soon",
                "made_at": clock.now(),
                "shown_at": clock.now(),
                "read_at": clock.now(),
            },
        )
        if made:
            note("notices.shown", notice)
            queue_push(actor=actor, person=person, sort=Sort.REMINDER, kind=Push.Kind.REMINDER)
            told += 1
    return told
