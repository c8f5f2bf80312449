"""Setting mailboxes up."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hemma.desk.mail_models import MailboxSetup
from hemma.desk.models import Mailbox, Queue
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live, sealing
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.people.visibility import Asker

SECRETS = ("client_secret", "refresh_token", "dkim_key")


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


@transaction.atomic
def move_mailbox(*, actor: Asker, mailbox: Mailbox, **servers: Any) -> None:
    """Let a mailbox be reached at other servers or ports; `servers` as for `add_mailbox`.

    What was read stays read: where the new server counts anew, its UIDVALIDITY tells.
    """
    for name, value in servers.items():
        setattr(mailbox, name, value)
    mailbox.full_clean(exclude=["sealed_password", "uidvalidity"])
    mailbox.save(update_fields=list(servers))
    record(
        kind="desk.mailbox_moved",
        retention=Retention.SYSTEM,
        actor=actor if isinstance(actor, Person) else None,
        about=f"mailbox:{mailbox.pk}",
    )
    live.wake("mail")


@transaction.atomic
def change_mailbox(
    *, actor: Asker, mailbox: Mailbox, password: str = "", setup: Mapping[str, Any], **fields: Any
) -> Mailbox:
    """Save a mailbox with its setup, new or known. Secrets left empty stay as they are.

    `fields`: address, queue, is_active and the servers; `setup`: MailboxSetup's fields, and
    client_secret, refresh_token, dkim_key in clear. Raises ValidationError.
    """
    is_new = mailbox.pk is None
    for name, value in fields.items():
        setattr(mailbox, name, value)
    if password:
        mailbox.sealed_password = sealing.seal(password)
    mailbox.full_clean(exclude=["sealed_password", "uidvalidity"])
    mailbox.save()
    _save_setup(mailbox, setup)
    record(
        kind="desk.mailbox_added" if is_new else "desk.mailbox_changed",
        retention=Retention.SYSTEM,
        actor=actor if isinstance(actor, Person) else None,
        about=f"mailbox:{mailbox.pk}",
    )
    live.wake("mail")
    return mailbox


def _save_setup(mailbox: Mailbox, values: Mapping[str, Any]) -> None:
    setup, _ = MailboxSetup.objects.select_for_update().get_or_create(mailbox=mailbox)
    for name, value in values.items():
        if name not in SECRETS:
            setattr(setup, name, value)
        elif value:
            setattr(setup, f"sealed_{name}", sealing.seal(value))
    if values.get("refresh_token") or values.get("client_secret"):
        setup.sealed_access_token, setup.access_until = b"", None
    untouched = {field.name for field in MailboxSetup._meta.fields} - set(values)
    setup.clean_fields(exclude=untouched)
    setup.save()


def note_connection(*, actor: System = SYSTEM, mailbox_id: int, problem: str) -> None:
    """Keep how the connection to a mailbox is doing: '' when it was just looked at in peace."""
    del actor
    values = {"problem": problem[:500]} if problem else {"problem": "", "seen_at": clock.now()}
    rows = MailboxSetup.objects.filter(mailbox=mailbox_id)
    if not rows.update(**values):
        MailboxSetup.objects.bulk_create(
            [MailboxSetup(mailbox_id=mailbox_id, **values)], ignore_conflicts=True
        )
