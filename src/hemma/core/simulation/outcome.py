"""What happened on days that were played, with how sure one can be of it."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from hemma.core.simulation.scenario import Floats

_DAYS_A_CONTROL = 10


class Counted(IntEnum):
    """The columns of what is counted, a day and queue."""

    OFFERED = 0
    ANSWERED = 1
    IN_TIME = 2
    GAVE_UP = 3
    WAITED_S = 4
    """By all, whether they were answered or gave up."""
    BUSY_S = 5
    """In contacts until the day's end, one customer at a time."""
    WORK_S = 6
    """Handling time of those who came, answered or not."""
    ANSWERED_WAITED_S = 7
    GAVE_UP_IN_TIME = 8
    """Gave up before the time to answer within was over."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over days and half the width of its 95 % interval."""

    mean: float
    half: float


@dataclass(frozen=True, slots=True)
class SlotSums:
    """Sums over the days, by the slot a contact came in, all (slots, queues, columns): of each
    column, of its square, and of it times the offered."""

    total: Floats
    square: Floats
    with_offered: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """`days` (days, queues, columns of `Counted`). `events` arrivals and finished contacts.
    `staffed_s` people's seconds in the queue a day, times contacts at a time. `expected` (queues, 2)
    contacts and seconds of work that come on a mean day, known without playing."""

    days: Floats
    events: int
    staffed_s: float
    expected: Floats
    slots: SlotSums

    def share(
        self, counted: Counted, queue: int | None = None, *, of: Counted = Counted.OFFERED
    ) -> Estimate:
        """Sum of a column over that of another, with the interval of a ratio (delta method).

        Days on which more came than is usual are known for what they are, since the mean of what
        comes is known: their part is taken out (control variates; Lavenberg & Welch, "A perspective
        on the use of control variables", 1981), which makes the interval narrower.
        """
        top, base = self._column(counted, queue), self._column(of, queue)
        if not base.any():
            return Estimate(float("nan"), float("nan"))
        mean = float(top.sum() / base.sum())
        scatter = (top - mean * base) / float(base.mean())
        off, half = controlled(scatter, self._controls(queue))
        return Estimate(mean + off, half)

    def total(self, counted: Counted, queue: int | None = None) -> Estimate:
        """Of a column, a day."""
        column = self._column(counted, queue)
        mean = float(column.mean())
        off, half = controlled(column - mean, self._controls(queue))
        return Estimate(mean + off, half)

    def within(self, queue: int | None = None) -> Estimate:
        """Share of all who came that was answered within the time."""
        return self.share(Counted.IN_TIME, queue)

    def within_of_answered(self, queue: int | None = None) -> Estimate:
        """The same of those who were answered: some publish this."""
        return self.share(Counted.IN_TIME, queue, of=Counted.ANSWERED)

    def gave_up(self, queue: int | None = None) -> Estimate:
        """Share of all who came that gave up."""
        return self.share(Counted.GAVE_UP, queue)

    def wait_s(self, queue: int | None = None) -> Estimate:
        """Mean wait of all who came."""
        return self.share(Counted.WAITED_S, queue)

    def answered_wait_s(self, queue: int | None = None) -> Estimate:
        """Mean wait of those who were answered."""
        return self.share(Counted.ANSWERED_WAITED_S, queue, of=Counted.ANSWERED)

    def occupancy(self) -> Estimate:
        """Share of people's time in contacts; `nan` when nobody is there."""
        if self.staffed_s <= 0:
            return Estimate(float("nan"), float("nan"))
        busy = self.total(Counted.BUSY_S)
        return Estimate(busy.mean / self.staffed_s, busy.half / self.staffed_s)

    def by_slot(self, counted: Counted, queue: int | None = None) -> tuple[Floats, Floats]:
        """(slots,) share of those who came in each slot, and half its 95 % interval; `nan` where
        nobody came. Over all queues, these are taken as independent of each other."""
        days = self.days.shape[0]
        which = slice(None) if queue is None else slice(queue, queue + 1)
        top, square, both = (
            x[:, which, counted].sum(axis=1)
            for x in (self.slots.total, self.slots.square, self.slots.with_offered)
        )
        base, base_square = (
            x[:, which, Counted.OFFERED].sum(axis=1) for x in (self.slots.total, self.slots.square)
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = top / base
            variance = np.maximum(square - 2 * mean * both + mean**2 * base_square, 0.0) / days
            half = 1.96 * np.sqrt(variance / days) / (base / days)
        return mean, half

    def _column(self, counted: Counted, queue: int | None) -> Floats:
        column = self.days[:, :, counted]
        return np.asarray(column.sum(axis=1) if queue is None else column[:, queue])

    def _controls(self, queue: int | None) -> Floats:
        """(days, controls) contacts and work of each day, against what is expected."""
        came = self.days[:, :, (Counted.OFFERED, Counted.WORK_S)] - self.expected
        part = came.sum(axis=1) if queue is None else came[:, queue]
        return np.asarray(part)


def controlled(values: Floats, controls: Floats) -> tuple[float, float]:
    """By what to move the mean of `values` (days,), and half its 95 % interval, given `controls`
    (days, controls) whose means are known to be 0. With few days the controls are left alone."""
    days, number = controls.shape
    half = 1.96 * float(values.std(ddof=1)) / days**0.5
    moving = controls[:, controls.std(axis=0) > 0]
    if days < _DAYS_A_CONTROL * (number + 1) or not moving.size:
        return 0.0, half
    scaled = moving / moving.std(axis=0)
    centred = scaled - scaled.mean(axis=0)
    slopes = np.linalg.lstsq(centred, values - values.mean(), rcond=None)[0]
    left = values - values.mean() - centred @ slopes
    free = days - 1 - moving.shape[1]
    # What the estimated slopes add (Lavenberg & Welch): controls far from 0 are followed less surely.
    far = scaled.mean(axis=0)
    extra = float(far @ np.linalg.pinv(centred.T @ centred) @ far)
    variance = float(left @ left) / free * (1 / days + extra)
    return -float(far @ slopes), 1.96 * variance**0.5


def difference(
    first: Outcome,
    second: Outcome,
    counted: Counted = Counted.IN_TIME,
    queue: int | None = None,
    *,
    of: Counted = Counted.OFFERED,
) -> Estimate:
    """By how much the share is larger in `second` than in `first`, played with one seed.

    Both met the same customers, so a day is compared with the same day: what the day brought falls
    out, and the interval is far narrower than that of either. Raises `ValueError` when they did not.
    """
    if first.days.shape != second.days.shape or not np.array_equal(
        first.days[:, :, Counted.OFFERED], second.days[:, :, Counted.OFFERED]
    ):
        raise ValueError("these plans did not meet the same customers; play both with one seed")
    parts, means = [], []
    for one in (first, second):
        top, base = one._column(counted, queue), one._column(of, queue)
        means.append(float(top.sum() / base.sum()))
        parts.append((top - means[-1] * base) / float(base.mean()))
    apart = parts[1] - parts[0]
    off, half = controlled(apart, first._controls(queue))
    return Estimate(means[1] - means[0] + off, half)
