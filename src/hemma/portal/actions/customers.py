"""What customers do on their own pages, and who opens a form for them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hemma.desk import actions as desk
from hemma.desk.models import Case, Holding, Message, Queue
from hemma.journal.actions import put_in_outbox, record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.system import System
from hemma.portal.models import Asked, CallBack, ContactForm, Remark
from hemma.portal.queries import complaint_for, free_hours
from hemma.portal.visibility import may_set_up

HOUR = timedelta(hours=1)
COUNT = """
    INSERT INTO portal_satisfaction (queue_id, month, answer, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (queue_id, month, answer) DO UPDATE SET count = portal_satisfaction.count + 1
"""


def write_in(
    *,
    actor: System,
    form: ContactForm,
    contact: desk.Contact,
    subject: str,
    text: str,
    once: UUID,
) -> Case:
    """A case out of a form; the same form sent twice makes one."""
    told: dict[str, Any] = {
        "channel": Case.Channel.FORM,
        "contact": contact,
        "subject": subject,
        "text": text,
    }
    try:
        with transaction.atomic():
            return desk.open_case(actor=actor, queue=form.queue, once=once, **told)
    except IntegrityError:
        # Twice at the same moment: the other one has made it, or the address's customer.
        return desk.open_case(actor=actor, queue=form.queue, once=once, **told)


def write_more(*, actor: System, case: Case, text: str, once: UUID) -> Message:
    """The customer adds something and waits for us."""
    return desk.hear(actor=actor, case=case, text=text, once=once)


@transaction.atomic
def ask_for_call(
    *, actor: System, case: Case, phone: str, starts_at: datetime, text: str, once: UUID
) -> CallBack:
    """The customer wants to be called within the hour from `starts_at`, which is promised then."""
    Queue.objects.select_for_update().get(pk=case.queue_id)
    if starts_at not in free_hours(actor, case.queue):
        raise ValidationError(_("That time was just taken. Please choose another."))
    with timezone.override(case.queue.zone):
        here = timezone.localtime(starts_at)
    said = _("Please call me on %(phone)s, %(day)s between %(from)s and %(to)s.") % {
        "phone": phone,
        "day": f"{here:%Y-%m-%d}",
        "from": f"{here:%H:%M}",
        "to": f"{here + HOUR:%H:%M}",
    }
    words = f"{said}\n\n{text.strip()}".strip()
    message = desk.hear(actor=actor, case=case, text=words, once=once, promised_at=starts_at + HOUR)
    row, _new = CallBack.objects.get_or_create(
        message=message, defaults={"starts_at": starts_at, "ends_at": starts_at + HOUR}
    )
    return row


@transaction.atomic
def remark(*, actor: System, case: Case, kind: str, text: str, once: UUID) -> Message:
    """Thanks reach who answered last; after a complaint the customer waits for us."""
    if kind not in Remark.Kind.values:
        raise ValidationError(_("Choose thanks or a complaint."))
    complains = kind == Remark.Kind.COMPLAINT
    message = desk.hear(actor=actor, case=case, text=text, once=once, waits=complains)
    _row, is_new = Remark.objects.get_or_create(message=message, defaults={"kind": kind})
    if is_new and not complains:
        thanked = _who_answered(message.case)
        if thanked is not None:
            put_in_outbox(kind="portal.thanks", person=thanked, about=f"case:{message.case_id}")
    return message


@transaction.atomic
def learn(*, actor: Person, message_id: int, lesson: str) -> Remark:
    """Say what a complaint taught the team; empty takes it back. Whose idea it was is not kept."""
    row = complaint_for(actor, message_id)
    row.lesson = lesson.strip()[:1000]
    row.learned_at = clock.now() if row.lesson else None
    row.save(update_fields=["lesson", "learned_at"])
    record(
        kind="portal.complaint_learned",
        retention=Retention.CASE,
        actor=None,
        about=f"case:{row.message.case_id}",
    )
    return row


def _who_answered(case: Case) -> Person | None:
    answers = case.messages.filter(direction=Message.Direction.OUT, author__isnull=False)
    last = answers.select_related("author").order_by("-at", "-pk").first()
    if last is not None:
        return last.author
    held = Holding.objects.filter(case=case).select_related("person").order_by("-since").first()
    return held.person if held else None


@transaction.atomic
def rate(*, actor: System, case: Case, answer: int) -> bool:
    """Count one answer (1 to 5) to the one question; False when the case was asked already.

    Only the queue's sum of the month grows: who answered what is kept nowhere, nor is it journaled.
    """
    del actor
    if not 1 <= answer <= 5:
        raise ValidationError(_("Choose one of the five answers."))
    _row, is_new = Asked.objects.get_or_create(case=case)
    if is_new:
        month = clock.now().date().replace(day=1)
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [case.queue_id, month, answer])
    return is_new


@transaction.atomic
def save_form(
    *,
    actor: Person | System,
    form: ContactForm | None,
    slug: str,
    queue: Queue,
    is_open: bool = True,
    calls_an_hour: int = 4,
) -> ContactForm:
    """Open a form for a queue's customers, or change it. Raises NotVisible, ValidationError."""
    may_set_up(actor)
    row = form or ContactForm()
    row.slug, row.queue, row.is_open = slug, queue, is_open
    row.calls_an_hour = calls_an_hour
    row.full_clean()
    row.save()
    record(
        kind="portal.form_saved",
        retention=Retention.SYSTEM,
        actor=actor if isinstance(actor, Person) else None,
        about=f"contact_form:{row.pk}",
    )
    return row
