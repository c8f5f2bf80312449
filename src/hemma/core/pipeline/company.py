"""What a plan for a whole company is made for: the roster's problem, and law, places and fairness."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from hemma.core.grid import TimeGrid
from hemma.core.grid.local import from_seconds
from hemma.core.place.facts import Prices as PlacePrices
from hemma.core.roster import Before, Limits, Problem, Roster
from hemma.core.rules import Packs

type Whole = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

NO_SHIFT = -1


@dataclass(frozen=True, slots=True, eq=False)
class SiteFacts:
    """A site: its zone, whose law holds there, and its seats on each day."""

    name: str
    zone: ZoneInfo
    pack: str
    seats: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Agreements of everybody, as in `place.Site` but for all sites together: (people, days)
    `may_home`, `fixed_home`, `office_price`; (people,) a week's `least_home`, `most_home`,
    `wanted_home`; `own_seat`, and `lacking` home days since the horizon began."""

    may_home: Flags
    fixed_home: Flags
    office_price: Floats
    least_home: Whole
    most_home: Whole
    wanted_home: Floats
    own_seat: Flags
    lacking: Floats
    prices: PlacePrices


@dataclass(frozen=True, slots=True, eq=False)
class HuddleTimes:
    """When a team may meet: `count` times, `step` slots apart, `first` slots after local midnight.
    `missed` is the price of each who works that day and is not there."""

    first: int
    step: int
    count: int
    missed: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """(people,) `site` and `team` (−1: none). `existing` (people, days): the start each person had
    in a plan that should change little, −1 for free, −2 where it says nothing; `keep` is the price
    of each day changed. `late` (forms, starts): which starts are late ones; `carried` (people, 2)
    late shifts and weekend days since the horizon began; `fair` the price of one away from the fair
    share, squared (0: not minded). `limits` by rule book and `before` by person are for the
    checker."""

    problem: Problem
    grid: TimeGrid
    packs: Packs
    sites: tuple[SiteFacts, ...]
    site: Whole
    team: Whole
    homes: Homes
    limits: tuple[Limits, ...]
    before: tuple[Before, ...]
    late: Flags
    carried: Floats
    fair: float = 0.0
    existing: Whole | None = None
    keep: float = 0.0
    huddles: HuddleTimes | None = None

    def begins(self, roster: Roster, person: int, day: int) -> int:
        """The slot at which the person's shift of that day begins."""
        form = self.problem.forms[self.problem.form[person]]
        start: int = form.first + form.step * int(roster.start[person, day])
        return int(self.problem.midnight[person, day]) + start

    def instant(self, slot: int) -> datetime:
        """UTC of a slot's edge; slots past the plan's end go on."""
        edges = self.grid.edges_s
        if 0 <= slot < len(edges):
            return from_seconds(edges[slot])
        past = slot - len(edges) + 1 if slot >= 0 else slot
        return from_seconds((edges[-1] if slot >= 0 else edges[0]) + past * self.grid.slot_min * 60)


@dataclass(frozen=True, slots=True, eq=False)
class PlacePlan:
    """`office` (people, days); `meets` (crews, weeks) weekday on which a team of a site meets; `price`, and
    `bound`, below every choice of places for this roster week by week."""

    office: Flags
    meets: Whole
    price: float
    bound: float
