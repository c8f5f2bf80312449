"""A small process tree for the tests: the real supervisor and database, small children.

Usage: stub_tree.py DATA [PORT]. With STUBBORN in the environment the worker ignores SIGTERM.
"""

import os
import sys
from pathlib import Path

from hemma.run.child import Recipe
from hemma.run.children import Settings
from hemma.run.start import start

WEB = """
import asyncio, os, socket, sys

async def answer(reader, writer):
    path = (await reader.readline()).split()[1].decode()
    writer.write(b"HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n%d\\n" % os.getpid())
    while path == "/stream":
        writer.write(b"data: beat\\n\\n")
        await writer.drain()
        await asyncio.sleep(0.1)
    writer.close()

async def main():
    server = await asyncio.start_server(answer, sock=socket.socket(fileno=int(sys.argv[1])))
    await server.serve_forever()

asyncio.run(main())
"""
WORKER = "import time\ntime.sleep(600)"
STUBBORN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + WORKER


def product(_settings: Settings, told: dict[str, str], listening: int) -> list[Recipe]:
    """A web process that answers with its number, and a worker that may not want to stop."""
    web = [sys.executable, "-c", WEB, str(listening)]
    worker = [sys.executable, "-c", STUBBORN if os.environ.get("STUBBORN") else WORKER]
    return [
        Recipe("web", lambda: web, told, passed=(listening,)),
        Recipe("worker", lambda: worker, told),
    ]


def afterwards(told: dict[str, str]) -> list[Recipe]:
    """Something that is done once, when all is ready."""
    told = told | {"DONE": str(Path(sys.argv[1]) / "afterwards")}
    line = "import os; open(os.environ['DONE'], 'a').write('done ')"
    return [Recipe("afterwards", lambda: [sys.executable, "-c", line], told, once=True)]


if __name__ == "__main__":
    port = int(sys.argv[2]) if len(sys.argv) > 2 else None
    settings = Settings(data=Path(sys.argv[1]), port=port, open_browser=False)
    sys.exit(start(settings, product, afterwards, migrate=False))
