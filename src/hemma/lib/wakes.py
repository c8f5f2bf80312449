"""Waiting for work: woken by a commit, or after a while anyway."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from hemma.lib import clock, loops
from hemma.lib.live import WORK_CHANNEL

LISTEN_S = 0.25  # how soon a stop is noticed


def turns(name: str, stop: threading.Event, every_s: float = 1.0) -> Iterator[None]:
    """Yield once at start, at every `live.wake(name)` and at least every `every_s` seconds.

    Listens on this thread's own Django connection, which has to be in autocommit between turns.
    Raises when the connection is lost; `lib.loops` then starts the loop again.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {WORK_CHANNEL}")
    try:
        while not stop.is_set():
            loops.beat(name)
            yield
            _wait(name, stop, every_s)
    finally:
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


def _wait(name: str, stop: threading.Event, every_s: float) -> None:
    waited = 0.0
    while waited < every_s and not stop.is_set():
        notices = connection.connection.notifies(timeout=min(LISTEN_S, every_s), stop_after=1)
        # Several wakes of one commit burst are one turn: the generator takes all that came.
        if any(notice.payload == name for notice in notices):
            return
        waited += LISTEN_S
