"""How far a long command has come, on a terminal only; Ctrl-C stops it and leaves nothing half made."""

import sys
import time
from types import TracebackType
from typing import Self

from hemma.run.telling import warn

_EVERY_S = 0.5


class Progress:
    """`told(done, of)` shows a line that is written over; nothing where no person looks."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.shown = sys.stderr.isatty()
        self.last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        if self.shown and self.last:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        if kind is KeyboardInterrupt:
            warn(f"Stopped ({self.what}); nothing was written.")

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if self.shown and now - self.last >= _EVERY_S:
            self.last = now
            sys.stderr.write(f"\r{self.what}: {done:,} of {of:,} (Ctrl-C stops)\x1b[K")
            sys.stderr.flush()
