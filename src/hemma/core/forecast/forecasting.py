"""Forecast any number of queues in one call."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from hemma.core.forecast.backtest import Backtest, blend_weights, rehearse, summary
from hemma.core.forecast.candidates import CANDIDATES, emptied
from hemma.core.forecast.cleaning import Finding, clean
from hemma.core.forecast.history import Floats, History, as_days, as_slots
from hemma.core.forecast.spread import LEVELS, fit_spread
from hemma.core.forecast.today import day_scatter, how_it_follows, rest_of_day
from hemma.core.grid import TimeGrid


@dataclass(frozen=True, slots=True)
class QueueForecast:
    """One queue: `expected` (slots), `quantiles` (levels, slots), how the same way did in the past,
    what was found there, and after which queue it was made when it is new (`analogy`). `day_scatter`
    is how far a day's total usually falls from its forecast beyond chance (0.06: 6 %), `chance` the
    variance of a slot over its mean, `follows` (slots) how much of what a day is off by until a slot
    its rest is off by (None: not learned)."""

    queue: str
    expected: Floats
    quantiles: Floats
    backtest: Backtest
    findings: tuple[Finding, ...]
    analogy: str | None = None
    day_scatter: float = 0.1
    chance: float = 1.5
    follows: Floats | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """All queues over `grid`; `levels` (levels,) of the quantiles."""

    grid: TimeGrid
    levels: tuple[float, ...]
    queues: tuple[QueueForecast, ...]


def forecast(
    history: History, days: int, *, origins: int = 26, since: date | None = None
) -> Forecast:
    """Forecast `days` days from the day after the history, slot by slot.

    Candidates are rehearsed at up to `origins` weekly origins and blended; the backtest returned
    tells of the origins from `since` on (None: all). Raises `TooLittle` when a queue has fewer than
    10 days with contacts.
    """
    if days < 1:
        raise ValueError("forecast at least one day")
    grid = TimeGrid(
        history.grid.zone,
        history.grid.first_day + timedelta(days=history.grid.days),
        days,
        history.grid.slot_min,
    )
    made = [_one(history, number, grid, origins, since) for number in range(len(history.queues))]
    return Forecast(grid, LEVELS, tuple(made))


def _one(
    history: History, number: int, grid: TimeGrid, origins: int, since: date | None
) -> QueueForecast:
    days = as_days(history.grid, history.counts[number])
    past = clean(days, history)
    made = rehearse(days, history, grid.days, origins)
    weights = made.weights if made else blend_weights(np.array([]), np.empty((len(CANDIDATES), 0)))
    spread = made.spread if made else fit_spread(np.array([]), np.array([]))
    ahead = grid.dates
    each = [
        weight * expect(past, ahead)
        for weight, expect in zip(weights, CANDIDATES.values(), strict=True)
        if weight > 0
    ]
    expected = emptied(np.sum(each, axis=0), past, ahead)
    last = grid.first_day + timedelta(days=grid.days)
    scatter, follows = 0.1, None
    if made is not None:
        size = days.labels.size
        actual, blended = made.actual.reshape(-1, size), made.blended.reshape(-1, size)
        scatter = day_scatter(actual, blended, spread.chance)
        learned = how_it_follows(actual, blended, scatter, spread.chance)
        follows = as_slots(grid, days.labels, np.tile(learned, (grid.days, 1)))
    return QueueForecast(
        history.queues[number],
        as_slots(grid, days.labels, expected),
        as_slots(grid, days.labels, spread.quantiles(expected)),
        summary(days, grid.days, made, since),
        tuple(finding for finding in past.findings if finding.day < last),
        day_scatter=scatter,
        chance=spread.chance,
        follows=follows,
    )


def updated(queue: QueueForecast, seen: Floats) -> tuple[QueueForecast, float]:
    """The forecast with its first day moved to what has come of it, and by what the rest of the day
    was multiplied. `seen` (slots of the first day,) contacts so far, `nan` from now on. Quantiles of
    the rest move along; of what was seen they are what came. Later days stay as they were."""
    size = seen.size
    expected, quantiles = queue.expected.copy(), queue.quantiles.copy()
    expected[:size], factor = rest_of_day(
        queue.expected[:size],
        seen,
        queue.day_scatter,
        queue.chance,
        None if queue.follows is None else queue.follows[:size],
    )
    known = ~np.isnan(seen)
    quantiles[:, :size] = np.where(known, seen, quantiles[:, :size] * factor)
    return replace(queue, expected=expected, quantiles=quantiles), factor
