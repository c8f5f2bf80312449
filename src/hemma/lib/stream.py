"""The event stream: one raw ASGI response a browser, fed by one LISTEN of the whole process.

Plain ASGI instead of a framework's response: with 1,100 open streams this is the difference
between 14 KB and several times that for each. The hub never waits for a slow browser: what does
not fit in its small queue is replaced by one word, `all`, after which the page fetches everything.
"""

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import psycopg
import structlog
from django.db import connections
from psycopg import sql

from hemma.lib.live import LIVE_CHANNEL, REOPEN, read_mark

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Opener = Callable[[Scope], Awaitable[frozenset[str] | None]]

BEAT_S = 20  # shorter than the idle limits of common proxies
QUEUE = 32
PAST = 20_000  # events that are remembered: minutes of a whole company at work
log = structlog.get_logger(__name__)


class Browser:
    """One open stream."""

    __slots__ = ("audiences", "ended", "events", "overflown")

    def __init__(self, audiences: frozenset[str]) -> None:
        self.audiences = audiences
        self.ended = False
        self.events: asyncio.Queue[bytes] = asyncio.Queue(QUEUE)
        self.overflown = False

    def offer(self, event: bytes) -> None:
        try:
            self.events.put_nowait(event)
        except asyncio.QueueFull:
            self.overflown = True

    def end(self) -> None:
        """Close the stream; the browser comes back by itself and is asked who it is."""
        self.ended = True
        self.offer(b"")

    async def next(self) -> bytes:
        event = await self.events.get()
        while not self.events.empty():  # a burst leaves as one write
            event += self.events.get_nowait()
        if self.overflown:
            self.overflown = False
            event += encode("all", 0)
        return event


def encode(topic: str, version: int) -> bytes:
    """One event as it goes over the wire."""
    return b"data: " + json.dumps({"topic": topic, "version": version}).encode() + b"\n\n"


class Hub:
    """All open streams of this process, by audience."""

    def __init__(self) -> None:
        self.browsers: dict[str, set[Browser]] = {}
        self.open = 0
        # What was told when (monotonic ns), and since when that is complete.
        self._past: deque[tuple[int, str, str, bytes]] = deque()
        self._complete_ns: int | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._listen_for_ever()),
            asyncio.create_task(self._beat_for_ever()),
        ]

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    def join(self, browser: Browser) -> None:
        self.open += 1
        for audience in browser.audiences:
            self.browsers.setdefault(audience, set()).add(browser)

    def leave(self, browser: Browser) -> None:
        self.open -= 1
        for audience in browser.audiences:
            members = self.browsers.get(audience)
            if members is not None:
                members.discard(browser)
                if not members:
                    del self.browsers[audience]

    def tell(self, payload: str) -> None:
        """Hand one published message to everyone in its audience."""
        message = json.loads(payload)
        event = encode(message["topic"], message["version"])
        if message["topic"] != REOPEN:
            self._remember(message["audience"], message["topic"], event)
        for browser in self.browsers.get(message["audience"], ()):
            if message["topic"] == REOPEN:
                browser.end()
            else:
                browser.offer(event)

    def tell_all(self) -> None:
        """Something may have been missed: every page fetches what it shows again."""
        self._past.clear()
        self._complete_ns = time.monotonic_ns()
        self._offer_all(encode("all", 0))

    def _remember(self, audience: str, topic: str, event: bytes) -> None:
        if len(self._past) >= PAST:
            self._complete_ns = self._past.popleft()[0] + 1
        self._past.append((time.monotonic_ns(), audience, topic, event))

    def missed(self, audiences: frozenset[str], since: int | None) -> bytes:
        """What these audiences were told since a page was begun (monotonic ns): `all` when that
        cannot be said. An event is heard after its commit, so the page had seen what came before.
        """
        known = self._complete_ns
        if since is None or known is None or not known <= since <= time.monotonic_ns():
            return encode("all", 0)
        found: dict[str, bytes] = {}
        for at, audience, topic, event in reversed(self._past):
            if at < since:
                break
            if audience in audiences:
                found.setdefault(topic, event)
        return b"".join(found.values())

    def _offer_all(self, event: bytes) -> None:
        for browser in {one for members in self.browsers.values() for one in members}:
            browser.offer(event)

    async def _beat_for_ever(self) -> None:
        # One timer for all streams; a proxy that sees nothing for a minute would close them. An
        # event, not a comment: a browser answers it, and messages reach a tab in the background
        # whose own timers are slowed down. A write alone proves nothing: to a laptop whose lid
        # was closed it succeeds for minutes.
        while True:
            await asyncio.sleep(BEAT_S)
            self._offer_all(b"event: beat\ndata: 1\n\n")

    async def _listen_for_ever(self) -> None:
        wait_s = 0.2
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("live.listen_lost", error=str(error))
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, 5)

    async def _listen(self) -> None:
        # Django knows the parameters (socket, name, user); the connection itself is the hub's own.
        wrapper = connections["default"]
        parameters = wrapper.get_connection_params()
        for key in ("cursor_factory", "context", "prepare_threshold", "pool"):
            parameters.pop(key, None)
        connection = await psycopg.AsyncConnection.connect(**parameters, autocommit=True)
        async with connection:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(LIVE_CHANNEL)))
            self.tell_all()
            try:
                async for notice in connection.notifies():
                    self.tell(notice.payload)
            finally:
                self._complete_ns = None


hub = Hub()


async def stream(scope: Scope, receive: Receive, send: Send, opener: Opener) -> None:
    """Answer one request for the event stream until the browser goes away.

    `opener` finds the audiences of who asks, or None when nobody is signed in (401).
    """
    audiences = await opener(scope)
    if audiences is None:
        await _refuse(send)
        return
    browser = Browser(audiences)
    hub.join(browser)
    try:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream"),
                    (b"cache-control", b"no-store"),
                    (b"x-accel-buffering", b"no"),
                ],
            }
        )
        missed = hub.missed(audiences, _since(scope))
        await _write(send, b"retry: 2000\n: hello\n\n" + missed)
        await _until_gone(browser, receive, send)
    finally:
        hub.leave(browser)


def _since(scope: Scope) -> int | None:
    """When the page was begun that opens the stream, as the page says."""
    said = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("since", [""])
    return read_mark(said[-1])


async def _until_gone(browser: Browser, receive: Receive, send: Send) -> None:
    tasks = [
        asyncio.create_task(_pump(browser, send)),
        asyncio.create_task(_until_disconnected(receive)),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await task


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _pump(browser: Browser, send: Send) -> None:
    while not browser.ended:
        await _write(send, await browser.next())
    await send({"type": "http.response.body", "body": b""})


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 401, "headers": []})
    await send({"type": "http.response.body", "body": b""})
