"""Read a mailbox by IMAP: what is newer than a position, and to be told at once when mail arrives.

The mailbox is only ever examined, never selected for writing: no flag of it changes, so people and
other programs may read it as well. Order and position are by UID (RFC 3501, section 2.3.1.1).
"""

import contextlib
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from imaplib import IMAP4
from itertools import count
from types import TracebackType
from typing import Self

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from hemma.lib.mail.smtp import Security

# What a dropped line, a restarted server or a wrong answer raises; all are mended by reconnecting.
FAILURES = (OSError, IMAP4.error, ImapToolsError, EOFError)
# imaplib refuses lines over a million characters; this many UIDs stay well below in one answer.
UIDS_PER_SEARCH = 50_000
# How soon a request to stop is noticed while nothing arrives.
SLICE_S = 0.3
QUOTED_BODY = re.compile(rb'BODY\[\] "((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(rb"\\(.)")


@dataclass(frozen=True, slots=True)
class ImapServer:
    """A mailbox on a server. `timeout_s` is per network operation."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security = Security.TLS
    folder: str = "INBOX"
    timeout_s: float = 15.0
    # Asked for an access token at each connection (XOAUTH2); None signs in by password.
    token: Callable[[], str] | None = field(default=None, repr=False, compare=False)


class Connection:
    """One signed-in connection; a context manager. Raises what `FAILURES` names."""

    def __init__(self, server: ImapServer) -> None:
        self._server = server
        self._mailbox = _connect(server)
        self._tags = count(1)
        self.uidvalidity = 0
        self._uid_next = 0
        self.has_idle = self._capable_of_idle()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            with contextlib.suppress(*FAILURES):
                self._mailbox.client.logout()
        with contextlib.suppress(*FAILURES):
            self._mailbox.client.shutdown()

    def examine(self) -> int:
        """Look at the folder afresh; its UIDVALIDITY."""
        self._mailbox.folder.set(self._server.folder, readonly=True)
        self.uidvalidity = self._number("UIDVALIDITY")
        self._uid_next = self._number("UIDNEXT")
        return self.uidvalidity

    @property
    def last_uid(self) -> int:
        """What nothing that is here now lies above, at the last `examine`; 0 when the server is silent."""
        return max(0, self._uid_next - 1)

    def newer(self, last_uid: int) -> Iterator[tuple[int, bytes]]:
        """(uid, raw mail) of everything after `last_uid` at the last `examine`, in order."""
        for uid in self._uids_after(last_uid):
            raw = self.raw(uid)
            if raw is not None:
                yield uid, raw

    def raw(self, uid: int) -> bytes | None:
        """The mail as received, or None when it has gone meanwhile."""
        status, data = self._mailbox.client.uid("fetch", str(uid), "(UID BODY.PEEK[])")
        if status != "OK":
            raise IMAP4.error(f"could not fetch {uid}: {data!r}")
        for item in data:
            if isinstance(item, tuple) and b"BODY[]" in item[0]:
                return bytes(item[1])
            if isinstance(item, bytes) and (match := QUOTED_BODY.search(item)):
                return ESCAPED.sub(rb"\1", match[1])
            if isinstance(item, bytes) and b"BODY[] NIL" in item:
                return b""
        return None

    def wait(self, timeout_s: float, stop: threading.Event, poll_s: float = 5.0) -> None:
        """Return when the folder may have changed, at the latest after `timeout_s`, or on `stop`.

        Without IDLE on the server (RFC 2177) this sleeps `poll_s`.
        """
        if self._was_told_of_more():
            return
        if self.has_idle:
            self._idle(timeout_s, stop)
        else:
            stop.wait(min(timeout_s, poll_s))

    def _uids_after(self, last_uid: int) -> Iterator[int]:
        low = last_uid + 1
        while not self._uid_next or low < self._uid_next:
            high = str(low + UIDS_PER_SEARCH - 1) if self._uid_next else "*"
            status, data = self._mailbox.client.uid("search", "UID", f"{low}:{high}")
            if status != "OK":
                raise IMAP4.error(f"could not search: {data!r}")
            found = (int(uid) for part in data if part for uid in part.split())
            yield from sorted(uid for uid in found if uid >= low)  # "n:*" always finds the last one
            if high == "*":
                return
            low += UIDS_PER_SEARCH

    def _number(self, code: str) -> int:
        values = self._mailbox.client.response(code)[1]
        return int(values[-1]) if values and values[-1] else 0

    def _was_told_of_more(self) -> bool:
        """Whether an answer since the last `examine` said in passing that mail has arrived.

        A server may put EXISTS into the answer of any command, and says it only once.
        """
        return len(self._mailbox.client.untagged_responses.get("EXISTS", ())) > 1

    def _capable_of_idle(self) -> bool:
        # Many servers tell all they can do only after signing in.
        data = self._mailbox.client.capability()[1]
        return b"IDLE" in b" ".join(part for part in data if part).upper().split()

    def _idle(self, timeout_s: float, stop: threading.Event) -> None:
        """IDLE on the bare socket.

        imaplib reads ahead, so waiting for its socket to become readable would miss a message that
        came in one packet with the line before; outside a command its buffer is empty.
        """
        lines = _Lines(self._mailbox.client)
        tag = f"IDLE{next(self._tags)}".encode()
        lines.send(tag + b" IDLE\r\n")
        end = time.monotonic() + timeout_s
        begun = False
        try:
            while time.monotonic() < end and not stop.is_set():
                line = lines.read(SLICE_S)
                if line is None:
                    continue
                if line.startswith(tag):
                    raise IMAP4.error(f"IDLE refused: {line!r}")
                if line.startswith(b"+"):
                    begun = True
                elif begun and _tells_of_change(line):
                    break
            lines.send(b"DONE\r\n")
            lines.read_until(tag, self._server.timeout_s)
        finally:
            lines.restore()


class _Lines:
    """Lines straight from the connection's socket, with a time limit each."""

    def __init__(self, client: IMAP4) -> None:
        self._socket = client.sock
        self._timeout = self._socket.gettimeout()
        self._buffer = b""

    def send(self, data: bytes) -> None:
        self._socket.settimeout(self._timeout)
        self._socket.sendall(data)

    def read(self, timeout_s: float) -> bytes | None:
        """The next line, or None when none is complete in time. EOFError when the server left."""
        if b"\r\n" not in self._buffer:
            self._socket.settimeout(timeout_s)
            try:
                received = self._socket.recv(65536)
            except (TimeoutError, ssl.SSLWantReadError):
                return None
            if not received:
                raise EOFError("the mail server closed the connection")
            self._buffer += received
        line, end, rest = self._buffer.partition(b"\r\n")
        if not end:
            return None
        self._buffer = rest
        return line

    def read_until(self, tag: bytes, timeout_s: float) -> None:
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            line = self.read(SLICE_S)
            if line is not None and line.startswith(tag + b" "):
                return
        raise TimeoutError("the mail server did not end IDLE")

    def restore(self) -> None:
        self._socket.settimeout(self._timeout)


def _tells_of_change(line: bytes) -> bool:
    # "* OK Still here" comes every two minutes from Dovecot and means nothing.
    return line.startswith(b"* ") and not line.upper().startswith(b"* OK")


def _connect(server: ImapServer) -> BaseMailBox:
    mailbox: BaseMailBox
    token = server.token() if server.token else ""
    if server.security is Security.NONE:
        mailbox = MailBoxUnencrypted(server.host, server.port, timeout=server.timeout_s)
    else:
        kind = MailBox if server.security is Security.TLS else MailBoxStartTls
        context = ssl.create_default_context()
        mailbox = kind(server.host, server.port, timeout=server.timeout_s, ssl_context=context)
    try:
        if token:
            mailbox.xoauth2(server.user, token, initial_folder=None)
        else:
            mailbox.login(server.user, server.password, initial_folder=None)
    except BaseException:
        mailbox.client.shutdown()
        raise
    return mailbox


def fetch_since(
    server: ImapServer, uidvalidity: int | None, last_uid: int
) -> Iterator[tuple[int, int, bytes]]:
    """(uidvalidity, uid, raw) of everything newer than the position, over a connection of its own.

    When the server has a new UIDVALIDITY all old UIDs are void: everything is given again, with the
    new one, and the caller tells by its own records what it has already.
    """
    with Connection(server) as connection:
        now = connection.examine()
        for uid, raw in connection.newer(last_uid if now == uidvalidity else 0):
            yield now, uid, raw


def wait(server: ImapServer, timeout_s: float, stop: threading.Event) -> None:
    """Wait for a change over a connection of its own."""
    with Connection(server) as connection:
        connection.examine()
        connection.wait(timeout_s, stop)
