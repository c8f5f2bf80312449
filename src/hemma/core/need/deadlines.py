"""Work that may wait: mail and call-backs with a deadline, levelled as far as it allows."""

import numpy as np

from hemma.core.need.least import NeverEnough, Whole
from hemma.core.need.logs import Floats


def levelled(work_s: Floats, open_s: Floats, due_slots: int, backlog_s: float = 0.0) -> Floats:
    """(slots,) people busy with it in each slot, so that nothing is late and nothing is done early.

    `work_s` (slots,) seconds of work that comes in each slot, taken as there at the slot's end;
    `open_s` (slots,) seconds of each slot in which it may be worked on, 0 when closed. Work of slot
    t is done by the end of slot t + `due_slots`, and all but the last slot's by the end of all. `backlog_s` is there at the
    start and due like the first slot's. The answer has the smallest peak, and also the smallest sum
    of squares and of every other convex cost: a taut string between what has come and what is due
    (Veinott, "Least d-majorized network flows", 1971). Raises `NeverEnough` when work comes or
    falls due with no open time between.
    """
    if due_slots < 1:
        raise NeverEnough("a deadline is at least one interval after the one it came in")
    slots = work_s.size
    known = backlog_s + np.concatenate([[0.0], np.cumsum(work_s)])
    come = np.concatenate([[0.0], known[:slots]])
    due = np.zeros(slots + 1)
    due[due_slots + 1 :] = known[1 : max(1, slots + 1 - due_slots)]
    due[-1] = come[-1]
    clock = np.concatenate([[0.0], np.cumsum(open_s)])
    _check_open(clock, come, due)
    done = _taut(clock, due, come)
    people = np.zeros(slots)
    is_open = open_s > 0
    people[is_open] = (np.diff(done)[is_open]) / open_s[is_open]
    return people


def _check_open(clock: Floats, come: Floats, due: Floats) -> None:
    """Between what comes and what falls due there must be open time."""
    for at in range(1, clock.size):
        first = int(np.searchsorted(clock, clock[at]))
        if due[at] > come[first] + 1e-9:
            raise NeverEnough(f"work falls due in interval {at - 1} with no open time to do it in")


def _taut(clock: Floats, low: Floats, high: Floats) -> Floats:
    """The shortest line from `low[0]` to `low[-1]` that stays between `low` and `high`."""
    low, high = _squeezed(clock, low, high)
    last = clock.size - 1
    line = np.zeros(clock.size)
    at = 0
    while at < last:
        steepest, flattest = -np.inf, np.inf
        turn, slope = last, 0.0
        floor_at = ceiling_at = at + 1
        for to in range(at + 1, last + 1):
            run = clock[to] - clock[at]
            if run <= 0:
                continue
            least, most = (low[to] - line[at]) / run, (high[to] - line[at]) / run
            if least > flattest:
                turn, slope = ceiling_at, flattest
                break
            if most < steepest:
                turn, slope = floor_at, steepest
                break
            if least >= steepest:
                steepest, floor_at = least, to
            if most <= flattest:
                flattest, ceiling_at = most, to
        else:
            turn, slope = last, steepest if np.isfinite(steepest) else 0.0
            if floor_at < last and steepest > flattest - 1e-15:
                turn = floor_at
        line[at + 1 : turn + 1] = line[at] + slope * (clock[at + 1 : turn + 1] - clock[at])
        at = turn
    return line


def _squeezed(clock: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """While closed nothing moves: the bounds of all edges at one open time hold together."""
    low, high = low.copy(), high.copy()
    starts = np.searchsorted(clock, clock)
    ends = np.searchsorted(clock, clock, side="right") - 1
    return low[ends], high[starts]


def whole(people: Floats) -> Whole:
    """(slots,) people as whole numbers, never less work done by any slot's end than asked.

    What rounding up does too early is taken off later; slots of one length.
    """
    done = np.ceil(np.cumsum(people) - 1e-9)
    return np.diff(np.concatenate([[0.0], done])).astype(np.int64)
