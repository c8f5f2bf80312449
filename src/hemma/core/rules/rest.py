"""Rest between days of work."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from hemma.core.grid import Interval
from hemma.core.rules.flags import Flag, Remedy, flag
from hemma.core.rules.law import Law
from hemma.core.rules.packs import RuleValue
from hemma.core.rules.spans import joined
from hemma.core.rules.timeline import Timeline, WorkKind, stretches, working_time

_DAY = timedelta(hours=24)
_LONG_FREE = timedelta(days=7)  # how long the rest after the last work is taken to be


def daily_rest(timeline: Timeline, law: Law) -> Iterator[Flag]:
    """Hours of rest in a row in every 24 (2003/88/EC art. 3; SE ATL 13 §; NO aml. § 10-8).

    A period of 24 hours begins where work begins after the longest rest of the period before; the
    longest free stretch inside it has to be long enough. Real hours, so the rest in the night on
    which the clock goes forward is an hour shorter. Work and on-call at the workplace break rest,
    stand-by does not.
    """
    for start, rest in _periods(_busy(timeline), inside=True):
        yield from _too_short(law.value("daily_rest_h", start), "daily_rest", rest)


def rest_between_shifts(timeline: Timeline, law: Law) -> Iterator[Flag]:
    """Hours from the end of one working day to the start of the next (ES ET art. 34.3).

    What parts two days is the longest free stretch of the 24 hours from the first one's start, so
    a long midday break does not; its whole length counts, also past those hours.
    """
    for start, rest in _periods(_busy(timeline), inside=False):
        value = law.value("between_shifts_h", start)
        yield from _too_short(value, "rest_between_shifts", rest)


def _busy(timeline: Timeline) -> list[Interval]:
    """Everything that breaks rest."""
    return joined([*working_time(timeline), *stretches(timeline, {WorkKind.ON_CALL})])


def _periods(busy: Sequence[Interval], *, inside: bool) -> Iterator[tuple[datetime, Interval]]:
    """Where each period of 24 hours begins, and its longest free stretch (the first of equals).

    `inside` cuts that stretch where the period ends; otherwise it runs until work goes on.
    """
    at = 0
    while at < len(busy):
        start, until = busy[at].start, busy[at].start + _DAY
        gaps: list[tuple[timedelta, int, Interval]] = []
        for place in range(at, len(busy)):
            ends = busy[place].end
            if ends > until:
                break
            resumes = busy[place + 1].start if place + 1 < len(busy) else ends + _LONG_FREE
            cut = max(ends, min(resumes, until))
            gaps.append((cut - ends, -place, Interval(ends, cut if inside else resumes)))
        if not gaps:  # work went on for the whole 24 hours
            yield start, Interval(until, until)
            at += 1
            continue
        _, place, rest = max(gaps)
        yield start, rest
        at = 1 - place


def _too_short(value: RuleValue | None, rule: str, rest: Interval) -> Iterator[Flag]:
    if value is None:
        return
    rest_min, least_min = rest.duration.total_seconds() / 60, value.number * 60
    if rest_min < least_min:
        numbers = (
            ("rest_min", rest_min),
            ("least_min", least_min),
            ("missing_min", least_min - rest_min),
        )
        yield flag(value, rule, rest, numbers, Remedy.MOVE_APART)
