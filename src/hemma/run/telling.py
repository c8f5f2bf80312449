"""How the commands talk to the person at the terminal, and how they refuse."""

import sys


class Refusal(Exception):
    """A command cannot do what was asked. The text says why and what to do; `code` is the exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


def say(text: str) -> None:
    """One line to the person who started the command."""
    _write(sys.stdout, text)


def warn(text: str) -> None:
    """One line that needs attention."""
    _write(sys.stderr, text)


def _write(stream: object, text: str) -> None:
    try:
        stream.write(text + "\n")  # type: ignore[attr-defined]
        stream.flush()  # type: ignore[attr-defined]
    except (BrokenPipeError, ValueError, OSError):
        pass  # the terminal has gone; the process tree goes on until it is told to stop
