"""The rule book of law and agreements, as days that may follow each other.

It keeps to the careful side where days alone cannot tell: a roster it allows is legal, a few legal
ones it does not allow (a weekly rest that begins on a Sunday evening after work, or one of a single
Monday). The bound then speaks of the rosters that it allows.
"""

from dataclasses import dataclass
from typing import NamedTuple, cast

from hemma.core.roster.weeks import Gap, RuleState

_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6


class Days(NamedTuple):
    """`run` days worked in a row, or `off` days free in a row (both capped; one of them 0);
    `rested` whether this week has its weekly rest, `owed` that the rest begun on a free Sunday
    has still to become one; `weekend` whether the last weekend was worked."""

    run: int
    off: int
    rested: bool
    owed: bool
    weekend: bool


@dataclass(frozen=True, slots=True)
class LawfulDays:
    """`rest` and `weekly_rest` in slots (0: no limit), `in_a_row` days at most (0: no limit), and
    whether every other weekend is free."""

    rest: int
    weekly_rest: int
    in_a_row: int = 6
    every_other_weekend: bool = False

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return Gap(1, self.rest), Gap(2, self.rest), Gap(2, self.weekly_rest), Gap(8, 0)

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of what it asks for."""
        asked = {
            "daily_rest": self.rest, "weekly_rest": self.weekly_rest,
            "days_in_a_row": self.in_a_row, "every_other_weekend": self.every_other_weekend,
        }  # fmt: skip
        return tuple(name for name, value in asked.items() if value)

    def without(self, names: frozenset[str]) -> "LawfulDays":
        """The same book, silent about these."""
        return LawfulDays(
            0 if "daily_rest" in names else self.rest,
            0 if "weekly_rest" in names else self.weekly_rest,
            0 if "days_in_a_row" in names else self.in_a_row,
            self.every_other_weekend and "every_other_weekend" not in names,
        )

    def starts(self) -> tuple[RuleState, ...]:
        """After a long rest, with the last weekend free or worked."""
        rested = self.weekly_rest == 0
        return tuple(Days(0, 2, rested, owed=False, weekend=w) for w in (False, True))

    def off(self, state: RuleState, weekday: int) -> tuple[RuleState, ...]:
        """A free day. Two of one week in a row are a weekly rest."""
        now = cast(Days, state)
        rested = now.rested or (weekday != _MONDAY and now.off > 0)
        weekend = now.weekend
        if weekday == _SUNDAY:
            weekend = self.every_other_weekend and now.run > 0
        off = min(2, now.off + 1)
        return (Days(0, off, rested, owed=False, weekend=weekend),)

    def work(self, state: RuleState, weekday: int) -> tuple[tuple[RuleState, int], ...]:
        """A working day, if neither days in a row nor weekends forbid it."""
        now = cast(Days, state)
        if self.in_a_row and now.run >= self.in_a_row:
            return ()
        first_of_weekend = weekday == _SATURDAY or (weekday == _SUNDAY and now.run == 0)
        if self.every_other_weekend and first_of_weekend and now.weekend:
            return ()
        weekend = now.weekend if weekday < _SATURDAY else self.every_other_weekend
        run = now.run + 1 if self.in_a_row else 1
        new = Days(run, 0, now.rested, owed=False, weekend=weekend)
        if now.off >= 2:
            return ((new, 3),)
        if now.off == 0:
            return ((new, 0),)
        if now.owed:
            return ((new, 2),)
        if weekday == _MONDAY or now.rested:
            return ((new, 1),)
        if weekday == 1:  # a free Monday alone has too little of its rest inside the week
            return ((new, 1),)
        return (new, 1), (new._replace(rested=True), 2)

    def close(self, state: RuleState) -> tuple[RuleState, ...]:
        """Into the next week. A single free Sunday may still become the rest of the week before."""
        now, fresh = cast(Days, state), self.weekly_rest == 0
        if now.rested:
            return (now._replace(rested=fresh, owed=False),)
        if now.off == 1:
            return (now._replace(rested=fresh, owed=True),)
        return ()

    def far(self, state: RuleState) -> bool:
        """After two free days nothing asks when the last shift was."""
        return cast(Days, state).off >= 2
