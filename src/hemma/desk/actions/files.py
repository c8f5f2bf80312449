"""A mail's files: handed on, or withheld with the reason. The mail as it came keeps them all."""

from django.conf import settings
from django.db import transaction

from hemma.desk.actions.telling import refresh
from hemma.desk.mail_models import Invitation, Withheld
from hemma.desk.models import Attachment, Message
from hemma.lib.mail import clamd, guard, invitations
from hemma.lib.mail.guard import Refusal, Why
from hemma.lib.mail.incoming import Attachment as File
from hemma.lib.mail.incoming import IncomingMail
from hemma.lib.mail.parse import parse
from hemma.people.system import SYSTEM, System


def hand_on(message: Message, mail: IncomingMail) -> None:
    """Store every file of a mail: those that may be opened, and of the others why not."""
    so_far, count = 0, 0
    for file in mail.attachments:
        refusal = guard.judge(file, so_far=so_far, count=count) or _scanned(file)
        if refusal is None:
            so_far, count = so_far + file.size, count + 1
            _keep(message, file)
        else:
            _withhold(message, file, refusal)
    found = invitations.find(mail.attachments)
    if found is not None:
        Invitation.objects.create(
            message=message,
            **{name: getattr(found, name) for name in invitations.Invitation.__slots__},
        )


@transaction.atomic
def scan_again(*, actor: System = SYSTEM, withheld_id: int) -> bool:
    """Ask the scanner about a file that it could not be asked about; whether it is settled now."""
    del actor
    row = (
        Withheld.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("message__raw", "message__case")
        .filter(pk=withheld_id, reason=Why.NOT_SCANNED)
        .first()
    )
    if row is None or row.message.raw is None:
        return False
    mail = parse(bytes(row.message.raw.content))
    same = (one for one in mail.attachments if (one.name[:255], one.size) == (row.name, row.size))
    file = next(same, None)
    refusal = _scanned(file) if file else Refusal(Why.NOT_SCANNED)
    if refusal is not None and refusal.why is Why.NOT_SCANNED:
        return False
    if refusal is None and file is not None:
        _keep(row.message, file)
        row.delete()
    elif refusal is not None:
        row.reason, row.detail = refusal.why, refusal.detail[:200]
        row.save(update_fields=["reason", "detail"])
    refresh(row.message.case)
    return True


def _scanned(file: File) -> Refusal | None:
    if not settings.CLAMD:
        return None
    try:
        found = clamd.Scanner(settings.CLAMD).malware_in(file.content)
    except clamd.Unavailable as failure:
        # Kept back until the scanner answers; the mail itself waits for nobody.
        return Refusal(Why.NOT_SCANNED, str(failure))
    return Refusal(Why.MALWARE, found) if found else None


def _keep(message: Message, file: File) -> None:
    Attachment.objects.create(
        message=message,
        name=file.name[:255],
        content_type=file.content_type[:120],
        size=file.size,
        content=file.content,
    )


def _withhold(message: Message, file: File, refusal: Refusal) -> None:
    Withheld.objects.create(
        message=message,
        name=file.name[:255],
        content_type=file.content_type[:120],
        size=file.size,
        reason=refusal.why,
        detail=refusal.detail[:200],
    )
