"""The search for a good roster. The caller holds the clock: it asks for rounds as long as it likes."""

import numpy as np

from hemma.core.roster import arrays, cover, sweeps
from hemma.core.roster.facts import Cost, Floats, Problem, Roster

_FEW = 4
_WIDEST, _NARROWEST = 12.0, 0.5
_LEANS = (0.02, 0.01, 0.005, 0.002)
_CALM = 0.85  # the share of the time in which people still leave room for each other


class Search:
    """A roster that gets better. The same problem, seed and calls give the same roster, on any
    machine and number of cores. Raises `NoSuchWeek`.

    `without` tells who has no legal tour at all; they are left free.
    """

    def __init__(self, problem: Problem, seed: int = 1) -> None:
        self.problem = problem
        self.forms = arrays.forms(problem)
        self.people, self.graphs = arrays.people(problem)
        self.desk = arrays.desk(problem, self.graphs)
        self.without, self._sharp = 0, 0
        self._chance = np.random.default_rng(seed)
        self._old = arrays.no_tours(problem, _FEW)
        self._state = _state(problem)
        cover.start_short(self._state.short, problem.need)

    def sweep(self, lean: float, width: float = 0.0) -> None:
        """Everybody once, in random order, is given the best tour given the others'."""
        self._respond(self._chance.permutation(self.problem.people), sweeps.RESPONDING, lean, width)

    def first(self) -> None:
        """Everybody once, filling where the largest share is missing."""
        self._respond(self._chance.permutation(self.problem.people), sweeps.FILLING, 0.0, 0.0)

    def step(self, share: float) -> None:
        """What pays most when `share` (0 to 1) of the time is gone: sweeps in which people leave
        each other ever less room, then sharp ones, then neighbourhoods."""
        if share < _CALM:
            self.sweep(0.002, _WIDEST * (_NARROWEST / _WIDEST) ** (share / _CALM))
        elif self._sharp < len(_LEANS):
            self.sweep(_LEANS[self._sharp])
            self._sharp += 1
        else:
            self.improve(200, 0.005)

    def improve(self, rounds: int, lean: float = 0.01, width: float = 0.0) -> float:
        """So many neighbourhoods of two to four people; what was saved."""
        sweeps.seed(int(self._chance.integers(2**31)))
        return float(
            sweeps.neighbours(
                rounds,
                self._state,
                self.forms,
                self.people,
                self.graphs,
                self.desk,
                self._old,
                lean,
                width,
            )
        )

    def roster(self) -> Roster:
        """A copy of what there is now."""
        tour = self._state.tour
        return Roster(tour.start.copy(), tour.extra.copy(), tour.at.copy())

    def take(self, roster: Roster) -> None:
        """Go on from this roster."""
        state = self._state
        state.tour.start[:], state.tour.extra[:] = roster.start, roster.extra
        state.tour.at[:] = roster.at
        cover.start_short(state.short, self.problem.need)
        for person in range(self.problem.people):
            sweeps.put_in(state, self.forms, self.people, person)

    def cost(self) -> Cost:
        """What the roster costs now."""
        return _cost(self.problem, self._state, self.forms, self.people)

    def _respond(self, order: np.ndarray, how: int, lean: float, width: float) -> None:
        self.without = int(
            sweeps.respond(
                order,
                self._state,
                self.forms,
                self.people,
                self.graphs,
                self.desk,
                how,
                lean,
                width,
            )
        )


def _state(problem: Problem) -> sweeps.State:
    slots, skills = problem.need.shape[1], problem.need.shape[0]
    size = slots + arrays.ROOM
    bits = problem.skills[:, None] >> np.arange(skills) & 1
    wanted: Floats = np.zeros((problem.skills.size, size), np.float32)
    wanted[:, :slots] = bits @ problem.need
    longest = max(form.length for form in problem.forms)
    prices = problem.prices
    return sweeps.State(
        arrays.no_tours(problem, problem.people), np.zeros((1 << skills, size), np.int16),
        np.zeros(problem.people, np.bool_), np.zeros(size, np.int16), np.zeros(size, np.int16),
        np.zeros(size, np.int16), np.zeros(longest, np.int16), wanted, problem.group,
        np.array([prices.under, prices.over, prices.paid]),
    )  # fmt: skip


def _cost(problem: Problem, state: sweeps.State, forms: object, people: object) -> Cost:
    under = int(cover.missing(state.short, state.worst))
    there = sum(
        int(cover.there_slots(forms, people, person, state.tour, state.row))
        for person in range(problem.people)
    )
    over = there - int(problem.need.sum()) + under
    works = state.tour.start >= 0
    paid = np.array([form.paid for form in problem.forms])[problem.form]
    pay = float((works.sum(axis=1) * paid).sum()) * problem.prices.paid
    rows = np.arange(problem.people)[:, None]
    at_start = problem.start_price[rows, np.maximum(state.tour.start, 0)]
    wishes = float(((problem.day_price + at_start) * works).sum(dtype=np.float64))
    prices = problem.prices
    total = prices.under * under + prices.over * over + pay + wishes
    return Cost(total, under, over, pay, wishes)
