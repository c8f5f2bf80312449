"""The database for a command that is no process tree: the running one, or started for the moment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hemma.run.lock import FolderLock, Holder
from hemma.run.places import make_private
from hemma.run.postgres import Server
from hemma.run.telling import Refusal


@contextmanager
def database(data: Path, command: str) -> Iterator[str]:
    """The URL of the database of `data`, which is up until the block ends.

    HEMMA_DATABASE_URL wins. While Hemma runs its server is used; otherwise the embedded one is
    started and the folder is locked, so that nobody starts Hemma in between.
    """
    given = os.environ.get("HEMMA_DATABASE_URL", "")
    make_private(data)
    if given:
        yield given
        return
    lock = FolderLock(data)
    if not lock.take():
        yield _running(data, lock)
        return
    try:
        lock.tell(Holder(os.getpid(), command=command))
        with Server(data).start() as server:
            yield server.url()
    finally:
        lock.release()


def _running(data: Path, lock: FolderLock) -> str:
    holder = lock.holder()
    pointer = data / "postgres.socket"
    if holder is None or not holder.url or not pointer.exists():
        raise Refusal(f"Another command is at work on {data}. Try again when it is done.")
    return Server.url_for(pointer.read_text().strip())
