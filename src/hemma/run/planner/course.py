"""The course of a planning run: step by step, by the clock or by count. Written down, the same steps lead
to the same plan and the same bound again, however fast the machine is."""

import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hemma.run.telling import Refusal


@dataclass(frozen=True)
class Course:
    """What is to be done: for so many `seconds` (counted, not repeatable beforehand), or the search's
    steps at these `shares` of the whole and exactly so many `passes` of the proof (`None`: none)."""

    seed: int
    seconds: float | None
    shares: tuple[float, ...] = ()
    passes: int | None = None


@dataclass(frozen=True)
class Taken:
    """What was done; `is_exact`: no step was broken off in its middle, so it can be done again."""

    seed: int
    shares: tuple[float, ...]
    passes: int | None
    is_exact: bool = True

    def as_json(self) -> dict[str, object]:
        """For `--again`."""
        return {
            "seed": self.seed, "shares": list(self.shares), "proof_passes": self.passes,
            "exact": self.is_exact,
        }  # fmt: skip


def counted(seed: int, steps: int, *, with_bound: bool) -> Course:
    """So many steps, with a pass of the proof for each if it is asked for."""
    shares = tuple(step / steps for step in range(steps))
    return Course(seed, None, shares, steps if with_bound else None)


def again(file: Path) -> Course:
    """The course that a plan's JSON tells. Raises `Refusal`."""
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8"))["run"]
        shares = tuple(float(share) for share in told["shares"])
        passes = None if told["proof_passes"] is None else int(told["proof_passes"])
        course, is_exact = Course(int(told["seed"]), None, shares, passes), bool(told["exact"])
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}).", 2) from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(
            f"{file} tells of no run. `hemma plan DIR --json > FILE.json` writes one.", 2
        ) from error
    if not is_exact:
        raise Refusal(f"{file}: that run was broken off within a step, it cannot be repeated.", 2)
    return course


def shares(course: Course, stopped: threading.Event) -> Iterator[float]:
    """The share of the whole at each step to come, until the end or until it is `stopped`."""
    if course.seconds is None:
        for share in course.shares:
            if stopped.is_set():
                return
            yield share
        return
    began = time.monotonic()
    while (gone := time.monotonic() - began) < course.seconds and not stopped.is_set():
        yield gone / course.seconds


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets, so that the step under way comes to its end; the second time it
    breaks that off. Outside of the main thread nobody presses it."""
    stopped = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)
