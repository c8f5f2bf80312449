"""The plan as a page: need against plan, bands of each day, tables beside them. No scripts."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from hemma.run.paper import sheet, wide
from hemma.run.planner import report
from hemma.run.planner.plan_shifts import Shift, need_and_plan
from hemma.run.planner.plan_telling import wishes_named
from hemma.run.planner.plan_why_place import because
from hemma.run.planner.scenario import Scenario

if TYPE_CHECKING:
    from hemma.run.planner.planning import Made

_WIDE, _ROW, _HIGH = 720, 14, 90
_FILL = {
    "rast": "#ffffff", "paus": "#d9e8f5", "focus": "#7a5ca8", "coaching": "#2f7d5b",
    "training": "#a8642a", "huddle": "#c2a400", "away": "#ffffff",
}  # fmt: skip
_PLACE = {"home": "#9ec5e8", "office": "#e0b98a"}
_HEADS = {
    "uneven": (
        "Name",
        "What",
        "Had",
        "Fair",
        "Because",
        "Wish",
        "Worth of it",
        "A step nearer costs",
    ),
    "wishes": ("Name", "Day", "Wish", "Answer", "Worth", "Would cost more", "Hours missing more"),
    "place_wishes": (
        "Name",
        "Day",
        "Wish",
        "Answer",
        "Worth",
        "Would cost more",
        "What would have to give way",
    ),
    "huddles": ("Team", "Day", "At", "There", "Of those at work", "Not there"),
    "conflicts": ("Name", "Weeks", "Rules", "Days asked", "Days planned"),
    "tours": (
        "Name",
        "Day",
        "Answer",
        "Free costs more",
        "Hours missing",
        "Pay",
        "Wishes",
        "Alone",
        "Fair shares",
    ),
    "short": ("When", "Skills", "Needed", "There", "Others are", "One more saves", "and costs"),
}

_COLUMNS = {
    "uneven": (
        "name", "kind", "had", "fair", "because", "wishes", "wish_price", "nearer_costs",
    ),
    "wishes": ("name", "day", "wish", "answer", "worth", "more", "missing_hours"),
    "place_wishes": ("name", "day", "wish", "answer", "worth", "more", "because"),
    "huddles": ("team", "day", "at", "there", "at_work", "not_there"),
    "conflicts": ("name", "weeks", "rules", "days", "kept"),
    "tours": (
        "name", "day", "answer", "more", "missing_hours", "pay", "wishes", "alone", "unfair",
    ),
    "short": (
        "at", "skills", "needed", "there", "elsewhere", "one_more_saves", "one_more_costs",
    ),
}  # fmt: skip


def page(
    scenario: Scenario, made: "Made", shifts: Sequence[Shift], told: Mapping[str, object]
) -> str:
    """The whole page."""
    need, there = need_and_plan(scenario, made.plan)
    bounds = list(zip(scenario.grid.day_first, scenario.grid.day_first[1:], strict=False))
    days = [
        (f"{day:%a %Y-%m-%d}", f"{need[a:b].sum() / 4:.1f}", f"{there[a:b].sum() / 4:.1f}",
         f"{np.maximum(need[a:b] - there[a:b], 0).sum() / 4:.1f}")
        for day, (a, b) in zip(scenario.grid.dates, bounds, strict=True)
    ]  # fmt: skip
    parts = [
        *_summary(made, told),
        report.table(("Day", "Hours needed", "Hours planned", "Hours missing"), days),
        *_tables(told),
        *_law(told),
    ]
    by_day = {day: list(of) for day, of in groupby(shifts, key=lambda shift: shift.start.date())}
    for day, (a, b) in zip(scenario.grid.dates, bounds, strict=True):
        band = [line[a:b] for line in scenario.band] if scenario.band else [need[a:b]] * 2
        curve = _curve(band[0], need[a:b], band[1], there[a:b])
        parts += _day(f"{day:%A %Y-%m-%d}", curve, by_day.get(day, []))
    return sheet("Plan", f"Plan from {scenario.grid.first_day}", "".join(parts))


def _summary(made: "Made", told: Mapping[str, object]) -> list[str]:
    gap, plan = told["gap"], made.plan
    proof = "The bound was not asked for (--bound)."
    if isinstance(gap, dict):
        proof = f"No lawful roster is more than {gap['total']:.2%} better."
    cost = plan.cost
    rows = [
        ("People missing", f"{cost.missing:,.0f}"), ("Pay", f"{cost.pay:,.0f}"),
        ("Wishes", f"{cost.wishes - plan.missed:,.0f}"),
        ("People who miss their team's huddle", f"{plan.missed:,.0f}"), ("Without a leader, newcomers alone", f"{cost.alone:,.0f}"),
        ("Away from fair shares", f"{cost.unfair:,.0f}"), ("Home and office", f"{plan.places.price:,.0f}"),
    ]  # fmt: skip
    return [f"<p>Price {plan.total:,.0f}. {proof}</p>", report.table(("Of which", "Price"), rows)]


def _tables(told: Mapping[str, object]) -> list[str]:
    titles = {
        "conflicts": "Rules that cannot be kept together",
        "short": "Where people are missing, and why",
        "wishes": "Wishes that are not in the plan, and why",
        "place_wishes": "Home or office against a wish, and why",
        "uneven": "More than one away from the fair share",
        "huddles": "When teams meet, and who is not there",
        "tours": "Why these days: what having each free instead would change",
    }
    found = []
    for name, title in titles.items():
        rows = told[name]
        if isinstance(rows, list) and rows:
            cells = [tuple(_cells(name, row)) for row in rows]
            found += [f"<h2>{escape(title)}</h2>", report.table(_HEADS[name], cells)]
    return found


def _cells(name: str, row: Mapping[str, object]) -> list[str]:
    if name == "uneven":
        row = {**row, "wishes": wishes_named(row) or None}
    return [
        because(row[column]) or "–"
        if (name, column) == ("place_wishes", "because")
        else _text(row.get(column))
        for column in _COLUMNS[name]
    ]


def _text(value: object) -> str:
    if isinstance(value, dict) and "why" in value:
        return f"{value['name']} ({_text(value['why'])})"
    if isinstance(value, dict):
        return ", ".join(f"{count} {_text(why)}" for why, count in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, float):
        return f"{value:,.1f}"
    return "–" if value is None else str(value).replace("_", " ")


def _law(told: Mapping[str, object]) -> list[str]:
    rows = [(str(line), "stops") for line in _list(told["law"])]
    rows += [(str(line), "warns") for line in _list(told["law_warns"])]
    if not rows:
        return ["<p>No rule of law says anything about this plan.</p>"]
    return ["<h2>What the law says</h2>", report.table(("Rule", "Severity"), rows[:200])]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _curve(low: np.ndarray, need: np.ndarray, high: np.ndarray, there: np.ndarray) -> str:
    """Need with its band, and the people planned, from midnight to midnight."""
    top = max(1.0, float(max(high.max(initial=0), there.max(initial=0))))
    across = np.arange(need.size) * _WIDE / max(1, need.size)

    def points(values: np.ndarray, at: np.ndarray) -> str:
        up = _HIGH - values / top * (_HIGH - 14)
        return " ".join(f"{x:.0f},{y:.1f}" for x, y in zip(at, up, strict=True))

    band = points(np.concatenate([low, high[::-1]]), np.concatenate([across, across[::-1]]))
    title = "Need (whole line, with its band) and people planned (dashed line)"
    drawn = (
        f'<svg role="img" viewBox="0 0 {_WIDE} {_HIGH}" width="100%">'
        f"<title>{title}</title>"
        f'<polygon class="band" points="{band}" fill="#9ec5e8" />'
        f'<polyline class="line" points="{points(need, across)}" fill="none" stroke="#123a5c" '
        f'stroke-width="1.5" /><polyline class="mark" points="{points(there, across)}" fill="none" '
        f'stroke="#b3261e" stroke-width="1.5" stroke-dasharray="5 3" />'
        f'<text x="2" y="12" font-size="12">{top:.0f}</text></svg>'
    )
    return f"<p>{title}.</p>{wide(drawn, title)}"


def _day(title: str, curve: str, shifts: list[Shift]) -> list[str]:
    shapes = []
    for row, shift in enumerate(shifts):
        shapes.append(_band(shift, shift.start, shift.end, row, _PLACE[shift.place], shift.place))
        shapes += [
            _band(shift, a, b, row, _FILL.get(kind, "#888888"), kind) for kind, a, b in shift.parts
        ]
    high = max(1, _ROW * len(shifts))
    cells = [
        (shift.name, *(shift.as_row()[x] for x in ("start", "end", "place", "breaks")))
        for shift in shifts
    ]
    return [
        f"<h2>{escape(title)}</h2>",
        curve,
        wide(
            f'<svg role="img" viewBox="0 0 {_WIDE} {high}" width="100%">'
            f"<title>{escape(title)}, from midnight to midnight</title>{''.join(shapes)}</svg>",
            f"{title}, from midnight to midnight",
        ),
        report.table(("Name", "Start", "End", "Place", "Within it"), cells),
    ]


def _band(shift: Shift, start: object, end: object, row: int, fill: str, what: str) -> str:
    """A stretch on the day on which the shift begins; what runs past its midnight is cut off."""
    midnight = shift.start.replace(hour=0, minute=0)
    since = (start - midnight).total_seconds() / 60  # type: ignore[operator]
    until = min(1440.0, (end - midnight).total_seconds() / 60)  # type: ignore[operator]
    if until <= since:
        return ""
    at, wide = since * _WIDE / 1440, (until - since) * _WIDE / 1440
    return (
        f'<rect x="{at:.1f}" y="{row * _ROW + 1}" width="{wide:.1f}" height="{_ROW - 2}" fill="{fill}">'
        f"<title>{escape(shift.name)}: {escape(what)}</title></rect>"
    )
