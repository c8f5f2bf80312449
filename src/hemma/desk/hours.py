"""A day's opening hours as people write them: `08:00–17:00`, or `8-12, 13-17.30`."""

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

from hemma.desk.opening import MIDNIGHT, Span

_SPAN = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?$")


def read(weekday: int, text: str) -> list[Span]:
    """The spans of one weekday (0 Monday), in order; none for an empty text: closed.

    Raises ValueError for what is no time, ends before it begins, or lies over another span.
    """
    spans = sorted(
        (_span(weekday, part.strip()) for part in text.split(",") if part.strip()),
        key=lambda span: span.opens,
    )
    for one, after in pairwise(spans):
        if one.closes == MIDNIGHT or one.closes > after.opens:
            raise ValueError(text)
    return spans


def _span(weekday: int, text: str) -> Span:
    found = _SPAN.match(text)
    if found is None:
        raise ValueError(text)
    hours, minutes, last_hours, last_minutes = (int(part or 0) for part in found.groups())
    opens = time(hours, minutes)
    # 24 is how people write the midnight that ends a day.
    ends_the_day = (last_hours, last_minutes) == (24, 0)
    closes = MIDNIGHT if ends_the_day else time(last_hours, last_minutes)
    if closes != MIDNIGHT and closes <= opens:
        raise ValueError(text)
    return Span(weekday, opens, closes)


def write(spans: Iterable[Span]) -> str:
    """The text that `read` takes for these spans."""
    return ", ".join(
        f"{span.opens:%H:%M}–{'24:00' if span.closes == MIDNIGHT else f'{span.closes:%H:%M}'}"
        for span in sorted(spans, key=lambda span: span.opens)
    )
