"""What the worker does for the schedule."""

import threading
from datetime import timedelta

from hemma.journal import relay
from hemma.journal.models import OutboxMessage
from hemma.lib import loops, wakes
from hemma.people.queries import person_about
from hemma.people.system import SYSTEM
from hemma.planning import actions

FORGET_EVERY = timedelta(days=1)


def end_plans(message: OutboxMessage) -> None:
    """Somebody has left: nothing is planned for them any more."""
    person = person_about(SYSTEM, message.about)
    if person is not None:
        actions.end_plans(actor=SYSTEM, person=person)


relay.read_by("planning", "people.left", end_plans)


def forget_shifts(stop: threading.Event) -> None:
    """Once a day of Hemma's clock: what the law no longer asks for goes."""
    forget = wakes.seldom(FORGET_EVERY, lambda: actions.forget_old_shifts(actor=SYSTEM))
    for _turn in wakes.turns("old_shifts", stop, every_s=30):
        forget()


loops.register("old_shifts", forget_shifts)
