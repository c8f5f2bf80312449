"""Writing to the journal and the outbox, and handing over what has come due."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from hemma.journal.models import (
    KEEP_DAYS,
    Event,
    Heartbeat,
    OutboxHandling,
    OutboxMessage,
    Retention,
    Wakeup,
)
from hemma.lib import clock, live

PARTITION_LOCK = 7_002_001  # an advisory lock of this database, used for nothing else


class Keyed(Protocol):
    """Whoever can stand in the journal: a person, by a key that can be thrown away."""

    journal_key: uuid.UUID


def record(
    *,
    kind: str,
    retention: Retention,
    actor: Keyed | None,
    subject: Keyed | None = None,
    about: str = "",
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Write down that `kind` happened. `actor` None is the system itself; `about` is `case:42`.

    Call it inside the transaction of the change, so that neither exists without the other.
    """
    return Event.objects.create(
        kind=kind,
        retention=retention,
        at=clock.now(),
        actor_key=actor.journal_key if actor else None,
        subject_key=subject.journal_key if subject else None,
        about=about,
        data=dict(data or {}),
    )


def put_in_outbox(
    *, kind: str, person: Keyed | None, about: str = "", data: Mapping[str, Any] | None = None
) -> OutboxMessage:
    """Leave word that `person` is to hear of `kind`; nothing is sent from here."""
    message = OutboxMessage.objects.create(
        at=clock.now(),
        kind=kind,
        person_key=person.journal_key if person else None,
        about=about,
        data=dict(data or {}),
    )
    live.wake("outbox")
    return message


def take_from_outbox(
    *, kinds: Iterable[str] | None = None, limit: int = 100, after: int = 0
) -> list[OutboxMessage]:
    """Messages nobody has dealt with, oldest first, locked to this transaction.

    `kinds`: only those; `after`: only messages with a higher id. Two relays never get the same
    message: locked rows are skipped.
    """
    handled = OutboxHandling.objects.filter(message=OuterRef("pk"))
    waiting = OutboxMessage.objects.filter(~Exists(handled), pk__gt=after).order_by("id")
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    return list(waiting.select_for_update(skip_locked=True)[:limit])


def mark_handled(*, message: OutboxMessage, outcome: str) -> None:
    """Write down how a message was dealt with."""
    OutboxHandling.objects.create(message=message, at=clock.now(), outcome=outcome)


def schedule(*, task: str, at: datetime, key: str | None = None, **arguments: Any) -> Wakeup:
    """Start the job `task` at `at` of Hemma's clock. The same `key` again moves it."""
    values = {"task": task, "at": at, "arguments": arguments}
    if key is None:
        wakeup = Wakeup.objects.create(**values)
    else:
        wakeup, _ = Wakeup.objects.update_or_create(key=key, defaults=values)
    live.wake("wakeups")
    return wakeup


def hand_over_due(*, limit: int = 100) -> int:
    """Turn wake-ups whose time has come into jobs; returns how many.

    Row and job change hands in one transaction: a crash in between loses and doubles nothing.
    """
    from procrastinate.contrib.django import app

    with transaction.atomic():
        due = Wakeup.objects.filter(at__lte=clock.now()).order_by("at")
        rows = list(due.select_for_update(skip_locked=True)[:limit])
        for row in rows:
            app.configure_task(row.task, allow_unknown=False).defer(**row.arguments)
            row.delete()
    return len(rows)


def beat(*, name: str) -> None:
    """Say that the part called `name` is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": Now()})


@transaction.atomic
def ensure_partitions(*, months: int = 3) -> None:
    """Make the coming months' partitions of every retention class. Safe to run at any time."""
    with connection.cursor() as cursor:
        # Two processes at once would lock the tables in each other's way and deadlock.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PARTITION_LOCK])
    _make_partitions(clock.now().date().replace(day=1), months)


@transaction.atomic
def ensure_past_partitions(*, since: datetime) -> None:
    """Make the partitions from the month of `since` up to this one, for history that is read in."""
    start, this = since.date().replace(day=1), clock.now().date().replace(day=1)
    _make_partitions(start, (this.year - start.year) * 12 + this.month - start.month)


def _make_partitions(start: date, months: int) -> None:
    for _month in range(months):
        end = (start + timedelta(days=32)).replace(day=1)
        with connection.cursor() as cursor:
            for retention in Retention.values:
                cursor.execute(
                    "SELECT hemma_make_journal_partition(%s, %s::date, %s::date)",
                    [retention, start.isoformat(), end.isoformat()],
                )
        start = end


def drop_expired() -> list[str]:
    """Drop the monthly partitions that lie wholly behind their class's time; returns their names."""
    now = clock.now()
    dropped: list[str] = []
    with connection.cursor() as cursor:
        for retention in Retention:
            before = (now - timedelta(days=KEEP_DAYS[retention])).date()
            cursor.execute(
                "SELECT hemma_drop_journal_partitions(%s, %s::date)",
                [retention.value, before.isoformat()],
            )
            dropped += cursor.fetchone()[0]
    return dropped


@transaction.atomic
def forget_events(
    *, retention: Retention, before: datetime, subject_keys: Sequence[uuid.UUID]
) -> int:
    """Delete events of one class about these subjects from before `before`; returns how many.

    For data whose time depends on more than its class: a country's law.
    """
    return _delete(
        Event.objects.filter(retention=retention, at__lt=before, subject_key__in=subject_keys)
    )


@transaction.atomic
def forget_messages() -> int:
    """Delete messages of the outbox that were dealt with long ago; returns how many."""
    before = clock.now() - timedelta(days=KEEP_DAYS[Retention.SYSTEM])
    handled = OutboxHandling.objects.filter(at__lt=before)
    messages = list(handled.values_list("message_id", flat=True))
    _delete(handled)
    return _delete(OutboxMessage.objects.filter(pk__in=messages))


def _delete(rows: QuerySet[Any]) -> int:
    """Delete from an insert-only table, which the database allows a retention job alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hemma.retention', 'on', true)")
        gone = rows._raw_delete(rows.db)
        cursor.execute("SELECT set_config('hemma.retention', 'off', true)")
    return int(gone or 0)  # an empty choice is not even asked for
