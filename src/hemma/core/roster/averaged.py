"""Working days averaged over several weeks: some weeks more, some fewer, the sum as agreed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from hemma.core.roster.lawful import LawfulDays
from hemma.core.roster.weeks import Gap, RuleState


class _Worked(NamedTuple):
    """The book's own state, the week of the plan, and days worked in its period so far."""

    own: RuleState
    week: int
    days: int


@dataclass(frozen=True, slots=True)
class AveragedDays:
    """`book` as it is, and for each period of `weeks` weeks of the plan at least and at most so many
    days (`periods`). A period that the plan does not reach the end of is held to its most alone."""

    book: LawfulDays
    weeks: int
    periods: tuple[tuple[int, int], ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return self.book.gaps

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of what it asks for."""
        return (*self.book.rules, "averaged_days")

    def without(self, names: frozenset[str]) -> "AveragedDays":
        """The same book, silent about these."""
        periods = self.periods
        if "averaged_days" in names:
            periods = tuple((0, 7 * self.weeks) for _ in periods)
        return replace(self, book=self.book.without(names), periods=periods)

    def starts(self) -> tuple[RuleState, ...]:
        """At the first week's beginning."""
        return tuple(_Worked(own, 0, 0) for own in self.book.starts())

    def off(self, state: RuleState, weekday: int) -> Iterable[RuleState]:
        """A free day."""
        now = cast(_Worked, state)
        return tuple(now._replace(own=own) for own in self.book.off(now.own, weekday))

    def work(self, state: RuleState, weekday: int) -> Iterable[tuple[RuleState, int]]:
        """A working day, while the period has one left."""
        now = cast(_Worked, state)
        if now.days >= self._period(now.week)[1]:
            return ()
        return tuple(
            (_Worked(own, now.week, now.days + 1), gap)
            for own, gap in self.book.work(now.own, weekday)
        )

    def close(self, state: RuleState) -> Iterable[RuleState]:
        """Into the next week; at a period's end its days must have been worked."""
        now = cast(_Worked, state)
        ends = (now.week + 1) % self.weeks == 0
        if ends and now.days < self._period(now.week)[0]:
            return ()
        week = min(now.week + 1, len(self.periods) * self.weeks)
        return tuple(
            _Worked(own, week, 0 if ends else now.days) for own in self.book.close(now.own)
        )

    def far(self, state: RuleState) -> bool:
        """As the book says."""
        return self.book.far(cast(_Worked, state).own)

    def _period(self, week: int) -> tuple[int, int]:
        return self.periods[min(week // self.weeks, len(self.periods) - 1)]
