"""What the children say: kept in `<data>/logs/NAME.log`, its warnings shown on the terminal."""

import json
import re
import time
from pathlib import Path
from typing import BinaryIO

from hemma.run.telling import warn

LARGEST_BYTES = 5_000_000
OLD_FILES = 3
LONGEST_SHOWN = 240
SHOWN_PER_SPAN, SPAN_S = 5, 10.0
LEVELS = re.compile(
    rb"\b(?:WARNING|ERROR|CRITICAL|FATAL|PANIC)\b"
    rb"|\"level\": ?\"(?:warning|error|critical)\""
    rb"|^\w*(?:Error|Exception)\b.*:"
)


class Log:
    """One child's log: a file with simple rotation (NAME.log, NAME.log.1 … NAME.log.3)."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.name = name
        self.path = folder / f"{name}.log"
        self._file: BinaryIO = self.path.open("ab")
        self._rest = b""
        self._span_began = 0.0
        self._shown = 0
        self.quiet = False

    def feed(self, data: bytes) -> None:
        """Take what the child wrote, in any portions."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > 100_000:  # someone prints without ever ending a line
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            self._file.write(line + b"\n")
            if not self.quiet and LEVELS.search(line):
                self._show(line)
        self._file.flush()
        if self._file.tell() > LARGEST_BYTES:
            self._rotate()

    def close(self) -> None:
        """Write the unfinished line and close the file."""
        if self._rest:
            self.feed(b"\n")
        self._file.close()

    def last_lines(self, count: int) -> str:
        """The last lines, for a message about a child that failed."""
        return "\n".join(self.path.read_text(errors="replace").splitlines()[-count:])

    def _show(self, line: bytes) -> None:
        now = time.monotonic()
        if now - self._span_began > SPAN_S:
            self._span_began, self._shown = now, 0
        self._shown += 1
        if self._shown <= SHOWN_PER_SPAN:
            warn(f"  {self.name}: {_in_words(line)[:LONGEST_SHOWN]}")
        elif self._shown == SHOWN_PER_SPAN + 1:
            warn(f"  {self.name}: more of these; see {self.path}")

    def _rotate(self) -> None:
        self._file.close()
        for number in range(OLD_FILES, 0, -1):
            older = self.path.with_name(f"{self.path.name}.{number}")
            newer = (
                self.path if number == 1 else self.path.with_name(f"{self.path.name}.{number - 1}")
            )
            if newer.exists():
                newer.replace(older)
        self._file = self.path.open("ab")


def _in_words(line: bytes) -> str:
    """A line as a person at the terminal reads it: what happened, and the last word of a traceback."""
    text = line.decode(errors="replace").strip()
    try:
        told = json.loads(text)
        happened, traceback = str(told["event"]), str(told.get("exception", ""))
    except (ValueError, KeyError, TypeError):
        return text
    return f"{happened} ({traceback.strip().splitlines()[-1]})" if traceback.strip() else happened
