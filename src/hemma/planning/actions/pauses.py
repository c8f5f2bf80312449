"""Pauses that are wider for a while. They take queue time; what else is planned stays where it is."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from hemma.lib import clock
from hemma.people.system import System
from hemma.planning.actions.blocks import cut_queue, free_in, tell_part
from hemma.planning.models import Activity, ActivityKind, Shift

# Not the meal break: it is unpaid, and a longer one would make the day longer.
PAUSES = (ActivityKind.PAUSE, ActivityKind.RECESS, ActivityKind.FIKA)
FIVE, MINUTE = timedelta(minutes=5), timedelta(minutes=1)
AT_ONCE = 200  # the rest at the next turn, so that no transaction grows long


@transaction.atomic
def widen_pauses(*, actor: System, people: Collection[int], until: datetime) -> int:
    """Make the pauses of `people` (ids) that begin before `until` half as long again; how many.

    In steps of five minutes, out of the queue time after it, else before it, and as far as there is
    any. One that has begun or is wide already stays as it is.
    """
    rows = Activity.objects.filter(
        kind__in=PAUSES,
        widened_min=0,
        shift__person__in=people,
        starts_at__gt=clock.now(),
        starts_at__lt=until,
    )
    return sum(_widen(actor, row) for row in _locked(rows.order_by("starts_at")[:AT_ONCE]))


@transaction.atomic
def narrow_pauses(*, actor: System, people: Collection[int]) -> int:
    """Make the wide pauses of `people` that lie ahead as they were planned; returns how many."""
    rows = Activity.objects.filter(shift__person__in=people, starts_at__gt=clock.now())
    wide = _locked(rows.exclude(widened_min=0))
    for row in wide:
        by, start, end = row.widened_min * MINUTE, row.starts_at, row.ends_at
        row.starts_at, row.ends_at = (start, end - by) if by > timedelta() else (start - by, end)
        given = (row.ends_at, end) if by > timedelta() else (start, row.starts_at)
        row.widened_min = 0
        row.save(update_fields=["starts_at", "ends_at", "widened_min"])
        Activity.objects.create(
            shift=row.shift, kind=ActivityKind.QUEUE, starts_at=given[0], ends_at=given[1]
        )
        tell_part("planning.pause_narrowed", actor, row.shift.person, row)
    return len(wide)


def _locked(rows: QuerySet[Activity]) -> list[Activity]:
    """The rows as they are once nobody else changes their shifts any more."""
    known = dict(rows.values_list("pk", "shift_id"))
    shifts = Shift.objects.select_for_update().filter(pk__in=set(known.values())).order_by("pk")
    held = {one.pk for one in shifts}
    again = Activity.objects.filter(pk__in=known, shift__in=held, kind__in=PAUSES)
    return list(again.select_related("shift__person").order_by("starts_at"))


def _widen(actor: System, row: Activity) -> bool:
    by = -(-(row.ends_at - row.starts_at) // (2 * FIVE)) * FIVE
    free = free_in(row.shift)
    after = next((b - row.ends_at for a, b in free if a == row.ends_at), timedelta())
    before = next((row.starts_at - a for a, b in free if b == row.starts_at), timedelta())
    before = min(before, row.starts_at - clock.now() - MINUTE)
    minutes = min(by, after) // MINUTE
    start, end = row.ends_at, row.ends_at + minutes * MINUTE
    if minutes <= 0:
        minutes = -(min(by, before) // MINUTE)
        start, end = row.starts_at + minutes * MINUTE, row.starts_at
    if start >= end:
        return False
    cut_queue(row.shift, start, end)
    row.starts_at, row.ends_at = min(row.starts_at, start), max(row.ends_at, end)
    row.widened_min = minutes
    row.save(update_fields=["starts_at", "ends_at", "widened_min"])
    tell_part("planning.pause_widened", actor, row.shift.person, row)
    return True
