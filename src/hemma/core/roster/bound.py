"""How far from the best a roster can be at most.

The bound holds for every roster that keeps the problem's rules, whatever way it was found. It comes
from prices alone (see `dual`): it never rests on the fractional plan that led to the prices.
"""

from typing import Any

import numpy as np

from hemma.core.roster import arrays, dual
from hemma.core.roster.facts import Problem
from hemma.core.roster.search import Search, table

_WIDTHS = ((4.0, 1), (2.0, 2), (1.0, 3), (0.5, 5), (0.25, 10))
_LATER = ((1.0, 2), (0.5, 4), (0.25, 10))  # when a roster is there to begin with
_TOLD_FROM = 0.5  # wider prices prove little: asking for them is time lost
_ROUNDING = 0.01  # a person's best tour is summed in 32 bits: what that may hide, with room


class Bound:
    """A lower bound that tightens as long as one asks. `best` is valid at any time after the first
    call of `tighten`. Shares the search's arrays, not its state: both may run at the same time. What
    one more late shift or weekend day costs is taken as the search has it when the bound begins."""

    def __init__(self, search: Search, seed: int = 1) -> None:
        problem = search.problem
        self._problem, self._search = problem, search
        self._desk = arrays.desk(problem, search.graphs)
        self._people, self._unfair = search.people_for_proof()
        self._chance = np.random.default_rng(seed)
        self._need = problem.need.astype(np.float32)
        self._mix = _mix(problem)
        begun = search.tours
        worked = bool((begun.start >= 0).any())
        widths = _LATER if worked else _WIDTHS
        self._steps = [width for width, times in widths for _ in range(times)]
        self._full, self._swing = 0 if worked else 1, _Swing()
        self.best = -np.inf
        self.prices = self._mix.prices.copy()
        if worked:
            order = self._chance.permutation(problem.people)
            forms, people, _, desk = self._given()
            dual.begin_with(order, self._mix, self._need, forms, people, desk, begun, widths[0][0])

    def tighten(self) -> float:
        """One pass over all people; the best bound so far."""
        if self._steps:
            width = self._steps.pop(0)
            order = self._chance.permutation(self._problem.people)
            dual.step_each(order, self._mix, self._need, *self._given(), width, self._full)
            self._full = 0
            if not self._steps or (self._steps[0] != width and width <= _TOLD_FROM):
                dual.smooth(self._mix, self._need, -1, width)
                self._value()
        else:
            self._polish()
        return self.best

    def _polish(self) -> None:
        """A step along the mean of what the asked tours leave missing; smaller when it fails."""
        swing = self._swing
        if swing.mean is None:
            self._mix.prices[:] = self.prices
            swing.mean = self._value()[1]
        way = self._need - swing.mean
        way /= np.abs(way).mean() + 1e-9
        low, high = -self._problem.prices.over, self._mix.table[:, -1]
        self._mix.prices[:] = np.clip(self.prices + np.float32(swing.step) * way, low, high)
        before = self.best
        _, used = self._value()
        swing.mean = 0.8 * swing.mean + 0.2 * used
        swing.turn(better=self.best > before)

    def _value(self) -> tuple[float, Any]:
        """What the prices in the mix prove, and whom the tours behind it serve."""
        used = np.zeros_like(self._mix.prices)
        asked = dual.ask(0, 1, self._mix, *self._given(), used)
        need = (self._mix.prices * self._problem.need).sum(dtype=np.float64)
        value = float(need) + asked + self._unfair - _ROUNDING * self._problem.people
        if self._mix.table.shape[1] > 1:  # a price above what the first ones missing cost
            dearest = self._mix.prices.max(axis=0)[:, None].astype(np.float64)
            value -= float(np.maximum(dearest - self._mix.table[:, :-1], 0.0).sum())
        if value > self.best:
            self.best, self.prices = value, self._mix.prices.copy()
        return value, used

    def _given(self) -> tuple[Any, ...]:
        search = self._search
        return search.forms, self._people, search.graphs, self._desk


class _Swing:
    """The size of the polishing steps."""

    def __init__(self) -> None:
        self.step, self.failed = 0.02, 0
        self.mean: Any = None

    def turn(self, *, better: bool) -> None:
        """Longer after a success, shorter after three failures."""
        self.failed = 0 if better else self.failed + 1
        self.step = min(self.step * 1.3, 0.3) if better else self.step
        if self.failed >= 3:
            self.step, self.failed = self.step * 0.6, 0


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
        table(problem, slots),
    )  # fmt: skip
