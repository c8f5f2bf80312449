"""The day's mail: once a shift, at the time one chose, and only when there is something unread."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from hemma.journal.actions import record, schedule
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.notices import words
from hemma.notices.models import Habit
from hemma.notices.queries import digests_due, mail_news, may_be_mailed
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System

AGAIN = timedelta(minutes=5)
TASK = "notices.send_digest"


@transaction.atomic
def mail_due(*, actor: System = SYSTEM) -> int:
    """Put into the mail queue what is due; each shift once. Returns how many."""
    due = 0
    for person_id, starts_at in digests_due(actor):
        fresh = Habit.objects.filter(person=person_id).exclude(mailed_for=starts_at)
        if fresh.update(mailed_for=starts_at):
            _schedule(person_id)
            due += 1
    return due


def _schedule(person_id: int, after: timedelta = timedelta()) -> None:
    schedule(task=TASK, at=clock.now() + after, key=f"digest:{person_id}", person_id=person_id)


def send_digest(*, actor: System = SYSTEM, person_id: int) -> bool:
    """Send one person's mail, if they are still at work and something is unread; whether it went.

    A server that does not take it is asked again while the shift lasts.
    """
    try:
        with transaction.atomic():
            return _send(actor, person_id)
    except OSError:  # every failure of the mail transport is one
        _schedule(person_id, AGAIN)
        return False


def _send(actor: System, person_id: int) -> bool:
    habit = Habit.objects.select_for_update(of=("self",)).filter(
        person=person_id, mail_at__isnull=False
    )
    mine = habit.select_related("person__site").first()
    if mine is None or not may_be_mailed(actor, mine.person):
        return False
    news = mail_news(actor, mine.person)
    if not news:
        return False
    _journal(mine.person)
    with translation.override(mine.person.language), timezone.override(mine.person.zone):
        subject, body = words.mail(mine.person, news, mine.base)
        told = EmailMessage(
            subject, body, to=[mine.person.email], headers={"Auto-Submitted": "auto-generated"}
        )
        told.send()
    return True


def _journal(person: Person) -> None:
    record(kind="notices.mailed", retention=Retention.SYSTEM, actor=None, subject=person)
