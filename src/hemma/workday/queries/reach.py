"""Whether a person can be reached now, and if not, from when.

Outside of their hours nobody is. Nor is anyone on a meal break; in focus, with a customer or on a
pause a message waits until that is over. The start of the next shift is the default for everything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import Asker, person_for, reads
from hemma.planning.models import ActivityKind
from hemma.planning.queries import ShiftFacts, next_starts, shifts_now
from hemma.workday.models import Mode, ModeSpell
from hemma.workday.queries.plan import PROTECTED, modes_by_plan


class State(StrEnum):
    """How someone stands to a message."""

    HERE = "here"
    BUSY = "busy"
    """At work, but in focus, at rest or with a customer: it waits a little."""
    OFF = "off"
    """Not at work: it waits for the next shift."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`opens_at`: from when a message reaches them; None when nobody knows yet, or once it may."""

    state: State
    opens_at: datetime | None = None


_QUIET = frozenset({Mode.FOCUS, Mode.RECESS, Mode.MEAL, Mode.MEETING, Mode.IN_CONTACT, Mode.AWAY})


@reads("workday.mode", "planning.shift")
def reach_of(asker: Asker, people: Iterable[int]) -> dict[int, Reach]:
    """How each of `people` can be reached, for those whom `asker` may see. A fixed number of queries."""
    ids = set(people)
    now = clock.now()
    shifts = shifts_now(asker, ids)
    modes = modes_by_plan(asker, {one: shifts.get(one) for one in ids})
    home = _gone_home(shifts)
    off = {one for one in modes if one not in shifts or one in home}
    later = next_starts(asker, off)
    found = {}
    for one, mode in modes.items():
        if one in off:
            found[one] = Reach(State.OFF, later.get(one))
        elif mode in _QUIET or shifts[one].activity in PROTECTED:
            shift = shifts[one]
            planned = shift.activity != ActivityKind.QUEUE and shift.activity_ends_at
            found[one] = Reach(State.BUSY, planned if planned and planned > now else None)
        else:
            found[one] = Reach(State.HERE)
    return found


def _gone_home(shifts: Mapping[int, ShiftFacts]) -> set[int]:
    """Who has ended the day before their shift was over."""
    rows = ModeSpell.objects.filter(person__in=shifts, until=None, mode=Mode.OFF)
    since = dict(rows.values_list("person_id", "since"))
    return {one for one, at in since.items() if at >= shifts[one].starts_at}


@reads("workday.mode", "planning.shift")
def reach(asker: Asker, person: Person) -> Reach:
    """How `person` can be reached. Raises NotVisible for who may not see it."""
    person_for(asker, "workday.mode", person.pk)
    return reach_of(asker, [person.pk])[person.pk]
