"""The one clock. Whatever has to know what time it is asks here, and nowhere else.

All processes of an installation can be moved together: `HEMMA_CLOCK_FILE` names a text file that
holds an offset in seconds, read again whenever it changes. Tests in one process use `moved_to`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

_here: timedelta | None = None  # an offset set in this process, wins over the file
_file = os.environ.get("HEMMA_CLOCK_FILE", "")
_seen: tuple[int, timedelta] = (-1, timedelta())


def now() -> datetime:
    """The time it is, aware, in UTC."""
    return datetime.now(UTC) + offset()


def offset() -> timedelta:
    """How far the clock is moved from the machine's."""
    if _here is not None:
        return _here
    return _from_file() if _file else timedelta()


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Move this process's clock to `instant` (aware); it goes on from there. For tests."""
    global _here
    before = _here
    _here = instant - datetime.now(UTC)
    try:
        yield
    finally:
        _here = before


def advance(by: timedelta) -> None:
    """Move the clock further inside `moved_to`. Raises RuntimeError outside of it."""
    global _here
    if _here is None:
        raise RuntimeError("advance() works inside moved_to()")
    _here += by


def write_offset(path: Path, by: timedelta) -> None:
    """Move the clock of every process that was started with this clock file."""
    part = path.with_suffix(".part")
    part.write_text(f"{by.total_seconds()}\n")
    part.replace(path)


def _from_file() -> timedelta:
    global _seen
    try:
        changed = os.stat(_file).st_mtime_ns
        if changed != _seen[0]:
            _seen = (changed, timedelta(seconds=float(Path(_file).read_text())))
    except (FileNotFoundError, ValueError):
        # A file that is not there yet or half written: go on with what was last known.
        pass
    return _seen[1]
