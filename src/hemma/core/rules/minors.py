"""Who is under eighteen: shorter days, longer rest, free nights (94/33/EC)."""

from collections.abc import Iterator

from hemma.core.rules.breaks import without_break
from hemma.core.rules.days import clock, monday
from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag, Remedy, flag, too_little_rest, too_much
from hemma.core.rules.law import Law


def minors_day(facts: Facts, law: Law) -> Iterator[Flag]:
    """All working time of a minor in one working day (94/33/EC art. 8: 8 h)."""
    for start, end, *_ in facts.days if facts.timeline.is_minor else ():
        value = law.value("minor_day_h", start)
        worked_s = facts.measured_busy.within(start, end)
        if value and worked_s > value.number * 3600:
            yield too_much(value, "minors_day", (start, end), worked_s, value.number * 3600)


def minors_week(facts: Facts, law: Law) -> Iterator[Flag]:
    """All working time of a minor in one local week (94/33/EC art. 8: 40 h)."""
    for week in facts.weeks if facts.timeline.is_minor else ():
        at = monday(facts.zone, week), monday(facts.zone, week + 1)
        value, worked_s = law.value("minor_week_h", at[0]), facts.measured_busy.within(*at)
        if value and worked_s > value.number * 3600:
            yield too_much(value, "minors_week", at, worked_s, value.number * 3600)


def minors_rest(facts: Facts, law: Law) -> Iterator[Flag]:
    """Rest of a minor in every 24 hours, counted as `daily_rest` does (94/33/EC art. 10: 12 h)."""
    for day in facts.days if facts.timeline.is_minor else ():
        value = law.value("minor_daily_rest_h", day.start)
        rest = min(day.end, day.rest_end), day.rest_end
        found = value and too_little_rest(value, "minors_rest", rest, Remedy.MOVE_APART)
        if found:
            yield found


def minors_break(facts: Facts, law: Law) -> Iterator[Flag]:
    """A minor's break, counted as `break_in_time` does (94/33/EC art. 12: 30 min after 4 h 30)."""
    if facts.timeline.is_minor:
        limits = "minor_max_without_break_h", "minor_break_min"
        yield from without_break(facts, law, "minors_break", *limits)


def minors_night(facts: Facts, law: Law) -> Iterator[Flag]:
    """A minor's work in the night (94/33/EC art. 9: none between 22 and 06)."""
    dates = facts.dates if facts.timeline.is_minor else range(0)
    for day in range(dates.start - 1, dates.stop) if dates else ():
        at = clock(facts.zone, day, 12 * 60)
        value, until = law.value("minor_night_from_h", at), law.value("minor_night_to_h", at)
        if value is None or until is None:
            continue
        night = (
            clock(facts.zone, day, int(value.number * 60)),
            clock(facts.zone, day + 1, int(until.number * 60)),
        )
        worked_s = facts.measured_busy.within(*night)
        if worked_s:
            numbers = (("worked_min", worked_s / 60),)
            yield flag(value, "minors_night", night, numbers, Remedy.MOVE_FROM_NIGHT)
