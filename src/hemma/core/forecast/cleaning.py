"""What in the past is not to be learned from, found and told."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from hemma.core.forecast.calendar import Knowledge, features
from hemma.core.forecast.history import Days, Floats, History, Mask, TooLittle
from hemma.core.forecast.levels import HALF, LevelSettings, fit_levels

_OUTLIER_TIMES, _OUTLIER_LEAST = 5.0, 0.25
_SHIFT_DAYS, _SHIFT_LEAST, _SHIFT_CLEAR = 10, 0.08, 7.0
_SHIFTS_AT_MOST = 3
_CHANGED_WEEKS = 2
_BY_CHANCE = 0.01  # a day without contacts is an ordinary one if it comes this often or more
_CHANCE_TIMES = 4.0  # so many standard deviations of few contacts are no outlier yet


class FindingKind(StrEnum):
    """What was found in the past, or about days ahead."""

    MISSING_DAY = "missing_day"
    """Nothing is known of a day on which there is work; left out."""
    MISSING_SLOTS = "missing_slots"
    """`size` slots of the day are not known; filled from the day's usual shape."""
    CLOSED_DAY = "closed_day"
    """Nobody came on a day on which there is work, and chance alone does not do that; taken as
    closed."""
    OUTLIER_DAY = "outlier_day"
    """`size` times what was to be expected; left out."""
    LEVEL_SHIFT = "level_shift"
    """From this day on, `size` times as many; the days before are lifted to the new level."""
    WEEKDAY_OPENED = "weekday_opened"
    """Since this day there is work on this weekday; only the days since are learned from."""
    WEEKDAY_CLOSED = "weekday_closed"
    """Since this day there is none; forecast as closed."""
    HOLIDAY_CLOSED = "holiday_closed"
    """A day ahead, closed when it was a holiday before; forecast as closed."""
    HOLIDAY_UNKNOWN = "holiday_unknown"
    """A day ahead whose holiday has not been seen; forecast as by the others. Say if it is closed."""
    SHORT = "short"
    """Only `size` days are known: no season of the year, and wide bands."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `size` is told at the kind."""

    kind: FindingKind
    day: date
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Past:
    """A past to learn from: `days` with what was unknown filled, `totals` (days,) with `nan` for
    days to leave out, what is `known` of the calendar, and what was found."""

    days: Days
    totals: Floats
    known: Knowledge
    findings: tuple[Finding, ...]


def clean(days: Days, history: History) -> Past:
    """Look at the past of one queue, as it stood after the last of `days`. Raises `TooLittle`."""
    found: list[Finding] = []
    counts = days.counts.copy()
    has = np.nansum(counts, axis=1) > 0
    if has.sum() < 10:
        raise TooLittle("at least 10 days with contacts are needed; a new queue goes by analogy")
    said = np.array([day in history.closed for day in days.dates])
    has |= _quiet(days, has, said)
    if len(days.dates) < 56:
        found.append(Finding(FindingKind.SHORT, days.dates[0], float(has.sum())))
    opened, open_weekdays = _weekdays(days, has, said, found)
    working = np.array([d.weekday() in open_weekdays for d in days.dates]) & opened
    counts = _filled(days, counts, has & working, found)
    holidays = {
        day: name for day, name in history.holidays.items() if day.weekday() in open_weekdays
    }
    closed = _closed(days, history, holidays, (has, working), found)
    known = Knowledge(closed, history.holidays, history.events, open_weekdays)
    totals = np.where(has & working, counts.sum(axis=1), np.nan)
    cleaned = days.with_counts(counts)
    totals, factor = _judged(cleaned, totals, known, found)
    return Past(cleaned.with_counts(counts * factor[:, None]), totals * factor, known, tuple(found))


def _quiet(days: Days, has: Mask, said: Mask) -> Mask:
    """(days,) known days without a contact where so few come that this is chance, and no closing.

    How many come on a weekday is told by its days with contacts alone, as the others may have been
    closed: the mean of a Poisson number known not to be nought. `said` (days,) were closed.
    """
    empty = ~has & ~np.isnan(days.counts).any(axis=1) & ~said
    found = np.zeros(len(days.dates), dtype=bool)
    totals = np.nansum(days.counts, axis=1)
    for weekday in range(7):
        here = days.weekdays == weekday
        if (here & has).any() and (here & empty).any():
            found |= here & empty & (np.exp(-_untruncated(totals[here & has].mean())) >= _BY_CHANCE)
    return found


def _untruncated(mean: float) -> float:
    """The mean of a Poisson number whose values above nought have this `mean`."""
    found = max(mean - 1.0, 0.0)
    for _ in range(60):  # a contraction for every mean above 1
        found = mean * -np.expm1(-found)
    return float(found)


def _weekdays(
    days: Days, has: Mask, said: Mask, found: list[Finding]
) -> tuple[Mask, frozenset[int]]:
    """(days,) whether a day belongs to the week as it is now, and the weekdays with work. Days that
    are `said` (days,) to have been closed tell nothing of their weekday.

    A weekday has opened or closed when its last weeks are all one way and those before the other
    (a weekend moved from Friday/Saturday to Saturday/Sunday is one of each).
    """
    now, weekdays = np.ones(len(days.dates), dtype=bool), set()
    for weekday in range(7):
        at = np.flatnonzero((days.weekdays == weekday) & (has | ~said))
        seen = has[at]
        if not seen.any():
            continue
        turn = at.size - int(np.argmin(seen[::-1] == seen[-1])) if seen.min() != seen.max() else 0
        since, before = at.size - turn, seen[:turn]
        clear = turn > _CHANGED_WEEKS and since > _CHANGED_WEEKS
        clear = clear and np.mean(before[-8:] != seen[-1]) > 0.8
        if clear:
            kind = FindingKind.WEEKDAY_OPENED if seen[-1] else FindingKind.WEEKDAY_CLOSED
            found.append(Finding(kind, days.dates[at[turn]], float(weekday)))
            now[at[:turn]] = not seen[-1]
        if seen[-1] or not clear:
            weekdays.add(weekday)
    return now, frozenset(weekdays)


def _filled(days: Days, counts: Floats, used: Mask, found: list[Finding]) -> Floats:
    """Slots that are not known, by the usual shape and the rest of the day."""
    gaps = np.isnan(counts)
    usual = np.nan_to_num(np.nanmean(np.where(used[:, None], counts, np.nan), axis=0))
    for at in np.flatnonzero(gaps.any(axis=1)):
        here = gaps[at]
        usual_known = usual[~here].sum()
        share = np.nansum(counts[at]) / usual_known if usual_known > 0 else 0.0
        counts[at, here] = usual[here] * share
        if used[at] and usual[here].sum() > 0:
            found.append(Finding(FindingKind.MISSING_SLOTS, days.dates[at], float(here.sum())))
    return counts


def _closed(
    days: Days,
    history: History,
    holidays: dict[date, str],
    masks: tuple[Mask, Mask],
    found: list[Finding],
) -> frozenset[date]:
    """Days on which nobody could come, behind, and ahead as far as it is known. `holidays` are those
    on weekdays with work: of the others nothing need be said. `masks` days with contacts, and days
    of the week as it is now."""
    has, working = masks
    unknown = np.isnan(days.counts).all(axis=1)
    closed = set(history.closed)
    for at in np.flatnonzero(working & ~has):
        day = days.dates[at]
        kind = FindingKind.MISSING_DAY if unknown[at] else FindingKind.CLOSED_DAY
        if day not in closed:
            found.append(Finding(kind, day))
        closed.add(day)
    names = {holidays[day] for day in closed if day in holidays}
    open_names = {holidays.get(d) for d, h in zip(days.dates, has, strict=True) if h}
    seen = {holidays[day] for day in days.dates if day in holidays}
    for day, name in holidays.items():
        if day <= days.dates[-1]:
            continue
        if name in names - open_names:
            found.append(Finding(FindingKind.HOLIDAY_CLOSED, day))
            closed.add(day)
        elif name not in seen:
            found.append(Finding(FindingKind.HOLIDAY_UNKNOWN, day))
    return frozenset(closed)


def _judged(
    days: Days, totals: Floats, known: Knowledge, found: list[Finding]
) -> tuple[Floats, Floats]:
    """Totals without outliers, and (days,) by what to lift each day to the level of today."""
    table = features(days.dates, known, span_days=len(days.dates))
    factor = np.ones(totals.size)
    settings = LevelSettings()
    for _ in range(_SHIFTS_AT_MOST):
        left = fit_levels(totals * factor, table, days.numbers, settings).residuals
        at, step = level_shift(left)
        if at is None:
            break
        found.append(Finding(FindingKind.LEVEL_SHIFT, days.dates[at], float(np.exp(step))))
        factor[:at] *= np.exp(step)
    named = np.array([day in known.holidays for day in days.dates])
    named |= np.array([any(day in event.days for event in known.events) for day in days.dates])
    # The farthest first and then all anew: one wild day pulls effects, and makes others look wild.
    wild = np.zeros(totals.size, dtype=bool)
    while True:
        left = fit_levels(totals * factor, table, days.numbers, settings, wild).residuals
        apart = left - _local_median(np.where(wild, np.nan, left))
        spread = 1.4826 * np.nanmedian(np.abs(apart[~wild]))
        by_chance = _CHANCE_TIMES / np.sqrt((totals * factor + HALF) / np.exp(apart))
        limits = np.maximum(by_chance, max(_OUTLIER_TIMES * spread, _OUTLIER_LEAST))
        asked = np.where(named | wild | np.isnan(apart), 0.0, np.abs(apart) / limits)
        worst = int(np.argmax(asked))
        if asked[worst] <= 1.0:
            break
        if wild.sum() > totals.size // 20:
            break
        wild[worst] = True
    sizes = np.exp(apart)
    found.extend(
        Finding(FindingKind.OUTLIER_DAY, days.dates[n], float(sizes[n]))
        for n in np.flatnonzero(wild).tolist()
    )
    return np.where(wild, np.nan, totals), factor


def _local_median(values: Floats) -> Floats:
    """(days,) median of the known values within three weeks to either side."""
    known = np.flatnonzero(~np.isnan(values))
    found = np.zeros(values.size)
    for at in range(values.size) if known.size else ():
        near = known[np.abs(known - at) <= 21]
        found[at] = np.median(values[near]) if near.size else 0.0
    return found


def level_shift(residuals: Floats) -> tuple[int | None, float]:
    """Where the level steps and by how much (logarithm), or None.

    The split with the clearest step; it must be clear of the day-to-day scatter, at least 8 %, and
    explain the days better than a straight trend does.
    """
    known = np.flatnonzero(~np.isnan(residuals))
    values = residuals[known]
    size = values.size
    if size < 2 * _SHIFT_DAYS:
        return None, 0.0
    splits = np.arange(_SHIFT_DAYS, size - _SHIFT_DAYS + 1)
    sums = np.cumsum(values)
    before = sums[splits - 1] / splits
    after = (sums[-1] - sums[splits - 1]) / (size - splits)
    gain = (after - before) ** 2 * splits * (size - splits) / size
    best = int(np.argmax(gain))
    split, step = int(splits[best]), float(after[best] - before[best])
    scatter = 1.4826 * np.median(np.abs(np.diff(values))) / np.sqrt(2)
    whole = float(((values - values.mean()) ** 2).sum())
    at = np.arange(size) - (size - 1) / 2
    by_trend = float((at * values).sum() ** 2 / (at * at).sum())
    clear = gain[best] > (_SHIFT_CLEAR * scatter) ** 2 and abs(step) >= _SHIFT_LEAST
    if clear and gain[best] > 1.3 * by_trend and gain[best] > 0.4 * whole:
        return int(known[split]), step
    return None, 0.0
