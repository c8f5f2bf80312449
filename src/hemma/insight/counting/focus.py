"""How much of a week was focus: of each team, and of its people at home and in the office."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hemma.core.disclosure import Kind
from hemma.insight import facts, gate
from hemma.people import queries as people
from hemma.people.system import SYSTEM
from hemma.workday import queries as workday

STEP = 0.01  # told in whole percent

type Keys = Mapping[int, object]


def count_focus(first: date, last: date) -> dict[str, Any] | None:
    """What may be told of a week; None when nobody worked in it.

    Team id (as text) → place ("all", "home", …) → people and shares, or why they are hidden. Nobody
    is counted in two teams and no sum of several is told, so that a small one is not what is left
    of the others. Places are told only where each that somebody worked from has enough people.
    """
    sums = workday.focus_sums(SYSTEM, first, last)
    keys = {person: one.key for person, one in people.belongings(SYSTEM).items()}
    teams: dict[int, dict[str, workday.FocusSums]] = {}
    for (team, place), one in sums.items():
        if one.people:
            teams.setdefault(team, {})[place] = one
    label = f"{first:%G-W%V}"
    return {
        str(team): _team(f"focus {label} of {team}", label, places, keys)
        for team, places in sorted(teams.items())
    } or None


def _team(
    source: str, label: str, places: dict[str, workday.FocusSums], keys: Keys
) -> dict[str, dict[str, Any]]:
    told = {"all": _told(source, label, list(places.values()), keys)}
    apart = {
        place: _told(f"{source} at {place}", label, [one], keys) for place, one in places.items()
    }
    if not any(one["hidden"] for one in (*told.values(), *apart.values())):
        told |= apart
    return told


def _told(source: str, label: str, sums: list[workday.FocusSums], keys: Keys) -> dict[str, Any]:
    """These people's week, or why it is hidden. A week is told of once and shares no hour with
    another, so each is a source of its own."""
    hours: dict[str, float] = {}
    for one in sums:
        for person, worked in one.people.items():
            mark = facts.mark_of(str(keys[person]))
            hours[mark] = hours.get(mark, 0.0) + worked
    most = [*sorted(hours.values(), reverse=True), 0.0]
    whole = sum(hours.values())
    (cell,) = [
        one
        for one in gate.pass_through(
            Kind.SCALE,
            source,
            label,
            gate.one_dimension("team", {"team"}),
            {(mark, label): ("team",) for mark in hours},
            largest=lambda _keys: (most[0] / whole, most[1] / whole),
        )
        if one.keys == ("team",)
    ]
    row: dict[str, Any] = {"n": cell.n, "hidden": cell.hidden}
    return row if cell.hidden else row | _shares(sums, whole)


def _shares(sums: list[workday.FocusSums], worked_h: float) -> dict[str, float | None]:
    planned_h = sum(one.planned_h for one in sums)
    planned = sum(one.focus_planned_h for one in sums) / planned_h if planned_h else None
    had = sum(one.had_h for one in sums) / worked_h
    # None or all of it would be everybody's own answer. What was planned stands in the plan anyway.
    return {
        "planned": None if planned is None else _step(planned),
        "had": _step(had) if 0 < had < 1 else None,
    }


def _step(share: float) -> float:
    return round(round(share / STEP) * STEP, 2)
