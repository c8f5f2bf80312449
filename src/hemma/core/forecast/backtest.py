"""Forecasts of the past, made with nothing but what was known then.

Candidates are chosen and blended by them, the bands are learned from them, and they are returned
with every forecast. What is said about the blend is honest too: at each origin its weights and its
bands come from the origins whose days were over by then.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hemma.core.forecast.candidates import CANDIDATES, NAIVE, emptied
from hemma.core.forecast.cleaning import clean
from hemma.core.forecast.history import Days, Floats, History, TooLittle
from hemma.core.forecast.spread import LEVELS, Spread, fit_spread, pinball

_LEAST_DAYS = 35
_STEP_DAYS = 7
_PICKS = 12
_FEW = 1.0  # contacts a slot, below which absolute errors would reward whoever expects none


@dataclass(frozen=True, slots=True)
class Score:
    """How one way of forecasting did. `wape` sum of absolute errors over sum of contacts; `bias` sum
    of errors over the same (above 0: too much was expected); `weight` in the blend now."""

    name: str
    wape: float
    bias: float
    weight: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the past says of a forecast. `origins` are first days forecast; `scores` of candidates;
    `blend` of what would have been delivered; `pinball` of its quantiles against `naive_pinball` of
    the same weekday last week with bands learned in the same way; `covered` the share of slots
    inside the band from the 10 % to the 90 % quantile, over slots where contacts were expected.
    All are `nan` when the history is too short for any origin."""

    origins: tuple[date, ...]
    horizon_days: int
    scores: tuple[Score, ...]
    blend: Score
    pinball: float
    naive_pinball: float
    covered: float


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Raw results: `actual` (origins, days, labels), `expected` (candidates, origins, days, labels),
    `blended` likewise without candidates, the origins' day numbers, and what to use now: `weights`
    (candidates,) and `spread`."""

    ends: tuple[int, ...]
    actual: Floats
    expected: Floats
    blended: Floats
    quantiles: Floats
    naive_quantiles: Floats
    weights: Floats
    spread: Spread


def rehearse(days: Days, history: History, horizon: int, origins: int) -> Rehearsal | None:
    """Forecast the past at up to so many weekly origins; None where no origin has a past."""
    size = len(days.dates)
    ends = [size - horizon - _STEP_DAYS * back for back in reversed(range(origins))]
    made: list[tuple[int, Floats]] = []
    for end in ends:
        if end < _LEAST_DAYS:
            continue
        try:
            past = clean(days.until(end), history)
        except TooLittle:
            continue
        ahead = days.dates[end : end + horizon]
        each = [emptied(expect(past, ahead), past, ahead) for expect in CANDIDATES.values()]
        made.append((end, np.array(each)))
    if not made:
        return None
    return _judge(days, horizon, [end for end, _ in made], np.stack([x for _, x in made], axis=1))


def _judge(days: Days, horizon: int, ends: list[int], expected: Floats) -> Rehearsal:
    actual = np.stack([days.counts[end : end + horizon] for end in ends])
    naive = list(CANDIDATES).index(NAIVE)
    blended = np.empty(actual.shape)
    quantiles = np.full((len(LEVELS), *actual.shape), np.nan)
    naive_quantiles = quantiles.copy()
    for at, end in enumerate(ends):
        over = [n for n, earlier in enumerate(ends[:at]) if earlier + horizon <= end]
        weights = blend_weights(actual[over], expected[:, over])
        blended[at] = np.tensordot(weights, expected[:, at], axes=1)
        if len(over) >= 2:
            spread = fit_spread(actual[over].ravel(), blended[over].ravel())
            quantiles[:, at] = spread.quantiles(blended[at])
            spread = fit_spread(actual[over].ravel(), expected[naive][over].ravel())
            naive_quantiles[:, at] = spread.quantiles(expected[naive, at])
    weights = blend_weights(actual, expected)
    spread = fit_spread(actual.ravel(), blended.ravel())
    return Rehearsal(
        tuple(ends), actual, expected, blended, quantiles, naive_quantiles, weights, spread
    )


def blend_weights(actual: Floats, expected: Floats) -> Floats:
    """(candidates,) weights that add up to 1: candidates are picked one after the other, again and
    again, each time the one that brings the mean of the picked nearest to what came (Caruana 2004).
    Without a past the candidates by calendar share equally."""
    picks = np.zeros(expected.shape[0])
    used = ~np.isnan(actual)
    if not used.any():
        picks[:] = [name.startswith("calendar") for name in CANDIDATES]
        return np.asarray(picks / picks.sum())
    y, f = actual[used], expected[:, used]
    total = np.zeros(y.size)
    power = 1 if y.sum() > _FEW * (f > 0).any(axis=0).sum() else 2
    for number in range(1, _PICKS + 1):
        errors = [(np.abs(y - (total + one) / number) ** power).sum() for one in f]
        best = int(np.argmin(errors))
        picks[best] += 1
        total += f[best]
    return np.asarray(picks / picks.sum())


def summary(
    days: Days, horizon: int, made: Rehearsal | None, since: date | None = None
) -> Backtest:
    """What is told of a rehearsal; of its origins from `since` on."""
    nan = float("nan")
    if made is None:
        weights = blend_weights(np.array([]), np.empty((len(CANDIDATES), 0)))
        scores = [Score(n, nan, nan, float(w)) for n, w in zip(CANDIDATES, weights, strict=True)]
        return Backtest((), horizon, tuple(scores), Score("blend", nan, nan, 1.0), nan, nan, nan)
    first = [days.dates[0] + timedelta(days=end) for end in made.ends]
    kept = [n for n, day in enumerate(first) if since is None or day >= since]
    actual, quantiles = made.actual[kept], made.quantiles[:, kept]
    scores = [
        _score(name, actual, made.expected[n][kept], float(made.weights[n]))
        for n, name in enumerate(CANDIDATES)
    ]
    banded = ~np.isnan(quantiles[0]) & ~np.isnan(actual)
    inside = banded & (made.blended[kept] > 1e-6)
    low, high = quantiles[LEVELS.index(0.1)], quantiles[LEVELS.index(0.9)]
    within = (actual >= low) & (actual <= high)
    return Backtest(
        tuple(first[n] for n in kept),
        horizon,
        tuple(scores),
        _score("blend", actual, made.blended[kept], 1.0),
        pinball(actual[banded], quantiles[:, banded], LEVELS),
        pinball(actual[banded], made.naive_quantiles[:, kept][:, banded], LEVELS),
        float(within[inside].mean()) if inside.any() else nan,
    )


def _score(name: str, actual: Floats, expected: Floats, weight: float) -> Score:
    used = ~np.isnan(actual)
    come = float(actual[used].sum())
    if come <= 0:
        return Score(name, float("nan"), float("nan"), weight)
    off = expected[used] - actual[used]
    return Score(name, float(np.abs(off).sum()) / come, float(off.sum()) / come, weight)
