"""Why somebody is at home or in the office against their wish, with names and numbers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from hemma.core.pipeline.plan_why_place import PlaceWish, WhyPlaces
from hemma.core.place import Holding, Holds
from hemma.run.planner.scenario import Scenario

if TYPE_CHECKING:
    from hemma.run.planner.planning import Made

_MOST = 12  # wishes of those who are not asked for by name: each asks a site's week several times


def wishes(scenario: Scenario, made: "Made", named: Sequence[int]) -> list[dict[str, object]]:
    """A row for each wish for home or office that the plan does not grant, the dearest first: all of
    those `named`, then others. Then the weeks with other home days than those named want."""
    asked = WhyPlaces(scenario.company, made.plan.roster, made.plan.places)
    told = [wish for wish in scenario.wishes if wish.kind in ("home", "office")]
    told.sort(key=lambda wish: (wish.person not in named, -wish.price))
    found: list[PlaceWish] = []
    for wish in told:
        if len(found) >= _MOST and wish.person not in named:
            break
        one = asked.wish(wish.person, wish.day, wish.kind, wish.price)
        found += [] if one is None else [one]
    weeks = [week for person in named for week in asked.weeks(person)]
    return [row(scenario, one) for one in [*found, *weeks]]


def row(scenario: Scenario, one: PlaceWish) -> dict[str, object]:
    """One wish, its answer with numbers, and what would have to give way."""
    made: dict[str, object] = {
        "name": scenario.names[one.person], "day": scenario.grid.dates[one.day].isoformat(),
        "wish": one.wished, "answer": one.answer.value, "worth": round(one.worth, 2),
    }  # fmt: skip
    if one.parts is not None and np.isfinite(one.more):
        parts = one.parts
        made |= {
            "more": round(one.more, 2), "outside_agreements": parts.frame,
            "without_a_seat": parts.seats, "missing_on_team_days": parts.missing,
            "fair": round(parts.fair, 2), "wishes": round(parts.wishes, 2),
        }  # fmt: skip
    return made | {"because": [[_holding(scenario, x) for x in way] for way in one.ways]}


def _holding(scenario: Scenario, one: Holding) -> dict[str, object]:
    told: dict[str, object] = {
        "code": one.code.value, "day": scenario.grid.dates[one.day].isoformat(),
        "is": one.is_, "of": one.of,
    }  # fmt: skip
    if one.code is Holds.SEATS:
        told["kept_for"] = [scenario.names[person] for person in one.who]
    return told


def line(row: dict[str, object]) -> str:
    """The same for a terminal."""
    why = str(row["answer"]).replace("_", " ")
    if "more" in row:
        why += f", {row['more']} more"
    asked = f"{row['name']}, {row['day']}, {str(row['wish']).replace('_', ' ')}"
    worth = f", worth {row['worth']}" if row["worth"] else ""
    held = because(row["because"])
    return f"{asked}{worth}: {why}{f': {held}' if held else ''}"


def because(ways: object) -> str:
    """What would have to give way, in words."""
    return " or ".join(
        " and ".join(_words(one) for one in way) for way in (ways if isinstance(ways, list) else [])
    )


def _words(one: dict[str, object]) -> str:
    is_, of, day = _plain(one["is"]), _plain(one["of"]), one["day"]
    kept = one.get("kept_for")
    names = (
        f", others kept for {', '.join(map(str, kept))}" if isinstance(kept, list) and kept else ""
    )
    return {
        Holds.NO_AGREEMENT: f"no agreement for that day ({is_} of {of} days of the week have one)",
        Holds.FIXED_HOME: f"agreed to be at home that day ({is_} of {of} days of the week are)",
        Holds.SEATS: f"seats on {day} ({is_} of {of} shared ones taken{names})",
        Holds.TEAM_DAY: f"the team meets on {day} ({is_} of {of} are there)",
        Holds.MOST_HOME: f"the agreement's most home days ({is_} of {of})",
        Holds.LEAST_HOME: f"the agreement's least home days ({is_} of {of})",
        Holds.FAIR: f"home days so far ({is_} beyond those wanted)",
    }[Holds(str(one["code"]))]


def _plain(number: object) -> str:
    return f"{number:g}" if isinstance(number, (int, float)) else str(number)
