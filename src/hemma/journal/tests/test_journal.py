"""The journal can't be rewritten, forgets on time, and starts jobs when the clock says so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hemma.journal import actions
from hemma.journal.models import Event, OutboxHandling, OutboxMessage, Retention, Wakeup
from hemma.lib import clock
from hemma.people.actions import add_person, forget_journal_key
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)


@pytest.fixture
def amanda():
    return add_person(actor=SYSTEM, email="amanda@example.org", name="Amanda Nyström")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_event SET kind = 'never happened'",
        "DELETE FROM journal_event",
        "UPDATE journal_outbox SET kind = 'never said'",
        "DELETE FROM journal_outbox",
        "UPDATE journal_outbox_handling SET outcome = 'otherwise'",
        "DELETE FROM journal_outbox_handling",
    ],
)
def test_nobody_can_rewrite_what_happened(amanda, change):
    message = actions.put_in_outbox(kind="case.reply", person=amanda)
    actions.mark_handled(message=message, outcome="shown")
    assert Event.objects.exists()
    refused = pytest.raises(IntegrityError, match="insert-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Event.objects.exists()
    assert OutboxMessage.objects.exists()
    assert OutboxHandling.objects.exists()


def test_modes_are_forgotten_after_their_month_while_cases_stay(amanda):
    with clock.moved_to(MONDAY):
        actions.ensure_partitions(months=1)
        for retention in (Retention.MODE, Retention.CASE):
            actions.record(kind="something", retention=retention, actor=amanda)
        assert actions.drop_expired() == []
    with clock.moved_to(MONDAY + timedelta(days=30)):
        assert actions.drop_expired() == ["journal_event_mode_y2026m03"]
    kept = Event.objects.filter(kind="something").values_list("retention", flat=True)
    assert list(kept) == [Retention.CASE]


def test_events_without_a_month_of_their_own_are_forgotten_too(amanda):
    with clock.moved_to(MONDAY - timedelta(days=900)):
        actions.record(kind="old", retention=Retention.MODE, actor=amanda)
    with clock.moved_to(MONDAY):
        actions.record(kind="new", retention=Retention.MODE, actor=amanda)
        actions.drop_expired()
    assert list(Event.objects.filter(retention="mode").values_list("kind", flat=True)) == ["new"]


def test_making_the_months_twice_changes_nothing():
    with clock.moved_to(MONDAY):
        actions.ensure_partitions()
        actions.ensure_partitions()
        actions.record(kind="x", retention=Retention.SYSTEM, actor=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM journal_event WHERE kind = 'x'")
        assert cursor.fetchone() == ("journal_event_system_y2026m03",)


def test_when_amanda_is_forgotten_her_events_stay_and_nobody_knows_whose_they_are(amanda):
    actions.record(kind="case.answered", retention=Retention.CASE, actor=amanda)
    before = amanda.journal_key
    forget_journal_key(actor=SYSTEM, person=amanda)
    amanda.refresh_from_db()
    assert Event.objects.filter(kind="case.answered", actor_key=before).exists()
    assert amanda.journal_key != before


def jobs(task: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [task])
        return cursor.fetchone()[0]


@pytest.fixture
def task():
    from procrastinate.contrib.django import app

    name = "tests.remind"
    if name not in app.tasks:
        app.task(name=name)(lambda **_: None)
    return name


def test_a_job_starts_when_hemmas_clock_says_so_and_not_before(task):
    with clock.moved_to(MONDAY):
        actions.schedule(task=task, at=MONDAY + timedelta(hours=2))
        assert actions.hand_over_due() == 0
        clock.advance(timedelta(hours=2))
        assert actions.hand_over_due() == 1
        assert actions.hand_over_due() == 0
    assert jobs(task) == 1


def test_scheduling_again_with_the_same_key_moves_the_job(task):
    with clock.moved_to(MONDAY):
        actions.schedule(task=task, at=MONDAY + timedelta(hours=1), key="promise:7")
        actions.schedule(task=task, at=MONDAY + timedelta(hours=3), key="promise:7")
        clock.advance(timedelta(hours=2))
        assert actions.hand_over_due() == 0
    assert Wakeup.objects.get().at == MONDAY + timedelta(hours=3)


def test_a_handled_message_is_not_taken_from_the_outbox_again(amanda):
    first = actions.put_in_outbox(kind="a", person=amanda)
    second = actions.put_in_outbox(kind="b", person=None)
    with transaction.atomic():
        assert actions.take_from_outbox() == [first, second]
        actions.mark_handled(message=first, outcome="shown")
    with transaction.atomic():
        assert actions.take_from_outbox() == [second]


def test_beats_are_told_by_the_databases_clock_even_when_ours_is_moved():
    from hemma.journal.queries import heartbeat_ages

    with clock.moved_to(MONDAY - timedelta(days=400)):
        actions.beat(name="routing")
        actions.beat(name="routing")
    assert heartbeat_ages(SYSTEM)["routing"] < timedelta(minutes=1)


@pytest.mark.django_db
def test_forgetting_when_there_is_nothing_to_forget_is_no_fault():
    from hemma.journal.actions import forget_messages

    assert forget_messages() == 0
