"""Real process trees in temporary folders, gone after the test whatever happens."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from hemma.run.postgres import Server

STUBS = Path(__file__).with_name("stub_tree.py")
SOURCES = Path(__file__).resolve().parents[3]
PG15 = Path("/usr/lib/postgresql/15/bin")
DATABASES = [
    pytest.param("", id="own-programs"),
    pytest.param(
        str(PG15),
        id="postgresql-15",
        marks=pytest.mark.skipif(not PG15.exists(), reason="PostgreSQL 15 is not installed"),
    ),
]


def until(true: Callable[[], object], patience_s: float = 30.0) -> None:
    """Wait until something has become true."""
    deadline = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


class Tree:
    """One start of the stub tree."""

    def __init__(self, data: Path, *words: str, bin: str = "") -> None:
        self.data = data
        environment = os.environ | {"PYTHONPATH": str(SOURCES)}
        environment.pop("HEMMA_DATABASE_URL", None)
        if bin:
            environment["HEMMA_PG_BIN"] = bin
        self.process = subprocess.Popen(
            [sys.executable, STUBS, data, *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def ready(self) -> str:
        """Wait for the ready line; the address in it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Hemma is ready: "):
                return line.split(": ", 1)[1].strip()
        raise AssertionError(f"it never became ready:\n{self.said}")

    def rest(self) -> str:
        """All that it says until its end."""
        said, _ = self.process.communicate(timeout=30)
        return self.said + said

    def members(self) -> dict[int, str]:
        """The numbers and names of the processes below it."""
        return _below(self.process.pid)

    def member(self, part: str) -> int:
        """The one child whose command holds `part`."""
        found = [
            n
            for n, (parent, words) in _processes().items()
            if part in words and parent == self.process.pid
        ]
        assert len(found) == 1, f"{part}: {found}"
        return found[0]

    def connect(self) -> psycopg.Connection:
        """A connection to its database."""
        folder = (self.data / "postgres.socket").read_text().strip()
        return psycopg.connect(Server.url_for(folder), autocommit=True)


def _processes() -> dict[int, tuple[int, str]]:
    told = subprocess.run(
        ["ps", "-axww", "-o", "pid=,ppid=,stat=,command="],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.split(None, 3) for line in told.stdout.splitlines())
    return {
        int(row[0]): (int(row[1]), row[3]) for row in rows if len(row) == 4 and "Z" not in row[2]
    }


def _below(top: int) -> dict[int, str]:
    everyone = _processes()
    found: dict[int, str] = {}
    seek = [top]
    while seek:
        parent = seek.pop()
        children = {n: words for n, (above, words) in everyone.items() if above == parent}
        found |= children
        seek += children
    return found


def living(numbers: dict[int, str]) -> dict[int, str]:
    """Those of `numbers` that still run."""
    return {n: words for n, words in numbers.items() if n in _processes()}


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder with a short path."""
    folder = Path(tempfile.mkdtemp(prefix="hemma-data-", dir="/tmp"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def start_tree(data: Path) -> Iterator[Callable[..., Tree]]:
    """Start the stub tree on the test's data folder, as often as wanted."""
    trees: list[Tree] = []

    def start(*words: str, bin: str = "") -> Tree:
        trees.append(Tree(data, *words, bin=bin))
        return trees[-1]

    yield start
    for tree in trees:
        if tree.process.poll() is None:
            tree.process.send_signal(signal.SIGTERM)
        tree.process.communicate(timeout=30)
