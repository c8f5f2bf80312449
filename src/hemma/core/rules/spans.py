"""Joining and cutting stretches of time."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from hemma.core.grid import Interval


def joined(spans: Iterable[Interval], gap: timedelta = timedelta()) -> list[Interval]:
    """In order, with overlapping and touching ones made one, and those up to `gap` apart."""
    result: list[Interval] = []
    for span in sorted(spans):
        if not span.duration:
            continue
        if result and span.start - result[-1].end <= gap:
            result[-1] = Interval(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def without(spans: Sequence[Interval], cuts: Sequence[Interval]) -> list[Interval]:
    """What is left of the spans when the cuts are taken out; both joined and in order."""
    left: list[Interval] = []
    for span in spans:
        start = span.start
        for cut in cuts:
            if cut.end <= start or cut.start >= span.end:
                continue
            if cut.start > start:
                left.append(Interval(start, cut.start))
            start = max(start, cut.end)
        if start < span.end:
            left.append(Interval(start, span.end))
    return left


def shared(span: Interval, others: Iterable[Interval]) -> timedelta:
    """How much of the span the others (joined) cover."""
    pieces = (span.intersection(other) for other in others)
    return sum((piece.duration for piece in pieces if piece), timedelta())
