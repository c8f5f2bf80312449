"""Many starts of one shift at once: where could it be put without anything that stops the plan?

A planner asks for every start on a grid. Instead of checking each changed timeline, the starts are
worked out as stretches: what the rules leave of the free time. An open start is a promise, a closed
one is caution: rare starts that the full check would let pass are closed too (a second shift on the
same day, a shift over Sunday's midnight in a full week).
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hemma.core.grid import Interval
from hemma.core.grid.local import from_seconds
from hemma.core.rules.checking import check
from hemma.core.rules.facts import DAY_S, Facts
from hemma.core.rules.law import Law, law_of
from hemma.core.rules.packs import Packs, Severity
from hemma.core.rules.spans import Span, joined, without
from hemma.core.rules.timeline import (
    CandidateChange,
    PlaceType,
    Timeline,
    WorkItem,
    WorkKind,
    changed,
)
from hemma.core.rules.weeks_open import dates_full, weekly_rest_open, weeks_full

_FOREVER_S = 40 * DAY_S
_OF_A_SHAPE = frozenset({"break_in_time", "break_in_total", "hours_in_a_day"})
# Values that seldom stop; where an agreement lets one, every start is checked by itself.
_OTHERWISE = (
    "night_core_to_h",
    "notice_days",
    "rast_advised_min",
    "home_share",
    "home_avg_days_week",
    "full_home_weeks",
    "home_screen_days_week",
)


@dataclass(frozen=True, slots=True)
class ShiftShape:
    """A shift without its start: minutes long, with breaks as (kind, begins after, minutes)."""

    length_min: int
    breaks: tuple[tuple[WorkKind, int, int], ...] = ()
    place_type: PlaceType | None = None

    def items(self, start: datetime, first_id: int = 1) -> tuple[WorkItem, ...]:
        """The shift at a start (aware), with ids from `first_id`."""
        told = ((WorkKind.SHIFT, 0, self.length_min), *self.breaks)
        return tuple(
            WorkItem(
                number,
                kind,
                Interval(
                    start + timedelta(minutes=after), start + timedelta(minutes=after + length)
                ),
                self.place_type,
            )
            for number, (kind, after, length) in enumerate(told, start=first_id)
        )


class Openings:
    """One person's timeline, made ready to be asked about many starts.

    Raises `KeyError` for a pack nobody has.
    """

    def __init__(self, timeline: Timeline, packs: Packs) -> None:
        self.timeline, self._packs = timeline, packs
        self._law = law_of(packs, timeline.pack, timeline.zone)
        self._facts = Facts(timeline)
        self._stopped = _stops(timeline, packs)
        self._taken = joined(self._facts.rows)

    def open_starts(self, shape: ShiftShape, first: datetime, step_min: int, count: int) -> bytes:
        """A byte for each of `count` starts from `first`, `step_min` minutes apart: 1 where the
        shape stops nothing.

        The shape is one piece, its breaks inside it, and put beside what is there: nothing is taken
        away, and starts over anything planned are closed. A plan that is stopped already has no
        open start.
        """
        begin, step_s = int(first.timestamp()), step_min * 60
        if self._stopped or count <= 0:
            return bytes(max(0, count))
        if not self._can_be_quick(shape, begin, begin + count * step_s):
            return bytes(self._checked(shape, begin + n * step_s) for n in range(count))
        found = bytearray(count)
        for start, last in self._open(shape, begin, begin + count * step_s):
            since, until = -(-(start - begin) // step_s), (last - begin) // step_s + 1
            since, until = max(0, since), min(count, until)
            if until > since:
                found[since:until] = b"\x01" * (until - since)
        return bytes(found)

    def _open(self, shape: ShiftShape, begin: int, end: int) -> Iterator[Span]:
        """First and last open start of every stretch, both inside."""
        length = shape.length_min * 60
        worked = shape_work(shape, self.timeline.pack, self._packs, (begin + end) // 2)
        if worked is None:
            return
        span = begin - _FOREVER_S, end + _FOREVER_S
        closed = [
            *weeks_full(self._facts, self._law, worked, length, span),
            *dates_full(self._facts, self._law, length, span),
        ]
        rest = rest_s(self._law, begin, is_minor=self.timeline.is_minor)
        cuts = joined(closed)
        for gap_start, gap_end in without([(begin - _FOREVER_S, end + _FOREVER_S)], self._taken):
            left = gap_start + rest if gap_start > span[0] else gap_start
            right = gap_end - length - (rest if gap_end < span[1] else 0)
            left, right = max(left, begin - 1), min(right, end)
            if right < left:
                continue
            free = without([(left, right + 1)], cuts)
            for part in weekly_rest_open(self._facts, self._law, free, length):
                yield part[0], part[1] - 1

    def _can_be_quick(self, shape: ShiftShape, begin: int, end: int) -> bool:
        """Whether the stretches say all: one law throughout, days well apart, nothing unusual."""
        law, line = self._law, self.timeline
        rest = rest_s(law, begin, is_minor=line.is_minor)
        inside = all(a >= 0 and a + long <= shape.length_min for _, a, long in shape.breaks)
        if not inside or not 0 < shape.length_min * 60 <= DAY_S - rest:
            return False
        if not law.steady(begin - _FOREVER_S, end + _FOREVER_S):
            return False
        apart = all(end - start <= DAY_S - rest for start, end in joined(self._taken, gap=rest - 1))
        return apart and is_usual(self._facts, law, begin, rest)

    def _checked(self, shape: ShiftShape, start: int) -> bool:
        """The slow way: check the changed whole."""
        place = bisect_left(self._taken, (start, start))
        end = start + shape.length_min * 60
        before = place > 0 and self._taken[place - 1][1] > start
        if before or (place < len(self._taken) and self._taken[place][0] < end):
            return False
        first_id = max((item.id for item in self.timeline.items), default=0) + 1
        change = CandidateChange(add=shape.items(from_seconds(start), first_id))
        return not _stops(changed(self.timeline, change), self._packs)


def _stops(timeline: Timeline, packs: Packs) -> bool:
    return any(flag.severity is Severity.STOPS for flag in check(timeline, packs))


def is_usual(facts: Facts, law: Law, at: int, rest: int) -> bool:
    """Whether stretches of work say all about a plan: days well apart, and nobody and nothing that
    rules look at in another way."""
    line = facts.timeline
    unusual = (
        line.is_minor
        or line.is_training_contract
        or any(law.stops(name, at) for name in _OTHERWISE)
        or any(row.kind in (WorkKind.STANDBY, WorkKind.ON_CALL) for row in line.items)
    )
    if unusual or rest < 9 * 3600:
        return False
    return all(end - start <= DAY_S - rest for start, end in joined(facts.busy, gap=rest - 1))


def shape_work(shape: ShiftShape, pack: str, packs: Packs, at: int) -> int | None:
    """The shape's working time in seconds; None when the law stops it wherever it is put."""
    alone = Timeline(1, pack, ZoneInfo("UTC"), shape.items(from_seconds(at)))
    flags = check(alone, packs)
    if any(flag.severity is Severity.STOPS and flag.rule in _OF_A_SHAPE for flag in flags):
        return None
    return Facts(alone).measured_work.total


def rest_s(law: Law, at: int, *, is_minor: bool = False) -> int:
    """The rest that parts two days, by the strictest rule."""
    names = ["daily_rest_h", "between_shifts_h", *(["minor_daily_rest_h"] if is_minor else [])]
    values = [law.value(name, at) for name in names]
    return int(max((value.number for value in values if value), default=0.0) * 3600)
