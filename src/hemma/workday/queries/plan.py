"""The mode that counts: what a person chose, under the plan of their day.

Someone in the queue whose focus, pause or meal break has come by plan is in it, without a click:
nothing is offered, and nobody has to remember to say so. Pauses and meal breaks are protected
whatever was chosen. Focus, meetings and the warm-up are left by choosing the queue anew.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hemma.lib import clock
from hemma.lib.once import of_each_once, once_a_page
from hemma.people.models import Person
from hemma.people.visibility import Asker, person_for, reads, visible_ids
from hemma.planning.models import ActivityKind
from hemma.planning.queries import ShiftFacts, shifts_now
from hemma.workday.models import Mode, ModeSpell
from hemma.workday.queries.modes import modes_now

WARMUP = timedelta(minutes=10)

# Never worked away by a click: they are the person's rest, and law in part.
PROTECTED: Mapping[str, Mode] = {
    ActivityKind.PAUSE: Mode.RECESS,
    ActivityKind.RECESS: Mode.RECESS,
    ActivityKind.FIKA: Mode.RECESS,
    ActivityKind.RAST: Mode.MEAL,
}
_BY_PLAN: Mapping[str, Mode] = {
    **PROTECTED,
    ActivityKind.WARMUP: Mode.WARMUP,
    ActivityKind.FOCUS: Mode.FOCUS,
    ActivityKind.MEETING: Mode.MEETING,
    ActivityKind.COACHING: Mode.MEETING,
    # Nothing new comes while one hands over and lets go of the day.
    ActivityKind.SHUTDOWN: Mode.FOCUS,
}
LEFT_BY_CHOICE = frozenset(_BY_PLAN) - frozenset(PROTECTED) - {ActivityKind.WARMUP}
_IN_QUEUE = frozenset({Mode.WARMUP, Mode.READY, Mode.WRAP_UP})

# Since when a mode is, and when the person chose it themself.
type _Chosen = tuple[datetime, datetime | None]


@reads("workday.mode", "planning.shift")
def modes_by_plan(asker: Asker, shifts: Mapping[int, ShiftFacts | None]) -> dict[int, Mode]:
    """The mode that counts for each person: person id → their shift right now, None outside one.

    Three queries at most, however many they are. Who is seen is as in `modes_now`.
    """
    chosen = modes_now(asker, shifts)
    asked = [person for person, mode in chosen.items() if mode in _IN_QUEUE]
    since = of_each_once("mode chosen at", asked, _chose_at)
    now = clock.now()
    return {
        person: _by_plan(mode, *since[person], shifts[person], now) if person in since else mode
        for person, mode in chosen.items()
    }


def _chose_at(people: set[int]) -> dict[int, _Chosen]:
    rows = ModeSpell.objects.filter(person__in=people, until=None)
    return {
        person: (since, at)
        for person, since, at in rows.values_list("person", "since", "chosen_at")
    }


@once_a_page
@reads("workday.mode", "planning.shift")
def mode_by_plan(asker: Asker, person: Person) -> Mode:
    """The mode that counts for `person` now. Raises NotVisible for who may not see it."""
    person_for(asker, "workday.mode", person.pk)
    shifts = shifts_now(asker, [person.pk])
    return modes_by_plan(asker, {person.pk: shifts.get(person.pk)})[person.pk]


@reads("workday.mode", "planning.shift")
def gone_home(asker: Asker, shifts: Mapping[int, ShiftFacts]) -> set[int]:
    """Who of `shifts` (person id → their shift) has ended the day since it began. When is not told."""
    seen = visible_ids(asker, "workday.mode", shifts)
    rows = ModeSpell.objects.filter(person__in=seen, until=None, mode=Mode.OFF)
    since = dict(rows.values_list("person_id", "since"))
    return {one for one, at in since.items() if at >= shifts[one].starts_at}


def _by_plan(
    mode: Mode, since: datetime, chosen_at: datetime | None, shift: ShiftFacts | None, now: datetime
) -> Mode:
    kind = shift.activity if shift else None
    planned = _BY_PLAN.get(kind) if kind else None
    begun = shift.activity_starts_at if shift else None
    if kind in PROTECTED and planned is not None:
        return planned
    # Who chose the queue after the part had begun means it.
    left_it = begun is not None and chosen_at is not None and chosen_at >= begun
    if planned is not None and not (left_it and mode == Mode.READY):
        return planned
    if mode == Mode.WARMUP and now >= since + WARMUP:
        return Mode.READY
    return mode
