"""Answers that colleagues read for each other: seen by whoever wrote and whoever reads, nobody else."""

from datetime import datetime

from hemma.desk.models import Message, Reading
from hemma.desk.queries.scope import cases_of
from hemma.people.models import Person
from hemma.people.queries import members
from hemma.people.visibility import Asker, NotVisible, reads

MINE = 20


@reads("desk.reading")
def answer_to_read(asker: Asker, message_id: int) -> Message:
    """One of the asker's own answers. Raises NotVisible (404) otherwise."""
    own = Message.objects.filter(author_id=_pk(asker), direction=Message.Direction.OUT)
    found = own.select_related("case__queue__team").filter(pk=message_id).first()
    if found is None:
        raise NotVisible("desk.reading", f"message:{message_id}")
    return found


@reads("desk.reading")
def readers_of(asker: Asker, message: Message) -> list[Person]:
    """Peers in the queue's team: neither the one who wrote nor who leads them."""
    team = message.case.queue.team
    leaders = {team.leader_id, team.substitute_id}
    others = members(asker, team)
    return [one for one in others if one.pk != message.author_id and one.pk not in leaders]


@reads("desk.reading")
def readings_to_do(asker: Asker) -> list[Reading]:
    """What the asker was asked to read, the oldest first, with what the customer had written."""
    waiting = Reading.objects.filter(reader_id=_pk(asker), read_at=None)
    rows = waiting.filter(message__case__in=cases_of(asker)).order_by("asked_at", "pk")
    return list(rows.select_related("message__case__queue", "message__author"))


@reads("desk.reading")
def reading_to_do(asker: Asker, reading_id: int) -> Reading:
    """One of those. Raises NotVisible (404) otherwise."""
    rows = Reading.objects.filter(reader_id=_pk(asker), read_at=None)
    rows = rows.filter(message__case__in=cases_of(asker)).select_related(
        "message__author", "message__case__queue__team"
    )
    found = rows.filter(pk=reading_id).first()
    if found is None:
        raise NotVisible("desk.reading", f"reading:{reading_id}")
    return found


@reads("desk.reading")
def readings_told(asker: Asker) -> list[Reading]:
    """What was said of the asker's own answers, and what still waits; the newest first."""
    own = Reading.objects.filter(message__author_id=_pk(asker)).order_by("-asked_at", "-pk")
    return list(own.select_related("message__case", "reader")[:MINE])


@reads("desk.reading")
def readings_given(asker: Asker, start: datetime, end: datetime) -> list[datetime]:
    """When the asker told colleagues what they thought of their answers, from `start` on, before `end`."""
    mine = Reading.objects.filter(reader_id=_pk(asker), read_at__gte=start, read_at__lt=end)
    return [at for at in mine.values_list("read_at", flat=True) if at]


@reads("desk.reading")
def letters_before(_asker: Asker, reading: Reading) -> list[Message]:
    """The customer's last words before an answer that one was given to read; at most one."""
    before = Message.objects.filter(case=reading.message.case_id, at__lte=reading.message.at)
    return list(before.filter(direction=Message.Direction.IN).order_by("-at", "-pk")[:1])


def _pk(asker: Asker) -> int:
    return asker.pk if isinstance(asker, Person) else 0
