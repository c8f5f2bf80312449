"""What is known before home and office are chosen for everybody of one site. Days count from 0."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Whole = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

WEEK = 7


@dataclass(frozen=True, slots=True)
class Prices:
    """`frame` a day outside a person's agreement; `seat` a person without a seat for a day;
    `together` a colleague missing on the team's day of the week; `fair` the square of the home
    days that a person is away from what they wanted, counted since the horizon began."""

    frame: float = 20.0
    seat: float = 50.0
    together: float = 3.0
    fair: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One site's people and seats.

    (people, days): `works`; `may_home`, an agreement is in force and the work allows it;
    `fixed_home`, agreed to be at home whenever working (only where `may_home`); `office_price`,
    what an office day costs that person (below 0: wishes to come).
    (people, weeks): `least_home`, `most_home` of the agreement; `wanted_home` days.
    (people,): `team` number, −1 for none; `own_seat`, a seat is kept on each day they work;
    `lacking` home days wanted and not had so far (below 0: had more). `seats` (days,).
    """

    works: Flags
    may_home: Flags
    fixed_home: Flags
    office_price: Floats
    least_home: Whole
    most_home: Whole
    wanted_home: Floats
    team: Whole
    own_seat: Flags
    lacking: Floats
    seats: Whole
    prices: Prices = Prices()

    def __post_init__(self) -> None:
        days, weeks = self.works.shape, self.least_home.shape
        if days[1] % WEEK or days[1] != WEEK * weeks[1]:
            raise ValueError(f"{days[1]} days, {weeks[1]} weeks: places are chosen for whole weeks")
        alike = (self.may_home, self.fixed_home, self.office_price)
        if any(one.shape != days for one in alike) or self.seats.shape != days[1:]:
            raise ValueError("the days' arrays do not fit each other")
        if (self.fixed_home & ~self.may_home).any():
            raise ValueError("a fixed home day lies outside the person's agreement")

    @property
    def people(self) -> int:
        return int(self.works.shape[0])

    @property
    def weeks(self) -> int:
        return int(self.least_home.shape[1])

    @property
    def shared_seats(self) -> Whole:
        """(days,) seats left when those are kept that belong to somebody who works then."""
        kept = (self.works & self.own_seat[:, None]).sum(axis=0)
        return np.asarray(np.maximum(self.seats - kept, 0), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """`office` (people, days): there that day, all other working days at home. `together` (teams,
    weeks): the weekday (0–6) on which a team meets."""

    office: Flags
    together: Whole


@dataclass(frozen=True, slots=True)
class Cost:
    """A price and what it is made of: `frame` days outside agreements, `seats` people without a
    seat, `missing` colleagues on the teams' days; `fair` and `wishes` in price."""

    total: float
    frame: int
    seats: int
    missing: int
    fair: float
    wishes: float
