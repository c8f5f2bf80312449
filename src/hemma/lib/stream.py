"""The event stream: one raw ASGI response a browser, fed by one LISTEN of the whole process.

Plain ASGI instead of a framework's response: with 1,100 open streams this is the difference
between 14 KB and several times that for each. The hub never waits for a slow browser: what does
not fit in its small queue is replaced by one word, `all`, after which the page fetches everything.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import psycopg
import structlog
from django.db import connections
from psycopg import sql

from hemma.lib.live import LIVE_CHANNEL, REOPEN

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Opener = Callable[[Scope], Awaitable[frozenset[str] | None]]

BEAT_S = 20  # shorter than the idle limits of common proxies
QUEUE = 32
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
        for browser in self.browsers.get(message["audience"], ()):
            if message["topic"] == REOPEN:
                browser.end()
            else:
                browser.offer(event)

    def tell_all(self) -> None:
        """Something may have been missed: every page fetches what it shows again."""
        self._offer_all(encode("all", 0))

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
            async for notice in connection.notifies():
                self.tell(notice.payload)


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
        await _write(send, b"retry: 2000\n: hello\n\n")
        await _until_gone(browser, receive, send)
    finally:
        hub.leave(browser)


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
