"""Mailboxes and queues as administrators set them up."""

from collections.abc import Iterator
from itertools import groupby

from hemma.desk import hours
from hemma.desk.models import Mailbox, Queue
from hemma.desk.opening import Span
from hemma.people import queries as people
from hemma.people.models import Person, Role, Team
from hemma.people.visibility import Asker, NotVisible, has_role, reads


def may_set_up(asker: Asker) -> None:
    """Raises NotVisible unless `asker` is an administrator."""
    if isinstance(asker, Person) and not has_role(asker, Role.ADMINISTRATOR):
        raise NotVisible("desk.case", "mailboxes")


@reads("desk.case")
def mailboxes(asker: Asker) -> list[Mailbox]:
    """Every mailbox with its setup, by address; no mail of theirs."""
    may_set_up(asker)
    return list(Mailbox.objects.select_related("queue", "setup").order_by("address"))


@reads("desk.case")
def mailbox_for(asker: Asker, mailbox_id: int) -> Mailbox:
    """One mailbox to set up. Raises NotVisible (404) otherwise."""
    may_set_up(asker)
    rows = Mailbox.objects.select_related("queue", "setup")
    found = rows.filter(pk=mailbox_id).first()
    if found is None:
        raise NotVisible("desk.case", f"mailbox:{mailbox_id}")
    return found


@reads("desk.case")
def queues_to_feed(asker: Asker) -> list[Queue]:
    """Every queue that a mailbox can lead to."""
    may_set_up(asker)
    return list(Queue.objects.order_by("name"))


@reads("desk.case")
def queue_for(asker: Asker, queue_id: int) -> Queue:
    """One queue to change, with its hours. Raises NotVisible (404) otherwise."""
    may_set_up(asker)
    found = Queue.objects.filter(pk=queue_id).select_related("team").first()
    if found is None:
        raise NotVisible("desk.case", f"queue:{queue_id}")
    return found


@reads("desk.case", "people.membership")
def teams_to_answer(asker: Asker) -> list[Team]:
    """Every team that can answer a queue."""
    may_set_up(asker)
    return list(Team.objects.filter(delisted=False).select_related("site").order_by("name"))


@reads("desk.case")
def queues_with_hours(asker: Asker) -> list[tuple[Queue, list[tuple[int, int, str]]]]:
    """Every queue, and its week: (first weekday, last weekday, hours as text), days alike together."""
    may_set_up(asker)
    rows = Queue.objects.select_related("team").prefetch_related("opening").order_by("name")
    return [(row, list(_week(row))) for row in rows]


def _week(queue: Queue) -> Iterator[tuple[int, int, str]]:
    spans = [Span(one.weekday, one.opens, one.closes) for one in queue.opening.all()]
    texts = [hours.write(one for one in spans if one.weekday == day) for day in range(7)]
    for text, days in groupby(range(7), key=lambda day: texts[day]):
        alike = list(days)
        if text:
            yield alike[0], alike[-1], text


@reads("desk.case")
def queue_to_begin_with(asker: Person) -> dict[str, object]:
    """What the form of the first queue may begin with: the company's name, the own language."""
    may_set_up(asker)
    going = people.set_up(asker)
    first = not Queue.objects.exists()
    name = going.company if going is not None and first else ""
    return {"name": name, "programme": name, "language": asker.language}


@reads("desk.case")
def queues_there(asker: Person) -> str:
    """The queues that there are, in a few words; for the guide."""
    may_set_up(asker)
    return ", ".join(Queue.objects.order_by("pk").values_list("name", flat=True)[:3])


@reads("desk.case")
def mailboxes_there(asker: Person) -> str:
    """The mailboxes that there are, in a few words; for the guide."""
    may_set_up(asker)
    return ", ".join(Mailbox.objects.order_by("pk").values_list("address", flat=True)[:3])
