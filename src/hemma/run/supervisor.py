"""The process tree: starts the children in order, keeps them alive, stops them in time.

One thread, one loop. The kernel ties the children's lives to the thread that started them, so
nothing here may be moved to a thread of its own.
"""

import os
import selectors
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from hemma.run.child import Child, Recipe
from hemma.run.lifeline import Lifeline
from hemma.run.logs import Log
from hemma.run.telling import Refusal

TURN_S = 0.1
# The promise is five seconds for the whole tree.
POLITE_S, DATABASE_FAST_S, DATABASE_AT_ONCE_S, KILL_S = 3.0, 1.2, 0.4, 0.3
FAILURES_BEFORE_READY = 4


class Stopped(Exception):
    """Raised inside the loop when the person at the terminal, or the system, wants an end."""


class Supervisor:
    """The children of one data folder. `database`, when given, starts first and stops last."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: list[Child] = []
        self.database: Child | None = None
        self._lifeline = Lifeline()
        self._signals = 0
        self._wakeup = os.pipe()
        for end in self._wakeup:
            os.set_blocking(end, False)

    def listen_to_signals(self) -> None:
        """Stop on Ctrl-C, SIGTERM and a closed terminal; a second one stops without patience."""
        signal.set_wakeup_fd(self._wakeup[1], warn_on_full_buffer=False)
        for received in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(received, self._note)

    def add(self, recipe: Recipe) -> Child:
        """Start a child and keep it alive from now on."""
        child = Child(recipe, Log(self.logs, recipe.name), self._lifeline)
        self.children.append(child)
        child.start()
        return child

    def add_database(self, recipe: Recipe, ready: Callable[[int], bool]) -> None:
        """Start the database and wait until it takes connections. Raises Refusal when it does not."""
        self.database = self.add(recipe)
        self.run_until(lambda: bool(self.database and ready(self.database.pid)), give_up=True)

    def run_to_end(self, recipe: Recipe) -> None:
        """Run a child that ends by itself, such as the migrations. Raises Refusal when it fails."""
        child = self.add(recipe)
        self.run_until(child.ended)
        self.children.remove(child)
        child.close()
        if child.process is None or child.process.returncode != 0:
            raise Refusal(
                f"{child.name} failed; nothing more was started. Its last words, "
                f"the rest is in {child.log.path}:\n{child.log.last_lines(12)}"
            )

    def run_until(self, done: Callable[[], bool], *, give_up: bool = False) -> None:
        """Look after the children until `done()`. Raises Stopped when a signal asks for the end.

        With `give_up`, a child that fails again and again raises Refusal with its last words.
        """
        while not done():
            if self._signals:
                raise Stopped
            self._turn()
            for child in self.children:
                child.look_after()
                if give_up and child.failures >= FAILURES_BEFORE_READY:
                    raise Refusal(
                        f"{child.name} does not stay up. Its last words, the rest is in "
                        f"{child.log.path}:\n{child.log.last_lines(12)}"
                    )

    def stop(self) -> None:
        """Stop the whole tree within five seconds; the database last, so that all can finish."""
        others = [child for child in self.children if child is not self.database]
        self._end(others, [(signal.SIGTERM, POLITE_S), (signal.SIGKILL, KILL_S)])
        if self.database is not None:
            fast = (signal.SIGINT, DATABASE_FAST_S)
            at_once = (signal.SIGQUIT, DATABASE_AT_ONCE_S)  # safe: recovery replays its journal
            self._end([self.database], [fast, at_once, (signal.SIGKILL, KILL_S)])
        for child in self.children:
            child.close()
        self._lifeline.close()

    def _end(self, children: list[Child], steps: list[tuple[signal.Signals, float]]) -> None:
        for sent, patience_s in steps:
            asked = self._signals
            for child in children:
                child.signal(sent)
            deadline = time.monotonic() + patience_s
            while time.monotonic() < deadline and self._signals == asked:
                if all(child.ended() for child in children):
                    return
                self._turn(0.02)

    def _turn(self, wait_s: float = TURN_S) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._wakeup[0], selectors.EVENT_READ, None)
            for child in self.children:
                number = child.output()
                if number is not None:
                    selector.register(number, selectors.EVENT_READ, child)
            for key, _ in selector.select(wait_s):
                if key.data is None:
                    _empty(self._wakeup[0])
                else:
                    key.data.read()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1


def _empty(pipe: int) -> None:
    try:
        while os.read(pipe, 512):
            pass
    except BlockingIOError:
        pass
