"""Every rule of law once more, counted in minutes: see `minute_by_minute`."""

from datetime import date, timedelta
from itertools import pairwise

from hemma.core.rules.tests.minute_by_minute import DAY, TOLD_AHEAD, Count, bits, clock, dark, runs


def rests(count):
    for _, end, rest_end, resumes in count.days:
        for name, rule, asked, until in (
            ("daily_rest_h", "daily_rest", True, rest_end),
            ("between_shifts_h", "rest_between_shifts", True, resumes),
            ("minor_daily_rest_h", "minors_rest", count.is_minor, rest_end),
        ):
            least = count.law(name)
            begins = min(end, until)
            if asked and least is not None and until - begins < least * 60:
                rest = until - begins
                count.flag(name, rule, begins, until, rest, least * 60, least * 60 - rest)


def nights(count):
    dates = [
        day for day, (a, b) in count.calendar.dates.items() if b > count.first and a < count.last
    ]
    to = count.law("night_core_to_h")
    for day in dates if to is not None else ():
        a, b = (
            clock(count.calendar, day, count.law("night_core_from_h")),
            clock(count.calendar, day, to),
        )
        if worked := count.minutes(count.busy, a, b):
            count.flag("night_core_to_h", "night_core", a, b, worked)
    before = [dates[0] - timedelta(days=1), *dates] if dates and count.is_minor else []
    for day in before:
        a = clock(count.calendar, day, count.law("minor_night_from_h"))
        b = clock(count.calendar, day + timedelta(days=1), count.law("minor_night_to_h"))
        if worked := count.minutes(count.busy, a, b):
            count.flag("minor_night_from_h", "minors_night", a, b, worked)
    row = []
    for day in [*dates, None]:
        a, b = count.calendar.dates[day] if day else (0, 0)
        if day and count.minutes(count.busy, a, b):
            row.append((a, b))
            continue
        most = count.law("days_in_a_row")
        if row and len(row) > most:
            count.flag("days_in_a_row", "days_in_a_row", row[0][0], row[-1][1], len(row), most)
        row = []


def week_rest(count):
    if not count.busy:
        return
    least, together = count.law("weekly_rest_h") * 60, count.law("weekly_rest_weeks")
    mask = count.busy | count.of(*(count.law("weekly_rest_broken_by") or ()))
    spans = runs(mask)
    edge = 28 * DAY
    gaps = runs(bits(spans[0][0] - edge, spans[-1][1] + edge) & ~mask)
    everything = list(count.calendar.weeks.items())
    blocks = {}
    for monday, span in everything:
        blocks.setdefault((monday - date(1970, 1, 5)).days // 7 // together, []).append(span)
    for weeks in blocks.values():
        if weeks[-1][1] <= count.first or weeks[0][0] >= count.last:
            continue
        each = [best_rest(gaps, *week) for week in weeks]
        whole = best_rest(gaps, weeks[0][0], weeks[-1][1])[0]
        worst = min(each)
        if worst[0] >= least or (together > 1 and whole >= together * least):
            continue
        count.flag("weekly_rest_h", "weekly_rest", *worst[1], worst[0], least, least - worst[0])


def best_rest(gaps, start, end):
    counting = [(start, start)]
    for a, b in gaps:
        if start <= a < end:
            counting.append((a, b))
        elif a < start < b:
            counting.append((start, min(b, end)))
    longest = max(b - a for a, b in counting)
    return longest, next(span for span in counting if span[1] - span[0] == longest)


def breaks(count):
    kinds = count.law("break_kinds")
    without_break(count, kinds, "break_in_time", "max_without_break_h", "break_min")
    if count.is_minor:
        limits = "minor_max_without_break_h", "minor_break_min"
        without_break(count, kinds, "minors_break", *limits)
    for start, end, *_ in count.days:
        least = count.law("break_total_min")
        had = count.minutes(count.of(*kinds), start, end)
        worked = count.minutes(count.work, start, end)
        if least is not None and worked >= count.law("break_total_from_h") * 60 and had < least:
            count.flag("break_total_min", "break_in_total", start, end, had, least, least - had)
        least, over = count.law("overtime_break_min"), count.minutes(count.overtime, start, end)
        if least is not None and over > count.law("overtime_break_over_h") * 60:
            first = next(a for a, b in runs(count.overtime) if b > start)
            had = count.minutes(count.of("paus", "meal_on_duty"), max(start, first - 30), end)
            if had < least:
                at = max(start, first)
                count.flag("overtime_break_min", "overtime_break", at, end, had, least, least - had)
    advised = count.law("rast_advised_min")
    for a, b in runs(count.of("rast")) if advised is not None else ():
        if b - a < advised:
            count.flag("rast_advised_min", "short_break", a, b, b - a, advised, advised - b + a)


def without_break(count, kinds, rule, most_name, least_name):
    most, least = count.law(most_name) * 60, count.law(least_name) or 0
    there = (count.work | count.of("rast")) & ~count.of("absence")
    spans = runs(there)
    for (_, b), (a, _) in pairwise(spans):
        if a - b < least:
            there |= bits(b, a)
    for a, b in runs(count.of(*kinds)):
        if b - a >= least:
            there &= ~bits(a, b)
    for a, b in runs(there):
        worked = count.minutes(count.work, a, b)
        if worked > most:
            count.flag(most_name, rule, a, b, worked, most)


def too_much(count, name, rule, a, b, worked, most):
    if worked > most + 1e-6:
        count.flag(name, rule, a, b, worked, most, worked - most)
        return True
    return False


def hours(count):
    ordinary = count.work & ~count.overtime
    for start, end, *_ in count.days:
        if count.law("day_h") is not None:
            worked = count.minutes(ordinary, start, end)
            too_much(count, "day_h", "hours_in_a_day", start, end, worked, count.law("day_h") * 60)
        if count.is_minor:
            worked, most = count.minutes(count.busy, start, end), count.law("minor_day_h") * 60
            too_much(count, "minor_day_h", "minors_day", start, end, worked, most)
    for a, b in count.groups("weeks") if count.is_minor else ():
        worked, most = count.minutes(count.busy, a, b), count.law("minor_week_h") * 60
        too_much(count, "minor_week_h", "minors_week", a, b, worked, most)

    def week(a, b, edge):
        worked = count.minutes(ordinary, a, b or edge)
        if count.law("standby_counts_one_in"):
            standby = count.minutes(count.of("standby"), a, b or edge)
            worked += standby / count.law("standby_counts_one_in")
        most = count.law("ordinary_week_h") * 60 * count.law("ordinary_ref_weeks")
        return too_much(count, "ordinary_week_h", "hours_in_a_week", a, b, worked, most)

    if count.law("ordinary_week_h") is not None:
        count.over("weeks", count.law("ordinary_ref_weeks"), week)
    weeks = int(count.law("total_ref_months") * 365.25 / 12 / 7)

    def total(a, b, edge):
        away = count.of("absence")
        every = [span for span in count.calendar.dates.values() if a <= span[0] < (b or edge)]
        absent = sum(count.minutes(away, *span) == span[1] - span[0] for span in every)
        most = count.law("total_avg_week_h") * 60 * (7 * weeks - absent) / 7
        worked = count.minutes(count.busy, a, b or edge)
        return too_much(count, "total_avg_week_h", "total_average", a, b, worked, most)

    count.over("weeks", weeks, total)


def night_workers(count):
    weeks = count.law("night_ref_weeks")
    work = count.busy & dark(count.calendar, count.law("night_from_h"), count.law("night_to_h"))

    def window(a, b, edge):
        days = [(start, end) for start, end, *_ in count.days if a <= start < (b or edge)]
        night = [d for d in days if count.minutes(work, *d) >= count.law("night_day_h") * 60]
        if not night or len(night) < len(days) / 2:
            return False
        most = count.law("night_avg_h") * 60 * 6 * weeks
        worked = count.minutes(count.busy, a, b or edge)
        return too_much(count, "night_avg_h", "night_work", a, b, worked, most)

    count.over("weeks", weeks, window)


def caps(count):
    away = count.of("rast", "absence")
    on_call, additional = count.of("on_call") & ~away, count.of("additional") & ~away
    overtime = count.overtime

    def capped(mask, name, rule, month=None):
        def broken(a, b, edge):
            worked = count.minutes(mask, a, b or edge)
            if worked <= count.law(name) * 60:
                return False
            touched = [m for m in count.calendar.months.values() if m[1] > a and m[0] < (b or edge)]
            limit = count.law(month) if month else None
            if limit is None or any(count.minutes(mask, *m) > limit * 60 for m in touched):
                too_much(count, name, rule, a, b, worked, count.law(name) * 60)
            return True

        return broken

    for mask, name, rule, weeks, month in (
        (overtime, "overtime_week_h", "overtime_in_a_week", 1, None),
        (overtime, "overtime_4w_h", "overtime_in_four_weeks", 4, "overtime_month_h"),
        (overtime, "overtime_52w_h", "overtime_in_a_year", 52, None),
        (on_call, "on_call_4w_h", "on_call_in_four_weeks", 4, "on_call_month_h"),
    ):
        if count.law(name) is not None:
            count.over("weeks", weeks, capped(mask, name, rule, month))
    for mask, name in ((overtime, "overtime"), (additional, "additional")):
        if count.law(f"{name}_year_h") is not None:
            years(count, mask, name)


def years(count, mask, name):
    for year in sorted({day.year for day in count.calendar.dates}):
        spans = [span for day, span in count.calendar.dates.items() if day.year == year]
        worked = count.minutes(mask, spans[0][0], spans[-1][1])
        most, extra = count.law(f"{name}_year_h"), count.law(f"{name}_extra_year_h")
        beyond = extra is not None and worked > (most + extra) * 60
        which = f"{name}_extra_year_h" if beyond else f"{name}_year_h"
        limit = (most + extra if beyond else most) * 60
        too_much(count, which, f"{name}_in_a_year", None, None, worked, limit)


def told(count):
    least = count.law("notice_days")
    for row in count.rows if least is not None else ():
        if row["kind"] in TOLD_AHEAD and row["announced"] is not None:
            starts, known = (
                next(day for day, (a, b) in count.calendar.dates.items() if a <= minute < b)
                for minute in (row["start"], row["announced"])
            )
            ahead = (starts - known).days
            if ahead < least:
                count.flag("notice_days", "notice", row["start"], row["end"], ahead, least)


ALL = (rests, nights, week_rest, breaks, hours, night_workers, caps, told)


def everything(rows, values, calendar, **person):
    """All flags of these rows, in no order."""
    from hemma.core.rules.tests.minute_home import HOME

    count = Count(rows, values, calendar, **person)
    for rule in (*ALL, *HOME):
        rule(count)
    return count.found
