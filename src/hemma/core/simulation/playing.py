"""Play days of customers and people."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]

_ROOM = 1 << 12
_ROOM_MOST = 1 << 24


class TooLong(ValueError):
    """A line grew past all bounds: far too few people for customers who never give up."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What comes and who is there.

    `per_s` (queues, slots) contacts a second; `slot_s` length of a slot; `people` (groups, slots)
    in the queue, so breaks, focus and meetings are slots with fewer; who leaves finishes the contact
    in hand first. `able` (groups, queues) priority 0 and up with which a group takes a queue, −1 not
    at all. `at_once` (groups,) contacts each person has at a time. `handling_s`, `patience_s`,
    `within_s` (queues,); patience `inf`: never gives up. `variation` of the handling time (standard
    deviation over mean): 1 is exponential, anything else lognormal.
    """

    per_s: Floats
    slot_s: float
    people: Whole
    able: Whole
    at_once: Whole
    handling_s: Floats
    patience_s: Floats
    within_s: Floats
    variation: float = 1.0

    def __post_init__(self) -> None:
        queues, slots = self.per_s.shape
        groups = self.people.shape[0]
        right = self.people.shape == (groups, slots) and self.able.shape == (groups, queues)
        right = right and self.at_once.shape == (groups,)
        right = right and all(
            x.shape == (queues,) for x in (self.handling_s, self.patience_s, self.within_s)
        )
        if not right:
            raise ValueError("queues, slots and groups do not fit each other")
        if np.any(self.per_s < 0) or np.any(self.people < 0) or np.any(self.handling_s <= 0):
            raise ValueError("contacts and people: 0 or more; handling time: above 0 s")

    @classmethod
    def one_queue(
        cls,
        *,
        per_s: float,
        people: int,
        handling_s: float,
        patience_s: float = np.inf,
        within_s: float = 20.0,
        hours: float = 8.0,
    ) -> "Scenario":
        """One queue, one group, the same all day."""
        one = np.ones(1)
        return cls(
            np.array([[per_s]]), hours * 3600, np.array([[people]]), np.zeros((1, 1), dtype=np.int64),
            one.astype(np.int64), one * handling_s, one * patience_s, one * within_s,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over days and half the width of its 95 % interval."""

    mean: float
    half: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened. `days` (days, queues, 6): offered, answered, within the time, gave up, seconds
    waited by all, seconds in contacts until the day's end. `events` arrivals and finished contacts.
    `staffed_s` people's seconds in the queue a day, times contacts at a time."""

    days: Floats
    events: int
    staffed_s: float

    def share(self, counted: int, queue: int | None = None, *, of: int = 0) -> Estimate:
        """Sum of a column over that of another (the offered), with the interval of a ratio (delta
        method)."""
        top, base = self._column(counted, queue), self._column(of, queue)
        mean = float(top.sum() / base.sum())
        scatter = top - mean * base
        half = 1.96 * float(scatter.std(ddof=1)) / top.size**0.5 / float(base.mean())
        return Estimate(mean, half)

    def within(self, queue: int | None = None) -> Estimate:
        """Share of all who came that was answered within the time."""
        return self.share(2, queue)

    def within_of_answered(self, queue: int | None = None) -> Estimate:
        """The same of those who were answered: some publish this."""
        return self.share(2, queue, of=1)

    def gave_up(self, queue: int | None = None) -> Estimate:
        """Share of all who came that gave up."""
        return self.share(3, queue)

    def wait_s(self, queue: int | None = None) -> Estimate:
        """Mean wait of all who came."""
        return self.share(4, queue)

    def occupancy(self) -> Estimate:
        """Share of people's time in contacts."""
        a_day = self.days[:, :, 5].sum(axis=1) / self.staffed_s
        return Estimate(float(a_day.mean()), 1.96 * float(a_day.std(ddof=1)) / a_day.size**0.5)

    def _column(self, counted: int, queue: int | None) -> Floats:
        column = self.days[:, :, counted]
        return np.asarray(column.sum(axis=1) if queue is None else column[:, queue])


def play(scenario: Scenario, days: int, seed: int) -> Outcome:
    """Play so many independent days from empty. The same seed, the same customers, whoever works.

    A contact that waits is taken by priority, then by longest wait; one that comes goes to the able
    group with the fewest queues that has somebody free. Raises `TooLong`.
    """
    from hemma.core.simulation import engine

    queues, groups = scenario.per_s.shape[0], scenario.people.shape[0]
    places = (scenario.people * scenario.at_once[:, None]).astype(np.int64)
    means = np.stack([scenario.handling_s, np.minimum(scenario.patience_s, engine.NEVER)], axis=1)
    plan = engine.Plan(
        scenario.per_s, float(scenario.slot_s), places, scenario.able, _order(scenario.able), means,
        engine.sigma(scenario.variation), scenario.within_s,
    )  # fmt: skip
    most = int(places.max(axis=1).sum()) * 2 + 8
    times, held_by = np.empty(most), np.empty(most, dtype=np.int64)
    found, events, line = np.zeros((days, queues, 6)), 0, np.empty((queues, _ROOM, 3))
    for number in range(days):
        while True:
            lines, folk = np.zeros((2, queues), np.int64), np.zeros((2, groups), np.int64)
            state = engine.State(
                line, lines[0], lines[1], folk[0], folk[1], times, held_by, found[number]
            )
            played = engine.day(plan, state, (seed * 1_000_003 + number) % 2**32)
            if played >= 0:
                break
            if line.shape[1] * 4 > _ROOM_MOST:
                raise TooLong("a line grew past 4 million; there are far too few people")
            line = np.empty((queues, line.shape[1] * 4, 3))
            found[number] = 0.0
        events += played
    staffed = float((scenario.people * scenario.at_once[:, None]).sum() * scenario.slot_s)
    return Outcome(found, events, staffed)


def _order(able: Whole) -> Whole:
    """(queues, groups) able groups, those with the fewest queues first, then −1."""
    order = np.full((able.shape[1], able.shape[0]), -1, dtype=np.int64)
    wide = (able >= 0).sum(axis=1)
    for queue in range(able.shape[1]):
        groups = [g for g in np.lexsort((np.arange(wide.size), wide)) if able[g, queue] >= 0]
        order[queue, : len(groups)] = groups
    return order
