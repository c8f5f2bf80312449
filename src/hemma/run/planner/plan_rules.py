"""The finished plan before the full rules of law."""

from hemma.core.grid import Interval
from hemma.core.rules import Severity, Timeline, WorkItem, WorkKind, builtin, check
from hemma.run.planner.plan_page import Shift
from hemma.run.planner.scenario import Scenario

_KINDS = {"rast": WorkKind.RAST, "paus": WorkKind.PAUS}


def flags(scenario: Scenario, shifts: list[Shift]) -> list[str]:
    """What stops the plan by law: person, rule and paragraph."""
    packs, found = builtin(), []
    for number, name in enumerate(scenario.names):
        items: list[WorkItem] = []
        for shift in (s for s in shifts if s.name == name):
            told = [(WorkKind.SHIFT, shift.start, shift.end)]
            told += [(_KINDS[k], a, b) for k, a, b in shift.parts if k in _KINDS]
            for kind, start, end in told:
                items.append(WorkItem(len(items) + 1, kind, Interval(start, end)))
        line = Timeline(number, scenario.country, scenario.grid.zone, tuple(items))
        found += [
            f"{name}: {flag.rule}, {flag.paragraph}, {flag.at.start:%Y-%m-%d}"
            for flag in check(line, packs)
            if flag.severity is Severity.STOPS
        ]
    return found
