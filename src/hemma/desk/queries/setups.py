"""Mailboxes as administrators set them up."""

from hemma.desk.models import Mailbox, Queue
from hemma.people.models import Person, Role
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
