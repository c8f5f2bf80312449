"""Queues: where cases of one sort wait, and when they are answered."""

from collections.abc import Iterable
from datetime import time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.models import OpeningSpan, Queue
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.people.models import Person, Skill, Team
from hemma.people.visibility import Asker

type Span = tuple[int, time, time]
"""One span of opening hours: weekday (0 Monday), opens, closes, in the queue's zone."""


@transaction.atomic
def open_queue(
    *,
    actor: Asker,
    name: str,
    programme: str,
    team: Team,
    skill: Skill | None,
    answer_within: timedelta,
    opening: Iterable[Span],
    language: str = "sv",
    zone: str = "Europe/Stockholm",
) -> Queue:
    """Add a queue with its opening hours. Raises ValidationError when the name is taken."""
    queue = Queue(
        name=name,
        programme=programme,
        team=team,
        skill=skill,
        answer_within=answer_within,
        language=language,
        zone=zone,
    )
    queue.full_clean()
    queue.save()
    OpeningSpan.objects.bulk_create(
        OpeningSpan(queue=queue, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in opening
    )
    record(
        kind="desk.queue_opened",
        retention=Retention.SYSTEM,
        actor=actor if isinstance(actor, Person) else None,
        about=f"queue:{queue.pk}",
    )
    return queue


@transaction.atomic
def set_answer_within(*, actor: Asker, queue: Queue, answer_within: timedelta) -> None:
    """Promise the customers of a queue an answer within so long from now on.

    What has been promised already stays. Raises ValidationError for no time at all.
    """
    if answer_within <= timedelta():
        raise ValidationError(_("Choose a time longer than nothing."), code="order")
    before, queue.answer_within = queue.answer_within, answer_within
    queue.save(update_fields=["answer_within"])
    record(
        kind="desk.queue_promises",
        retention=Retention.SYSTEM,
        actor=actor if isinstance(actor, Person) else None,
        about=f"queue:{queue.pk}",
        data={
            "before_s": int(before.total_seconds()),
            "answer_within_s": int(answer_within.total_seconds()),
        },
    )
