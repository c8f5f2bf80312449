"""Figures of what a manager read in: absence, leaving, fairness, and panels of their own."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import isnan
from statistics import pstdev
from typing import Any

from hemma.core.disclosure import Dimension, Kind
from hemma.core.effects import (
    CannotEstimate,
    Why,
    apart,
    fit_by_clusters,
    logrank,
    number,
    panel,
    parity,
    rate,
    ratio,
    survival,
    verdict,
)
from hemma.insight import gate
from hemma.insight.columns import FORMS, REWARDS
from hemma.insight.counting.shapes import plain, told
from hemma.insight.facts import NO_SITE, mark_of
from hemma.insight.models import Subject

Row = Mapping[str, Any]
YEAR = timedelta(days=365)
AFTER_DAYS = (0, 60, 120, 180, 240, 300, 364)
SMALL_SHARE, SMALL_SPREAD = 0.1, 0.2  # no larger difference: 10 points; a fifth of the spread


def count_file(subject: str, rows: Sequence[Row], today: date) -> tuple[date, date, dict[str, Any]]:
    """First and last day told of, and what may be told. `today` for files that name no days.

    Raises CannotEstimate.
    """
    if not rows:
        raise CannotEstimate(Why.NO_ROWS)
    if subject == Subject.ABSENCE:
        return _absence(rows)
    if subject == Subject.LEAVING:
        return _leaving(rows)
    return today, today, (_fairness if subject == Subject.FAIRNESS else _panel)(rows)


def _mark(row: Row) -> str:
    return mark_of(f"file {str(row['person']).lower()}")


def _dimensions(rows: Sequence[Row]) -> tuple[Dimension, ...]:
    sites = {str(row.get("site") or NO_SITE) for row in rows}
    return (
        Dimension("form", dict.fromkeys(sorted(FORMS), "all")),
        Dimension("site", dict.fromkeys(sorted(sites), "all")),
    )


def _last_of_each(rows: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """Mark → work form and site, as the last row of the person says."""
    return {_mark(row): (str(row["form"]), str(row.get("site") or NO_SITE)) for row in rows}


def _inside(keys: tuple[str, ...], own: tuple[str, ...]) -> bool:
    return all(key in {"all", mine} for key, mine in zip(keys, own, strict=True))


def _month(text: str) -> date:
    """The first day of a month: 2026-10, 202610 or 2026-10-01."""
    digits = "".join(c for c in text if c.isdigit())
    try:
        return date(int(digits[:4]), int(digits[4:6]), 1)
    except ValueError:
        return date(1900, 1, 1)


def _absence(rows: Sequence[Row]) -> tuple[date, date, dict[str, Any]]:
    """Short absence: occasions and days per 100 planned days, by work form and site, from ten people."""
    where = _last_of_each(rows)
    months = sorted(_month(str(row["month"])) for row in rows)
    records = {(_mark(row), str(row["month"])): where[_mark(row)] for row in rows}
    shown = gate.pass_through(
        Kind.ABSENCE, "absence", f"{months[0]}–{months[-1]}", _dimensions(rows), records
    )
    sums: dict[str, dict[str, float]] = {}
    for row in rows:
        own = sums.setdefault(_mark(row), dict.fromkeys(("planned_days", "occasions", "days"), 0.0))
        for name in own:
            own[name] += float(row[name])
    lines = []
    for cell in shown:
        line: dict[str, Any] = {"keys": cell.keys, "n": cell.n, "hidden": cell.hidden}
        if not cell.hidden:
            people = [one for mark, one in sums.items() if _inside(cell.keys, where[mark])]
            for name in ("occasions", "days"):
                line[name] = _per_hundred(name, people)
        lines.append(line)
    return months[0], _end_of(months[-1]), {"lines": lines}


def _per_hundred(name: str, people: list[dict[str, float]]) -> list[float] | None:
    try:
        one = ratio(name, [100 * p[name] for p in people], [p["planned_days"] for p in people])
    except CannotEstimate:
        return None
    return told(one, 0.01)


def _end_of(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _leaving(rows: Sequence[Row]) -> tuple[date, date, dict[str, Any]]:
    """Who left of their own accord per person and year, over the 12 months to the last date there is."""
    last = max(day for row in rows for day in (row["joined"], row["left"]) if day is not None)
    start = last - YEAR
    here = [r for r in rows if r["joined"] <= last and (r["left"] is None or r["left"] > start)]
    where = _last_of_each(here)
    records = {(mark, ""): keys for mark, keys in where.items()}
    shown = gate.pass_through(Kind.SCALE, "leaving", f"{start}–{last}", _dimensions(here), records)
    lines = []
    for cell in shown:
        line: dict[str, Any] = {"keys": cell.keys, "n": cell.n, "hidden": cell.hidden}
        if not cell.hidden:
            inside = [row for row in here if _inside(cell.keys, where[_mark(row)])]
            years = sum(_days_here(row, start, last) for row in inside) / YEAR.days
            left = sum(1 for row in inside if row["left"] is not None and row.get("voluntary") == 1)
            line["rate"] = told(rate("left", left, years), 0.001) if years else None
            line["staff"] = round(years, 1)
        lines.append(line)
    open_forms = {cell.keys[0] for cell in shown if cell.keys[1] == "all" and not cell.hidden}
    curves, p = _curves(here, start, last, open_forms)
    return start, last, {"lines": lines, "curves": curves, "differ_p": p}


def _days_here(row: Row, start: date, last: date) -> int:
    begin, end = max(row["joined"], start), min(row["left"] or last, last)
    days: int = (end - begin).days
    return max(days, 0)


def _curves(
    rows: Sequence[Row], start: date, last: date, forms: set[str]
) -> tuple[dict[str, list[list[float]]], float | None]:
    """Of those here at the start, the share still here after so many days, by work form."""
    begun = [row for row in rows if row["joined"] <= start]
    found = {}
    for form in sorted(forms - {"all"}):
        own = [row for row in begun if row["form"] == form]
        if len(own) < 5:
            continue
        stay = survival(*_spans(own, start, last))
        found[form] = [[day, *(round(x, 3) for x in stay.at(day))] for day in AFTER_DAYS]
    if not {"home", "office"} <= found.keys():
        return found, None
    both = [row for row in begun if row["form"] in {"home", "office"}]
    try:
        p = logrank(*_spans(both, start, last), [row["form"] == "home" for row in both])
    except CannotEstimate:
        return found, None
    return found, round(p, 3)


def _spans(rows: Sequence[Row], start: date, last: date) -> tuple[list[int], list[int]]:
    ends = [(row["left"], row["left"] is not None and row.get("voluntary") == 1) for row in rows]
    return [max(((day or last) - start).days, 1) for day, _ in ends], [int(e) for _, e in ends]


def _fairness(rows: Sequence[Row]) -> dict[str, Any]:
    """Each reward by work form, the result of the work held; equality has to be earned."""
    both = [row for row in rows if row["form"] in {"home", "office"}]
    where = {_mark(row): (str(row["form"]),) for row in both}
    form = (Dimension("form", {"home": "all", "office": "all"}),)
    records = {(mark, ""): keys for mark, keys in where.items()}
    shown = gate.pass_through(Kind.SCALE, "fairness", f"{len(rows)} rows", form, records)
    if any(cell.hidden for cell in shown) or len(shown) < 3:
        return {"why": "too_few"}
    rewards = {
        name: [_value(row, name) for row in both]
        for name in REWARDS
        if any(row.get(name) is not None for row in both)
    }
    margins = {
        name: SMALL_SHARE if name == "promoted" else _small(values)
        for name, values in rewards.items()
    }
    found = parity(
        rewards,
        [float(row["form"] == "home") for row in both],
        margins,
        held=[[float(row["result"])] for row in both],
        held_names=["result"],
    )
    numbers = {cell.keys[0]: cell.n for cell in shown}
    told_of = [
        {
            "name": one.name, "home": round(one.with_, 3), "office": round(one.without, 3),
            "difference": told(one.difference, 0.001), "p": round(one.difference.p, 4),
            "margin": round(one.same.margin, 3), "earned": plain(round(one.same.earned, 3)),
            "verdict": str(one.verdict),
        }
        for one in found
    ]  # fmt: skip
    return {"n": numbers, "rewards": told_of}


def _value(row: Row, name: str) -> float:
    found = row.get(name)
    return float("nan") if found is None else float(found)


def _small(values: list[float]) -> float:
    known = [value for value in values if not isnan(value)]
    spread = pstdev(known) if known else 0.0
    return SMALL_SPREAD * spread if spread > 0 else SMALL_SPREAD


def _panel(rows: Sequence[Row]) -> dict[str, Any]:
    """An outcome of their own: the same person with and without."""
    seen: dict[str, set[float]] = {}
    for row in rows:
        seen.setdefault(_mark(row), set()).add(row["home"])
    both = {mark for mark, ways in seen.items() if len(ways) == 2}
    records = {(_mark(row), str(row["period"])): () for row in rows if _mark(row) in both}
    if not records:
        return {"why": "no_comparison"}
    (cell,) = gate.pass_through(Kind.SCALE, "panel", f"{len(rows)} rows", (), records)
    if cell.hidden:
        return {"why": cell.hidden}
    numbers = [number(str(row["period"])) for row in rows]
    when = (
        [str(row["period"]) for row in rows]
        if None in numbers
        else [float(x or 0) for x in numbers]
    )
    data = panel(
        [row["outcome"] for row in rows], [row["home"] for row in rows], [_mark(r) for r in rows],
        when, names=["home"],
    )  # fmt: skip
    found, effect = apart(data), fit_by_clusters(data).estimates[0]
    return {
        "people": data.persons, "both": cell.n, "rows": data.n,
        "naive": told(found.naive, 0.001), "effect": told(effect, 0.001),
        "choice": told(found.selection, 0.001), "verdict": str(verdict(effect)),
        "choice_verdict": str(verdict(found.selection)),
        "smallest_seen": round(found.smallest_seen, 3), "needed": plain(found.persons_needed),
    }  # fmt: skip
