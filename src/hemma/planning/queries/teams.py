"""Whose schedule one may change."""

from collections.abc import Iterable

from hemma.people.models import Person, Role, Team
from hemma.people.queries import members
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, has_role, reads, standing
from hemma.planning.models import DayTemplate


@reads("planning.shift")
def planned_teams(asker: Asker) -> list[Team]:
    """The teams that `asker` plans: all for a planner, the led ones for a leader; by name."""
    teams = Team.objects.select_related("site").order_by("name")
    if isinstance(asker, System) or has_role(asker, Role.PLANNER):
        return list(teams)
    return list(teams.filter(pk__in=standing(asker).led))


@reads("planning.shift")
def planned_team(asker: Asker, team_id: int | None) -> tuple[Team, list[Team]]:
    """One of them, the first when none is named, and all. Raises NotVisible for any other."""
    teams = planned_teams(asker)
    for team in teams:
        if team_id is None or team.pk == team_id:
            return team, teams
    raise NotVisible("planning.shift", f"team:{team_id}" if team_id else "")


@reads("people.membership")
def planned_people(asker: Asker, team: Team) -> Iterable[Person]:
    """The people of a team, by name."""
    return members(asker, team, with_leader=True)


@reads("planning.shift")
def templates_of(asker: Asker, team: Team) -> list[DayTemplate]:
    """A planned team's day templates, by name. Raises NotVisible for a team one does not plan."""
    planned_team(asker, team.pk)
    rows = DayTemplate.objects.filter(team=team).select_related("person")
    return list(rows.prefetch_related("parts"))


@reads("planning.shift")
def template_of(asker: Asker, team: Team, template_id: int) -> DayTemplate:
    """One of them. Raises NotVisible for any other."""
    for one in templates_of(asker, team):
        if one.pk == template_id:
            return one
    raise NotVisible("planning.shift", f"template:{template_id}")
