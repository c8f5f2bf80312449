"""Mailboxes and the mails that someone has to look at."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hemma.desk.models import Mailbox, RawMail, Withheld
from hemma.lib.mail.parse import parse
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, reads, standing

ASIDE_SHOWN = 50
SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Aside:
    """A mail that was set aside, as far as it can be read; `reason` is a code, `detail` its cause."""

    id: int
    mailbox: str
    stored_at: datetime
    sender: str
    subject: str
    text: str
    reason: str
    detail: str


@reads("desk.case")
def active_mailboxes(asker: Asker) -> list[Mailbox]:
    """Mailboxes to be watched; only the system reads mail."""
    if isinstance(asker, Person):
        return []
    return list(Mailbox.objects.filter(is_active=True).order_by("pk"))


def _raws(asker: Asker) -> QuerySet[RawMail]:
    """Raw mails are for the leaders of the queue's team: nobody has sorted out what is in them."""
    if not isinstance(asker, Person):
        return RawMail.objects.all()
    return RawMail.objects.filter(mailbox__queue__team__in=standing(asker).led)


@reads("desk.case")
def set_aside_count(asker: Asker) -> int:
    """How many mails were set aside and wait for someone to look; spam is not counted."""
    rows = _raws(asker).filter(state=RawMail.State.SET_ASIDE)
    return rows.exclude(problem__startswith=SPAM).count()


@reads("desk.case")
def mails_set_aside(asker: Asker) -> list[Aside]:
    """Mails that were set aside, newest first, read as far as they can be."""
    rows = (
        _raws(asker)
        .filter(state=RawMail.State.SET_ASIDE)
        .exclude(problem__startswith=SPAM)
        .select_related("mailbox")
        .order_by("-stored_at", "-pk")[:ASIDE_SHOWN]
    )
    return [_aside(raw) for raw in rows]


@reads("desk.case")
def mails_in_quarantine(asker: Asker) -> list[Aside]:
    """Mails that look like spam, newest first."""
    rows = _raws(asker).filter(state=RawMail.State.SET_ASIDE, problem__startswith=SPAM)
    newest = rows.select_related("mailbox").order_by("-stored_at", "-pk")[:ASIDE_SHOWN]
    return [_aside(raw) for raw in newest]


def _aside(raw: RawMail) -> Aside:
    mail = parse(bytes(raw.content))
    reason, _, detail = raw.problem.partition(":")
    return Aside(
        id=raw.pk,
        mailbox=raw.mailbox.address,
        stored_at=raw.stored_at,
        sender=(mail.from_.name or mail.from_.address) if mail.from_ else "",
        subject=mail.subject,
        text=mail.new_text[:2000],
        reason=reason,
        detail=detail.strip(),
    )


@reads("desk.case")
def raw_for(asker: Asker, raw_id: int) -> RawMail:
    """A raw mail that `asker` may handle. Raises NotVisible (404) otherwise."""
    raw = _raws(asker).filter(pk=raw_id).select_related("mailbox").first()
    if raw is None:
        raise NotVisible("desk.case", f"mail:{raw_id}")
    return raw


@reads("desk.case")
def files_not_scanned(asker: Asker, limit: int = 50) -> list[int]:
    """Ids of withheld files that the scanner could not be asked about; for the system alone."""
    if isinstance(asker, Person):
        return []
    waiting = Withheld.objects.filter(reason="not_scanned").order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:limit])


@reads("desk.case")
def raws_not_taken_in(asker: Asker, limit: int = 200) -> list[int]:
    """Ids of mails that are stored but not yet taken in, oldest first."""
    new = _raws(asker).filter(state=RawMail.State.NEW).order_by("pk")
    return list(new.values_list("pk", flat=True)[:limit])
