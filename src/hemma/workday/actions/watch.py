"""Hours that creep upward are told to the person first, to the leader where the law ends."""

from datetime import datetime, timedelta

from django.db import transaction

from hemma.journal.actions import put_in_outbox
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.planning import queries as planning
from hemma.workday import limits
from hemma.workday.actions.corrections import leaders_of
from hemma.workday.actions.record import rasts_of
from hemma.workday.models import Worked

PAST = timedelta(minutes=15)


@transaction.atomic
def watch_hours(*, actor: System = SYSTEM) -> int:
    """Tell whoever works past their hours, once a stretch; returns how many people were told.

    Their leader hears of it only when a rule of law is broken, and never before the person.
    """
    now, told = clock.now(), 0
    rows = Worked.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ends_at=None, leader_told_at=None
    )
    rows = rows.select_related("person__site")
    in_hours = planning.shifts_now(actor, rows.values_list("person_id", flat=True))
    for row in rows:
        if row.person_id in in_hours:
            continue
        over_since = planned_end(row)
        if now < over_since + PAST:
            continue
        if row.person_told_at is None:
            row.person_told_at = now
            row.save(update_fields=["person_told_at"])
            put_in_outbox(kind="workday.past_hours", person=row.person)
            live.publish(f"person:{row.person_id}")
            told += 1
        elif _past_the_law(row, over_since, now):
            row.leader_told_at = now
            row.save(update_fields=["leader_told_at"])
            told += _tell_leaders(row)
    return told


def planned_end(row: Worked) -> datetime:
    """When the hours of a stretch that goes on were over by the plan; outside of it at once."""
    shifts = row.person.shifts.filter(ends_at__gt=row.starts_at, starts_at__lte=clock.now())
    return max((one.ends_at for one in shifts), default=row.starts_at)


def _past_the_law(row: Worked, over_since: datetime, now: datetime) -> bool:
    span = row.starts_at, now
    broken = limits.broken_by_work(
        row.person, *span, planned_end=over_since, rasts=rasts_of(row.person_id, span)
    )
    return any(one.stops for one in broken)


def _tell_leaders(row: Worked) -> int:
    leaders = Person.objects.filter(pk__in=leaders_of(row.person), is_active=True)
    for leader in leaders:
        put_in_outbox(kind="workday.legal_limit", person=leader, about=f"person:{row.person_id}")
    return len(leaders)
