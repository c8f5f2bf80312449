"""Loops: work that a process does for as long as it lives, each in its own thread.

A room registers a function that runs until its `stop` is set. One that raises is logged and
started again after a pause that grows; the others never notice.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
# A loop that ran this long had recovered: the next failure begins with the short pause again.
CALM_S = 60.0

type Loop = Callable[[threading.Event], None]


@dataclass(frozen=True)
class Registered:
    """A loop, its name, and the process ("worker" or "mail") that runs it."""

    name: str
    run: Loop
    process: str


_registered: dict[str, Registered] = {}
_beats: dict[str, float] = {}
_listeners: list[Callable[[str], None]] = []


def register(name: str, run: Loop, *, process: str = "worker") -> None:
    """Have `run(stop)` run for as long as `process` lives. A name belongs to one function."""
    known = _registered.get(name)
    if known is not None and known.run is not run:
        raise ValueError(f"two loops are called {name}")
    _registered[name] = Registered(name, run, process)


def registered(process: str) -> list[Registered]:
    """The loops of one process, in the order of their names."""
    return sorted((x for x in _registered.values() if x.process == process), key=lambda x: x.name)


def beat(name: str) -> None:
    """A sign of life: the loop `name` has just done a turn. Listeners are told."""
    _beats[name] = time.monotonic()
    for listener in _listeners:
        listener(name)


def seconds_since_beat() -> dict[str, float]:
    """For each loop that has ever beaten in this process: seconds since its last sign of life."""
    now = time.monotonic()
    return {name: now - at for name, at in _beats.items()}


def on_beat(listener: Callable[[str], None]) -> None:
    """Call `listener(name)` at every beat, in the loop's thread (to store it for other processes)."""
    if listener not in _listeners:
        _listeners.append(listener)


def start(loops: list[Registered], stop: threading.Event) -> list[threading.Thread]:
    """Start one thread a loop. They end soon after `stop` is set; being daemons they never block exit."""
    threads = [
        threading.Thread(target=keep_running, args=(x, stop), name=x.name, daemon=True)
        for x in loops
    ]
    for thread in threads:
        thread.start()
    return threads


def keep_running(loop: Registered, stop: threading.Event) -> None:
    """Run one loop until `stop`, again after each failure, with a growing pause."""
    pause = FIRST_PAUSE_S
    while not stop.is_set():
        began = time.monotonic()
        try:
            loop.run(stop)
        except Exception:
            log.exception("the loop %s failed; it starts again in %.1f s", loop.name, pause)
        else:
            if not stop.is_set():
                log.warning("the loop %s ended; it starts again in %.1f s", loop.name, pause)
        if time.monotonic() - began > CALM_S:
            pause = FIRST_PAUSE_S
        stop.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)
