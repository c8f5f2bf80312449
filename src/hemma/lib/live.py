"""Live pages: who is told that something changed, and the hub that tells their browsers.

An event names a topic and a version, never data: what may be seen is decided by the ordinary
query when the page fetches its fragment again. Publishing is a NOTIFY inside the transaction, so
that PostgreSQL delivers it exactly when, and only if, the change is committed.
"""

import json
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

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
