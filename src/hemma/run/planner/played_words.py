"""How hours, breaks and lengths are written in the file of a day to be played."""

import argparse

from hemma.core.pipeline.policy_days import Span
from hemma.core.routing import Mode
from hemma.run.planner.reading_words import seconds
from hemma.run.telling import Refusal


def plan(where: str, hours: str, breaks: list[str], begins_s: float) -> tuple[Span, ...]:
    """Hours "08:00-16:30" with breaks "recess 09:45-10:00" as spans, in seconds since `begins_s`."""
    start, end = stretch(where, "hours", hours, begins_s)
    spans, at = [], start
    stops = []
    for told in breaks:
        kind, _, when = str(told).partition(" ")
        try:
            mode = Mode(kind)
        except ValueError:
            raise Refusal(
                f"{where}: {told!r}; a break is like 'recess 09:45-10:00': recess, meal, focus, meeting.",
                2,
            ) from None
        stops.append((*stretch(where, "breaks", when, begins_s), mode))
    for first, last, mode in sorted(stops):
        if not at <= first < last <= end:
            raise Refusal(f"{where}: breaks lie inside the hours and not on each other.", 2)
        if first > at:
            spans.append(Span(at, first, Mode.READY))
        spans.append(Span(first, last, mode))
        at = last
    if at < end:
        spans.append(Span(at, end, Mode.READY))
    return tuple(spans)


def stretch(where: str, name: str, text: str, begins_s: float) -> tuple[float, float]:
    """08:00-16:30 as seconds since `begins_s`. Raises Refusal, as all here, with place and remedy."""
    first, dash, last = text.strip().partition("-")
    if not dash:
        raise Refusal(f"{where}: {name} is like 08:00-16:30.", 2)
    start, end = (
        time_of_day(where, name, first) - begins_s,
        time_of_day(where, name, last) - begins_s,
    )
    if not 0 <= start < end:
        raise Refusal(f"{where}: {text!r} begins before the day does, or ends before it begins.", 2)
    return start, end


def time_of_day(where: str, name: str, text: object) -> float:
    """08:30 as seconds since midnight."""
    hour, colon, minute = str(text).strip().partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(minute) < 60):
        raise Refusal(f"{where}: {name}: {text!r} is no time of day; write 08:30.", 2)
    return int(hour) * 3600.0 + int(minute) * 60.0


def length(where: str, name: str, text: object) -> float:
    """5m or 2h as seconds."""
    try:
        return seconds(str(text))
    except argparse.ArgumentTypeError as error:
        raise Refusal(f"{where}: {name}: {error}.", 2) from error
