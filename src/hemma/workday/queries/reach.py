"""Whether a person can be reached now, and if not, from when.

Outside of their hours nobody is. Nor is anyone on a meal break; in focus, with a customer or on a
pause a message waits until that is over. The start of the next shift is the default for everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hemma.lib import clock
from hemma.people.models import Membership, Person, Team
from hemma.people.visibility import Asker, NotVisible, person_for, reads, standing
from hemma.planning.models import ActivityKind
from hemma.planning.queries import next_starts, shifts_now
from hemma.workday.models import Mode, Peace, ReachWay
from hemma.workday.queries.plan import PROTECTED, gone_home, modes_by_plan


class State(StrEnum):
    """How someone stands to a message."""

    HERE = "here"
    BUSY = "busy"
    """At work, but in focus, at rest or with a customer: it waits a little."""
    OFF = "off"
    """Not at work: it waits for the next shift."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`opens_at`: from when a message reaches them; None when nobody knows yet, or once it may.

    `rests`: not even what is urgent reaches them; `in_peace`: they are at work, and what waits comes
    bundled.
    """

    state: State
    opens_at: datetime | None = None
    rests: bool = False
    in_peace: bool = False


# So long after each full bundle time what waits comes through; the next one is later.
OPEN_FOR = timedelta(minutes=1)
_RESTS = frozenset({Mode.RECESS, Mode.MEAL, Mode.AWAY})
_QUIET = frozenset({Mode.FOCUS, Mode.RECESS, Mode.MEAL, Mode.MEETING, Mode.IN_CONTACT, Mode.AWAY})


@reads("workday.mode", "planning.shift")
def reach_of(asker: Asker, people: Iterable[int]) -> dict[int, Reach]:
    """How each of `people` can be reached, for those whom `asker` may see. A fixed number of queries."""
    ids = set(people)
    now = clock.now()
    shifts = shifts_now(asker, ids)
    modes = modes_by_plan(asker, {one: shifts.get(one) for one in ids})
    home = gone_home(asker, {one: shifts[one] for one in shifts if modes.get(one) == Mode.OFF})
    off = {one for one in modes if one not in shifts or one in home}
    later = next_starts(asker, off)
    found = {}
    for one, mode in modes.items():
        if one in off:
            found[one] = Reach(State.OFF, later.get(one))
        elif mode in _QUIET or shifts[one].activity in PROTECTED:
            shift = shifts[one]
            planned = shift.activity != ActivityKind.QUEUE and shift.activity_ends_at
            rests = mode in _RESTS or shift.activity in PROTECTED
            opens = planned if planned and planned > now else None
            found[one] = Reach(State.BUSY, opens, rests=rests)
        else:
            found[one] = Reach(State.HERE)
    return _bundled(found, now)


def _bundled(found: dict[int, Reach], now: datetime) -> dict[int, Reach]:
    """Whoever works in peace is open at each full bundle time, and busy in between."""
    here = [one for one, reach in found.items() if reach.state is State.HERE]
    for row in Peace.objects.filter(person__in=here):
        length = timedelta(minutes=row.every_min)
        into = (now - row.since) % length
        first = now - row.since < length
        if into >= OPEN_FOR or first:
            found[row.person_id] = Reach(State.BUSY, now - into + length, in_peace=True)
        else:
            found[row.person_id] = Reach(State.HERE, in_peace=True)
    return found


@reads("workday.mode", "planning.shift")
def reach(asker: Asker, person: Person) -> Reach:
    """How `person` can be reached. Raises NotVisible for who may not see it."""
    person_for(asker, "workday.mode", person.pk)
    return reach_of(asker, [person.pk])[person.pk]


@reads("workday.agreement")
def ways_of(asker: Asker, person: Person) -> list[ReachWay]:
    """How `person` can be reached by the agreements of their teams, the quickest first."""
    person_for(asker, "workday.agreement", person.pk)
    teams = Membership.objects.filter(person=person, until=None).values("team")
    return list(ReachWay.objects.filter(team__in=teams).select_related("team__site"))


@reads("workday.agreement")
def ways_of_team(asker: Person, team: Team) -> list[ReachWay]:
    """A team's agreement. Raises NotVisible for who neither belongs to the team nor leads it."""
    if team.pk not in standing(asker).seen_teams:
        raise NotVisible("workday.agreement", f"team:{team.pk}")
    return list(ReachWay.objects.filter(team=team))


@reads("workday.peace")
def peace_of(asker: Person) -> Peace | None:
    """Whether `asker` works in peace."""
    return Peace.objects.filter(person=asker).first()
