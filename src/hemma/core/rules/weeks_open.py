"""What weeks and dates leave of the free time for one more shift: see `openings`."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hemma.core.rules.days import midnight, monday, week_of
from hemma.core.rules.facts import Facts
from hemma.core.rules.law import Law
from hemma.core.rules.spans import Measured, Span, joined, without
from hemma.core.rules.timeline import WorkKind

_ABSENCE = frozenset({WorkKind.ABSENCE})
_EDGE_S = 1000 * 86_400  # the free time before and after everything


def weeks_full(facts: Facts, law: Law, worked: int, length: int, span: Span) -> Iterator[Span]:
    """Starts from which a shift would touch a week that has no room for all of its work."""
    full: set[int] = set()
    touched = facts.weeks or range(week_of(facts.zone, span[0]), week_of(facts.zone, span[0]) + 1)
    for _, hours, together, most_s in averages(facts, law, span[0]):
        if worked > most_s:
            yield span
        for index in range(touched[0] - together + 1, touched[-1] + 1):
            start, end = monday(facts.zone, index), monday(facts.zone, index + together)
            absent = Measured(facts.spans(_ABSENCE)).within(start, end)
            if hours.within(start, end) + worked > most_s * (1 - absent / (end - start)):
                full.update(range(index, index + together))
    for week in full:
        yield monday(facts.zone, week) - length + 1, monday(facts.zone, week + 1)


def averages(facts: Facts, law: Law, at: int) -> Iterator[tuple[str, Measured, int, float]]:
    """The value's name, what is summed, over how many weeks, and the most of it that stops nothing."""
    months = law.value("total_ref_months", at)
    total_weeks = int(months.number * 365.25 / 12 / 7) if months else 1
    for name, ref, per_week, hours in (
        ("ordinary_week_h", "ordinary_ref_weeks", 1, facts.ordinary),
        ("total_avg_week_h", None, 1, facts.measured_busy),
        ("night_avg_h", "night_ref_weeks", 6, facts.measured_busy),
    ):
        value, weeks = law.value(name, at), law.value(ref, at) if ref else None
        if value and law.stops(name, at):
            together = (int(weeks.number) if weeks else 1) if ref else total_weeks
            yield name, hours, together, value.number * 3600 * per_week * together


def dates_full(facts: Facts, law: Law, length: int, span: Span) -> Iterator[Span]:
    """Starts from which a shift would touch a date that makes too many in a row."""
    value = law.value("days_in_a_row", span[0])
    if value is None or not law.stops("days_in_a_row", span[0]):
        return
    dates = {day for first, last in facts.busy_dates for day in range(first, last + 1)}
    for day in {near for date in dates for near in range(date - 2, date + 3)}:
        run = {day} | dates
        for more in (frozenset[int](), frozenset({day + 1})):
            first = last = day
            while first - 1 in run | more:
                first -= 1
            while last + 1 in run | more:
                last += 1
            if last - first + 1 > value.number:
                start, after = midnight(facts.zone, day), midnight(facts.zone, day + 1)
                # With the next date too, only what runs on past midnight is closed.
                yield (after - length + 1 if more else start - length + 1), after


def weekly_rest_open(facts: Facts, law: Law, free: Sequence[Span], length: int) -> list[Span]:
    """What weekly rest leaves of the starts `free`, all in one gap between work."""
    if not free:
        return []
    value = law.value("weekly_rest_h", free[0][0])
    saved = law.value("weekly_rest_weeks", free[0][0])
    if value is None:
        return list(free)
    least, together = int(value.number * 3600), int(saved.number) if saved else 1
    gap = _gap_around(facts, free[0][0])
    left = list(free)
    first, last = (
        week_of(facts.zone, max(gap[0], free[0][0] - 14 * 86_400)),
        week_of(facts.zone, min(gap[1], free[-1][1] + length + 14 * 86_400)),
    )
    for block in range(first // together, last // together + 1):
        mondays = [monday(facts.zone, block * together + n) for n in range(together + 1)]
        closed: list[Span] = []
        for start, end in pairwise(mondays):
            closed += _closed(facts, gap, (start, end), least, length, left)
        if closed and together > 1:
            whole = _closed(facts, gap, (mondays[0], mondays[-1]), least * together, length, left)
            closed = _both(joined(closed), joined(whole))
        left = without(left, joined(closed))
    return left


def _gap_around(facts: Facts, at: int) -> Span:
    every = _gaps(facts, (at, at + 1))
    return every[0] if every else (at - _EDGE_S, at + _EDGE_S)


def _closed(
    facts: Facts, gap: Span, week: Span, least: int, length: int, starts: Sequence[Span]
) -> list[Span]:
    """The starts that leave the week without its rest."""
    begin, end = week
    others = [span for span in _gaps(facts, week) if span != gap]
    for start, until in others:
        counts = until - start if begin <= start < end else min(until, end) - begin
        if counts >= least and start < end and until > begin:
            return []
    low, high = starts[0][0], starts[-1][1]
    fine: list[Span] = []
    since = gap[0] if begin <= gap[0] < end else begin
    if gap[0] < end and (gap[0] >= begin or end - begin >= least):
        fine.append((max(low, since + least), high))  # enough before the shift
    fine.append((max(low, begin - length), min(high, end - length, gap[1] - least - length + 1)))
    if min(gap[1], end) - begin >= least:  # enough after a shift that ends before the week
        fine.append((low, min(high, begin - length)))
    return without([(low, high)], joined(span for span in fine if span[1] > span[0]))


def _gaps(facts: Facts, week: Span) -> list[Span]:
    busy = facts.busy
    starts = [busy[0][0] - _EDGE_S, *(end for _, end in busy)] if busy else []
    ends = [*(start for start, _ in busy), busy[-1][1] + _EDGE_S] if busy else []
    return [
        span for span in zip(starts, ends, strict=True) if span[1] > week[0] and span[0] < week[1]
    ]


def _both(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    return without(left, without(left, right))
