"""The ways of forecasting that compete in every backtest."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from hemma.core.forecast.calendar import features
from hemma.core.forecast.cleaning import Past
from hemma.core.forecast.history import Floats
from hemma.core.forecast.levels import LevelSettings, fit_levels
from hemma.core.forecast.profiles import profiles

type Candidate = Callable[[Past, Sequence[date]], Floats]
"""(days ahead, labels) expected contacts, before `emptied`."""

NAIVE = "same weekday last week"


def same_weekdays(weeks: int) -> Candidate:
    """The mean of the last so many same weekdays that can be learned from."""

    def expected(past: Past, ahead: Sequence[date]) -> Floats:
        used = ~np.isnan(past.totals)
        found = np.zeros((len(ahead), past.days.labels.size))
        for row, day in enumerate(ahead):
            same = np.flatnonzero(used & (past.days.weekdays == day.weekday()))[-weeks:]
            if same.size:
                found[row] = past.days.counts[same].mean(axis=0)
        return found

    return expected


def by_calendar(settings: LevelSettings) -> Candidate:
    """The day's total by calendar and level, spread over the day by its shape."""

    def expected(past: Past, ahead: Sequence[date]) -> Floats:
        days = past.days
        both = features([*days.dates, *ahead], past.known, span_days=len(days.dates))
        size = len(days.dates)
        seen = type(both)(both.matrix[:size], both.names, both.free)
        model = fit_levels(past.totals, seen, days.numbers, settings)
        numbers = np.array([day.toordinal() for day in ahead], dtype=np.int64)
        totals = model.totals(both.matrix[size:], numbers)
        shape = profiles(days, past.totals, (numbers + 6) % 7)
        return np.asarray(totals[:, None] * shape)

    return expected


def _told(past: Past, ahead: Sequence[date]) -> Floats:
    """(days ahead,) by what events multiply that nobody could learn from yet."""
    effect = np.ones(len(ahead))
    for event in past.known.events:
        if event.effect is None or any(day <= past.days.dates[-1] for day in event.days):
            continue
        effect *= [event.effect if day in event.days else 1.0 for day in ahead]
    return effect


CANDIDATES: Mapping[str, Candidate] = {
    NAIVE: same_weekdays(1),
    "mean of 4 same weekdays": same_weekdays(4),
    "mean of 8 same weekdays": same_weekdays(8),
    "calendar, quick": by_calendar(LevelSettings(memory_days=120, level_days=14)),
    "calendar, steady": by_calendar(LevelSettings(memory_days=730, level_days=35, pull=0.3)),
    "calendar, trend": by_calendar(LevelSettings(level_days=14, trend=0.7)),
}


def emptied(expected: Floats, past: Past, ahead: Sequence[date]) -> Floats:
    """The same with nothing on days that are closed, and with the effects that were told by hand."""
    is_open = np.array([past.known.is_open(day) for day in ahead], dtype=np.float64)
    return np.asarray(expected * (is_open * _told(past, ahead))[:, None])
