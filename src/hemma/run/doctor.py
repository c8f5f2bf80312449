"""`doctor`: one line for each thing that Hemma needs, and what to do where it lacks."""

import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from hemma.run.binaries import OLDEST, find_binaries
from hemma.run.lock import FolderLock
from hemma.run.maintenance import database
from hemma.run.places import listen, make_private
from hemma.run.telling import Refusal, say

LEAST_FREE_BYTES = 1_000_000_000
CLOCK_SLACK_S = 2.0
EXTENSIONS = ("btree_gist", "pg_trgm")


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `advice` is what to do when it is not well."""

    well: bool
    what: str
    advice: str = ""


type Check = Callable[[], Iterator[Finding]]
# Rooms above add theirs here (mailboxes that answer, for instance) when they are loaded.
more_checks: list[Check] = []


def main(data: Path, port: int | None, root: Path | None) -> int:
    """Look at everything; 1 when something needs doing."""
    findings = [*_python(), *_packages(root), *_folder(data)]
    running = _runs(data)
    findings += [] if running else list(_port(port))
    findings += _database(data)
    for check in more_checks:
        findings += check()
    for finding in findings:
        say(f"{'✓' if finding.well else '✗'} {finding.what}")
        if not finding.well:
            say(f"    → {finding.advice}")
    return 0 if all(finding.well for finding in findings) else 1


def _python() -> Iterator[Finding]:
    version = ".".join(str(x) for x in sys.version_info[:3])
    well = (3, 12) <= sys.version_info[:2] <= (3, 14)
    yield Finding(well, f"Python {version}", "use Python 3.12, 3.13 or 3.14")


def _packages(root: Path | None) -> Iterator[Finding]:
    """Installed packages against the lock; an installed wheel has no lock to compare with."""
    if root is None:
        return
    lock = (root / "requirements.lock").read_text()
    pinned = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)([^\\\n]*)", lock, re.M)
    wrong = [name for name, version, marker in pinned if not _fits(name, version, marker)]
    yield Finding(
        not wrong,
        f"{len(pinned)} packages as locked"
        if not wrong
        else f"packages differ: {', '.join(wrong)}",
        "delete .venv and start again; it is then installed anew",
    )


def _fits(name: str, version: str, marker: str) -> bool:
    try:
        return importlib.metadata.version(name) == version
    except importlib.metadata.PackageNotFoundError:
        return ";" in marker  # for another system or Python


def _folder(data: Path) -> Iterator[Finding]:
    try:
        make_private(data)
    except Refusal as refusal:
        yield Finding(False, f"data folder {data}", str(refusal))
        return
    yield Finding(True, f"data folder {data} can be written")
    free = shutil.disk_usage(data).free
    yield Finding(
        free >= LEAST_FREE_BYTES,
        f"{free / 1e9:.1f} GB of disk free",
        "make room: below 1 GB the database may stop",
    )


def _runs(data: Path) -> bool:
    lock = FolderLock(data)
    try:
        if lock.take():
            lock.release()
            return False
    except OSError:
        return False
    holder = lock.holder()
    say(f"Hemma is running on this folder: {holder.url if holder else ''}")
    return True


def _port(port: int | None) -> Iterator[Finding]:
    try:
        opened, moved = listen(port)
    except Refusal as refusal:
        yield Finding(False, f"port {port or ''}", str(refusal))
        return
    number = opened.getsockname()[1]
    opened.close()
    yield Finding(True, f"port {number} is free" + (" (8000 is taken)" if moved else ""))


def _database(data: Path) -> Iterator[Finding]:
    given = os.environ.get("HEMMA_DATABASE_URL")
    try:
        if not given:
            programs = find_binaries()
            yield Finding(True, f"PostgreSQL {programs.major} programs in {programs.folder}")
        with database(data, "doctor") as url, psycopg.connect(url, connect_timeout=5) as connection:
            yield from _inside(connection)
    except Refusal as refusal:
        yield Finding(False, "database", str(refusal))
    except psycopg.OperationalError as error:
        advice = "look at HEMMA_DATABASE_URL" if given else f"look at {data}/logs/database.log"
        yield Finding(False, f"database does not answer: {str(error).strip()}", advice)


def _inside(connection: psycopg.Connection) -> Iterator[Finding]:
    major = connection.info.server_version // 10_000
    yield Finding(
        major >= OLDEST,
        f"database answers, PostgreSQL {major}",
        f"{OLDEST} is the least; upgrade it",
    )
    rows = connection.execute("SELECT name FROM pg_available_extensions").fetchall()
    missing = sorted(set(EXTENSIONS) - {row[0] for row in rows})
    yield Finding(
        not missing,
        "extensions " + ", ".join(EXTENSIONS) if not missing else f"extensions lack: {missing}",
        "install PostgreSQL's contrib package on the database's machine",
    )
    yield from _clock(connection)


def _clock(connection: psycopg.Connection) -> Iterator[Finding]:
    """The database's clock against ours, which may be moved on purpose (and then says so)."""
    from hemma.lib import clock

    row = connection.execute("SELECT clock_timestamp()").fetchone()
    if row is None:
        return
    apart = abs((clock.now() - clock.offset() - row[0]).total_seconds())
    moved = f" (moved by {clock.offset()})" if clock.offset() else ""
    yield Finding(
        apart <= CLOCK_SLACK_S,
        f"clock: {apart:.1f} s from the database's{moved}",
        "let both machines' clocks follow a time server",
    )
