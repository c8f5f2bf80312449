"""Replays of a week by other rules, for whoever leads the queue's team."""

from hemma.desk.models import Queue
from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.models import Person
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, reads, standing
from hemma.routing.models import OnCall, QueueRules, Replay


@reads("desk.case")
def led_queue(asker: Asker, queue_id: int) -> Queue:
    """A queue whose rules are `asker`'s to change. Raises NotVisible for any other."""
    queue = Queue.objects.filter(pk=queue_id).select_related("team", "skill").first()
    leads = isinstance(asker, System) or (
        queue is not None and queue.team_id in standing(asker).led
    )
    if queue is None or not leads:
        raise NotVisible("desk.case", f"queue:{queue_id}")
    return queue


@reads("routing.rules", "desk.case")
def replay_for(asker: Asker, replay_id: int) -> Replay:
    """A replay of a queue that `asker` leads the team of. Raises NotVisible for any other."""
    row = Replay.objects.filter(pk=replay_id).select_related("queue__team").first()
    if row is None or (
        not isinstance(asker, System) and row.queue.team_id not in standing(asker).led
    ):
        raise NotVisible("desk.case", f"replay:{replay_id}")
    return row


@reads("routing.rules", "desk.case")
def replays_of(asker: Asker, queue: Queue, most: int = 5) -> list[Replay]:
    """The latest replays of a queue, last first."""
    led_queue(asker, queue.pk)
    return list(Replay.objects.filter(queue=queue).order_by("-asked_at", "-pk")[:most])


@reads("routing.rules", "desk.case")
def versions_of_rules(asker: Asker, queue: Queue) -> list[QueueRules]:
    """How a queue was routed before, and is; latest first."""
    led_queue(asker, queue.pk)
    rows = QueueRules.objects.filter(queue=queue).select_related("made_by")
    return list(rows.order_by("-version")[:20])


@reads("routing.on_call", "desk.case")
def on_call_ahead(asker: Asker, queue: Queue) -> list[OnCall]:
    """Who is on call for a queue, now and later."""
    led_queue(asker, queue.pk)
    rows = OnCall.objects.filter(queue=queue, ends_at__gt=clock.now()).select_related("person")
    return list(rows.order_by("starts_at", "person__name"))


@reads("people.membership")
def can_be_called(asker: Person, queue: Queue) -> list[Person]:
    """Who of the queue's team can be put on call."""
    return list(people.members(asker, queue.team))
