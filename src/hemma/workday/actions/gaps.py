"""Stepping away leaves a gap in the plan, without a name and without a reason."""

from datetime import datetime, timedelta

from hemma.journal.actions import put_in_outbox
from hemma.lib import clock, live
from hemma.people.models import Membership, Person, Role
from hemma.people.system import SYSTEM
from hemma.planning import queries as planning
from hemma.workday.models import Gap, Mode

USUAL = timedelta(hours=1)  # nobody is asked for how long; one is back when one is back


def follow(person: Person, mode: str) -> None:
    """A gap begins when someone steps away in their hours, and ends when they choose anything else."""
    now = clock.now()
    open_now = Gap.objects.filter(person=person, ends_at__gt=now)
    if mode != Mode.AWAY:
        if mode != Mode.OFF:
            open_now.update(ends_at=now)
            _show(person)
        return
    shift = planning.shift_now(SYSTEM, person)
    if shift is None or open_now.exists():
        return
    Gap.objects.create(person=person, starts_at=now, ends_at=min(now + USUAL, shift.ends_at))
    _show(person)
    live.wake("hands")
    planners = Person.objects.filter(is_active=True, grants__role=Role.PLANNER, grants__until=None)
    for team in _teams(person):
        for planner in planners.distinct():
            put_in_outbox(kind="workday.gap", person=planner, about=f"team:{team}")


def _teams(person: Person) -> list[int]:
    return list(
        Membership.objects.filter(person=person, until=None).values_list("team_id", flat=True)
    )


def _show(person: Person) -> None:
    for team in _teams(person):
        live.publish(f"team:{team}", "gaps")


def forget(before: datetime) -> int:
    """Delete gaps that ended before a moment; returns how many."""
    return Gap.objects.filter(ends_at__lt=before).delete()[0]
