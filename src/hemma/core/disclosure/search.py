"""Which cells to hide so that as little as possible is lost."""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush

Weak = Callable[[frozenset[int]], list[int] | None]
"""None: nothing leaks. Otherwise the cells of which one must be hidden as well (none: give up)."""

STEPS = 150
"""How many states are looked into before the rest is decided by what is smallest."""


def least_lost(
    start: frozenset[int], weak: Weak, cost: Sequence[int], steps: int = STEPS
) -> frozenset[int] | None:
    """The cheapest set of hidden cells around `start` that leaks nothing; None when there is none.

    Cheapest first over all ways to close each leak; when the steps run out, the cheapest beginnings
    so far are finished by always hiding the smallest. At last every cell that turns out not to be
    needed is shown again.
    """
    frontier: list[tuple[int, int, frozenset[int]]] = [(0, 0, start)]
    seen = {start}
    for step in range(steps):
        if not frontier:
            return None
        lost, _, hidden = heappop(frontier)
        choice = weak(hidden)
        if choice is None:
            return _shown_again(start, hidden, weak, cost)
        for cell in sorted(set(choice) - hidden, key=lambda one: (cost[one], one)):
            more = hidden | {cell}
            if more not in seen:
                seen.add(more)
                heappush(frontier, (lost + cost[cell], -step, more))
    ends = [_greedy(state, weak, cost) for state in (start, frontier[0][2]) if frontier]
    done = [_shown_again(start, end, weak, cost) for end in ends if end is not None]
    return min(done, key=lambda end: (sum(cost[c] for c in end), sorted(end)), default=None)


def _greedy(hidden: frozenset[int], weak: Weak, cost: Sequence[int]) -> frozenset[int] | None:
    while (choice := weak(hidden)) is not None:
        able = set(choice) - hidden
        if not able:
            return None
        hidden = hidden | {min(able, key=lambda one: (cost[one], one))}
    return hidden


def _shown_again(
    start: frozenset[int], hidden: frozenset[int], weak: Weak, cost: Sequence[int]
) -> frozenset[int]:
    for cell in sorted(hidden - start, key=lambda one: (-cost[one], one)):
        if weak(hidden - {cell}) is None:
            hidden = hidden - {cell}
    return hidden
