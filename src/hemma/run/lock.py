"""One process tree a data folder: a file lock that the kernel drops when its holder dies."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Holder:
    """Who holds a data folder. `url` is empty for a command that serves no pages."""

    pid: int
    url: str = ""
    command: str = ""


class FolderLock:
    """The lock on one data folder, held as long as this object (or its process) lives."""

    def __init__(self, data: Path) -> None:
        self._path = data / "hemma.lock"
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock. False when another process has it; `holder` then says which."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        os.ftruncate(handle, 0)
        self._handle = handle
        return True

    def tell(self, holder: Holder) -> None:
        """Write down who we are, for those who come second."""
        if self._handle is None:
            raise RuntimeError("the lock is not held")
        text = json.dumps(asdict(holder)).encode()
        os.pwrite(self._handle, text, 0)
        os.ftruncate(self._handle, len(text))

    def holder(self) -> Holder | None:
        """Who holds the lock, as far as they have told."""
        try:
            return Holder(**json.loads(self._path.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Let go. The file stays: removing it would let two holders lock two files."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None
