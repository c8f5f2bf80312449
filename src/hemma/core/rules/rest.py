"""Rest between days of work, in the night and in the week."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from hemma.core.rules.days import clock, midnight, monday
from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag, Remedy, flag, too_little_rest
from hemma.core.rules.law import Law
from hemma.core.rules.spans import Span, joined
from hemma.core.rules.timeline import WorkKind

_LONG_S = 8 * 3600


def daily_rest(facts: Facts, law: Law) -> Iterator[Flag]:
    """Hours of rest in a row in every 24 (2003/88/EC art. 3; SE ATL 13 §; NO aml. § 10-8).

    A period of 24 hours begins where work begins after the longest rest of the period before; the
    longest free stretch inside it has to be long enough. Real hours, so the rest in the night on
    which the clock goes forward is an hour shorter. Work and on-call at the workplace break rest,
    stand-by does not.
    """
    most_s = law.highest("daily_rest_h") * 3600
    for start, end, rest_end, _ in facts.days:
        if rest_end - end >= most_s:
            continue
        value, rest = law.value("daily_rest_h", start), (min(end, rest_end), rest_end)
        found = value and too_little_rest(value, "daily_rest", rest, Remedy.MOVE_APART)
        if found:
            yield found


def rest_between_shifts(facts: Facts, law: Law) -> Iterator[Flag]:
    """Hours from the end of one working day to the start of the next (ES ET art. 34.3).

    What parts two days is the longest free stretch of the 24 hours from the first one's start, so
    a long midday break does not; its whole length counts, also past those hours.
    """
    if not law.says("between_shifts_h"):
        return
    most_s = law.highest("between_shifts_h") * 3600
    for start, end, _, resumes in facts.days:
        if resumes - end >= most_s:
            continue
        value, rest = law.value("between_shifts_h", start), (min(end, resumes), resumes)
        found = value and too_little_rest(value, "rest_between_shifts", rest, Remedy.MOVE_APART)
        if found:
            yield found


def night_core(facts: Facts, law: Law) -> Iterator[Flag]:
    """Work in the hours that daily rest shall hold (SE ATL 13 §: between midnight and 05).

    The law lets the kind of work, or people's need of it, be a reason; the plan is therefore
    warned, not stopped.
    """
    if facts.within_dates[0] >= law.highest("night_core_to_h") * 3600:
        return
    for day in facts.dates:
        at = midnight(facts.zone, day)
        value, begins = law.value("night_core_to_h", at), law.value("night_core_from_h", at)
        if value is None or begins is None:
            continue
        night = (
            clock(facts.zone, day, int(begins.number * 60)),
            clock(facts.zone, day, int(value.number * 60)),
        )
        worked = facts.measured_busy.within(*night)
        if worked:
            numbers = (("worked_min", worked / 60),)
            yield flag(value, "night_core", night, numbers, Remedy.MOVE_FROM_NIGHT)


def weekly_rest(facts: Facts, law: Law) -> Iterator[Flag]:
    """Hours of rest in a row in every seven days (2003/88/EC art. 5; SE ATL 14 §; NO aml. § 10-8;
    ES ET art. 37.1).

    Seven days are the local week from Monday. A free stretch counts with the part that lies in
    the week, or whole for the week in which it begins. Where rest may be saved up (ES: over 14
    days), weeks are taken together, and one stretch of all their hours will do as well. What
    breaks rest beside work is the pack's to say: in Sweden stand-by does.
    """
    if not facts.busy:
        return
    gaps = _free(facts, law, _LONG_S)
    index = facts.weeks.start
    while index < facts.weeks.stop:
        start = monday(facts.zone, index)
        value, saved = law.value("weekly_rest_h", start), law.value("weekly_rest_weeks", start)
        together = int(saved.number) if saved else 1
        index -= index % together  # weeks taken together are the same ones for everybody
        ends = [monday(facts.zone, index + n) for n in range(together + 1)]
        index += together
        if value is None:
            continue
        longest = [_longest(gaps, a, b) for a, b in pairwise(ends)]
        least_s = value.number * 3600
        if min(longest)[0] >= max(least_s, _LONG_S):
            continue
        short = _free(facts, law)  # a shorter one may be the longest of a full week
        longest = [_longest(short, a, b) for a, b in pairwise(ends)]
        if min(longest)[0] >= least_s:
            continue
        if together > 1 and _longest(short, ends[0], ends[-1])[0] >= together * least_s:
            continue
        found = too_little_rest(value, "weekly_rest", min(longest)[1], Remedy.GIVE_FREE_TIME)
        if found:
            yield found


def _free(facts: Facts, law: Law, least_s: int = 0) -> list[Span]:
    """The free stretches of at least that, with four free weeks before and after everything."""
    value = law.value("weekly_rest_broken_by", facts.busy[0][0])
    kinds = frozenset(WorkKind(word) for word in value.words) if value else frozenset()
    more = facts.spans(kinds) if kinds else []
    busy = joined([*facts.busy, *more]) if more else facts.busy
    edge = 28 * 86_400
    found, since = [], busy[0][0] - edge
    for start, end in busy:
        if start - since >= least_s:
            found.append((since, start))
        since = end
    found.append((since, since + edge))
    return found


def _longest(gaps: Sequence[Span], start: int, end: int) -> tuple[int, Span]:
    """The longest rest that counts for the stretch: its seconds, and where it lies."""
    best = (0, (start, start))
    first = bisect_right(gaps, start, key=itemgetter(1))
    for place in range(first, len(gaps)):
        gap_start, gap_end = gaps[place]
        if gap_start >= end:
            break
        counts = (gap_start, gap_end) if gap_start >= start else (start, min(gap_end, end))
        if counts[1] - counts[0] > best[0]:
            best = (counts[1] - counts[0], counts)
    return best


def days_in_a_row(facts: Facts, law: Law) -> Iterator[Flag]:
    """Local dates in a row with work on each (DK arbejdsmiljøloven § 51: a free day a week; EU
    C-306/16: at most twelve between two weekly rests)."""
    runs: list[list[int]] = []  # first date, and the one after the last
    for begins, ends in facts.busy_dates:
        if not runs or begins > runs[-1][1]:
            runs.append([begins, ends + 1])
        elif ends >= runs[-1][1]:
            runs[-1][1] = ends + 1
    for first, after in runs:
        at = midnight(facts.zone, first)
        value = law.value("days_in_a_row", at)
        if value and after - first > value.number:
            numbers = (("worked_days", float(after - first)), ("most_days", value.number))
            row = at, midnight(facts.zone, after)
            yield flag(value, "days_in_a_row", row, numbers, Remedy.GIVE_FREE_TIME)
