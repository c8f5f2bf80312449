"""What the compiled search begins with: a state in which nobody is there."""

import numpy as np

from hemma.core.roster import arrays, even, sweeps
from hemma.core.roster.facts import MOST_BREAKS, Floats, Problem
from hemma.core.roster.watch import Watches


def table(problem: Problem, size: int) -> Floats:
    """(size, depth) what the first, the second … person missing at a slot costs."""
    given = np.full((problem.need.shape[1], 1), problem.prices.under)
    if problem.steps is not None:
        given = problem.steps
    made = np.repeat(given[-1:], size, axis=0).astype(np.float32)
    made[: given.shape[0]] = given
    return made


def watches(problem: Problem, size: int) -> Watches:
    """Who must be there for whom, when nobody is there."""
    gives, asks = np.zeros(problem.people, np.int64), np.zeros(problem.people, np.int64)
    wants = np.zeros((len(problem.watches), size), np.int16)
    for n, watch in enumerate(problem.watches):
        gives |= watch.gives.astype(np.int64) << n
        asks |= watch.asks.astype(np.int64) << n
        wants[n, : watch.open.size] = watch.open
    price = np.array([watch.price for watch in problem.watches], float)
    return Watches(gives, asks, np.zeros_like(wants), wants, price)


def state(problem: Problem) -> sweeps.State:
    """Nobody is there."""
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
        np.array([prices.under, prices.over, prices.paid]), table(problem, size),
        watches(problem, size), even.even(problem.people, problem.days, MOST_BREAKS),
    )  # fmt: skip
