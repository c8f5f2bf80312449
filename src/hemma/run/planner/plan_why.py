"""Why each day of somebody's tour is as it is: what having it free instead would change."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hemma.core.pipeline.plan_explaining import Instead, why_this_tour
from hemma.run.planner.scenario import Scenario
from hemma.run.telling import Refusal

if TYPE_CHECKING:
    from hemma.run.planner.planning import Made

_MOST_PEOPLE = 40  # beyond, each tour's answer is asked for by name: it takes a search a day
_HOURS = 4  # slots


def asked(scenario: Scenario, names: Sequence[str]) -> list[int]:
    """Whose tours are explained: those named, or everybody in a small company. Raises `Refusal`."""
    if not names:
        everybody = range(len(scenario.names))
        return list(everybody) if len(everybody) <= _MOST_PEOPLE else []
    for name in names:
        if name not in scenario.names:
            raise Refusal(f"--why {name}: nobody in people.csv is called that.", 2)
    return [scenario.names.index(name) for name in names]


def tours(scenario: Scenario, made: "Made", who: Sequence[int]) -> list[dict[str, object]]:
    """A row for each working day of these people."""
    return [
        {"name": scenario.names[person], "day": scenario.grid.dates[day].isoformat()}
        | told(instead)
        for person in who
        for day, instead in why_this_tour(made.planner.search, person)
    ]


def told(instead: Instead | None) -> dict[str, object]:
    """What it would cost to have that day free, and of what that is made."""
    if instead is None:
        return {"answer": "cannot_be_free"}
    parts = {
        "pay": instead.pay, "wishes": instead.wishes, "alone": instead.alone, "unfair": instead.unfair,
    }  # fmt: skip
    made: dict[str, object] = {
        "answer": "free_costs_more" if instead.more > 0 else "free_costs_no_more",
        "more": round(instead.more, 2),
        "missing_hours": instead.under / _HOURS,
        "spare_hours": instead.over / _HOURS,
    }
    return made | {name: round(value, 2) for name, value in parts.items()}


def line(row: dict[str, object]) -> str:
    """The same for a terminal."""
    who = f"{row['name']}, {row['day']}"
    if row["answer"] == "cannot_be_free":
        return f"{who}: has to be worked, the rules allow no other days"
    parts = [
        f"{name} {row[name]:+.1f}" for name in ("pay", "wishes", "alone", "unfair") if row[name]
    ]
    more = f"{row['more']:+.1f} to have it free: {row['missing_hours']:+.2f} h missing"
    return f"{who}: {', '.join([more, f'{row["spare_hours"]:+.2f} h spare', *parts])}"
