"""What the worker does for this room: holding, letting through, forgetting."""

import threading
from datetime import UTC, datetime, timedelta

from hemma.journal import relay
from hemma.journal.models import OutboxMessage
from hemma.lib import clock, loops, wakes
from hemma.notices import actions
from hemma.people.system import SYSTEM

FORGET_EVERY = timedelta(hours=6)


def take_in(message: OutboxMessage) -> None:
    """A room left word for somebody."""
    actions.take_in(actor=SYSTEM, message=message)


for kind in actions.SORT_OF:
    relay.read_by("notices", kind, take_in)


def let_through(stop: threading.Event) -> None:
    """Until `stop`: show what waits to whoever has come to work, or back from rest."""
    done = datetime.min.replace(tzinfo=UTC)
    for _turn in wakes.turns("notices", stop, every_s=5):
        actions.let_through()
        if abs(clock.now() - done) >= FORGET_EVERY:
            actions.forget()
            done = clock.now()


loops.register("notices", let_through)
