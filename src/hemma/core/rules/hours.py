"""How much work there is in a day, a week and on average."""

from collections.abc import Iterator

from hemma.core.rules.days import clock, day_of, midnight, monday
from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag, too_much
from hemma.core.rules.law import Law
from hemma.core.rules.spans import Measured
from hemma.core.rules.timeline import WorkKind

_STANDBY = frozenset({WorkKind.STANDBY})
_ABSENCE = frozenset({WorkKind.ABSENCE})


def hours_in_a_day(facts: Facts, law: Law) -> Iterator[Flag]:
    """Ordinary working time in one working day (NO aml. § 10-4: 9 h in 24; ES ET art. 34.3: 9 h).

    Overtime is not ordinary. A working day may pass midnight.
    """
    if not law.says("day_h"):
        return
    for start, end, *_ in facts.days if facts.work else ():
        value = law.value("day_h", start)
        worked_s = facts.ordinary.within(start, end) if value else 0
        if value and worked_s > value.number * 3600:
            yield too_much(value, "hours_in_a_day", (start, end), worked_s, value.number * 3600)


def hours_in_a_week(facts: Facts, law: Law) -> Iterator[Flag]:
    """Ordinary working time a week, on average of the weeks that the pack lets be taken together
    (SE ATL 5 §: 40 h, of at most 4 weeks; NO aml. § 10-4: 40 h; ES ET art. 34.1: of a year).

    Local weeks from Monday; every run of so many weeks, those flagged not counted again. In
    Norway a seventh of stand-by outside the workplace counts (§ 10-4).
    """
    standby = Measured(facts.spans(_STANDBY)) if law.says("standby_counts_one_in") else None
    index = facts.weeks.start
    while index < facts.weeks.stop:
        start = monday(facts.zone, index)
        value, weeks = law.value("ordinary_week_h", start), law.value("ordinary_ref_weeks", start)
        together = int(weeks.number) if weeks else 1
        index += 1
        if value is None:
            continue
        most_s = value.number * 3600 * together
        end = monday(facts.zone, index - 1 + together)
        worked_s: float = facts.ordinary.within(start, end)
        part = law.value("standby_counts_one_in", start)
        if standby and part:
            worked_s += standby.within(start, end) / part.number
        if worked_s > most_s + 1e-6:
            yield too_much(value, "hours_in_a_week", (start, end), worked_s, most_s)
            index += together - 1


def total_average(facts: Facts, law: Law) -> Iterator[Flag]:
    """All working time, overtime and on-call too, per seven days on average of some months
    (2003/88/EC arts. 6 and 16 b; SE ATL 10 b §: 48 h of at most 4 months).

    Runs of as many whole local weeks as the months hold (four hold 17); those of a flagged run are
    not counted again. Days absent from beginning to end are left out of the average.
    """
    index = facts.weeks.start
    while index < facts.weeks.stop:
        start = monday(facts.zone, index)
        value, months = law.value("total_avg_week_h", start), law.value("total_ref_months", start)
        index += 1
        if value is None or months is None:
            continue
        together = int(months.number * 365.25 / 12 / 7)
        end = monday(facts.zone, index - 1 + together)
        worked_s = facts.measured_busy.within(start, end)
        days = 7 * together - absent_days(facts, start, end)
        most_s = value.number * 3600 * days / 7
        if worked_s > most_s + 1e-6:
            yield too_much(value, "total_average", (start, end), worked_s, most_s)
            index += together - 1


def absent_days(facts: Facts, start: int, end: int) -> int:
    """Whole local days of absence between two seconds."""
    count = 0
    for begins, ends in facts.spans(_ABSENCE):
        first = day_of(facts.zone, max(begins, start))
        first += midnight(facts.zone, first) < max(begins, start)
        count += max(0, day_of(facts.zone, min(ends, end)) - first)
    return count


def night_work(facts: Facts, law: Law) -> Iterator[Flag]:
    """Who works at night works at most so much a day on average (2003/88/EC art. 8, SE ATL 13 a §,
    NO aml. § 10-11, ES ET art. 36.1: 8 h in 24, of some weeks; six days of 24 hours a week count).

    A night's work is a working day with `night_day_h` within the night; whoever has them in at
    least half of the working days of a run of weeks works at night in it.
    """
    if not law.says("night_avg_h") or not _any_night(facts, law):
        return
    index = facts.weeks.start
    while index < facts.weeks.stop:
        start = monday(facts.zone, index)
        value, weeks = law.value("night_avg_h", start), law.value("night_ref_weeks", start)
        index += 1
        if value is None or weeks is None:
            continue
        together = int(weeks.number)
        end = monday(facts.zone, index - 1 + together)
        days = [day for day in facts.days if start <= day.start < end]
        nights = sum(is_night(facts, law, day.start, day.end) for day in days)
        worked_s = facts.measured_busy.within(start, end)
        most_s = value.number * 3600 * 6 * together
        if nights and nights * 2 >= len(days) and worked_s > most_s:
            yield too_much(value, "night_work", (start, end), worked_s, most_s)
            index += together - 1


def _any_night(facts: Facts, law: Law) -> bool:
    """Whether anybody works enough in the night to look closer: cheap, and said of most people."""
    if not facts.busy:
        return False
    at, last = facts.busy[0][0], facts.busy[-1][1]
    since, until = law.value("night_from_h", at), law.value("night_to_h", at)
    steady = since is law.value("night_from_h", last) and until is law.value("night_to_h", last)
    if since is None or until is None or not steady:
        return True
    earliest, latest = facts.within_dates
    return earliest < until.number * 3600 or latest > since.number * 3600


def is_night(facts: Facts, law: Law, start: int, end: int) -> bool:
    """Whether a working day has enough hours in the night to be a night's work."""
    value = law.value("night_day_h", start)
    return value is not None and night_s(facts, law, start, end, "night") >= value.number * 3600


def night_s(facts: Facts, law: Law, start: int, end: int, name: str) -> int:
    """Seconds of work between start and end that lie in the nights of the values `name`_from_h
    and `name`_to_h."""
    since, until = law.value(f"{name}_from_h", start), law.value(f"{name}_to_h", start)
    if since is None or until is None:
        return 0
    count = 0
    for day in range(day_of(facts.zone, start) - 1, day_of(facts.zone, end) + 1):
        begins = clock(facts.zone, day, int(since.number * 60))
        ends = clock(facts.zone, day + 1, int(until.number * 60))
        if begins < end and ends > start:
            count += facts.measured_busy.within(max(begins, start), min(ends, end))
    return count
