"""A local mail server for the demo: SMTP in, IMAP out, on loopback, mails kept below a folder.

Every address is accepted and has a mailbox from the first time it is heard of; one password opens
them all. Nothing ever leaves the machine.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from hemma.lib.mail.local_imap import Session
from hemma.lib.mail.local_store import Box, Store

LOOPBACK = "127.0.0.1"
PASSWORD = "hemma-demo"  # noqa: S105  # loopback only; shown on the demo's own page
LARGEST_MAIL = 33_554_432


class Intake:
    """aiosmtpd's handler: every recipient's box gets the mail."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail once per box, with the envelope's addresses on top."""
        content = envelope.original_content or b""
        boxes: dict[Box, str] = {}
        for recipient in envelope.rcpt_tos:
            boxes.setdefault(self._store.box(recipient), recipient)
        for box, recipient in boxes.items():
            top = f"Return-Path: <{envelope.mail_from or ''}>\r\nDelivered-To: {recipient}\r\n"
            box.add(top.encode() + content)
        return "250 kept"


@asynccontextmanager
async def serving(
    folder: Path, smtp_port: int = 0, imap_port: int = 0, password: str = PASSWORD
) -> Any:
    """Both servers; yields their ports (smtp, imap). Port 0 lets the system choose."""
    store = Store(folder)
    loop = asyncio.get_running_loop()
    sessions: set[asyncio.Task[None]] = set()

    def smtp() -> SMTP:
        return SMTP(
            Intake(store),
            hostname="localhost",
            ident="Hemma local mail",
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=_authenticator(password),
            loop=loop,
        )

    async def imap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            sessions.add(task)
            task.add_done_callback(sessions.discard)
        await Session(store, password, reader, writer).run()

    async with AsyncExitStack() as stack:
        smtp_server = await loop.create_server(smtp, LOOPBACK, smtp_port)
        stack.callback(smtp_server.close)
        imap_server = await asyncio.start_server(imap, LOOPBACK, imap_port, limit=2**20)
        stack.callback(imap_server.close)
        try:
            yield _port(smtp_server), _port(imap_server)
        finally:
            # Open IDLEs would keep the loop alive until the clients' own time-outs.
            for task in sessions:
                task.cancel()
            await asyncio.gather(*sessions, return_exceptions=True)


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])


def _authenticator(password: str) -> Callable[..., AuthResult]:
    def authenticate(
        _server: SMTP, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == password.encode()
        return AuthResult(success=known, handled=known)

    return authenticate


async def run(
    folder: Path,
    smtp_port: int,
    imap_port: int,
    password: str = PASSWORD,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve until cancelled or until `stop` is set."""
    async with serving(folder, smtp_port, imap_port, password):
        await (stop or asyncio.Event()).wait()


class LocalMailServer:
    """The same from a thread: `with LocalMailServer(folder) as server: server.smtp_port …`."""

    host = LOOPBACK

    def __init__(
        self, folder: Path, smtp_port: int = 0, imap_port: int = 0, password: str = PASSWORD
    ) -> None:
        self._folder = folder
        self.smtp_port, self.imap_port, self.password = smtp_port, imap_port, password
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._serve, name="local-mail", daemon=True)

    def start(self) -> Self:
        """Return when both ports answer. Raises OSError when one is taken."""
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise self._failure
        return self

    def close(self) -> None:
        """Stop; open connections are cut."""
        if self._loop and self._stop and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _serve(self) -> None:
        try:
            asyncio.run(self._serve_until_closed())
        except BaseException as failure:  # handed to the thread that waits in start()
            self._failure = failure
        finally:
            self._ready.set()

    async def _serve_until_closed(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with serving(self._folder, self.smtp_port, self.imap_port, self.password) as ports:
            self.smtp_port, self.imap_port = ports
            self._ready.set()
            await self._stop.wait()
