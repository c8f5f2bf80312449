"""One child of the supervisor: started, watched, started again after a pause that grows."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from hemma.run.lifeline import Lifeline, tie_to_parent
from hemma.run.logs import Log
from hemma.run.telling import warn

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
CALM_S = 60.0


@dataclass(frozen=True)
class Recipe:
    """How to start a child. `command` is asked anew at every start, and may prepare things."""

    name: str
    command: Callable[[], list[str]]
    environment: dict[str, str] = field(default_factory=dict)
    passed: tuple[int, ...] = ()
    when_parent_dies: signal.Signals = signal.SIGTERM
    once: bool = False


class Child:
    """A running (or soon running) recipe."""

    def __init__(self, recipe: Recipe, log: Log, lifeline: Lifeline) -> None:
        self.recipe = recipe
        self.log = log
        self.failures = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._lifeline = lifeline
        self._pause_s = FIRST_PAUSE_S
        self._began = 0.0
        self._due = 0.0

    @property
    def name(self) -> str:
        """Its name in logs and messages."""
        return self.recipe.name

    @property
    def pid(self) -> int:
        """Its process id, 0 while it does not run."""
        return self.process.pid if self.process and self.process.returncode is None else 0

    def start(self) -> None:
        """Start it now. An error of its preparation counts as a failure like any other."""
        self._began = time.monotonic()
        environment = os.environ | self.recipe.environment | self._lifeline.environment()
        self.process = subprocess.Popen(  # noqa: S603 - our own list, no shell
            self.recipe.command(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=environment,
            pass_fds=(*self.recipe.passed, *self._lifeline.passed()),
            start_new_session=True,  # Ctrl-C is for the supervisor, who stops them in order
            preexec_fn=tie_to_parent(self.recipe.when_parent_dies),
        )
        if self.process.stdout is not None:
            os.set_blocking(self.process.stdout.fileno(), False)

    def output(self) -> int | None:
        """The file descriptor to watch, or None when there is nothing more to read."""
        pipe = self.process.stdout if self.process else None
        return pipe.fileno() if pipe and not pipe.closed else None

    def read(self) -> None:
        """Move what it wrote to its log."""
        number = self.output()
        if number is None or self.process is None or self.process.stdout is None:
            return
        try:
            data = os.read(number, 65_536)
        except BlockingIOError:
            return
        if data:
            self.log.feed(data)
        else:
            self.process.stdout.close()

    def look_after(self) -> None:
        """Notice its death, and start it again when its pause is over."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self._drain()
            if self.recipe.once:
                return
            self._schedule(now, f"ended ({_how(code)})")
        elif now >= self._due:
            try:
                self.start()
            except Exception as error:
                self._schedule(now, f"could not start: {error}")

    def signal(self, sent: signal.Signals) -> None:
        """Send it a signal; KILL goes to all that it started."""
        if not self.pid:
            return
        try:
            if sent is signal.SIGKILL:
                os.killpg(self.pid, sent)
            else:
                os.kill(self.pid, sent)
        except (ProcessLookupError, PermissionError):
            pass

    def ended(self) -> bool:
        """Whether it does not run (and its exit has been collected)."""
        return self.process is None or self.process.poll() is not None

    def close(self) -> None:
        """Read the last words and close the log."""
        self._drain()
        self.log.close()

    def _drain(self) -> None:
        if self.output() is not None:
            self.read()
        if self.process and self.process.stdout:
            self.process.stdout.close()

    def _schedule(self, now: float, what: str) -> None:
        self.process = None
        self.failures += 1
        if now - self._began > CALM_S:
            self._pause_s = FIRST_PAUSE_S
        self._due = now + self._pause_s
        warn(f"  {self.name} {what}; it starts again in {self._pause_s:g} s. See {self.log.path}")
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
