"""Breaks within a day of work."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hemma.core.grid import Interval
from hemma.core.rules.flags import Flag, Remedy, flag
from hemma.core.rules.law import Law
from hemma.core.rules.spans import joined, shared, without
from hemma.core.rules.timeline import WORKING, Timeline, WorkKind, stretches, working_time

_RESOLUTION = timedelta.resolution


def break_in_time(timeline: Timeline, law: Law) -> Iterator[Flag]:
    """Working time in a row without a break (SE ATL 15 §: 5 h without *rast*; NO aml. § 10-9:
    5 h 30; 2003/88/EC art. 4: 6 h).

    Which kinds are a break (`break_kinds`) and how long it is at least (`break_min`) is the
    pack's to say: a Swedish *paus* is no *rast*. Free time of that length parts work too. A
    shorter rast parts nothing, and is not counted as work.
    """
    work = working_time(timeline)
    if not work:
        return
    for stretch in _stretches(timeline, law, work[0].start):
        limit = law.value("max_without_break_h", stretch.start)
        worked_min = shared(stretch, work).total_seconds() / 60
        if limit and worked_min > limit.number * 60:
            numbers = (("worked_min", worked_min), ("most_min", limit.number * 60))
            yield flag(limit, "break_in_time", stretch, numbers, Remedy.PUT_IN_BREAK)


def _stretches(timeline: Timeline, law: Law, at: datetime) -> list[Interval]:
    """Presence, parted by breaks that count and by free time of that length."""
    kinds = law.value("break_kinds", at)
    least = law.value("break_min", at)
    least_long = timedelta(minutes=least.number if least else 0)
    absent = stretches(timeline, {WorkKind.ABSENCE})
    present = without(stretches(timeline, WORKING | {WorkKind.RAST}), absent)
    breaks = stretches(timeline, {WorkKind(word) for word in kinds.words} if kinds else ())
    counted = [pause for pause in breaks if pause.duration >= least_long]
    parted = without(joined(present, gap=max(timedelta(), least_long - _RESOLUTION)), counted)
    return [stretch for stretch in parted if stretch.duration]
