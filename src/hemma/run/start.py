"""`serve` and `demo`: one command, one process tree, one address."""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable

import psycopg

from hemma.run import children, first_start
from hemma.run.child import Recipe
from hemma.run.children import Settings
from hemma.run.demo import notice
from hemma.run.lock import FolderLock, Holder
from hemma.run.places import DEFAULT_PORT, listen, make_private
from hemma.run.postgres import Server
from hemma.run.supervisor import Stopped, Supervisor
from hemma.run.telling import Refusal, say, warn

IMPATIENT_S = 30.0
DEMO_AT_MOST_S = 900.0
TRIES = 8

type Product = Callable[[Settings, dict[str, str], int], list[Recipe]]
type Afterwards = Callable[[dict[str, str]], list[Recipe]]


def start(
    settings: Settings,
    product: Product = children.product,
    afterwards: Afterwards = children.afterwards,
    *,
    migrate: bool = True,
) -> int:
    """Run Hemma on one data folder until Ctrl-C or SIGTERM. The exit code.

    What `afterwards` names is started when all the rest is ready.

    A second start on the same folder says where the first one runs and is content (0).
    """
    make_private(settings.data)
    lock = FolderLock(settings.data)
    if not lock.take():
        return _runs_already(settings, lock)
    listening: socket.socket | None = None
    try:
        listening, moved = listen(settings.port)
        port = listening.getsockname()[1]
        if moved:
            say(f"Port {DEFAULT_PORT} is taken; using {port}.")
        url = f"http://localhost:{port}/"
        lock.tell(Holder(os.getpid(), url, "demo" if settings.demo else "serve"))
        return _Tree(settings, listening, url).run(product, afterwards, migrate=migrate)
    finally:
        if listening is not None:
            listening.close()
        lock.release()


def _runs_already(settings: Settings, lock: FolderLock) -> int:
    holder = lock.holder()
    if holder is None or not holder.pid:
        say(f"Another Hemma is just starting on {settings.data}; look at its terminal.")
    elif holder.url:
        say(f"Hemma is already running on {settings.data}: {holder.url} (process {holder.pid}).")
        say("Open that address, or start a second one with its own --data DIR.")
    else:
        raise Refusal(
            f"`hemma {holder.command}` (process {holder.pid}) is at work on {settings.data}. "
            "Try again when it is done."
        )
    return 0


class _Tree:
    """One run, from the first child to the last."""

    def __init__(self, settings: Settings, listening: socket.socket, url: str) -> None:
        self.settings = settings
        self.listening = listening
        self.port = listening.getsockname()[1]
        self.url = url
        self.supervisor = Supervisor(settings.data / "logs")
        self.spent: list[str] = []
        self._mark = time.monotonic()

    def run(self, product: Product, afterwards: Afterwards, *, migrate: bool) -> int:
        """Start, tell, wait, stop."""
        self.supervisor.listen_to_signals()
        try:
            self._bring_up(product, migrate=migrate)
            self._tell_ready()
            for recipe in afterwards(children.environment(self.settings, self.port)):
                self.supervisor.add(recipe)
            self.supervisor.run_until(lambda: False)
        except Stopped:
            say("\nStopping …")
        finally:
            self.supervisor.stop()
        say("Hemma has stopped. Everything is kept in " + str(self.settings.data))
        return 0

    def _bring_up(self, product: Product, *, migrate: bool) -> None:
        told = children.environment(self.settings, self.port)
        say(f"Starting Hemma on {self.settings.data} …")
        if not os.environ.get("HEMMA_DATABASE_URL"):
            server = Server(self.settings.data)
            self.supervisor.add_database(children.database(server), server.is_ready)
            self._make_database(server)
            self._lap("database")
        if migrate:
            self.supervisor.run_to_end(children.migrations(told))
            self._lap("tables")
        if self.settings.demo:
            notice.forget(self.settings.data)
        for recipe in product(self.settings, told, self.listening.fileno()):
            self.supervisor.add(recipe)
        self._wait_until_ready()
        self._lap("pages")
        if self.settings.demo:
            self._wait_for_the_demo()

    def _make_database(self, server: Server) -> None:
        """The server may be killed even now: the supervisor has then started it again."""
        for left in range(TRIES - 1, -1, -1):
            try:
                server.make_database()
            except psycopg.OperationalError as error:
                if not left:
                    raise Refusal(f"The database does not answer: {error}") from error
                self._pause(1.0)
            else:
                return

    def _wait_until_ready(self) -> None:
        began = time.monotonic()
        patience_s = IMPATIENT_S
        while (lack := _lacking(self.url)) is not None:
            self._pause(0.15)
            if time.monotonic() - began > patience_s:
                patience_s += IMPATIENT_S
                warn(f"Still starting ({lack}). What is going on is in {self.supervisor.logs}")

    def _wait_for_the_demo(self) -> None:
        """Until its company is there; a demo that cannot begin is told of by the supervisor."""
        began = time.monotonic()
        patience_s = IMPATIENT_S
        while not notice.is_there(self.settings.data) and (spent := time.monotonic() - began) < (
            DEMO_AT_MOST_S
        ):
            self._pause(0.15)
            if spent > patience_s:
                patience_s += IMPATIENT_S
                say("Still writing the company's last 90 days …")
        self._lap("company")

    def _pause(self, length_s: float) -> None:
        until = time.monotonic() + length_s
        self.supervisor.run_until(lambda: time.monotonic() > until, give_up=True)

    def _lap(self, name: str) -> None:
        now = time.monotonic()
        self.spent.append(f"{name} {now - self._mark:.1f} s")
        self._mark = now

    def _tell_ready(self) -> None:
        say(f"({', '.join(self.spent)})")
        say(f"Hemma is ready: {self.url}")
        for line in notice.lines(self.settings.data) if self.settings.demo else []:
            say(line)
        begin = None if self.settings.demo else first_start.address(self.settings.data, self.url)
        if begin is not None:
            say("Nobody is here yet. The first person, who looks after Hemma, begins at")
            say(f"  {begin}")
            say("It opens until they have made their account. Keep it to yourself until then.")
        say("Stop with Ctrl-C.")
        if self.settings.open_browser and _has_display():
            webbrowser.open(begin or self.url)


def _lacking(url: str) -> str | None:
    """What the product still lacks, in its own words; None when it is ready."""
    port = url.rsplit(":", 1)[1].rstrip("/")
    for path in ("readyz", "healthz"):
        request = urllib.request.Request(
            f"http://{_local_address()}:{port}/{path}", headers={"Host": _host()}
        )
        try:
            with _no_proxy.open(request, timeout=2) as answer:
                return None if answer.status == 200 else f"answer {answer.status}"
        except urllib.error.HTTPError as error:
            if error.code != 404:  # one that knows no readiness is asked whether it lives
                return error.read(300).decode(errors="replace").strip()
        except OSError as error:
            return f"no answer: {error}"
    return "neither /readyz nor /healthz is there"


_no_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _local_address() -> str:
    address = os.environ.get("HEMMA_BIND", "127.0.0.1")
    if address in {"0.0.0.0", "::"}:  # noqa: S104 - compared with, not bound to
        return "127.0.0.1" if address == "0.0.0.0" else "[::1]"  # noqa: S104
    return f"[{address}]" if ":" in address else address


def _host() -> str:
    """A host name that the product accepts."""
    first = os.environ.get("HEMMA_HOSTS", "localhost").split(",")[0].strip()
    return first.lstrip(".") if first not in {"", "*"} else "localhost"


def _has_display() -> bool:
    if not sys.stdout.isatty():
        return False
    if sys.platform == "darwin":
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
