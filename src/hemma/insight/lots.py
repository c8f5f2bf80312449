"""Who tries something and who does not: by lot, in halves within each team."""

import random

from hemma.insight.models import Pilot
from hemma.people import queries as people
from hemma.people.system import SYSTEM


def strata_of(pilot: Pilot) -> dict[str, list[int]]:
    """Team → ids of those who answer customers in it; who is in two teams is drawn in the first."""
    teams = {team.pk: team.name for team in pilot.teams.order_by("name")}
    found: dict[str, list[int]] = {name: [] for name in teams.values()}
    seen: set[int] = set()
    for person, team in people.agents_by_team(SYSTEM, list(teams)):
        if person not in seen:
            seen.add(person)
            found[teams[team]].append(person)
    return found


def draw(seed: int, strata: dict[str, list[int]]) -> list[tuple[int, str, bool]]:
    """(person, stratum, whether they try it): halves within each stratum, by lot.

    Where a stratum is odd the one left over goes to the side that has fewer so far, a coin deciding
    between equal ones. The same seed gives the same lot.
    """
    lot = random.Random(seed)  # noqa: S311 - the seed is drawn from the system's own chance
    places: list[tuple[int, str, bool]] = []
    ahead = 0
    for name in sorted(strata):
        own = sorted(strata[name])
        lot.shuffle(own)
        half = len(own) // 2
        if len(own) % 2 and (ahead < 0 or (ahead == 0 and lot.random() < 0.5)):
            half += 1
        ahead += 2 * half - len(own)
        places += [(who, name, at < half) for at, who in enumerate(own)]
    return places
