"""The plan as a page: need against plan, bands of each day, tables beside them. No scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby

import numpy as np

from hemma.core.roster import Roster
from hemma.core.roster.checking import laid_out
from hemma.run.planner import report
from hemma.run.planner.scenario import Scenario

_WIDE, _ROW = 720, 14
_FILL = {"rast": "#ffffff", "paus": "#d9e8f5", "focus": "#7a5ca8", "coaching": "#2f7d5b"}


@dataclass(frozen=True)
class Shift:
    """One shift; `parts` kind, start and end of what lies inside it."""

    name: str
    start: datetime
    end: datetime
    parts: tuple[tuple[str, datetime, datetime], ...]

    def as_row(self) -> dict[str, str]:
        """For CSV and JSON."""
        parts = " ".join(f"{kind} {a:%H:%M}-{b:%H:%M}" for kind, a, b in self.parts)
        return {
            "name": self.name,
            "day": f"{self.start:%Y-%m-%d}",
            "start": f"{self.start:%H:%M}",
            "end": f"{self.end:%H:%M}",
            "breaks": parts,
        }


def page(
    scenario: Scenario, roster: Roster, shifts: Sequence[Shift], told: Mapping[str, object]
) -> str:
    """The whole page."""
    need, there = need_and_plan(scenario, roster)
    rows = [
        (f"{day:%a %Y-%m-%d}", f"{need[of].sum() / 4:.1f}", f"{there[of].sum() / 4:.1f}",
         f"{np.maximum(need[of] - there[of], 0).sum() / 4:.1f}")
        for day in scenario.grid.dates
        for of in [slice(*_bounds(scenario, day))]
    ]  # fmt: skip
    gap = told["gap"]
    proof = "The bound was not asked for (--bound)."
    if isinstance(gap, dict):
        proof = f"No lawful plan is more than {gap['total']:.2%} better."
    parts = [
        f"<p>Price {told['price']:,.0f}. {proof}</p>",
        report.picture(
            need.astype(float),
            there.astype(float),
            there.astype(float),
            "Need (band: people planned)",
        ),
        report.table(("Day", "Hours needed", "Hours planned", "Hours missing"), rows),
    ]
    for day, of in groupby(shifts, key=lambda shift: shift.start.date()):
        parts += _day(f"{day:%A %Y-%m-%d}", list(of))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Plan</title></head>'
        f"<body><main><h1>Plan from {scenario.grid.first_day}</h1>{''.join(parts)}</main></body></html>\n"
    )


def need_and_plan(scenario: Scenario, roster: Roster) -> tuple[np.ndarray, np.ndarray]:
    """People needed and people there in each slot, all skills together."""
    problem, size = scenario.problem, len(scenario.grid)
    there = np.zeros(problem.need.shape[1] + 96, int)
    for person, day in np.argwhere(roster.start >= 0).tolist():
        base, taken = laid_out(problem, roster, person, day)
        there[base + np.flatnonzero(taken == 0)] += 1
    return problem.need.sum(axis=0)[:size], there[:size]


def _bounds(scenario: Scenario, day: object) -> tuple[int, int]:
    number = scenario.grid.dates.index(day)
    return scenario.grid.day_first[number], scenario.grid.day_first[number + 1]


def _day(title: str, shifts: list[Shift]) -> list[str]:
    shapes = []
    for row, shift in enumerate(shifts):
        shapes.append(_band(shift.start, shift.end, row, "#9ec5e8", shift.name))
        shapes += [
            _band(a, b, row, _FILL.get(k, "#888888"), f"{shift.name}: {k}")
            for k, a, b in shift.parts
        ]
    high = _ROW * len(shifts)
    cells = [
        tuple(shift.as_row().values())[:1] + tuple(shift.as_row().values())[2:] for shift in shifts
    ]
    return [
        f"<h2>{escape(title)}</h2>",
        f'<svg role="img" viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}">'
        f"<title>{escape(title)}, from midnight to midnight</title>{''.join(shapes)}</svg>",
        report.table(("Name", "Start", "End", "Breaks"), cells),
    ]


def _band(start: datetime, end: datetime, row: int, fill: str, title: str) -> str:
    at = (start.hour * 60 + start.minute) * _WIDE / 1440
    wide = (end - start).total_seconds() / 60 * _WIDE / 1440
    return (
        f'<rect x="{at:.1f}" y="{row * _ROW + 1}" width="{wide:.1f}" height="{_ROW - 2}" fill="{fill}">'
        f"<title>{escape(title)}</title></rect>"
    )
