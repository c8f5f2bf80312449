"""What a day at home did, told apart from who chooses to be there."""

from typing import Any

from hemma.core.disclosure import Kind
from hemma.core.effects import (
    CannotEstimate,
    Panel,
    apart,
    fit_by_clusters,
    panel,
    verdict,
)
from hemma.insight import gate
from hemma.insight.counting.shapes import plain, told
from hemma.insight.facts import Day
from hemma.insight.measures import MEASURE, OUTCOMES


def effects_of(days: list[Day], label: str) -> dict[str, Any]:
    """By outcome: side by side, within the person, choice; each where enough people stand behind it."""
    return {key: effect_of(key, days, label) for key in OUTCOMES}


def effect_of(key: str, days: list[Day], label: str) -> dict[str, Any]:
    """One outcome's effect of a day at home, or the code that says why it is not told.

    Rests on the people who were seen in both places. `too_few` when there are fewer of them than a
    group needs; `no_comparison` when nobody has been in both.
    """
    measure = MEASURE[key]
    rows = [day for day in days if getattr(day, measure.bottom) > 0]
    both = _both_places(rows)
    if not both:
        return {"why": "no_comparison"}
    records = {(day.mark, day.month): () for day in rows if day.mark in both}
    (cell,) = gate.pass_through(Kind.SCALE, f"effect on {key}", label, (), records)
    if cell.hidden:
        return {"why": cell.hidden}
    try:
        return _told(key, rows, cell.n or 0)
    except CannotEstimate as refused:
        return {"why": str(refused.why)}


def _both_places(rows: list[Day]) -> set[str]:
    seen: dict[str, set[str]] = {}
    for day in rows:
        seen.setdefault(day.mark, set()).add(day.place)
    return {mark for mark, places in seen.items() if len(places) == 2}


def as_panel(key: str, rows: list[Day], mix: bool = False) -> Panel:
    """A row a day: the outcome, whether at home, and how the day's cases were mixed if asked for."""
    measure = MEASURE[key]
    bottom = [float(getattr(day, measure.bottom)) for day in rows]
    outcome = [getattr(day, measure.top) / own for day, own in zip(rows, bottom, strict=True)]
    others = sorted({name for day in rows for name in day.programmes})[1:] if mix else []
    exposures = [
        [
            float(day.place == "home"),
            *(day.programmes.get(name, 0) / max(day.answers, 1) for name in others),
        ]
        for day in rows
    ]
    return panel(
        outcome, exposures, [day.mark for day in rows], [day.day.toordinal() for day in rows],
        names=["home", *others], weights=bottom,
    )  # fmt: skip


def _told(key: str, rows: list[Day], both: int) -> dict[str, Any]:
    step = MEASURE[key].step
    data = as_panel(key, rows)
    found = apart(data)
    effect = fit_by_clusters(data).estimates[0]
    return {
        "people": data.persons,
        "both": both,
        "days": data.n,
        "naive": told(found.naive, step),
        "effect": told(effect, step),
        "choice": told(found.selection, step),
        "same_mix": _same_mix(key, rows, step),
        "verdict": str(verdict(effect)),
        "choice_verdict": str(verdict(found.selection)),
        "smallest_seen": round(round(found.smallest_seen / step) * step, 6),
        "needed": plain(found.persons_needed),
    }


def _same_mix(key: str, rows: list[Day], step: float) -> list[float] | None:
    """The effect with the day's mix of programmes held; None where the mix never changes."""
    try:
        data = as_panel(key, rows, mix=True)
        if len(data.names) < 2:
            return None
        return told(fit_by_clusters(data).estimates[0], step)
    except CannotEstimate:
        return None
