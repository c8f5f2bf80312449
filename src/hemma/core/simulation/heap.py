"""A heap of finishing times, compiled into the loops that use it."""

from typing import Any

from numba import njit

# Written into the caller: a call of so few steps would cost more than the steps.
small = njit(inline="always", error_model="numpy", fastmath=True)


@small
def rise(times: Any, groups: Any, size: int, at: float, group: int) -> None:
    """Put one in; `size` is how many there were."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if times[parent] <= at:
            break
        times[place] = times[parent]
        groups[place] = groups[parent]
        place = parent
    times[place] = at
    groups[place] = group


@small
def sink(times: Any, groups: Any, size: int, at: float, group: int) -> None:
    """Put one in the first one's place; `size` is how many there are then.

    The smaller child is chosen by adding a truth, not by a branch that the processor would guess.
    """
    place = 0
    child = 1
    while child < size:
        if child + 1 < size:
            child += times[child + 1] < times[child]
        if times[child] >= at:
            break
        times[place] = times[child]
        groups[place] = groups[child]
        place = child
        child = 2 * place + 1
    times[place] = at
    groups[place] = group
