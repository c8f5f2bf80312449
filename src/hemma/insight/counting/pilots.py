"""What a trial could find before it starts, and what it found once it has ended."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, variance
from typing import Any

from hemma.core.disclosure import Dimension, Kind
from hemma.core.effects import (
    CannotEstimate,
    fit_by_clusters,
    panel,
    power_of_means,
    verdict,
)
from hemma.insight import facts, gate
from hemma.insight.counting.shapes import measured, told
from hemma.insight.facts import Day
from hemma.insight.measures import MEASURE
from hemma.insight.models import Pilot
from hemma.lib import clock

LOOK_BACK = timedelta(days=56)
GROUPS = {True: "tries", False: "compares"}


def what_it_finds(pilot: Pilot, people: set[int]) -> dict[str, Any]:
    """Measure → the smallest difference found in 80 of 100 such trials; from the last eight weeks."""
    today = clock.now().date()
    days = [d for d in facts.days_between(today - LOOK_BACK, today) if d.person_id in people]
    weeks = max(1, min(12, round((pilot.ends_on - pilot.starts_on).days / 7)))
    found: dict[str, Any] = {"people": len(people)}
    for key in pilot.measures:
        spread, alike = _spread(key, days)
        each = len(people) // 2
        if spread is None or each < 5:
            found[key] = None
            continue
        step = MEASURE[key].step
        size = _smallest(spread, each, weeks, alike)
        found[key] = round(max(round(size / step), 1) * step, 6)
    return found


def _spread(key: str, days: list[Day]) -> tuple[float | None, float]:
    """The spread of a week's reading, and how alike two weeks of one person are."""
    weeks: dict[str, dict[tuple[int, int], list[Day]]] = {}
    for day in days:
        own = weeks.setdefault(day.mark, {})
        own.setdefault(day.day.isocalendar()[:2], []).append(day)
    readings = [
        [value for week in own.values() if (value := _ratio(key, week)) is not None]
        for own in weeks.values()
    ]
    readings = [own for own in readings if len(own) > 1]
    if len(readings) < 10:
        return None, 0.0
    inside = fmean(variance(own) for own in readings)
    every = variance([value for own in readings for value in own])
    alike = min(max(1 - inside / every, 0.0), 0.95) if every > 0 else 0.0
    return sqrt(every), alike


def _ratio(key: str, days: list[Day]) -> float | None:
    measure = MEASURE[key]
    bottom = sum(getattr(day, measure.bottom) for day in days)
    return sum(getattr(day, measure.top) for day in days) / bottom if bottom > 0 else None


def _smallest(spread: float, each: int, weeks: int, alike: float) -> float:
    low, high = 0.0, 5 * spread
    for _turn in range(30):
        middle = (low + high) / 2
        if power_of_means(middle, spread, each, before=weeks, after=weeks, alike=alike) < 0.8:
            low = middle
        else:
            high = middle
    return high


def result_of(pilot: Pilot, places: Mapping[int, bool]) -> dict[str, Any]:
    """Both groups before and since the start, and the difference that the lot allows to be called
    an effect; as drawn, whoever did what."""
    first, last = pilot.starts_on, min(pilot.ends_on, clock.now().date())
    before = first - (last - first) - timedelta(days=1)
    days = [d for d in facts.days_between(before, last) if d.person_id in places]
    return {
        "before": str(before),
        "measures": {key: _compared(pilot, key, days, places) for key in pilot.measures},
    }


def _compared(
    pilot: Pilot, key: str, days: list[Day], places: Mapping[int, bool]
) -> dict[str, Any]:
    measure = MEASURE[key]
    rows = [day for day in days if getattr(day, measure.bottom) > 0]
    seen: dict[str, set[bool]] = {}
    for day in rows:
        seen.setdefault(day.mark, set()).add(day.day >= pilot.starts_on)
    rows = [day for day in rows if len(seen[day.mark]) == 2]  # before and since
    records = {(day.mark, day.month): (GROUPS[places[day.person_id]],) for day in rows}
    form = (Dimension("group", {"tries": "all", "compares": "all"}),)
    if not records:
        return {"why": "no_comparison"}
    shown = gate.pass_through(
        Kind.SCALE, f"trial {pilot.pk}", f"{key} {pilot.starts_on}", form, records
    )
    if any(cell.hidden for cell in shown) or len(shown) < 3:
        return {"why": "too_few"}
    groups = {}
    for cell in shown:
        own = [d for d in rows if cell.keys[0] in {"all", GROUPS[places[d.person_id]]}]
        groups[cell.keys[0]] = {
            "n": cell.n,
            "before": _level(key, [d for d in own if d.day < pilot.starts_on]),
            "since": _level(key, [d for d in own if d.day >= pilot.starts_on]),
        }
    try:
        effect = _effect(key, rows, places, pilot.starts_on)
    except CannotEstimate as refused:
        return {"groups": groups, "why": str(refused.why)}
    return {
        "groups": groups,
        "effect": told(effect, measure.step),
        "verdict": str(verdict(effect)),
    }


def _level(key: str, days: list[Day]) -> list[float] | None:
    return measured(MEASURE[key], list(facts.sums_by_person(days).values()))


def _effect(key: str, rows: list[Day], places: Mapping[int, bool], start: date) -> Any:
    """Change of those who try it, over the change of the others: a row a person and span."""
    sums: dict[tuple[str, bool], list[Day]] = {}
    for day in rows:
        sums.setdefault((day.mark, day.day >= start), []).append(day)
    y, x, who, when = [], [], [], []
    for (mark, since), own in sums.items():
        y.append(_ratio(key, own) or 0.0)
        x.append(float(since and places[own[0].person_id]))
        who.append(mark)
        when.append(int(since))
    return fit_by_clusters(panel(y, x, who, when, names=["trial"])).estimates[0]
