"""The search for a good roster. The caller holds the clock: it asks for rounds as long as it likes."""

from dataclasses import replace

import numpy as np

from hemma.core.roster import (
    arrays,
    breaks,
    changed_days,
    cover,
    engine,
    even,
    exchange,
    states,
    sweeps,
    today,
)
from hemma.core.roster.facts import FORBIDDEN, Cost, Floats, Problem, Roster, Whole
from hemma.core.roster.fair import Fairness
from hemma.core.roster.watch import alone

_FEW = 4
_WIDEST, _NARROWEST = 12.0, 0.5
_LEANS = (0.02, 0.01, 0.005, 0.002)
_CALM = 0.85  # the share of the time in which people still leave room for each other
_CALM_FAIR = 0.7  # and that with fair shares, which are evened out by exchanging days
_PARTS = 16  # of all people who exchange with the others of their pool in one step


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
        self.without, self._sharp, self._passes, self._turn = 0, 0, 0, False
        self._parts: list[np.ndarray] = []
        self._chance = np.random.default_rng(seed)
        self._old = arrays.no_tours(problem, _FEW)
        self._state = states.state(problem)
        self._pair = changed_days.scratch(problem, self.graphs)
        self._pool = self.people.subsets * len(problem.forms) + problem.form
        if problem.fairness is not None:
            self.be_fair(problem.fairness)
        cover.start_short(self._state.short, problem.need)

    def sweep(self, lean: float, width: float = 0.0) -> None:
        """Everybody once, in random order, is given the best tour given the others'."""
        self._respond(self._chance.permutation(self.problem.people), sweeps.RESPONDING, lean, width)

    def be_fair(self, fairness: Fairness) -> None:
        """From now on late shifts and weekends have their price by person."""
        self.problem = replace(self.problem, fairness=fairness)
        shares, everybody = self._state.even, np.arange(self.problem.people)
        shares.price[0] = fairness.price
        shares.away[:] = fairness.carried - fairness.target
        self.people.late[:] = 0
        late = fairness.late[: len(self.problem.forms)]
        self.people.late[:, : late.shape[1]] = late
        now = fairness.counts(self.problem.form, self._state.tour.start)
        self.people.slope[:] = fairness.one_more(everybody, now)

    def hint(self, day_price: Floats) -> None:
        """From now on the search minds these further prices of days (people, days); what a roster
        costs does not count them."""
        self.people.day_price[:] = self.problem.day_price + day_price

    def forbid(self, person: int, day: int, starts: slice) -> None:
        """Nobody puts this person there again; the roster is left as it is until they respond."""
        self.people.start_price[person, day, starts] = 2 * FORBIDDEN

    def tour(self, person: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """A copy of one person's tour."""
        tour = self._state.tour
        return tour.start[person].copy(), tour.extra[person].copy(), tour.at[person].copy()

    def put(self, person: int, tour: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
        """Give one person this tour."""
        sweeps.take_out(self._state, self.forms, self.people, person)
        now = self._state.tour
        now.start[person], now.extra[person], now.at[person] = tour
        sweeps.put_in(self._state, self.forms, self.people, person)

    def replace_breaks(self, who: Whole, day: int, now: int) -> int:
        """These people's breaks, focus and coaching of a day that begin at slot `now` or later go
        where they are missed least; nobody's hours change. For how many there was something to do."""
        return int(
            today.replace_breaks(
                who, day, now, self._state, self.forms, self.people, self.desk, 0.01
            )
        )

    def demand(self, need: Whole) -> None:
        """From now on so many are needed (skills, slots)."""
        self.problem = replace(self.problem, need=need)
        now = self.roster()
        self._state.is_in[:] = False
        self.take(now)

    def worth(self, skills: int) -> Floats:
        """(slots,) what one person more with these skills (bits) would save at each slot."""
        state = self._state
        cover.depths(state.short, skills, state.mine, state.other)
        size = self.problem.need.shape[1]
        mine, other = state.mine[:size], state.other[:size]
        deep = np.clip(mine, 1, state.table.shape[1]) - 1
        level = state.table[np.arange(size), deep]
        over = np.float32(self.problem.prices.over)
        return np.where(mine > other, level, -over)

    def huddle(self, who: Whole, slots: Whole) -> None:
        """These people's huddles are at other slots (who, days) from now on; they respond."""
        for person in who.tolist():
            sweeps.take_out(self._state, self.forms, self.people, person)
        self.people.huddle[who] = slots
        self.problem.huddle[who] = slots
        self.respond(who, 0.01)

    def spare(self) -> Whole:
        """(slots,) by how many people the worst set of skills is too many, less if some are missing."""
        short = self._state.short[1:].astype(np.int64)
        return np.asarray(-short.max(axis=0)[: self.problem.need.shape[1]], np.int64)

    def people_for_proof(self) -> engine.People:
        """The people with their own prices and slopes of fairness, without hints and what was
        forbidden along the way."""
        problem = self.problem
        return self.people._replace(
            day_price=problem.day_price.astype(np.float32), huddle=self.people.huddle.copy(),
            start_price=arrays.start_prices(problem), slope=self.people.slope.copy(),
        )  # fmt: skip

    def first(self) -> None:
        """Everybody once, filling where the largest share is missing."""
        self._respond(self._chance.permutation(self.problem.people), sweeps.FILLING, 0.0, 0.0)

    def step(self, share: float) -> None:
        """What pays most when `share` (0 to 1) of the time is gone: sweeps in which people leave
        each other ever less room, then sharp ones, then neighbourhoods."""
        fair = bool(self._state.even.price[0] > 0)
        calm = _CALM_FAIR if fair else _CALM
        if share < calm:
            self.sweep(0.002, _WIDEST * (_NARROWEST / _WIDEST) ** (share / calm))
        elif self._sharp < len(_LEANS):
            self.sweep(_LEANS[self._sharp])
            self._sharp += 1
        elif fair and (self._passes < 2 or self._turn):
            self._turn = False
            self._exchange_some()
        else:
            self._turn = True
            self.improve(200, 0.005)

    def _exchange_some(self) -> None:
        """The next part of all people; when everybody has had a turn, all respond to that. The first
        time shares are evened out alone, then wishes by turns with them."""
        if not self._parts:
            order = self._chance.permutation(self.problem.people)
            self._parts, self._passes = np.array_split(order, _PARTS), self._passes + 1
        self.exchange(self._parts.pop(), every=self._passes % 2 == 0)
        if not self._parts:
            self.sweep(_LEANS[-1])

    def exchange(self, who: Whole, *, every: bool = True) -> float:
        """These people change days with those who have the same skills and form (each pair is tried
        by the higher number), as long as that makes the roster cheaper; only to even out shares if
        not `every`. What was saved."""
        saved = exchange.exchange(
            who, self._pool, every, self._pair, self._state, self.forms, self.people, self.graphs,
            self.desk,
        )  # fmt: skip
        return float(saved)

    def improve(self, rounds: int, lean: float = 0.01, width: float = 0.0) -> float:
        """So many neighbourhoods of two to four people; what was saved."""
        sweeps.seed(int(self._chance.integers(2**31)))
        saved = sweeps.neighbours(
            rounds, self._state, self.forms, self.people, self.graphs, self.desk, self._old, lean, width
        )  # fmt: skip
        return float(saved)

    def left_out(self) -> list[int]:
        """Who should work and has no tour: there is none that the rules allow."""
        idle = (self._state.tour.start < 0).all(axis=1)
        return np.flatnonzero(idle & (self.problem.least.sum(axis=1) > 0)).tolist()

    def respond_once(self, person: int) -> bool:
        """One person gets the best tour given the others'; whether there is one."""
        self._respond(np.array([person]), sweeps.RESPONDING, 0.0, 0.0)
        return self.without == 0

    def at_slope(self, person: int, slope: Floats) -> None:
        """One person gets the best tour at this slope of fairness (2,) whatever the square would say."""
        shares = self._state.even
        price, self.people.slope[person] = float(shares.price[0]), slope
        shares.price[0] = 0.0
        self.respond_once(person)
        shares.price[0] = price

    def part_of(self, person: int) -> float:
        """What of the price changes when one person's tour alone does."""
        state, forms, people, prices = self._state, self.forms, self.people, self.problem.prices
        under, short = cover.missing(state.short, state.worst, state.table)
        there = cover.there_slots(forms, people, person, state.tour, state.row)
        own = breaks.private_cost(forms, people, person, state.tour, person, prices.paid)
        own += even.unfair(state.even, people, person, state.tour, person)
        return float(short + prices.over * (under + there) + own + alone(state.watch))

    def respond(self, who: Whole, lean: float = 0.0) -> None:
        """These in turn get the best tour given the others'."""
        self._respond(who, sweeps.RESPONDING, lean, 0.0)

    @property
    def tours(self) -> engine.Tours:
        """What there is now, not copied."""
        return self._state.tour

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
        state.watch.there[:] = 0
        state.watch.wants[:] = states.watches(self.problem, state.watch.wants.shape[1]).wants
        for person in range(self.problem.people):
            sweeps.put_in(state, self.forms, self.people, person)

    def cost(self) -> Cost:
        """What the roster costs now."""
        return _cost(self.problem, self._state, self.forms, self.people)

    def _respond(self, order: np.ndarray, how: int, lean: float, width: float) -> None:
        self.without = int(
            sweeps.respond(
                order, self._state, self.forms, self.people, self.graphs, self.desk, how, lean, width
            )
        )  # fmt: skip


def _cost(problem: Problem, state: sweeps.State, forms: object, people: object) -> Cost:
    under, short = cover.missing(state.short, state.worst, state.table)
    there = int(cover.there_in_all(forms, people, state.tour, state.row))
    over = there - int(problem.need.sum()) + int(under)
    works = state.tour.start >= 0
    paid = np.array([form.paid for form in problem.forms])[problem.form]
    pay = float((works.sum(axis=1) * paid).sum()) * problem.prices.paid
    rows, days = np.arange(problem.people)[:, None], np.arange(problem.days)[None]
    starts, own = np.maximum(state.tour.start, 0), problem.start_price
    at_start = own[rows, starts] if own.ndim == 2 else own[rows, days, starts]
    wishes = float(np.where(works, problem.day_price + at_start, 0.0).sum(dtype=np.float64))
    lonely = float(alone(state.watch))
    unfair = problem.fairness.cost(problem.form, state.tour.start) if problem.fairness else 0.0
    total = short + problem.prices.over * over + pay + wishes + lonely + unfair
    return Cost(total, int(under), over, pay, wishes, short, lonely, unfair)
