"""Other processes: whether they live, what they are, how they end."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def alive(number: int) -> bool:
    """Whether a process has this number (a zombie has it too)."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_line(number: int) -> str:
    """Its command, words apart by spaces; empty for a zombie and for nobody."""
    proc = Path(f"/proc/{number}/cmdline")
    if proc.parent.parent.joinpath("self").exists():
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    told = subprocess.run(  # noqa: S603
        ["ps", "-ww", "-o", "command=", "-p", str(number)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout


def send(number: int, sent: signal.Signals) -> None:
    """Send a signal; nothing happens when the process has just ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, sent)


def gone_within(number: int, patience_s: float) -> bool:
    """Wait until a process that is not our child has ended; False when it has not by then."""
    deadline = time.monotonic() + patience_s
    while alive(number) and command_line(number):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
