"""What is played: who comes, and who is there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]


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
    deviation over mean): 1 is exponential, anything else lognormal. `day_scatter` by how much whole
    days differ in what comes (standard deviation over mean): 0 is chance alone.
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
    day_scatter: float = 0.0

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
        numbers = (self.per_s, self.people, self.handling_s, self.patience_s, self.within_s)
        if any(np.isnan(x).any() for x in numbers) or np.isinf(self.per_s).any():
            raise ValueError("a number is missing")
        if np.any(self.per_s < 0) or np.any(self.people < 0) or np.any(self.handling_s <= 0):
            raise ValueError("contacts and people: 0 or more; handling time: above 0 s")
        if self.slot_s <= 0 or np.any(self.patience_s <= 0) or np.any(self.at_once < 1):
            raise ValueError("slots and patience: above 0 s; contacts at a time: 1 or more")
        if self.variation < 0 or self.day_scatter < 0:
            raise ValueError("variation and scatter of days: 0 or more")

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
        variation: float = 1.0,
    ) -> "Scenario":
        """One queue, one group, the same all day."""
        one = np.ones(1)
        return cls(
            np.array([[per_s]]), hours * 3600, np.array([[people]]), np.zeros((1, 1), dtype=np.int64),
            one.astype(np.int64), one * handling_s, one * patience_s, one * within_s, variation,
        )  # fmt: skip
