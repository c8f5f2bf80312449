"""What was told of focus in the teams, week by week."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hemma.insight.models import Reading, Subject
from hemma.insight.periods import WEEKS_BACK
from hemma.insight.visibility import sees_groups
from hemma.people.models import Person, Team
from hemma.people.visibility import NotVisible, reads, standing

type Told = dict[str, Any]
"""{"n", "hidden", "planned", "had"}: shares between 0 and 1 of all hours, None where untold."""


@dataclass(frozen=True, slots=True)
class TeamWeeks:
    """A team and its weeks, oldest first: Monday → place → what is told.

    "all" is there in every week; home and the office where both may be told.
    """

    team: Team
    weeks: tuple[tuple[date, dict[str, Told]], ...]


@reads("workday.focus")
def focus_weeks(asker: Person) -> list[TeamWeeks]:
    """Every team for managers and safety representatives, led teams for who leads.

    Raises NotVisible for everybody else.
    """
    everything, led = sees_groups(asker), standing(asker).led
    if not everything and not led:
        raise NotVisible("workday.focus", "weeks")
    rows = Reading.objects.filter(subject=Subject.FOCUS).order_by("-first")[:WEEKS_BACK]
    weeks = [(row.first, row.data) for row in reversed(rows)]
    teams = Team.objects.all() if everything else Team.objects.filter(pk__in=led)
    found = [TeamWeeks(team, _weeks(str(team.pk), weeks)) for team in teams.order_by("name")]
    return [one for one in found if one.weeks]


def _weeks(
    part: str, weeks: list[tuple[date, dict[str, dict[str, Told]]]]
) -> tuple[tuple[date, dict[str, Told]], ...]:
    return tuple((monday, data[part]) for monday, data in weeks if part in data)
