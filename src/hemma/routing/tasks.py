"""The router's loop: decides whenever something has changed, and once a second anyway."""

import threading

from hemma.lib import loops, wakes
from hemma.routing import actions


def route(stop: threading.Event) -> None:
    """Decide, then wait to be woken. One batch offers all there is: a second one at once finds nothing."""
    for _turn in wakes.turns("routing", stop):
        actions.decide()


def look_after(stop: threading.Event) -> None:
    """Until `stop`: see to it that no promise breaks in the hands of someone who is gone."""
    for _turn in wakes.turns("hands", stop, every_s=20):
        actions.look_after()


def play(stop: threading.Event) -> None:
    """Play what somebody wants to try on last week, one after the other."""
    for _turn in wakes.turns("replays", stop, every_s=15):
        while not stop.is_set() and actions.play_next():
            pass


loops.register("routing", route)
loops.register("hands", look_after)
loops.register("replays", play)
