"""What has come so far, and the same as days by times of day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hemma.core.grid import TimeGrid

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]
type Mask = NDArray[np.bool_]


class TooLittle(ValueError):
    """There is not enough history to forecast from; the text says how much is needed."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on certain days that moves the contacts: a bill run, a campaign, a strike.

    Its effect is learned from those of its days that lie in the past. `effect` (1.2: a fifth more)
    is used where none does.
    """

    name: str
    days: frozenset[date]
    effect: float | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Contacts per slot of one or many queues.

    `counts` (queues, slots of the grid); `nan` where it is not known, 0 where nobody came. `closed`
    are days known to be closed, behind or ahead. `holidays` are public holidays by name, behind and
    ahead (see `calendar.public_holidays`). Raises `ValueError` for wrong shapes or negative counts.
    """

    grid: TimeGrid
    queues: tuple[str, ...]
    counts: Floats
    closed: frozenset[date] = frozenset()
    holidays: Mapping[date, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        wanted = (len(self.queues), len(self.grid))
        if self.counts.shape != wanted:
            raise ValueError(f"counts of shape {self.counts.shape}; the grid asks for {wanted}")
        if np.any(self.counts < 0) or np.any(np.isinf(self.counts)):
            raise ValueError("counts are 0 or more, or nan where they are not known")


@dataclass(frozen=True, slots=True)
class Days:
    """One queue as a table: `counts` (days, labels), a label being a time of the local day.

    `dates` are consecutive. Only labels at which anybody ever came are kept: `labels` (labels,)
    numbers of the slot in a day of 24 hours.
    """

    dates: tuple[date, ...]
    labels: Whole
    counts: Floats
    slot_min: int

    @property
    def numbers(self) -> Whole:
        """(days,) day numbers that can be subtracted."""
        return np.array([day.toordinal() for day in self.dates], dtype=np.int64)

    @property
    def weekdays(self) -> Whole:
        """(days,) 0 for Monday."""
        return (self.numbers + 6) % 7

    def until(self, days: int) -> "Days":
        """The first so many days, as if the others had not been."""
        return Days(self.dates[:days], self.labels, self.counts[:days], self.slot_min)

    def with_counts(self, counts: Floats) -> "Days":
        return Days(self.dates, self.labels, counts, self.slot_min)


def slot_labels(grid: TimeGrid) -> tuple[Whole, Whole]:
    """(slots,) the day's number in the grid and the label, of every slot.

    Both halves of a repeated hour have the same label; a skipped hour's labels have no slot.
    """
    a_day = 1440 // grid.slot_min
    days = np.repeat(np.arange(grid.days), np.diff(grid.day_first))
    labels = np.empty(len(grid), dtype=np.int64)
    for number in range(grid.days):
        first, end = grid.day_first[number], grid.day_first[number + 1]
        if grid.edges_s[end] - grid.edges_s[first] == 86_400:
            labels[first:end] = np.arange(end - first)
            continue
        for index in range(first, end):
            local = grid.slot(index).local
            labels[index] = (local.hour * 60 + local.minute) // grid.slot_min
    return days, np.minimum(labels, a_day - 1)


def as_days(grid: TimeGrid, counts: Floats) -> Days:
    """The table of one queue's `counts` (slots,). Of a repeated hour the mean is kept: labels hold
    what one ordinary slot gets."""
    a_day = 1440 // grid.slot_min
    days, labels = slot_labels(grid)
    known = ~np.isnan(counts)
    at = days[known] * a_day + labels[known]
    size = grid.days * a_day
    number = np.bincount(at, minlength=size)
    with np.errstate(invalid="ignore"):
        table = np.bincount(at, counts[known], minlength=size) / number
    table = table.reshape(grid.days, a_day)
    used = np.flatnonzero(np.nansum(table, axis=0) > 0)
    dates = tuple(grid.first_day + timedelta(days=n) for n in range(grid.days))
    return Days(dates, used, table[:, used], grid.slot_min)


def as_slots(grid: TimeGrid, labels: Whole, values: Floats) -> Floats:
    """(…, slots) from `values` (…, days of the grid, labels); 0 at labels that are not named."""
    days, of_slot = slot_labels(grid)
    whole = np.zeros((*values.shape[:-1], 1440 // grid.slot_min))
    whole[..., labels] = values
    return whole[..., days, of_slot]
