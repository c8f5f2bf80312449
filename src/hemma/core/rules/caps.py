"""Caps: so much overtime, so many additional hours, so much on-call, and no more."""

from collections.abc import Iterator
from functools import partial

from hemma.core.rules.days import first_of_month, monday
from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag, Remedy, flag
from hemma.core.rules.law import Law
from hemma.core.rules.packs import RuleValue
from hemma.core.rules.spans import Measured, Span
from hemma.core.rules.timeline import WorkKind


def overtime_in_a_week(facts: Facts, law: Law) -> Iterator[Flag]:
    """Overtime in seven days (NO aml. § 10-6: 10 h), by local weeks from Monday."""
    if facts.overtime:
        yield from _weeks(facts, law, facts.overtime, "overtime_in_a_week", "overtime_week_h", 1)


def overtime_in_four_weeks(facts: Facts, law: Law) -> Iterator[Flag]:
    """Overtime in four weeks (NO aml. § 10-6: 25 h), or else in a calendar month (SE ATL 8 §:
    48 h in four weeks or 50 h in a month).

    Where the law lets one count either way, four weeks are flagged only if a month that they
    touch is over its own cap too.
    """
    if facts.overtime:
        caps = "overtime_4w_h", "overtime_month_h"
        yield from _either_way(facts, law, facts.overtime, "overtime_in_four_weeks", *caps)


def on_call_in_four_weeks(facts: Facts, law: Law) -> Iterator[Flag]:
    """On-call at the workplace in four weeks or a month (SE ATL 6 §: 48 h or 50 h)."""
    on_call = facts.worked_of({WorkKind.ON_CALL})
    if on_call:
        caps = "on_call_4w_h", "on_call_month_h"
        yield from _either_way(facts, law, on_call, "on_call_in_four_weeks", *caps)


def overtime_in_a_year(facts: Facts, law: Law) -> Iterator[Flag]:
    """Overtime in a calendar year (SE ATL 8 §: 200 h, and 8 a §: 150 more with special reasons;
    ES ET art. 35.2: 80 h) or in 52 weeks (NO aml. § 10-6: 200 h)."""
    if facts.overtime:
        yield from _year(facts, law, facts.overtime, "overtime_in_a_year", "overtime")
        rule, cap = "overtime_in_a_year", "overtime_52w_h"
        yield from _weeks(facts, law, facts.overtime, rule, cap, 52)


def additional_in_a_year(facts: Facts, law: Law) -> Iterator[Flag]:
    """Additional hours of part-timers in a calendar year (SE ATL 10 §: 200 h, and 150 more with
    special reasons)."""
    additional = facts.worked_of({WorkKind.ADDITIONAL})
    if additional:
        yield from _year(facts, law, additional, "additional_in_a_year", "additional")


def _weeks(
    facts: Facts, law: Law, hours: Measured, rule: str, cap: str, weeks: int
) -> Iterator[Flag]:
    """Every run of so many weeks over its cap; the weeks of a flagged run are not counted again."""
    index = facts.weeks.start
    while index < facts.weeks.stop:
        start, end = monday(facts.zone, index), monday(facts.zone, index + weeks)
        value = law.value(cap, start)
        index += 1
        if value and hours.within(start, end) > value.number * 3600:
            yield _over(value, rule, (start, end), hours)
            index += weeks - 1


def _either_way(
    facts: Facts, law: Law, hours: Measured, rule: str, weeks_cap: str, month_cap: str
) -> Iterator[Flag]:
    for found in _weeks(facts, law, hours, rule, weeks_cap, 4):
        start, end = int(found.at.start.timestamp()), int(found.at.end.timestamp())
        months = [
            (first_of_month(facts.zone, n), first_of_month(facts.zone, n + 1)) for n in facts.months
        ]
        values = [law.value(month_cap, first) for first, _ in months]
        over = [
            value is None or hours.within(*month) > value.number * 3600
            for month, value in zip(months, values, strict=True)
            if month[0] < end and month[1] > start
        ]
        if any(over):
            yield found


def _year(facts: Facts, law: Law, hours: Measured, rule: str, name: str) -> Iterator[Flag]:
    """Calendar years over the cap; beyond the extra hours, the extra hours' paragraph speaks."""
    begins = partial(first_of_month, facts.zone)
    for year in range(facts.months.start // 12, (facts.months.stop - 1) // 12 + 1):
        span = begins(year * 12), begins(year * 12 + 12)
        value, extra = (
            law.value(f"{name}_year_h", span[0]),
            law.value(f"{name}_extra_year_h", span[0]),
        )
        if value is None or hours.within(*span) <= value.number * 3600:
            continue
        most_h = value.number + (extra.number if extra else 0)
        if extra and hours.within(*span) > most_h * 3600:
            yield _over(extra, rule, span, hours, most_h)
        else:
            yield _over(value, rule, span, hours)


def _over(
    value: RuleValue, rule: str, at: Span, hours: Measured, most_h: float | None = None
) -> Flag:
    worked_min, most_min = hours.within(*at) / 60, (most_h or value.number) * 60
    numbers = (
        ("worked_min", worked_min),
        ("most_min", most_min),
        ("over_min", worked_min - most_min),
    )
    return flag(value, rule, at, numbers, Remedy.LESS_OVERTIME)
