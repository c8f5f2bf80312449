"""A real server for a measurement: throw-away database, migrated, and the web process beside it."""

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hemma.run.binaries import find_binaries
from hemma.run.postgres import Server
from hemma.run.throwaway import make_folder, start_throwaway

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """A running process, as the kernel sees it."""

    pid: int

    def rss_kb(self) -> int:
        """Resident memory in kB (1024 bytes)."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise RuntimeError("the process has ended")

    def cpu_s(self) -> float:
        """Seconds of processor time so far, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def raise_open_files(wanted: int = 8192) -> None:
    """Allow this process and its children enough open files for thousands of streams."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft < limit:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))


@contextmanager
def database() -> Iterator[Path]:
    """A migrated, durable (fsync) throw-away database; its folder. Django is set up on it."""
    folder = make_folder()
    with start_throwaway(folder=folder, fsync=True) as server, _django(folder, server.url()):
        yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_database(folder: Path) -> Iterator[Path]:
    """A migrated database that stays in `folder`, for a play in pieces. Not durable: no fsync."""
    with (
        Server(folder, fsync=False, binaries=find_binaries(None)).start() as server,
        _django(folder, server.url()),
    ):
        yield folder


@contextmanager
def _django(folder: Path, url: str) -> Iterator[None]:
    os.environ |= {
        "HEMMA_DATA": str(folder),
        "HEMMA_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "hemma.settings",
        "HEMMA_DEMO": "0",
        "HEMMA_SECOND_STEP": "",
    }
    subprocess.run(
        [sys.executable, "-m", "hemma.run.migrate"], check=True, stdout=subprocess.DEVNULL
    )
    import django

    django.setup()
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()


def faster(stop: threading.Event, speed: float, file: Path) -> None:
    """Move everybody's clock on, so that it runs `speed` times as fast until `stop`."""
    from hemma.lib import clock

    began, before = time.monotonic(), clock.offset()
    while not stop.wait(0.25):
        gained = (time.monotonic() - began) * (speed - 1)
        clock.write_offset(file, before + timedelta(seconds=gained))


def free_port() -> int:
    """A port of this machine that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def web() -> Iterator[tuple[Process, int]]:
    """The web process exactly as `hemma serve` starts it, and its port."""
    port = free_port()
    child = subprocess.Popen([sys.executable, "-P", "-m", "hemma", "web", "--port", str(port)])
    try:
        _wait_until_up(port, child)
        yield Process(child.pid), port
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def _wait_until_up(port: int, child: "subprocess.Popen[bytes]") -> None:
    for _turn in range(300):
        if child.poll() is not None:
            raise SystemExit("the web process ended at once")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web process does not answer")


def session_cookies(people: list) -> list[str]:
    """A signed-in session for each of `people`, made straight in the database; their keys."""
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from hemma.lib import clock
    from hemma.people.models import Session
    from hemma.people.session_store import SessionStore

    store, now = SessionStore(), clock.now()
    rows = []
    for person in people:
        data = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        key = store._get_new_session_key()
        rows.append(
            Session(
                session_key=key,
                session_data=store.encode(data),
                expire_date=now + timedelta(hours=14),
                person=person,
                since=now,
                last_seen=now,
            )
        )
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0–1) of the sorted `values` lie (nearest rank)."""
    return values[min(len(values) - 1, int(share * len(values)))]


def print_json(facts: dict) -> None:
    """The figures for machines, on the last line."""
    print(json.dumps(facts))
