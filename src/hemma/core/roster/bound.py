"""How far from the best a roster can be at most.

The bound holds for every roster that keeps the problem's rules, whatever way it was found. It comes
from prices alone (see `dual`): it never rests on the fractional plan that led to the prices.

First prices fall steeply around what is needed, from ever nearer. Then they are free to move: what the
mixtures leave missing changes the best prices known by so much a person, some passes long, and if that
proves more, they are the best ones known (a method of multipliers); if not, it is by less the next time.
"""

from typing import Any

import numpy as np

from hemma.core.roster import arrays, dual
from hemma.core.roster.even import Even, even
from hemma.core.roster.facts import MOST_BREAKS, Problem
from hemma.core.roster.search import Search
from hemma.core.roster.states import table

_WIDTHS = ((4.0, 1), (2.0, 2), (1.0, 3), (0.5, 5), (0.25, 10))
_LATER = ((1.0, 2), (0.5, 4))  # when a roster is there to begin with
_NEAR, _SLOWER, _SLOWEST = 1.0, 1.5, 100.0
_PASSES = 3  # before the prices are asked what they prove
_TOLD_FROM = 0.5  # wider prices prove little: asking for them is time lost
_ROUNDING = 0.01  # a person's best tour is summed in 32 bits: what that may hide, with room


class Bound:
    """A lower bound that tightens as long as one asks. `best` is valid at any time after the first
    call of `tighten`. Shares the search's arrays, not its state: both may run at the same time."""

    def __init__(self, search: Search, seed: int = 1) -> None:
        problem = search.problem
        self._problem, self._search = problem, search
        self._desk = arrays.desk(problem, search.graphs)
        self._people, self._fairness = search.people_for_proof(), problem.fairness
        self._chance = np.random.default_rng(seed)
        self._need = problem.need.astype(np.float32)
        self._mix = _mix(problem)
        begun = search.tours
        worked = bool((begun.start >= 0).any())
        widths = _LATER if worked else _WIDTHS
        self._steps = [width for width, times in widths for _ in range(times)]
        self._full, self._width, self._passed = 0 if worked else 1, _NEAR, 0
        self.best = -np.inf
        self.prices = self._mix.prices.copy()
        if worked:
            order = self._chance.permutation(problem.people)
            forms, people, _, desk = self._given()
            dual.begin_with(order, self._mix, self._need, forms, people, desk, begun, widths[0][0])

    def tighten(self) -> float:
        """One pass over all people; the best bound so far."""
        if not self._steps:
            self._nearer()
            return self.best
        width = self._steps.pop(0)
        self._pass(width)
        if not self._steps or (self._steps[0] != width and width <= _TOLD_FROM):
            dual.smooth(self._mix, self._need, -1, width)
            self._value()
            if not self._steps:
                self._mix.centre[:] = self._base(width)
        return self.best

    def _nearer(self) -> None:
        """A pass around the best prices known; what it led to becomes the best if it proves more."""
        self._pass(self._width)
        self._passed += 1
        if self._passed < _PASSES:
            return
        self._passed, before = 0, self.best
        dual.smooth(self._mix, self._need, -1, self._width)
        self._value()
        if self.best > before:
            self._mix.centre[:] = self._base(self._width)
        else:
            self._width = min(self._width * _SLOWER, _SLOWEST)

    def _pass(self, width: float) -> None:
        order = self._chance.permutation(self._problem.people)
        dual.step_each(order, self._mix, self._need, *self._given(), width, self._full)
        self._full = 0

    def _base(self, width: float) -> Any:
        """(skills, slots) the prices that the mixtures lead to, of the first ones missing."""
        over, under = self._problem.prices.over, self._mix.table[:, 0]
        steep = (under + over) / (2 * width)
        short = self._need - self._mix.total
        return np.clip(self._mix.centre + steep * short, -over, under)

    def _value(self) -> None:
        """What the prices in the mix prove."""
        asked = dual.ask(0, 1, self._mix, *self._given())
        need = (self._mix.prices * self._problem.need).sum(dtype=np.float64)
        value = float(need) + asked - _ROUNDING * self._problem.people
        if self._fairness is not None:
            value += self._fairness.least(self._people.slope)
        if self._mix.table.shape[1] > 1:  # a price above what the first ones missing cost
            dearest = self._mix.prices.max(axis=0)[:, None].astype(np.float64)
            value -= float(np.maximum(dearest - self._mix.table[:, :-1], 0.0).sum())
        if value > self.best:
            self.best, self.prices = value, self._mix.prices.copy()

    def _given(self) -> tuple[Any, ...]:
        search = self._search
        return search.forms, self._people, search.graphs, self._desk


def _mix(problem: Problem) -> dual.Mix:
    slots, single = problem.need.shape[1], np.float32
    own = np.array([int(bits).bit_count() for bits in problem.skills])[problem.group]
    since = np.concatenate([[0], np.cumsum(own * slots)])
    longest = max(form.length for form in problem.forms)
    prices = problem.prices
    return dual.Mix(
        np.zeros(int(since[-1]), single), since, np.zeros(problem.need.shape, single),
        np.zeros(problem.people), np.zeros(problem.need.shape, single), np.zeros(slots, np.int8),
        arrays.no_tours(problem, 1), np.zeros(longest, np.int16),
        np.array([prices.under, prices.over, prices.paid]), np.zeros(slots, np.int8),
        table(problem, slots), _middle(problem), _even(problem), np.zeros((problem.people, 2)),
    )  # fmt: skip


def _middle(problem: Problem) -> Any:
    """(skills, slots) half way between the price of the first one missing and of one too many."""
    first = table(problem, problem.need.shape[1])[:, 0]
    return np.repeat(((first - problem.prices.over) / 2)[None], problem.need.shape[0], axis=0)


def _even(problem: Problem) -> Even:
    made, fairness = even(problem.people, problem.days, MOST_BREAKS), problem.fairness
    if fairness is not None:
        made.price[0] = fairness.price
        made.away[:] = fairness.carried - fairness.target
    return made
