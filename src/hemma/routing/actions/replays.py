"""Trying a queue's changed rules on the week before, and switching them on."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from hemma.core.routing.comparing import told
from hemma.core.routing.replay import Stopped, replay
from hemma.desk.models import Queue
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System
from hemma.routing import queries
from hemma.routing.actions.rules import set_rules
from hemma.routing.models import QueueRules, Replay

LOCK = 0x4845_4D52  # one replay at a time, whatever the number of workers
STEP = 2  # percent between two words about how far it is
UNDER_WAY = (Replay.State.WAITING, Replay.State.RUNNING)


@transaction.atomic
def try_rules(*, actor: Person, queue: Queue, **values: Any) -> Replay:
    """Have `values`, as `set_rules` takes them, played on the last week. Nothing changes yet.

    What `actor` has under way for the queue is stopped. Raises NotVisible for somebody else's
    queue, ValidationError for a bad value.
    """
    queries.led_queue(actor, queue.pk)
    tried = QueueRules(queue=queue, version=0, made_at=clock.now(), **values)
    tried.full_clean(exclude=["made_by"], validate_unique=False)
    for row in Replay.objects.filter(queue=queue, asked_by=actor, state__in=UNDER_WAY):
        _end(row, Replay.State.STOPPED)
    made = Replay.objects.create(
        queue=queue,
        asked_by=actor,
        asked_at=clock.now(),
        values=queries.values_of(tried),
        against=queries.rules_of(SYSTEM, queue.pk).version,
    )
    live.wake("replays")
    return made


@transaction.atomic
def stop_replay(*, actor: Person, replay_id: int) -> Replay:
    """End a replay that is under way; one that is over stays as it is."""
    row = queries.replay_for(actor, replay_id)
    if row.state in UNDER_WAY:
        _end(row, Replay.State.STOPPED)
    return row


@transaction.atomic
def switch_on(*, actor: Person, replay_id: int) -> QueueRules:
    """What was tried is how the queue is routed from now on.

    Raises ValidationError when it was not played to its end, or the rules have changed since.
    """
    row = queries.replay_for(actor, replay_id)
    Queue.objects.select_for_update(no_key=True).get(pk=row.queue_id)
    if row.state != Replay.State.DONE:
        raise ValidationError(_("It has to be played to its end first."), code="not_done")
    if queries.rules_of(SYSTEM, row.queue_id).version != row.against:
        raise ValidationError(
            _("The rules have been changed since. Try it again, so that you compare with them."),
            code="changed",
        )
    return set_rules(actor=actor, queue=row.queue, **row.values)


def go_back(*, actor: Person, queue: Queue, version: int) -> QueueRules:
    """Rules of before, as a new version; 0 is what holds before anybody chose.

    Raises NotVisible for somebody else's queue, ValidationError for a version that is not there.
    """
    queries.led_queue(actor, queue.pk)
    if version == 0:
        return set_rules(actor=actor, queue=queue)
    row = QueueRules.objects.filter(queue=queue, version=version).first()
    if row is None:
        raise ValidationError(_("There is no such version."), code="version")
    return set_rules(actor=actor, queue=queue, **queries.values_of(row))


def play_next(*, actor: System = SYSTEM) -> bool:
    """Play the replay that has waited longest; False when there is none or another process plays.

    Whoever holds the lock plays: a replay that is *running* then was left by a worker that died.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return False
    try:
        row = Replay.objects.filter(state__in=UNDER_WAY).order_by("asked_at", "pk").first()
        if row is None:
            return False
        _play(actor, row)
        return True
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _play(actor: System, row: Replay) -> None:
    queue = Queue.objects.get(pk=row.queue_id)
    if not Replay.objects.filter(pk=row.pk, state__in=UNDER_WAY).update(state=Replay.State.RUNNING):
        return
    try:
        row.result = _compared(actor, row, queue)
    except Stopped:
        return
    except Exception:
        _end(row, Replay.State.FAILED)
        raise
    row.percent = 100
    _end(row, Replay.State.DONE)


def _compared(actor: System, row: Replay, queue: Queue) -> dict[str, Any]:
    week = queries.week_of(actor, queue, queries.last_midnight(queue.zone))
    changed = QueueRules(queue=queue, version=row.against + 1, made_at=clock.now(), **row.values)
    figures = []
    for turn, rules in enumerate(
        (queries.rules_for(actor, week), queries.rules_for(actor, week, changed))
    ):
        fates = replay(week, rules, _Teller(row, turn))
        figures.append(asdict(told(week, fates, {queue.pk})))
    return {
        "now": figures[0],
        "then": figures[1],
        "since_s": week.starts_s,
        "until_s": week.ends_s,
        "people": len(week.people),
        "handling_s": week.handling_s,
    }


class _Teller:
    """Says how far the replay is, and hears whether it is still wanted."""

    def __init__(self, row: Replay, turn: int) -> None:
        self.row, self.turn = row, turn

    def __call__(self, share: float) -> bool:
        percent = int(50 * (self.turn + min(1.0, share)))
        if percent < self.row.percent + STEP:
            return True
        self.row.percent = percent
        wanted = Replay.objects.filter(pk=self.row.pk, state=Replay.State.RUNNING)
        if not wanted.update(percent=percent):
            return False
        _publish(self.row)
        return True


def _end(row: Replay, state: str) -> None:
    """End it, unless somebody has done so meanwhile."""
    under_way = Replay.objects.filter(pk=row.pk, state__in=UNDER_WAY)
    if under_way.update(state=state, ended_at=clock.now(), percent=row.percent, result=row.result):
        row.state = state
        record(
            kind="routing.replay_ended",
            retention=Retention.SYSTEM,
            actor=None,
            about=f"queue:{row.queue_id}",
            data={"replay": row.pk, "state": str(state)},
        )
        _publish(row)


def _publish(row: Replay) -> None:
    live.publish(f"person:{row.asked_by_id}", f"replay:{row.pk}")
