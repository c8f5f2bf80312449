"""Watch a mailbox for as long as the process lives: fetch, wait, fetch; reconnect when it breaks."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from hemma.lib.mail.imap import FAILURES, Connection, ImapServer

log = logging.getLogger(__name__)

OnMail = Callable[[int, int, bytes], None]
Position = Callable[[], tuple[int | None, int]]

FIRST_DELAY_S = 0.5
LONGEST_DELAY_S = 60.0


class Stop(Exception):  # an order to the watcher, not an error
    """Raised by `on_mail`: take no further mail now, begin again at `position()` after a pause."""


@dataclass
class _Retry:
    """A mail that `on_mail` failed on: when to try again, in monotonic seconds."""

    at: float
    delay_s: float = FIRST_DELAY_S


@dataclass
class Watcher:
    """Gives every mail newer than `position()` to `on_mail(uidvalidity, uid, raw)`, in UID order.

    `position` is asked at every round: (uidvalidity or None, last uid taken). A mail that `on_mail`
    fails on is tried again later and does not hold up the ones behind it; raise `Stop` when nothing
    can be taken (the database is away). `on_round` is called after each look at the folder, at
    least every `round_s` seconds while the server answers; `on_trouble` when it does not. `run` returns soon after `stop` is set.
    """

    server: ImapServer
    on_mail: OnMail
    position: Position
    stop: threading.Event
    on_round: Callable[[], None] = lambda: None
    on_trouble: Callable[[Exception], None] = lambda _failure: None
    round_s: float = 60.0
    poll_s: float = 5.0
    _retries: dict[tuple[int, int], _Retry] = field(default_factory=dict)
    _seen: tuple[int, int] = (0, 0)

    def run(self) -> None:
        """Watch until `stop` is set. Never raises for anything the network or a mail does."""
        delay_s = FIRST_DELAY_S
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                self._watch()
            except Stop as order:
                log.warning("mailbox %s: paused: %s", self.server.user, order)
                self._seen = (0, 0)  # what was given after position() may not have been kept
            except FAILURES as failure:
                # Once is a restart, of Hemma or of the server; what lasts is worth a person's eye.
                level = logging.INFO if delay_s == FIRST_DELAY_S else logging.WARNING
                log.log(level, "mailbox %s: connection lost: %s", self.server.user, failure)
                self.on_trouble(failure)
            except Exception:
                log.exception("mailbox %s: unexpected failure, starting over", self.server.user)
            if time.monotonic() - began > LONGEST_DELAY_S:
                delay_s = FIRST_DELAY_S
            self.stop.wait(delay_s)
            delay_s = min(delay_s * 2, LONGEST_DELAY_S)

    def _watch(self) -> None:
        with Connection(self.server) as connection:
            while not self.stop.is_set():
                uidvalidity = connection.examine()
                self._round(connection, uidvalidity)
                self._try_again(connection, uidvalidity)
                self.on_round()
                if not self.stop.is_set():
                    connection.wait(self._pause_s(), self.stop, self.poll_s)

    def _round(self, connection: Connection, uidvalidity: int) -> None:
        known, last_uid = self.position()
        start = last_uid if known == uidvalidity else 0
        if self._seen[0] == uidvalidity:
            start = max(start, self._seen[1])
        for uid, raw in connection.newer(start):
            if self.stop.is_set():
                return
            self._give(uidvalidity, uid, raw)
            self._seen = (uidvalidity, uid)

    def _give(self, uidvalidity: int, uid: int, raw: bytes) -> None:
        key = (uidvalidity, uid)
        try:
            self.on_mail(uidvalidity, uid, raw)
        except Stop:
            raise
        except Exception:
            log.exception("mailbox %s: mail %s could not be taken in", self.server.user, uid)
            last = self._retries.get(key)
            delay_s = min(last.delay_s * 2, LONGEST_DELAY_S) if last else FIRST_DELAY_S
            self._retries[key] = _Retry(time.monotonic() + delay_s, delay_s)
        else:
            self._retries.pop(key, None)

    def _try_again(self, connection: Connection, uidvalidity: int) -> None:
        for key, retry in list(self._retries.items()):
            if key[0] != uidvalidity:
                del self._retries[key]
            elif retry.at <= time.monotonic():
                raw = connection.raw(key[1])
                if raw is None:
                    del self._retries[key]
                else:
                    self._give(*key, raw)

    def _pause_s(self) -> float:
        next_retry = min((retry.at for retry in self._retries.values()), default=None)
        if next_retry is None:
            return self.round_s
        return max(0.05, min(self.round_s, next_retry - time.monotonic()))
