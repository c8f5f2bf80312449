"""Who is behind a raw request: the event stream has no Django request to ask."""

from collections.abc import MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from hemma.lib.live import audiences
from hemma.people.models import Person
from hemma.people.session_store import SessionStore


async def audiences_of(scope: MutableMapping[str, Any]) -> frozenset[str] | None:
    """The live audiences of whoever's session cookie came along; None if nobody is signed in."""
    key = _session_key(scope)
    return await sync_to_async(_audiences, thread_sensitive=False)(key) if key else None


def _session_key(scope: MutableMapping[str, Any]) -> str | None:
    header = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        cookie = SimpleCookie(header.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    return cookie.value if cookie else None


def _audiences(key: str) -> frozenset[str] | None:
    close_old_connections()
    try:
        request = HttpRequest()
        request.session = SessionStore(key)
        person = get_user(request)
        return audiences.of(person) if isinstance(person, Person) else None
    finally:
        # These threads come and go; a connection kept by one would be kept for ever.
        from django.db import connection

        connection.close()
