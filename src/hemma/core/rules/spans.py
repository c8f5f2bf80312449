"""Joining, cutting and measuring stretches of time, as pairs of whole seconds since 1970 UTC."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

type Span = tuple[int, int]
"""From (inside) to (outside), seconds since 1970-01-01T00:00Z."""


_NEVER = -(10**18)


def joined(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """In order, overlapping and touching ones made one, and those up to `gap` seconds apart."""
    result: list[Span] = []
    start = end = reach = _NEVER
    for span in sorted(spans):
        span_start, span_end = span
        if span_start > reach:
            if span_start == span_end:
                continue
            if end != _NEVER:
                result.append((start, end))
            start, end = span
            reach = end + gap
        elif span_end > end and span_start != span_end:
            end = span_end
            reach = end + gap
    if end != _NEVER:
        result.append((start, end))
    return result


def without(spans: Sequence[Span], cuts: Sequence[Span]) -> list[Span]:
    """What is left of the spans when the cuts are taken out; both joined and in order."""
    if not cuts:
        return list(spans)
    left: list[Span] = []
    at, count = 0, len(cuts)
    for start, end in spans:
        while at < count and cuts[at][1] <= start:
            at += 1
        here = at
        while here < count and cuts[here][0] < end:
            cut_start, cut_end = cuts[here]
            if cut_start > start:
                left.append((start, cut_start))
            if cut_end > start:
                start = cut_end
            here += 1
        if start < end:
            left.append((start, end))
    return left


def common(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    """What both cover; both joined and in order."""
    found: list[Span] = []
    at, count = 0, len(right)
    for start, end in left:
        while at < count and right[at][1] <= start:
            at += 1
        here = at
        while here < count and right[here][0] < end:
            other_start, other_end = right[here]
            found.append((max(start, other_start), min(end, other_end)))
            here += 1
    return found


class Measured:
    """Joined spans that can be asked how much of a stretch they cover."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]
        self._sums = [0, *accumulate([end - start for start, end in spans])]

    def __bool__(self) -> bool:
        return bool(self.spans)

    @property
    def total(self) -> int:
        """All of it, in seconds."""
        return self._sums[-1]

    def before(self, at: int) -> int:
        """How many seconds are covered before that second."""
        place = bisect_left(self._starts, at)
        if not place:
            return 0
        over = self.spans[place - 1][1] - at
        return self._sums[place] - over if over > 0 else self._sums[place]

    def within(self, start: int, end: int) -> int:
        """How many seconds of the stretch are covered."""
        return self.before(end) - self.before(start) if self.spans else 0
