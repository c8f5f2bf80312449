"""Live pages: who is told that something changed, and the hub that tells their browsers.

An event names a topic and a version, never data: what may be seen is decided by the ordinary
query when the page fetches its fragment again. Publishing is a NOTIFY inside the transaction, so
that PostgreSQL delivers it exactly when, and only if, the change is committed.
"""

import json
import platform
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

LIVE_CHANNEL = "hemma_live"
WORK_CHANNEL = "hemma_work"

# Not for the pages: the hub closes the streams of the audience. Browsers open them again by
# themselves, and are then asked anew who they are.
REOPEN = "stream"

AudienceProvider = Callable[[Any], set[str]]


class Audiences:
    """Which audiences a person belongs to; each room adds what it knows."""

    def __init__(self) -> None:
        self._providers: list[AudienceProvider] = []

    def register(self, provider: AudienceProvider) -> AudienceProvider:
        self._providers.append(provider)
        return provider

    def of(self, person: Any) -> frozenset[str]:
        """Every audience of `person`, for example `person:7`, `team:2`, `queue:1`."""
        return frozenset().union(*(provider(person) for provider in self._providers))


audiences = Audiences()


def _machine() -> str:
    """One start of one machine: its monotonic clock is the same for all processes, and no other."""
    try:
        name = Path("/proc/sys/kernel/random/boot_id").read_text()
    except OSError:
        name = platform.node()
    return f"{zlib.crc32(name.encode()):08x}"


MACHINE = _machine()


def mark() -> str:
    """This moment, for a page that is about to be drawn: what changes later it has not seen."""
    return f"{time.monotonic_ns()}.{MACHINE}"


def read_mark(said: str) -> int | None:
    """The monotonic ns of a `mark` made since this machine started; None for anything else."""
    moment, _, machine = said.partition(".")
    if machine != MACHINE or not (moment.isascii() and moment.isdecimal()) or len(moment) > 20:
        return None
    return int(moment)


class BegunMiddleware:
    """`request.begun`: the mark of a page, set before the first look into the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.begun = mark()  # type: ignore[attr-defined]
        return self.get_response(request)


def publish(audience: str, topic: str | None = None) -> None:
    """Tell `audience` that `topic` (the audience itself by default) has changed."""
    publish_all((audience, topic or audience))


def publish_all(*changes: tuple[str, str]) -> None:
    """Tell several audiences of a topic each, in one question to the database."""
    words = [
        json.dumps({"audience": audience, "topic": topic, "version": time.monotonic_ns()})
        for audience, topic in changes
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, word) FROM unnest(%s::text[]) AS word", [LIVE_CHANNEL, words]
        )


def reopen(audience: str) -> None:
    """End the event streams of `audience`: whose standing has changed hears by the new one, or
    nothing more at all.
    """
    publish(audience, REOPEN)


def wake(loop: str) -> None:
    """Wake the worker's loop of this name at commit, instead of at its next tick."""
    _notify(WORK_CHANNEL, loop)


def _notify(channel: str, payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])
