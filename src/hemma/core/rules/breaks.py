"""Breaks within a day of work."""

from collections.abc import Iterator

from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag, Remedy, flag
from hemma.core.rules.law import Law
from hemma.core.rules.packs import RuleValue
from hemma.core.rules.spans import Measured, Span, joined, without
from hemma.core.rules.timeline import WorkKind

_PAID = frozenset({WorkKind.PAUS, WorkKind.MEAL_ON_DUTY})


def break_in_time(facts: Facts, law: Law) -> Iterator[Flag]:
    """Working time in a row without a break (SE ATL 15 §: 5 h without *rast*; NO aml. § 10-9:
    5 h 30; 2003/88/EC art. 4: 6 h).

    Which kinds are a break (`break_kinds`) and how long it is at least (`break_min`) is the
    pack's to say: a Swedish *paus* is no *rast*. Free time of that length parts work too. A
    shorter rast parts nothing, and is not counted as work.
    """
    yield from without_break(facts, law, "break_in_time", "max_without_break_h", "break_min")


def without_break(facts: Facts, law: Law, rule: str, most: str, least: str) -> Iterator[Flag]:
    """Stretches of work longer than the value `most`, unparted by breaks of the value `least`."""
    if not facts.work:
        return
    for stretch in _stretches(facts, law, law.value(least, facts.work[0][0])):
        start, end = stretch
        value = law.value(most, start)
        if value is None or end - start <= value.number * 3600:
            continue
        worked_min, most_min = facts.measured_work.within(start, end) / 60, value.number * 60
        if worked_min > most_min:
            numbers = (("worked_min", worked_min), ("most_min", most_min))
            yield flag(value, rule, stretch, numbers, Remedy.PUT_IN_BREAK)


def _stretches(facts: Facts, law: Law, least: RuleValue | None) -> list[Span]:
    """Presence, parted by breaks that count and by free time of that length."""
    least_s = int(least.number * 60) if least else 0
    counted = [span for span in _breaks(facts, law) if span[1] - span[0] >= least_s]
    present = joined(facts.present, gap=least_s - 1) if least_s > 1 else facts.present
    return without(present, counted)


def _breaks(facts: Facts, law: Law) -> list[Span]:
    value = law.value("break_kinds", facts.work[0][0])
    return facts.spans(frozenset(WorkKind(word) for word in value.words) if value else frozenset())


def break_in_total(facts: Facts, law: Law) -> Iterator[Flag]:
    """Minutes of break, taken together, on a long working day (NO aml. § 10-9: 30 when the daily
    working time is at least eight hours)."""
    if not law.says("break_total_min") or not facts.work:
        return
    pauses = Measured(_breaks(facts, law))
    for day in facts.days:
        value = law.value("break_total_min", day.start)
        since = law.value("break_total_from_h", day.start)
        if value is None or since is None:
            continue
        long_day = facts.measured_work.within(day.start, day.end) >= since.number * 3600
        had_min = pauses.within(day.start, day.end) / 60
        if long_day and had_min < value.number:
            yield _too_short(value, "break_in_total", (day.start, day.end), had_min)


def overtime_break(facts: Facts, law: Law) -> Iterator[Flag]:
    """A paid break when overtime is long (NO aml. § 10-9: half an hour when more than two hours).

    Paid are a paus and a meal on duty; they count from half an hour before the overtime on.
    """
    if not law.says("overtime_break_min") or not facts.overtime:
        return
    paid = Measured(facts.spans(_PAID))
    for day in facts.days:
        value = law.value("overtime_break_min", day.start)
        after = law.value("overtime_break_over_h", day.start)
        if value is None or after is None:
            continue
        if facts.overtime.within(day.start, day.end) <= after.number * 3600:
            continue
        first = next(start for start, end in facts.overtime.spans if end > day.start)
        since = max(day.start, first - 30 * 60)
        had_min = paid.within(since, day.end) / 60
        if had_min < value.number:
            yield _too_short(value, "overtime_break", (max(day.start, first), day.end), had_min)


def short_break(facts: Facts, law: Law) -> Iterator[Flag]:
    """A rast shorter than the authority advises (SE: 30 minutes; the Act names no length)."""
    if not law.says("rast_advised_min"):
        return
    for start, end in facts.spans(frozenset({WorkKind.RAST})):
        value = law.value("rast_advised_min", start)
        if value and end - start < value.number * 60:
            yield _too_short(value, "short_break", (start, end), (end - start) / 60)


def _too_short(value: RuleValue, rule: str, at: Span, had_min: float) -> Flag:
    numbers = (
        ("break_min", had_min),
        ("least_min", value.number),
        ("missing_min", value.number - had_min),
    )
    return flag(value, rule, at, numbers, Remedy.LENGTHEN_BREAK)
