"""One port: pages through WSGI threads, the event stream as plain ASGI."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemma.settings")

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

pages: Any = WSGIMiddleware(cast(Any, get_wsgi_application()), workers=8)

from hemma.lib.stream import Receive, Scope, Send, hub, stream  # noqa: E402  after django.setup
from hemma.people.sessions import audiences_of  # noqa: E402


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Entry point for the server; see `hemma.run`."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["path"] == "/live/stream":
        await stream(scope, receive, send, audiences_of)
    else:
        await pages(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
