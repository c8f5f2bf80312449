"""The web process: pages and event streams on one port."""

import socket

import uvicorn

from hemma.lib import logs
from hemma.run import lifeline
from hemma.run.places import listen

# Open event streams never end by themselves; past this they are cut and the browsers reconnect.
GRACEFUL_S = 2


def main(*, port: int | None = None, listening: int | None = None) -> int:
    """Serve `hemma.asgi:application` on an inherited socket, or on `port`, until SIGTERM."""
    lifeline.watch()
    logs.configure("web")
    opened = socket.socket(fileno=listening) if listening is not None else listen(port)[0]
    config = uvicorn.Config(
        "hemma.asgi:application",
        timeout_graceful_shutdown=GRACEFUL_S,
        log_config=None,  # ours: the server's own words come out as JSON too
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
    )
    server = uvicorn.Server(config)
    server.run(sockets=[opened])
    return 0 if server.started else 1
