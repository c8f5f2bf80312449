"""What the worker does for the journal: wake-ups that have come due, partitions, signs of life."""

import threading
import time
from datetime import timedelta

from hemma.journal import actions, relay
from hemma.lib import loops, wakes

HOUSEKEEPING = timedelta(hours=6)
STORE_BEAT_S = 4.0  # often enough for /readyz, seldom enough to cost nothing

_stored: dict[str, float] = {}


def store_beat(name: str) -> None:
    """Write a loop's sign of life where other processes can read it."""
    now = time.monotonic()
    if now - _stored.get(name, float("-inf")) >= STORE_BEAT_S:
        _stored[name] = now
        actions.beat(name=name)


def hand_over(stop: threading.Event) -> None:
    """Turn wake-ups into jobs when Hemma's clock says so."""
    for _turn in wakes.turns("wakeups", stop, every_s=0.5):
        while actions.hand_over_due() and not stop.is_set():
            pass


def relay_outbox(stop: threading.Event) -> None:
    """Tell the rooms what concerns them, as soon as it is committed."""
    for _turn in wakes.turns("outbox", stop):
        relay.tell_rooms()


def keep_house(stop: threading.Event) -> None:
    """Make the coming months' partitions and drop what may no longer be kept."""
    tidy = wakes.seldom(HOUSEKEEPING, _tidy)
    for _turn in wakes.turns("housekeeping", stop, every_s=30):
        tidy()


def _tidy() -> None:
    actions.ensure_partitions()
    actions.drop_expired()
    actions.forget_messages()


loops.on_beat(store_beat)
loops.register("wakeups", hand_over)
loops.register("outbox", relay_outbox)
loops.register("housekeeping", keep_house)
