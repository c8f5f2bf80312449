"""One port: pages through WSGI threads, the event stream as plain ASGI.

Lists that renew themselves have threads of their own: when a queue changes, its whole team's pages ask
at once, and whoever goes to a page meanwhile must not stand in line behind them.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemma.settings")

from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

frame: Any = get_wsgi_application()
pages: Any = WSGIMiddleware(frame, workers=6)
renewals: Any = WSGIMiddleware(frame, workers=2)
RENEWS = b"hemma-renews"  # set by ui/live.js

from hemma.lib.stream import Receive, Scope, Send, hub, stream  # noqa: E402  after django.setup
from hemma.people.sessions import audiences_of  # noqa: E402


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Entry point for the server; see `hemma.run`."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["path"] == "/live/stream":
        await stream(scope, receive, send, audiences_of)
    elif any(name == RENEWS for name, _value in scope["headers"]):
        await renewals(scope, receive, send)
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
