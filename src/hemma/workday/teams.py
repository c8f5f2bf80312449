"""The team right now: one list in name order, the same for everyone in it.

What it shows is the moment: mode, type of place, today's hours. No lengths of time, no history,
nothing to compare people by.
"""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.models import Person, Role, Team
from hemma.people.visibility import Asker, NotVisible, reads
from hemma.planning.models import ActivityKind
from hemma.planning.queries import ShiftFacts, shifts_today
from hemma.workday import looks
from hemma.workday.models import Mode
from hemma.workday.queries import gone_home, modes_by_plan

# Away is not here: nobody is asked when they are back.
_RETURNS: dict[Mode, frozenset[str]] = {
    Mode.FOCUS: frozenset({ActivityKind.FOCUS}),
    Mode.RECESS: frozenset({ActivityKind.PAUSE, ActivityKind.RECESS, ActivityKind.FIKA}),
    Mode.MEAL: frozenset({ActivityKind.RAST}),
    Mode.MEETING: frozenset({ActivityKind.MEETING, ActivityKind.COACHING}),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list. `back_at`: when the plan says so; `begins_at`: not here yet."""

    person: Person
    mode: Mode
    reachable: bool
    leads: bool
    shift: ShiftFacts | None
    back_at: datetime | None
    begins_at: datetime | None
    went_home: bool = False

    @property
    def place_type(self) -> str:
        return self.shift.place_type if self.shift else ""

    @property
    def look(self) -> str:
        """The frame's name for how the mode looks."""
        return "gone_home" if self.went_home else looks.key_of_mode(self.mode)


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team and its people, in name order."""

    team: Team
    rows: tuple[Row, ...]

    @property
    def at_work(self) -> list[Row]:
        """Those who work today."""
        return [row for row in self.rows if row.shift]


def team_for(asker: Asker, team_id: int | None) -> tuple[Team, list[Team]]:
    """The team and all teams `asker` may open; the first one when none is named.

    Raises NotVisible for any other team, whether or not there is one.
    """
    teams = people.teams_of(asker)
    for team in teams:
        if team_id is None or team.pk == team_id:
            return team, teams
    raise NotVisible("workday.mode", f"team:{team_id}" if team_id else "")


@reads("workday.mode", "planning.shift")
def team_now(asker: Asker, team: Team, zone: tzinfo, *, with_leader: bool = False) -> TeamNow:
    """The people of `team` in a fixed number of queries, however many they are.

    `zone` says which day is today. `with_leader` adds who leads the team without belonging to it.
    """
    members = people.members(asker, team, with_leader=with_leader)
    ids = [person.pk for person in members]
    shifts = shifts_today(asker, ids, zone)
    now = clock.now()
    running = {one: shift for one, shift in shifts.items() if shift.covers(now)}
    modes = modes_by_plan(asker, {one: running.get(one) for one in ids})
    reachable = people.with_role(asker, ids, Role.TEAM_LEADER, Role.PLANNER)
    home = gone_home(asker, shifts)
    return TeamNow(
        team,
        tuple(
            replace(
                _row(person, modes[person.pk], shifts.get(person.pk), team, person.pk in reachable),
                went_home=person.pk in home,
            )
            for person in members
            if person.pk in modes
        ),
    )


def _row(person: Person, mode: Mode, shift: ShiftFacts | None, team: Team, reachable: bool) -> Row:
    back = shift is not None and shift.activity in _RETURNS.get(mode, ())
    begins = shift is not None and shift.starts_at > clock.now()
    return Row(
        person=person,
        mode=mode,
        reachable=reachable,
        leads=person.pk == team.leader_id,
        shift=shift,
        back_at=shift.activity_ends_at if shift and back else None,
        begins_at=shift.starts_at if shift and begins else None,
    )
