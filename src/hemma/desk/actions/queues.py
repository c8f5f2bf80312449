"""Queues: where cases of one sort wait, and when they are answered."""

from collections.abc import Iterable
from datetime import time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.models import OpeningSpan, Queue
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import live
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
    _check(queue)
    queue.save()
    _keep_hours(queue, opening)
    _note(actor, "desk.queue_opened", queue)
    return queue


@transaction.atomic
def change_queue(
    *,
    actor: Person,
    queue: Queue,
    name: str,
    programme: str,
    team: Team,
    answer_within: timedelta,
    opening: Iterable[Span],
    language: str,
) -> Queue:
    """Change a queue and its hours. Times that were promised stay promised.

    Raises ValidationError when the name is taken.
    """
    queue.name, queue.programme, queue.team = name, programme, team
    queue.answer_within, queue.language = answer_within, language
    _check(queue)
    queue.save()
    queue.opening.all().delete()
    _keep_hours(queue, opening)
    _note(actor, "desk.queue_changed", queue)
    live.wake("routing")
    return queue


def _check(queue: Queue) -> None:
    # A queue that asks for no skill goes to the whole team.
    queue.full_clean(exclude=["skill"] if queue.skill_id is None else [])


def _keep_hours(queue: Queue, opening: Iterable[Span]) -> None:
    OpeningSpan.objects.bulk_create(
        OpeningSpan(queue=queue, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in opening
    )


def _note(actor: Asker, kind: str, queue: Queue) -> None:
    record(
        kind=kind,
        retention=Retention.SYSTEM,
        actor=actor if isinstance(actor, Person) else None,
        about=f"queue:{queue.pk}",
    )


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
