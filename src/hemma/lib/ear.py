"""One LISTEN a process: hears which loop is to do something now, and wakes that one alone.

Were every loop to listen by itself, each word would wake them all, two dozen connections would be read four
times a second, and the one that has something to do would wait for the others.
"""

import threading
import time

import psycopg
import structlog
from django.db import connections
from psycopg import sql

from hemma.lib.live import WORK_CHANNEL

LOOK_S = 0.25  # how soon it ends when nobody waits any more
PAUSES_S = (0.2, 5.0)  # after a lost connection: at first, at most
log = structlog.get_logger(__name__)


class Ear:
    """Who waits for which name. The thread lives while anybody does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, list[threading.Event]] = {}
        self._thread: threading.Thread | None = None

    def join(self, name: str) -> threading.Event:
        """An event that is set at every `live.wake(name)` from now on, and whenever one may have been
        missed: when the listening begins, and begins again."""
        event = threading.Event()
        with self._lock:
            self._waiting.setdefault(name, []).append(event)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen_on, name="ear", daemon=True)
                self._thread.start()
        return event

    def leave(self, name: str, event: threading.Event) -> None:
        """Nobody waits for this event any more. After the last one the connection is closed on return."""
        with self._lock:
            self._waiting[name].remove(event)
            if not self._waiting[name]:
                del self._waiting[name]
            thread = self._thread
        while thread is not None and thread.is_alive() and not self._is_needed():
            thread.join(LOOK_S)

    def _listen_on(self) -> None:
        pause = PAUSES_S[0]
        while not self._has_ended():
            began = time.monotonic()
            try:
                self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("work.listen_lost", error=str(error))
                if time.monotonic() - began > PAUSES_S[1]:
                    pause = PAUSES_S[0]
                self._rest(pause)
                pause = min(pause * 2, PAUSES_S[1])

    def _listen(self) -> None:
        # Django knows the parameters (socket, name, user); the connection itself is the ear's own.
        parameters = connections["default"].get_connection_params()
        for key in ("cursor_factory", "context", "prepare_threshold", "pool"):
            parameters.pop(key, None)
        with psycopg.connect(**parameters, autocommit=True) as connection:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(WORK_CHANNEL)))
            self._tell(None)
            while self._is_needed():
                for notice in connection.notifies(timeout=LOOK_S):
                    self._tell(notice.payload)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._waiting:
            time.sleep(LOOK_S / 2)

    def _tell(self, name: str | None) -> None:
        """Wake whoever waits for this name, or everybody."""
        with self._lock:
            for known, events in self._waiting.items():
                if name is None or known == name:
                    for event in events:
                        event.set()

    def _is_needed(self) -> bool:
        with self._lock:
            return bool(self._waiting)

    def _has_ended(self) -> bool:
        """Whether nobody waits: then whoever comes next begins a thread of their own."""
        with self._lock:
            if not self._waiting:
                self._thread = None
            return not self._waiting


ear = Ear()
