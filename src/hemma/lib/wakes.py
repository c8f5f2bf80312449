"""Waiting for work: woken by a commit, or after a while anyway."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from hemma.lib import clock, loops
from hemma.lib.ear import LOOK_S, ear


def turns(name: str, stop: threading.Event, every_s: float = 1.0) -> Iterator[None]:
    """Yield once at start, at every `live.wake(name)` and at least every `every_s` seconds.

    Several wakes while a turn is made are one more turn. A lost connection is the turn's to notice:
    its first question then raises, and `lib.loops` starts the loop again.
    """
    woken = ear.join(name)
    try:
        while not stop.is_set():
            woken.clear()
            loops.beat(name)
            yield
            _wait(woken, stop, every_s)
    finally:
        ear.leave(name, woken)
        connection.close()


def seldom(span: timedelta, do: Callable[[], object]) -> Callable[[], None]:
    """What does `do` at the first call and then at the first after each `span` by Hemma's clock, which
    may be moved, also back. A `do` that raises is done again at the next call."""
    done = datetime.min.replace(tzinfo=UTC)

    def when_due() -> None:
        nonlocal done
        if abs(clock.now() - done) >= span:
            do()
            done = clock.now()

    return when_due


def _wait(woken: threading.Event, stop: threading.Event, every_s: float) -> None:
    until = time.monotonic() + every_s
    while not stop.is_set() and (left := until - time.monotonic()) > 0:
        if woken.wait(min(LOOK_S, left)):
            return
