"""The arrays behind `moves`: people's plans under one law, by working day, week and date."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from hemma.core.rules.checking import check
from hemma.core.rules.days import day_of, midnight, monday, week_of
from hemma.core.rules.facts import DAY_S, Facts
from hemma.core.rules.hours import absent_days
from hemma.core.rules.law import Law
from hemma.core.rules.openings import ShiftShape, is_usual, rest_s, shape_work
from hemma.core.rules.packs import Packs, Severity
from hemma.core.rules.spans import Measured, Span, joined
from hemma.core.rules.timeline import Timeline, WorkKind
from hemma.core.rules.weeks_open import averages

type Whole = NDArray[np.int64]
type Truth = NDArray[np.bool_]

_FAR_S, _EDGE_WEEKS, _ROOM = 4000 * DAY_S, 5, 3
_PLENTY = 10.0**12
_OF_A_DAY = frozenset({"break_in_time", "break_in_total", "overtime_break", "hours_in_a_day"})
_OF_ARRAYS = frozenset({"weekly_rest", "hours_in_a_week", "total_average", "days_in_a_row"})
_ABSENCE = frozenset({WorkKind.ABSENCE})


class Horizon:
    """Weeks and dates around the plans, by quarter of an hour from `begin`, a Monday.

    Weeks are counted from an even one, so that pairs are those that rest may be saved up in.
    """

    def __init__(self, zone: ZoneInfo, first: int, last: int) -> None:
        self.zone = zone
        self.week = (week_of(zone, first) - _EDGE_WEEKS) // 2 * 2
        self.weeks = (week_of(zone, last) + _EDGE_WEEKS - self.week) // 2 * 2 + 2
        self.begin = monday(zone, self.week)
        self.mondays: Whole = np.array(
            [monday(zone, self.week + n) - self.begin for n in range(self.weeks + 3)], np.int64
        )
        self.day = day_of(zone, self.begin)
        self.length = int(self.mondays[self.weeks - 1])
        self.stride = int(self.mondays[-1]) + 1
        quarters = np.arange(int(self.mondays[self.weeks + 1]) // 900) * 900
        nights = [midnight(zone, self.day + n) - self.begin for n in range(7 * self.weeks + 9)]
        self.week_of: Whole = np.searchsorted(self.mondays, quarters, side="right") - 1
        self.date_of: Whole = np.searchsorted(np.array(nights), quarters, side="right") - 1


class Plans:
    """A row for every person and working day that may go, and one for none: `width` a person."""

    def __init__(
        self,
        plans: Sequence[Timeline],
        shapes: Sequence[ShiftShape],
        packs: Packs,
        law: Law,
        horizon: Horizon,
    ) -> None:
        self.horizon, self._packs, self._law = horizon, packs, law
        at = horizon.begin + horizon.length // 2
        self._at, self.rest_s = at, rest_s(law, at)
        self._steady = law.steady(horizon.begin, horizon.begin + horizon.length)
        value, saved = law.value("weekly_rest_h", at), law.value("weekly_rest_weeks", at)
        self._least = int(value.number * 3600) if value and law.stops("weekly_rest_h", at) else 0
        self._together = int(saved.number) if saved else 1
        row = law.value("days_in_a_row", at)
        self._most_dates = int(row.number) if row and law.stops("days_in_a_row", at) else 0
        works = [shape_work(shape, plans[0].pack, packs, at) for shape in shapes]
        self.shape_fine: Truth = np.array([work is not None for work in works], np.bool_)
        self.worked: Whole = np.array([work or 0 for work in works], np.int64)
        self.lengths: Whole = np.array([shape.length_min * 60 for shape in shapes], np.int64)
        self.shape_fine &= (self.lengths > 0) & (self.lengths <= DAY_S - self.rest_s)
        known = [Facts(plan) for plan in plans]
        self._room(known)
        for place, facts in enumerate(known):
            self._fill(place, facts)

    def _room(self, known: Sequence[Facts]) -> None:
        people, weeks, dates = len(known), self.horizon.weeks + 2, 7 * self.horizon.weeks + 14
        self._days: list[list[Span]] = [[] for _ in known]
        counts = [len(joined(facts.busy, gap=self.rest_s - 1)) for facts in known]
        self.most_days = max(counts, default=0) + _ROOM
        self.width = self.most_days + 1
        rows = people * self.width
        self.slow: Truth = np.zeros(people, np.bool_)
        self.fine: Truth = np.zeros(rows, np.bool_)
        self.keys: Whole = np.zeros(people * (self.most_days + 2), np.int64)
        self.starts, self.ends, self.end_weeks = (np.zeros_like(self.keys) for _ in range(3))
        self._rests: Whole = np.zeros((2, rows * weeks), np.int64)
        self._caps = [np.zeros(rows * weeks) for _ in range(3)]
        self._runs: Whole = np.zeros((2, rows * dates if self._most_dates else 0), np.int64)
        away = max((len(facts.spans(_ABSENCE)) for facts in known), default=0) + 1
        self._away: Whole = np.zeros((away, 2, people), np.int64)

    def days(self, place: int) -> list[Span]:
        """The person's working days, in seconds since 1970."""
        return self._days[place]

    def renew(self, place: int, plan: Timeline) -> None:
        """Another plan for a person. Raises `ValueError` when it has too many days or absences."""
        self._fill(place, Facts(plan))

    def _fill(self, place: int, facts: Facts) -> None:
        days, away = joined(facts.busy, gap=self.rest_s - 1), facts.spans(_ABSENCE)
        count, begin = len(days), self.horizon.begin
        if count > self.most_days or len(away) > len(self._away):
            raise ValueError("the plan has more days than there is room for")
        self._days[place] = days
        self.slow[place] = not self._steady or not is_usual(facts, self._law, self._at, self.rest_s)
        starts = np.full(self.most_days + 2, _FAR_S)
        ends = np.full(self.most_days + 2, _FAR_S)
        starts[0] = ends[0] = -_FAR_S
        starts[1 : count + 1] = [start - begin for start, _ in days]
        ends[1 : count + 1] = [end - begin for _, end in days]
        here = slice(place * (self.most_days + 2), (place + 1) * (self.most_days + 2))
        self.starts[here], self.ends[here] = starts, ends
        self.keys[here] = np.clip(starts, 0, self.horizon.stride - 1) + place * self.horizon.stride
        inside = np.clip(ends, 0, int(self.horizon.mondays[-3]))
        self.end_weeks[here] = self.horizon.week_of[inside // 900]
        self._away[:, :, place] = 0
        for number, (start, end) in enumerate(away):
            self._away[number, :, place] = start - begin, end - begin
        fine = self._lawful(facts, days)
        fine &= self._fill_rests(place, starts, ends, facts)
        fine &= self._fill_caps(place, days, facts)
        fine &= self._fill_runs(place, days)
        self.fine[place * self.width : (place + 1) * self.width] = fine & ~self.slow[place]

    def _lawful(self, facts: Facts, days: Sequence[Span]) -> Truth:
        """Rows without what stops for reasons that arrays do not hold."""
        fine = np.ones(self.width, np.bool_)
        for flag in check(facts.timeline, self._packs):
            if flag.severity is not Severity.STOPS or flag.rule in _OF_ARRAYS:
                continue
            at = int(flag.at.start.timestamp())
            of_it = [n for n, day in enumerate(days) if day[0] <= at < day[1]]
            keep = np.isin(np.arange(self.width), of_it if flag.rule in _OF_A_DAY else [])
            fine &= keep
        return fine

    def _fill_rests(self, place: int, starts: Whole, ends: Whole, facts: Facts) -> Truth:
        """How many free stretches give each week its rest, and each pair of weeks its double."""
        weeks, fine = self.horizon.weeks + 2, np.ones(self.width, np.bool_)
        here = slice(place * self.width * weeks, (place + 1) * self.width * weeks)
        for number, length in enumerate((1, 2)):
            edges = self.horizon.mondays
            week = np.arange(weeks) // length * length
            low, high = edges[week], edges[np.minimum(week + length, len(edges) - 1)]
            least = self._least * length
            gaps = _part(ends[:-1, None], starts[1:, None], low, high) >= least
            merged = _part(ends[:-2, None], starts[2:, None], low, high) >= least
            rests = np.empty((self.width, weeks), np.int64)
            rests[-1] = gaps.sum(0)
            rests[:-1] = rests[-1] - gaps[:-1] - gaps[1:] + merged
            self._rests[number, here] = rests.ravel()
        if not self._least:
            return fine
        both = self._rests[:, here].reshape(2, self.width, weeks) > 0
        held = both[0]
        if self._together == 2:
            pair = np.arange(weeks) // 2 * 2
            held = (both[0][:, pair] & both[0][:, np.minimum(pair + 1, weeks - 1)]) | both[1]
        return np.asarray(fine & (held | ~self._asked(facts)).all(1))

    def _fill_caps(self, place: int, days: Sequence[Span], facts: Facts) -> Truth:
        """The least room, over every run of weeks with this week in it, for more hours."""
        weeks, fine = self.horizon.weeks + 2, np.ones(self.width, np.bool_)
        here = slice(place * self.width * weeks, (place + 1) * self.width * weeks)
        edges = [int(edge) + self.horizon.begin for edge in self.horizon.mondays[: weeks + 1]]
        for room in self._caps:
            room[here] = _PLENTY
        base = np.arange(weeks)
        first = facts.weeks.start - self.horizon.week if facts.weeks else 0
        for room, (name, hours, together, most_s) in zip(
            self._caps, averages(facts, self._law, self._at), strict=False
        ):
            rows = self._hours_by_week(days, hours, edges, facts.zone)
            sums = np.concatenate([np.zeros((self.width, 1)), rows.cumsum(1)], 1)
            most = np.full(weeks, most_s)
            for n in range(max(first, 0), weeks if name == "total_avg_week_h" else 0):
                gone = absent_days(facts, edges[n], edges[min(n + together, weeks)])
                most[n] -= most_s * gone / (7 * together)
            left = most - (sums[:, np.minimum(base + together, weeks)] - sums[:, base])
            if name != "night_avg_h":
                fine &= ((left >= 0) | ~self._asked(facts)).all(1)
            least = left.copy()
            for back in range(1, min(together, weeks)):
                np.minimum(least[:, back:], left[:, :-back], out=least[:, back:])
            room[here] = least.ravel()
        return fine

    def _hours_by_week(
        self, days: Sequence[Span], hours: Measured, edges: Sequence[int], zone: ZoneInfo
    ) -> NDArray[np.float64]:
        """Seconds by row and week: the whole plan's, less those of the day that goes."""
        rows = np.zeros((self.width, len(edges) - 1))
        rows[:] = np.diff([hours.before(edge) for edge in edges])
        for number, (start, end) in enumerate(days):
            for week in {week_of(zone, start), week_of(zone, end - 1)}:
                n = week - self.horizon.week
                rows[number, n] -= hours.within(max(start, edges[n]), min(end, edges[n + 1]))
        return rows

    def _asked(self, facts: Facts) -> Truth:
        """The weeks that rules look at: from the first work to the last."""
        asked = np.zeros(self.horizon.weeks + 2, np.bool_)
        asked[[week - self.horizon.week for week in facts.weeks]] = True
        return asked

    def _fill_runs(self, place: int, days: Sequence[Span]) -> Truth:
        """Worked dates in a row that end on each date, and that begin there."""
        fine = np.ones(self.width, np.bool_)
        if not self._most_dates:
            return fine
        dates, zone, first = 7 * self.horizon.weeks + 14, self.horizon.zone, self.horizon.day
        times = np.zeros((self.width, dates), np.int64)
        for number, (start, end) in enumerate(days):
            here = slice(day_of(zone, start) - first, day_of(zone, end - 1) - first + 1)
            times[:, here] += 1
            times[number, here] -= 1
        worked = times > 0
        before, after = np.zeros_like(times), np.zeros_like(times)
        for n in range(1, dates):
            before[:, n] = (before[:, n - 1] + 1) * worked[:, n]
            after[:, -1 - n] = (after[:, -n] + 1) * worked[:, -1 - n]
        rows = slice(place * self.width * dates, (place + 1) * self.width * dates)
        self._runs[0, rows], self._runs[1, rows] = before.ravel(), after.ravel()
        return np.asarray(before.max(1) <= self._most_dates)

    def caps_hold(self, row: Whole, week: Whole, last: Whole, worked: Whole) -> Truth:
        """Whether there is room for so many seconds in every run of weeks that they touch."""
        start = row * (self.horizon.weeks + 2)
        found: Truth = np.ones(len(row), np.bool_)
        for room in self._caps:
            found &= (room[start + week] >= worked) & (room[start + last] >= worked)
        return found

    def week_rests(
        self, row: Whole, week: Whole, gap: tuple[Whole, Whole], since: Whole, end: Whole
    ) -> Truth:
        """Whether the week (or, where rest is saved up, its pair of weeks) keeps its rest."""
        if not self._least:
            return np.ones(len(row), np.bool_)
        asked = row, gap, since, end
        if self._together == 1:
            return self._rest(0, week, *asked)
        pair = week // 2 * 2
        return (self._rest(0, pair, *asked) & self._rest(0, pair + 1, *asked)) | self._rest(
            1, pair, *asked
        )

    def _rest(
        self,
        pairs: int,
        week: Whole,
        row: Whole,
        gap: tuple[Whole, Whole],
        since: Whole,
        end: Whole,
    ) -> Truth:
        low = self.horizon.mondays[week]
        high = self.horizon.mondays[week + 1 + pairs]
        least = self._least * (1 + pairs)
        others = self._rests[pairs, row * (self.horizon.weeks + 2) + week]
        found: Truth = others - (_part(*gap, low, high) >= least) > 0
        found |= _part(gap[0], since, low, high) >= least
        found |= _part(end, gap[1], low, high) >= least
        return found

    def dates_fit(self, row: Whole, since: Whole, end: Whole) -> Truth:
        """Whether the dates worked in a row are not too many."""
        if not self._most_dates:
            return np.ones(len(row), np.bool_)
        begin = row * (7 * self.horizon.weeks + 14)
        first, last = self.horizon.date_of[since // 900], self.horizon.date_of[(end - 1) // 900]
        runs = self._runs[0, begin + np.maximum(first - 1, 0)] + self._runs[1, begin + last + 1]
        return np.asarray(runs + last - first + 1 <= self._most_dates)

    def nobody_away(self, who: Whole, since: Whole, end: Whole) -> Truth:
        """Whether nothing is put over an absence."""
        found: Truth = np.ones(len(who), np.bool_)
        for start, until in self._away:
            found &= (end <= start[who]) | (since >= until[who])
        return found


def _part(start: Whole, end: Whole, low: Whole, high: Whole) -> Whole:
    """The seconds of a free stretch that count for a week: all when it begins there, else its part."""
    inside = np.where(start < high, end - start, 0)
    return np.where(start >= low, inside, np.minimum(end, high) - low)
