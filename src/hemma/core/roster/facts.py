"""What a roster is made for: people, the forms of their days, the need. Times are slots of a grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hemma.core.roster.fair import Fairness
from hemma.core.roster.weeks import DayRules, RuleState

type Whole = NDArray[np.int64]
type Floats = NDArray[np.float32]
type Flags = NDArray[np.bool_]

MOST_STARTS = 24
MOST_SKILLS = 8
MOST_BREAKS = 4
MOST_EXTRAS = 3
FORBIDDEN = 1e9
"""The price of a start that may not be."""


class NoSuchWeek(ValueError):
    """A person's week cannot be had at all; carries `person` and `week` (numbers)."""

    def __init__(self, person: int, week: int) -> None:
        super().__init__(f"person {person} has no possible week {week}")
        self.person, self.week = person, week


@dataclass(frozen=True, slots=True)
class Activity:
    """Something inside a shift: `slots` long, beginning `earliest` to `latest` slots after its start."""

    kind: str
    slots: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Extra:
    """Time that is owed `a_week` times, at most once a day: focus, coaching.

    It lies behind the first break, and before the last one if there are several; never in the
    shift's last slot."""

    kind: str
    slots: int
    a_week: int


@dataclass(frozen=True, slots=True)
class DayForm:
    """How a contract's day looks: `length` slots, beginning `first + step·n` slots after midnight
    for n below `count`; `paid` slots of it are paid. Breaks in order, windows that follow each
    other."""

    length: int
    first: int
    step: int
    count: int
    paid: int
    breaks: tuple[Activity, ...]
    extras: tuple[Extra, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_STARTS:
            raise ValueError(f"{self.count} starts: a form has 1 to {MOST_STARTS}")
        if len(self.breaks) >= MOST_BREAKS or len(self.extras) > MOST_EXTRAS:
            raise ValueError(
                f"a form has fewer than {MOST_BREAKS} breaks and at most {MOST_EXTRAS} extras"
            )


@dataclass(frozen=True, slots=True)
class Prices:
    """What a slot costs: `under` for each person missing, `over` for each too many, `paid` for each
    slot paid."""

    under: float = 3.0
    over: float = 0.5
    paid: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """Somebody who must be there: a leader while it is open, somebody experienced beside newcomers.

    `gives` (people,) whose presence is enough; `asks` (people,) who should not be there alone;
    `open` (slots,) when somebody is wanted in any case; `price` a slot, for everybody who asks and
    once more while open."""

    gives: Flags
    asks: Flags
    open: Flags
    price: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Everything that decides how good a roster is and what it may look like.

    `need` (skills, slots) people wanted. `skills` (groups,) bits of the skills a group has.
    People's arrays: `group`, `form`, `rules` (people,) index their tuples; `midnight` (people,
    days) the slot of local midnight; `free` (people, days) may work; `least`, `most` (people,
    weeks) days of work; `day_price` (people, days) and `start_price` (people, `MOST_STARTS`) or
    (people, days, `MOST_STARTS`) what working then costs beyond pay, `FORBIDDEN` if it may not be;
    `huddle` (people, days) a slot away from customers for whoever works then, −1 for none; `before`
    how each person comes into the first week. If given: `must` (people, days) has to work; `owed`
    (people, weeks, extras) how many of each extra of the form, in the place of its own `a_week`;
    `steps` (slots, depth) what the first, the second … person missing at a slot costs, not falling
    (for service that falls ever faster, or for several scenarios of demand), in the place of
    `prices.under`; `watches` who must be there for whom; `fairness` what is a fair share of late shifts and
    weekends.
    """

    need: Whole
    skills: Whole
    forms: tuple[DayForm, ...]
    rulebooks: tuple[DayRules, ...]
    group: Whole
    form: Whole
    rules: Whole
    midnight: Whole
    free: Flags
    least: Whole
    most: Whole
    day_price: Floats
    start_price: Floats
    huddle: Whole
    before: tuple[RuleState, ...]
    prices: Prices = Prices()
    must: Flags | None = None
    owed: Whole | None = None
    steps: Floats | None = None
    watches: tuple[Watch, ...] = ()
    fairness: Fairness | None = None

    def __post_init__(self) -> None:
        if self.days % 7 or self.days == 0:
            raise ValueError(f"{self.days} days: a roster is made for whole weeks")
        if self.need.shape[0] > MOST_SKILLS:
            raise ValueError(
                f"{self.need.shape[0]} skills: at most {MOST_SKILLS} that share people"
            )
        shape = (self.people, self.days)
        if not (self.midnight.shape == self.free.shape == self.huddle.shape == shape):
            raise ValueError("the people's arrays do not fit each other")
        if self.steps is not None and (np.diff(self.steps, axis=1) < 0).any():
            raise ValueError("a further person missing costs less than the one before")

    @property
    def people(self) -> int:
        return int(self.group.size)

    @property
    def days(self) -> int:
        return int(self.free.shape[1])

    @property
    def fixed_pay(self) -> float:
        """What every roster pays, whatever it looks like: the least days of each contract."""
        paid = np.array([form.paid for form in self.forms])
        return float((self.least.sum(axis=1) * paid[self.form]).sum()) * self.prices.paid


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """Who works when. `start` (people, days): which start of the form, −1 for free; `extra`
    (people, days): 0 none, else which of the form's extras plus one; `at` (people, days,
    `MOST_BREAKS`): slots after the start at which each break begins, the last column the extra's."""

    start: NDArray[np.int16]
    extra: NDArray[np.int8]
    at: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a roster costs and why: `under` and `over` in person-slots, `pay` and `wishes` in price;
    `missing` the price of those under, `alone` that of times without a leader or somebody
    experienced, `unfair` that of late shifts and weekends away from fair shares."""

    total: float
    under: int
    over: int
    pay: float
    wishes: float
    missing: float = 0.0
    alone: float = 0.0
    unfair: float = 0.0
