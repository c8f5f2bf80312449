"""How each queue is routed, and how it was before."""

from collections.abc import Iterable
from typing import Any

from hemma.desk import queries as desk
from hemma.lib import clock
from hemma.people.visibility import Asker, reads
from hemma.routing.models import OnCall, QueueRules

FIELDS = (
    "skill_choice",
    "prefer_earlier_person",
    "also_in_wrap_up",
    "answer_within_s",
    "out_of_hours",
    "customer_message",
    "rest_after_h",
    "compensation_code",
)
"""What a queue's rules consist of."""


def values_of(rules: QueueRules) -> dict[str, Any]:
    """The rules without whose they are and when they were made."""
    return {name: getattr(rules, name) for name in FIELDS}


@reads("desk.case")
def rules_in_force(_asker: Asker, queues: Iterable[int]) -> dict[int, QueueRules]:
    """The latest rules of each of `queues`; one without any is left out. One query."""
    rows = QueueRules.objects.filter(queue__in=set(queues)).order_by("queue", "-version")
    return {row.queue_id: row for row in rows.distinct("queue")}


@reads("desk.case")
def rules_of(asker: Asker, queue_id: int) -> QueueRules:
    """The rules a queue has now; version 0 is what holds before anybody chose.

    Raises NotVisible for a queue that is not there for `asker`.
    """
    known = rules_in_force(asker, [queue_id]).get(queue_id)
    return known or QueueRules(queue_id=queue_id, version=0)


@reads("desk.case")
def led_queues(asker: Asker) -> list[desk.QueueRow]:
    """The queues of the teams that `asker` leads, by number."""
    from hemma.people.models import Person
    from hemma.people.visibility import standing

    if not isinstance(asker, Person):
        return desk.queues(asker)
    led = standing(asker).led
    return [row for row in desk.queues(asker) if row.team_id in led]


@reads("routing.limit")
def on_call_now(_asker: Asker) -> set[int]:
    """Who is listed to be asked right now, outside of their hours. Nobody else ever is."""
    now = clock.now()
    rows = OnCall.objects.filter(starts_at__lte=now, ends_at__gt=now, person__is_active=True)
    return set(rows.values_list("person_id", flat=True))
