"""Changing how a queue is routed: a new version, never a changed one."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from hemma.desk.models import Queue
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.system import System
from hemma.people.visibility import Asker
from hemma.routing.actions.hours import check_leads
from hemma.routing.models import QueueRules


@transaction.atomic
def set_rules(*, actor: Asker, queue: Queue, **values: Any) -> QueueRules:
    """Switch a queue to a new version of its rules; decisions name it from now on.

    `values` are fields of `QueueRules`; those not given are the usual ones. Raises
    PermissionDenied unless `actor` leads the queue's team, ValidationError for a bad value.
    """
    check_leads(actor, queue)
    Queue.objects.select_for_update(no_key=True).get(pk=queue.pk)
    last = QueueRules.objects.filter(queue=queue).aggregate(last=Max("version"))["last"] or 0
    rules = QueueRules(
        queue=queue,
        version=last + 1,
        made_at=clock.now(),
        made_by=None if isinstance(actor, System) else actor,
        **values,
    )
    rules.full_clean(exclude=["made_by"])  # nobody, when Hemma itself sets them up
    rules.save()
    record(
        kind="routing.rules_changed",
        retention=Retention.SYSTEM,
        actor=None if isinstance(actor, System) else actor,
        about=f"queue:{queue.pk}",
        data={"version": rules.version} | {name: str(value) for name, value in values.items()},
    )
    live.wake("routing")
    return rules
