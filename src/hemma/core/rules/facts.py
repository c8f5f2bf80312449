"""One timeline as numbers: what every rule counts with, worked out once."""

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from hemma.core.grid import Interval
from hemma.core.grid.local import from_seconds
from hemma.core.rules.days import day_of, midnight, month_of, week_of
from hemma.core.rules.spans import Measured, Span, common, joined, without
from hemma.core.rules.timeline import WORKING, PlaceType, Timeline, WorkKind

DAY_S = 86_400
_LONG_FREE_S = 7 * DAY_S  # how long the rest after the last work is taken to be
_RAST = frozenset({WorkKind.RAST})
_ON_CALL = frozenset({WorkKind.ON_CALL})
_ABSENCE = frozenset({WorkKind.ABSENCE})
_AWAY = frozenset({WorkKind.RAST, WorkKind.ABSENCE})


class WorkingDay(NamedTuple):
    """A period of 24 hours: it begins where work begins after the longest rest of the one before.

    Work runs from `start` to `end`; the longest free stretch of the 24 hours begins there, lasts
    until `rest_end` (cut where the 24 hours end), and work goes on at `resumes`. In seconds.
    """

    start: int
    end: int
    rest_end: int
    resumes: int


class Facts:
    """Stretches of a timeline by meaning, in whole seconds since 1970-01-01T00:00Z.

    A rast that the person may not leave is a meal on duty: it counts as work.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.zone = timeline.zone
        self.rows: list[Span] = [item.span for item in timeline.items]
        """Where each item lies; parts of a second are left out."""
        self._spans: dict[WorkKind, list[Span]] = {}
        self._sets: dict[frozenset[WorkKind], list[Span]] = {}
        by_kind, rast = self._spans, WorkKind.RAST
        for item in timeline.items:
            kind = item.kind
            if kind is rast and not item.free_to_leave:
                kind = WorkKind.MEAL_ON_DUTY
            if kind in by_kind:
                by_kind[kind].append(item.span)
            else:
                by_kind[kind] = [item.span]
        self.work = without(self.spans(WORKING), self.spans(_AWAY))
        on_call = self.spans(_ON_CALL)
        self.busy = joined([*self.work, *on_call]) if on_call else self.work

    def spans(self, kinds: frozenset[WorkKind]) -> list[Span]:
        """The time covered by items of these kinds, in order, what touches being joined."""
        known = self._sets.get(kinds)
        if known is None:
            rows: list[Span] = []
            for kind, found in self._spans.items():
                if kind in kinds:
                    rows += found
            known = self._sets[kinds] = joined(rows) if rows else []
        return known

    def worked_of(self, kinds: Collection[WorkKind]) -> Measured:
        """Time of these kinds, less rast and absence."""
        found = self.spans(frozenset(kinds))
        return Measured(without(found, self.spans(_AWAY)) if found else ())

    @cached_property
    def present(self) -> list[Span]:
        """Work and the breaks within it, less absence."""
        breaks = self.spans(_RAST)
        return joined([*self.work, *without(breaks, self.spans(_ABSENCE))])

    @cached_property
    def measured_work(self) -> Measured:
        """Working time."""
        return Measured(self.work)

    @cached_property
    def measured_busy(self) -> Measured:
        """Working time and waiting at the workplace."""
        return self.measured_work if self.busy is self.work else Measured(self.busy)

    @cached_property
    def overtime(self) -> Measured:
        """Hours above the ordinary ones."""
        return self.worked_of({WorkKind.OVERTIME})

    @cached_property
    def ordinary(self) -> Measured:
        """Working time that is not overtime."""
        if not self.overtime:
            return self.measured_work
        return Measured(without(self.work, self.overtime.spans))

    @cached_property
    def home(self) -> Measured:
        """Working time at home; what is told to be elsewhere inside it is not."""
        at, items = PlaceType.HOME, self.timeline.items
        home = [one.span for one in items if one.place_type is at and one.kind in WORKING]
        if not home:
            return Measured(())
        elsewhere = [
            one.span
            for one in items
            if one.place_type is not None and one.place_type is not at and one.kind in WORKING
        ]
        at_home = without(joined(home), joined(elsewhere))
        return Measured(common(at_home, self.work))

    @cached_property
    def days(self) -> list[WorkingDay]:
        """The working days, whatever midnight does."""
        busy, found, at = self.busy, [], 0
        count = len(busy)
        while at < count:
            start, ends = busy[at]
            until, best = start + DAY_S, -1
            rest_end = resumed = until  # while no end lies within the 24 hours
            place = after = at + 1
            end = ends
            while end <= until:
                if place < count:
                    resumes, next_end = busy[place]
                else:
                    resumes = next_end = end + _LONG_FREE_S
                cut = until if resumes > until else resumes
                if cut - end > best:
                    best, after = cut - end, place
                    ends, rest_end, resumed = end, cut, resumes
                if resumes >= until:
                    break
                end = next_end
                place += 1
            found.append(WorkingDay(start, ends, rest_end, resumed))
            at = after
        return found

    @cached_property
    def busy_dates(self) -> list[tuple[int, int]]:
        """The ordinals of the first and last local day of every stretch of work."""
        return self._by_date[0]

    @property
    def within_dates(self) -> Span:
        """The earliest start and the latest end of work, in seconds after its date's midnight.

        A stretch over midnight, or on a date on which the clock changes, says the whole day:
        (0, 86 400).
        """
        return self._by_date[1]

    @cached_property
    def _by_date(self) -> tuple[list[tuple[int, int]], Span]:
        zone = self.zone
        found: list[tuple[int, int]] = []
        earliest, latest = DAY_S, 0
        begin = after = day = -1
        for start, end in self.busy:
            if start >= after:
                day, begin = day + 1, after  # most often the next day
                after = midnight(zone, day + 1) if found else start
                if start >= after:
                    day = day_of(zone, start)
                    begin, after = midnight(zone, day), midnight(zone, day + 1)
                if after - begin != DAY_S:
                    earliest, latest = 0, DAY_S
                elif start - begin < earliest:
                    earliest = start - begin
            if end <= after:
                found.append((day, day))
                if end - begin > latest:
                    latest = end - begin
            else:
                found.append((day, day_of(zone, end - 1)))
                earliest, latest = 0, DAY_S
        return found, (earliest, latest)

    @cached_property
    def weeks(self) -> range:
        """The numbers of the local weeks from the first work to the last (`days.monday`)."""
        if not self.busy:
            return range(0)
        first, last = week_of(self.zone, self.busy[0][0]), week_of(self.zone, self.busy[-1][1] - 1)
        return range(first, last + 1)

    @cached_property
    def months(self) -> range:
        """The numbers of the local months likewise (`days.first_of_month`)."""
        if not self.busy:
            return range(0)
        first = month_of(self.zone, self.busy[0][0])
        return range(first, month_of(self.zone, self.busy[-1][1] - 1) + 1)

    @cached_property
    def dates(self) -> range:
        """The ordinals of the local days likewise (`days.midnight`)."""
        if not self.busy:
            return range(0)
        first = day_of(self.zone, self.busy[0][0])
        return range(first, day_of(self.zone, self.busy[-1][1] - 1) + 1)


def working_time(timeline: Timeline) -> list[Interval]:
    """Working time: everything that is work, less rast and absence."""
    return [Interval(from_seconds(a), from_seconds(b)) for a, b in Facts(timeline).work]
