"""Children die with their supervisor, also when it is killed and can tell nobody.

Linux has a signal for it (PR_SET_PDEATHSIG). Elsewhere every child inherits the reading end of
a pipe whose other end only the supervisor holds: end of file means that it is gone.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

LIFELINE = "HEMMA_LIFELINE_FD"
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def tie_to_parent(sent: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """A `preexec_fn` that has the kernel send `sent` to the child when its parent dies.

    Must be made in the parent. The parent's spawning thread must live as long as the parent:
    the kernel watches the thread, not the process.
    """
    parent = os.getpid()

    def tie() -> None:
        if _libc is None:
            return
        _libc.prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return tie


class Lifeline:
    """The supervisor's end of the pipe, for systems without the kernel's signal."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()

    def environment(self) -> dict[str, str]:
        """What a child must find in its environment."""
        return {} if _libc is not None else {LIFELINE: str(self._reading)}

    def passed(self) -> tuple[int, ...]:
        """The file descriptors that a child must inherit."""
        return () if _libc is not None else (self._reading,)

    def close(self) -> None:
        """Let go of both ends."""
        os.close(self._reading)
        os.close(self._writing)


def watch() -> None:
    """In a child of ours: stop (SIGTERM to itself) when the supervisor is gone."""
    number = os.environ.pop(LIFELINE, "")
    if number:
        _when_cut(int(number), lambda: os.kill(os.getpid(), signal.SIGTERM))


def _when_cut(number: int, act: Callable[[], None]) -> None:
    def wait() -> None:
        while os.read(number, 1):
            pass
        act()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def guard(command: list[str]) -> int:
    """Run `command`, which knows nothing of lifelines, and interrupt it when the line is cut."""
    number = int(os.environ.pop(LIFELINE))
    child = subprocess.Popen(command)  # noqa: S603 - our own list, no shell
    for received in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(received, lambda which, _frame: child.send_signal(which))
    _when_cut(number, lambda: child.send_signal(signal.SIGINT))
    return child.wait()


if __name__ == "__main__":
    sys.exit(guard(sys.argv[1:]))
