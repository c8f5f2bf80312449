"""Setting mailboxes up."""

from typing import Any

from django.db import transaction

from hemma.desk.models import Mailbox, Queue
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import live, sealing
from hemma.people.models import Person
from hemma.people.visibility import Asker


@transaction.atomic
def add_mailbox(
    *, actor: Asker, address: str, queue: Queue, password: str = "", **servers: Any
) -> Mailbox:
    """Add a mailbox, its password sealed; the mail process begins to watch it at commit.

    `servers`: imap_host, imap_port, imap_security, smtp_host, smtp_port, smtp_security, user.
    """
    mailbox = Mailbox(
        address=address.strip(), queue=queue, sealed_password=sealing.seal(password), **servers
    )
    mailbox.full_clean(exclude=["sealed_password", "uidvalidity"])
    mailbox.save()
    record(
        kind="desk.mailbox_added",
        retention=Retention.SYSTEM,
        actor=actor if isinstance(actor, Person) else None,
        about=f"mailbox:{mailbox.pk}",
    )
    live.wake("mail")
    return mailbox
