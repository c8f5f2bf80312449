"""When teams meet, who is there and why others are not, with names and clock times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hemma.core.pipeline.plan_huddles import NotThere
from hemma.run.planner.scenario import Scenario

if TYPE_CHECKING:
    from hemma.run.planner.planning import Made

_AT_WORK = (NotThere.STARTS_LATER, NotThere.HAS_ENDED, NotThere.ALONE)


def rows(scenario: Scenario, made: "Made") -> list[dict[str, object]]:
    """A row for each team and day on which anybody of it works; `at` is the clock of the first of
    them, `None`: at no time that it may be are two of them at work."""
    found: list[dict[str, object]] = []
    for one in made.plan.huddles:
        first = next(p for p, team in enumerate(scenario.company.team.tolist()) if team == one.team)
        zone = scenario.company.sites[scenario.company.site[first]].zone
        at = scenario.company.instant(one.at).astimezone(zone) if one.at >= 0 else None
        others = sum(why in _AT_WORK for _, why in one.not_there)
        found.append(
            {
                "team": scenario.teams[one.team], "day": scenario.grid.dates[one.day].isoformat(),
                "at": f"{at:%H:%M}" if at else None, "there": len(one.there),
                "at_work": len(one.there) + others,
                "not_there": [
                    {"name": scenario.names[person], "why": why.value}
                    for person, why in one.not_there
                ],
            }
        )  # fmt: skip
    return found


def lines(told: object) -> list[str]:
    """For a terminal: each team in a line, and each day on which it does not meet."""
    found = told if isinstance(told, list) else []
    return [*_teams(found), *_never(found)]


def _teams(found: list[dict[str, object]]) -> Iterator[str]:
    for team in dict.fromkeys(str(row["team"]) for row in found):
        mine = [row for row in found if row["team"] == team and row["at"]]
        times = sorted({str(row["at"]) for row in mine})
        if mine:
            there = sum(int(str(row["there"])) for row in mine)
            work = sum(int(str(row["at_work"])) for row in mine)
            yield f"{team} meets at {', '.join(times)}: {there} of {work} at work those days are there"


def _never(found: list[dict[str, object]]) -> Iterator[str]:
    for row in found:
        if row["at"] is None:
            yield (
                f"{row['team']} does not meet on {row['day']}: {row['at_work']} at work, "
                "at no time two of them"
            )
