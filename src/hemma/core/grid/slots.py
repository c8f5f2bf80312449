"""Days cut into slots, aligned to the local clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hemma.core.grid.interval import Interval, utc
from hemma.core.grid.local import (
    EPOCH,
    change_between,
    day_start,
    from_seconds,
    offset_s,
    seconds_of,
)

SLOT_LENGTHS_MIN = (5, 10, 15, 20, 30, 60)

_SCAN_S = 3600  # no zone has ever changed its clock twice within an hour


class OutsideGrid(ValueError):
    """The instant or day lies outside the grid."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot. `start`, `end` are UTC; `local` is the start on the local clock (aware).

    `day` is the local day it is counted to. `local.fold == 1` tells the second 02:00 of an autumn
    night from the first.
    """

    index: int
    start: datetime
    end: datetime
    local: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a slot something covers: `fraction` of the slot (0–1] and `seconds`."""

    slot: int
    fraction: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Counted:
    """Something counted per slot; what fell outside the grid is told, never dropped silently."""

    per_slot: tuple[float, ...]
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class TimeGrid:
    """`days` local days from `first_day` in `zone`, cut into slots of `slot_min` minutes.

    `slot_min` is 5, 10, 15, 20, 30 or 60. Grids are equal when these four are equal.
    `edges_s` holds the slots' edges as seconds since 1970 UTC, one more than there are slots;
    `day_first` holds the first slot of every day, and one past the last. Both are there for code
    that works on arrays. Raises `ValueError` for another slot length or fewer than one day.
    """

    zone: ZoneInfo
    first_day: date
    days: int
    slot_min: int = 15
    edges_s: tuple[int, ...] = field(init=False, repr=False, compare=False)
    day_first: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.slot_min not in SLOT_LENGTHS_MIN:
            raise ValueError(f"slot of {self.slot_min} min: choose one of {SLOT_LENGTHS_MIN}")
        if self.days < 1:
            raise ValueError(f"{self.days} days: a grid has at least one")
        starts = [
            seconds_of(day_start(day, self.zone)) for day in _dates(self.first_day, self.days + 1)
        ]
        edges = _edges(self.zone, starts[0], starts[-1], self.slot_min * 60)
        object.__setattr__(self, "edges_s", tuple(edges))
        object.__setattr__(
            self, "day_first", tuple(bisect_right(edges, start) - 1 for start in starts)
        )

    @classmethod
    def covering(cls, zone: ZoneInfo, span: Interval, slot_min: int = 15) -> "TimeGrid":
        """The whole local days that `span` touches; at least the day of its start."""
        first = span.start.astimezone(zone).date()
        last = max(first, (span.end - timedelta(microseconds=1)).astimezone(zone).date())
        return cls(zone, first, (last - first).days + 1, slot_min)

    def __len__(self) -> int:
        """Number of slots."""
        return len(self.edges_s) - 1

    def __iter__(self) -> Iterator[Slot]:
        return (self.slot(index) for index in range(len(self)))

    @property
    def span(self) -> Interval:
        return Interval(from_seconds(self.edges_s[0]), from_seconds(self.edges_s[-1]))

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(_dates(self.first_day, self.days))

    def slot(self, index: int) -> Slot:
        """The slot with everything one may ask of it; raises `OutsideGrid`."""
        bounds = self.bounds(index)
        local = bounds.start.astimezone(self.zone)
        return Slot(index, bounds.start, bounds.end, local, self.day_of(index))

    def bounds(self, index: int) -> Interval:
        """From when to when the slot lasts; raises `OutsideGrid`."""
        self._check(index)
        return Interval(from_seconds(self.edges_s[index]), from_seconds(self.edges_s[index + 1]))

    def slot_of(self, instant: datetime) -> int:
        """Index of the slot that holds the instant; raises `OutsideGrid`."""
        index = self._place(instant)
        if not 0 <= index < len(self):
            raise OutsideGrid(f"{instant} is outside {self.span}")
        return index

    def day_of(self, index: int) -> date:
        """The local day the slot is counted to; raises `OutsideGrid`."""
        self._check(index)
        return self.first_day + timedelta(days=bisect_right(self.day_first, index) - 1)

    def day_slots(self, day: date) -> range:
        """Indexes of the day's slots (empty for a date the zone skipped); raises `OutsideGrid`."""
        number = (day - self.first_day).days
        if not 0 <= number < self.days:
            raise OutsideGrid(f"{day} is not one of the {self.days} days from {self.first_day}")
        return range(self.day_first[number], self.day_first[number + 1])

    def day_span(self, day: date) -> Interval:
        """The day as a stretch of real time: 23, 24 or 25 hours; raises `OutsideGrid`."""
        slots = self.day_slots(day)
        return Interval(
            from_seconds(self.edges_s[slots.start]), from_seconds(self.edges_s[slots.stop])
        )

    def part(self, first_day: date, days: int) -> "TimeGrid":
        """The grid of some of its days; raises `OutsideGrid`."""
        self.day_slots(first_day)
        self.day_slots(first_day + timedelta(days=days - 1))
        return TimeGrid(self.zone, first_day, days, self.slot_min)

    def overlaps(self, stretch: Interval) -> tuple[Overlap, ...]:
        """The slots a stretch of time covers and how much of each, in order.

        What lies outside the grid is left out.
        """
        found: list[Overlap] = []
        first = max(0, self._place(stretch.start))
        for index in range(first, len(self)):
            slot = self.bounds(index)
            if slot.start >= stretch.end:
                break
            shared = slot.intersection(stretch)
            if shared and shared.duration:
                share = shared.duration / slot.duration
                found.append(Overlap(index, share, shared.duration.total_seconds()))
        return tuple(found)

    def counts(self, instants: Iterable[datetime]) -> Counted:
        """How many of the instants fall into each slot."""
        return self.sums((instant, 1.0) for instant in instants)

    def sums(self, amounts: Iterable[tuple[datetime, float]]) -> Counted:
        """What `(instant, amount)` pairs add up to in each slot."""
        per_slot = [0.0] * len(self)
        before = after = 0.0
        for instant, amount in amounts:
            index = self._place(instant)
            if index < 0:
                before += amount
            elif index >= len(per_slot):
                after += amount
            else:
                per_slot[index] += amount
        return Counted(tuple(per_slot), before, after)

    def _place(self, instant: datetime) -> int:
        """Index of the slot; -1 before the grid, `len(self)` after it."""
        elapsed = utc(instant) - EPOCH
        whole_s = elapsed.days * 86400 + elapsed.seconds
        return bisect_right(self.edges_s, whole_s) - 1

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise OutsideGrid(f"slot {index} of {len(self)}")


def _edges(zone: ZoneInfo, start_s: int, end_s: int, slot_s: int) -> list[int]:
    """Slot edges from start to end, aligned anew to the local clock after every change."""
    edges: list[int] = []
    at = start_s
    while at < end_s:
        offset = offset_s(zone, at)
        until = _stretch_end(zone, at, end_s)
        edges.append(at)
        first_aligned = at + slot_s - (at + offset) % slot_s
        edges.extend(range(first_aligned, until, slot_s))
        at = until
    return [*edges, end_s]


def _stretch_end(zone: ZoneInfo, start_s: int, end_s: int) -> int:
    """Where the offset of `start_s` ends, at most `end_s`."""
    offset = offset_s(zone, start_s)
    for at in range(start_s, end_s, _SCAN_S):
        step_end = min(at + _SCAN_S, end_s)
        if offset_s(zone, step_end) != offset:
            return change_between(zone, at, step_end)
    return end_s


def _dates(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]
