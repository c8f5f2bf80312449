"""The router's loop: decides whenever something has changed, and once a second anyway."""

import threading

from hemma.lib import loops, wakes
from hemma.routing import actions


def route(stop: threading.Event) -> None:
    """Decide until there is nothing more to offer, then wait to be woken."""
    for _turn in wakes.turns("routing", stop):
        while actions.decide() and not stop.is_set():
            pass


loops.register("routing", route)
