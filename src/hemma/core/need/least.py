"""The least number of people with which every target holds."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from hemma.core.need.erlang import Load, Service, service
from hemma.core.need.logs import Floats

type Whole = NDArray[np.int64]

_MOST = 1 << 31
_STEPS = 200
_AT_A_TIME = 2048  # cells whose arrays stay in the processor's cache


class NeverEnough(ValueError):
    """No number of people meets the targets; the text names which."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised; each is a ceiling or floor that must hold, `None` for not asked.

    `within` share of all who come answered within `within_s` seconds; `gives_up` most who may give
    up; `wait_s` longest mean wait; `occupancy` most of people's time in contacts (85 % leaves room
    to breathe).
    """

    within: float | None = 0.8
    within_s: float = 20.0
    gives_up: float | None = None
    wait_s: float | None = None
    occupancy: float | None = 0.85

    def __post_init__(self) -> None:
        shares = (self.within, self.gives_up, self.occupancy)
        if any(share is not None and not 0 < share < 1 for share in shares):
            raise NeverEnough("shares are above 0 and below 1, for instance 0.8 for 80 %")
        if self.within_s < 0 or (self.wait_s is not None and self.wait_s <= 0):
            raise NeverEnough("waits are 0 s or more, a mean wait above 0 s")
        if all(x is None for x in (*shares, self.wait_s)):
            raise NeverEnough("name at least one target")


def least_people(load: Load, target: Target) -> Whole:
    """(cells,) the least people; 0 where nobody comes. Exact: one fewer misses a target.

    Every measure grows better with every person, so the answer is where it turns; it is searched
    from a guess, with the misses measured on a scale on which they are nearly straight.
    """

    found = np.zeros(load.per_s.shape, dtype=np.int64)
    some = np.flatnonzero(load.per_s > 0)
    for first in range(0, some.size, _AT_A_TIME):
        which = some[first : first + _AT_A_TIME]
        found[which] = _least(load.part(which), target)
    return found


def _least(load: Load, target: Target) -> Whole:
    def margin(which: NDArray[np.intp], people: Floats) -> Floats:
        return _margin(service(load.part(which), people, target.within_s), target)

    return search(margin, _guess(load, target))


def search(margin: Callable[[NDArray[np.intp], Floats], Floats], guess: Floats) -> Whole:
    """(cells,) the least whole number ≥ 1 at which `margin` is not below nought.

    `margin(indexes, numbers)` must not fall as the number grows. Steps are by secant, kept inside
    what is known, so that a bad guess costs steps and never the answer.
    """
    low, high = np.zeros(guess.size), np.full(guess.size, float(_MOST))
    at = np.maximum(1.0, np.rint(guess))
    before, before_at = np.full(guess.size, np.nan), np.full(guess.size, np.nan)
    active = np.arange(guess.size)
    for step in range(_STEPS):
        number = at[active]
        now = margin(active, number)
        enough = now >= 0
        high[active[enough]] = number[enough]
        low[active[~enough]] = number[~enough]
        following = _next(
            number, now, before_at[active], before[active], low[active], high[active], step
        )
        before[active], before_at[active] = now, number
        at[active] = following
        active = active[high[active] - low[active] > 1]
        if not active.size:
            return high.astype(np.int64)
    raise NeverEnough("no number of people meets these targets")


def _next(
    number: Floats,
    now: Floats,
    before_at: Floats,
    before: Floats,
    low: Floats,
    high: Floats,
    step: int,
) -> Floats:
    """Where to look next, strictly between `low` and `high` where there is something between."""
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (now - before) / (number - before_at)
        first = 0.45 / np.sqrt(np.maximum(number, 1.0))
        slope = np.where(np.isfinite(slope) & (slope > 0), slope, first)
        root = number - now / slope
    # The least whole number above the root; after a hit, one below shows that it was the least.
    following = np.where(now >= 0, np.minimum(np.ceil(root), number - 1), np.ceil(root))
    reach = np.maximum(4.0, number) * 2.0
    following = np.clip(following, number - reach, number + reach)
    if step > 8:  # a scale that is not straight here: halve instead
        halved = np.where(high < _MOST, np.floor((low + high) / 2), low * 2 + 1)
        following = np.where(high - low > 2, halved, following)
    following = np.where(np.isfinite(following), following, low + 1)
    inside: Floats = np.clip(following, low + 1, np.maximum(high - 1, low + 1))
    return inside


def _margin(told: Service, target: Target) -> Floats:
    """By how much the tightest target is met; below nought where one is missed."""
    found = np.full(told.within.shape, np.inf)
    if target.within is not None:
        exact = told.within - target.within
        probit = special.ndtri(np.clip(told.within, 1e-15, 1 - 1e-15)) - special.ndtri(
            target.within
        )
        found = np.where((exact < 0) == (probit < 0), probit, exact)
    ceilings = ((told.gives_up, target.gives_up), (told.wait_s, target.wait_s))
    for got, most in ceilings:
        if most is not None:
            found = np.minimum(found, np.where(got <= most, 1.0, -1.0) * _apart(got, most) / 2)
    if target.occupancy is not None:
        got = told.occupancy
        found = np.minimum(
            found, np.where(got <= target.occupancy, 1.0, -1.0) * _apart(got, target.occupancy) * 10
        )
    return found


def _apart(got: Floats, most: float) -> Floats:
    """How far two positive numbers are apart, as the logarithm of their ratio."""
    apart: Floats = np.abs(np.log(np.clip(got, 1e-15, 1e15) / most))
    return apart


def _guess(load: Load, target: Target) -> Floats:
    """Where the answer is likely: contacts in hand seen as normal, spread as their mean.

    Within a wait of τ another n·τ/h contacts are finished, and all who came before are done or gone.
    """
    erlangs = load.erlangs
    share = target.within if target.within is not None else 0.8
    stretch = np.minimum(target.within_s / load.handling_s, 3.0)
    spread = special.ndtri(share) * np.sqrt(erlangs)
    guess = (erlangs + spread) / (1 + stretch)
    floor = np.where(np.isinf(load.patience_s), np.floor(erlangs) + 1, 0.97 * share * erlangs)
    if target.occupancy is not None:
        floor = np.maximum(floor, erlangs * share / target.occupancy)
    return np.asarray(np.maximum(np.maximum(np.ceil(guess), floor), 1.0))
