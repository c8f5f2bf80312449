"""The demo's last 90 days lie there as if they had happened: whole, findable, journalled."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import mean, variance

import pytest
from django.db import connection

from hemma.desk import demo, demo_history
from hemma.desk.demo_letters import CUSTOMERS
from hemma.desk.demo_shape import contacts, profile
from hemma.desk.models import Case, Holding, Message, OutgoingMail, Queue, Reading, StaleCase
from hemma.desk.queries import (
    instructions_of,
    mandate_of,
    opening_of,
    readings_to_do,
    readings_told,
)
from hemma.desk.queries.search import found_ids, words_of_case
from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people import demo as people
from hemma.people.demo import DemoCompany
from hemma.people.models import Programme, Team
from hemma.people.system import SYSTEM

TUESDAY = datetime(2026, 11, 24, 8, 37, tzinfo=UTC)
ZONES = ["Europe/Stockholm"] * 3


@pytest.fixture
def company(db):
    with clock.moved_to(TUESDAY):
        told = DemoCompany(6, 1, TUESDAY, "x", smtp_port=25, imap_port=143, cases_wanted=400)
        people.load(told)
        demo.load(told)
        yield told


def test_the_history_has_as_many_cases_as_were_asked_for_and_none_of_tomorrow(company):
    assert Case.objects.count() == 400
    assert not Message.objects.filter(at__gt=TUESDAY).exists()
    assert Case.objects.filter(opened_at__lt=TUESDAY - timedelta(days=60)).exists()
    assert not Holding.objects.filter(until=None).exists()


def test_every_case_is_found_by_its_words_at_once(company):
    assert not StaleCase.objects.exists()
    case = Case.objects.order_by("?").first()
    word = max(words_of_case(SYSTEM, case), key=len)
    assert found_ids(SYSTEM, word)
    for one in Case.objects.order_by("?")[:30]:
        assert one.pk in found_ids(SYSTEM, str(one.number))
        text = " ".join(words_of_case(SYSTEM, one)[:8])
        assert one.pk in found_ids(SYSTEM, text, Case.objects.filter(pk=one.pk))


def test_every_led_queue_has_what_must_be_read_and_colleagues_read_each_others_answers(company):
    led = Queue.objects.exclude(team__leader=None)
    assert led.exists()
    for queue in led:
        leader = queue.team.leader
        assert any(one.version.must_read for one in instructions_of(leader, queue))
        assert mandate_of(leader, queue)
    asked = Reading.objects.filter(read_at=None).first()
    assert asked in readings_to_do(asked.reader)
    told = Reading.objects.exclude(read_at=None).first()
    assert told in readings_told(told.message.author)
    assert told.reader != told.message.author
    demo.load(company)
    assert Reading.objects.count() == 5, "a second start adds nothing"


def test_the_journal_tells_of_what_happened_to_every_case(company):
    opened = Event.objects.filter(kind="case.opened").values_list("about", flat=True)
    assert set(opened) == {f"case:{pk}" for pk in Case.objects.values_list("pk", flat=True)}
    answers = Message.objects.filter(direction=Message.Direction.OUT)
    assert answers.exists()
    assert Event.objects.filter(kind="case.answered").count() == answers.count()
    assert Event.objects.filter(kind="case.taken").count() == Holding.objects.count()
    assert OutgoingMail.objects.filter(state="sent").count() == answers.count()


def test_answers_are_written_while_the_queue_is_open(company):
    for message in Message.objects.filter(direction="out").select_related("case__queue")[:80]:
        assert opening_of(SYSTEM, message.case.queue).is_open(message.at - timedelta(seconds=1))


def test_filling_again_adds_nothing(company):
    demo.load(company)
    assert Case.objects.count() == 400


def test_the_same_seed_writes_the_same_contacts():
    first, second = (contacts(500, ZONES, TUESDAY, random.Random(7)) for _turn in range(2))
    assert first == second


def test_mondays_bring_most_weekends_least_and_days_differ_more_than_chance():
    by_day = Counter(one.at.date() for one in contacts(40_000, ZONES, TUESDAY, random.Random(3)))
    by_weekday = {n: [c for d, c in by_day.items() if d.weekday() == n] for n in range(7)}
    assert mean(by_weekday[0]) > 1.15 * mean(by_weekday[2])
    assert mean(by_weekday[6]) < 0.4 * mean(by_weekday[2])
    assert all(variance(by_weekday[n]) > 2 * mean(by_weekday[n]) for n in (1, 2, 3))


def test_a_day_has_its_peak_before_lunch_and_little_at_night():
    shares = profile()
    assert sum(shares) == pytest.approx(1)
    assert 9 <= shares.index(max(shares)) / 4 < 11.5
    assert sum(shares[: 6 * 4]) < 0.05


def test_six_programmes_at_five_sites_with_norwegian_and_english_among_them(db):
    told = DemoCompany(120, 1, TUESDAY, "x", smtp_port=25, imap_port=143)
    people.load(told)
    assert Programme.objects.count() == 6
    assert {team.site.name for team in Team.objects.all()} >= {"Linköping", "Oslo", "Umeå"}
    assert {unit.language for unit in told.units} == {"sv", "nb", "en"}
    assert len({unit.address for unit in told.units}) == len(told.units)


def test_every_customer_has_a_mailbox_of_their_own_that_can_be_signed_in_to():
    boxes = [one.box for one in CUSTOMERS]
    assert all(box.isascii() and box for box in boxes)
    assert len(set(boxes)) == len(boxes)


FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, a.attname, confrelid::regclass::text, b.attname
    FROM pg_constraint
    JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
    WHERE contype = 'f' AND conrelid::regclass::text LIKE 'desk\\_%' AND cardinality(conkey) = 1
"""


def _pointing_nowhere():
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS)
        keys = cursor.fetchall()
        assert len(keys) > 40
        for table, column, other, key in keys:
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t.{column} IS NOT NULL AND NOT EXISTS"
                f" (SELECT FROM {other} o WHERE o.{key} = t.{column})"
            )
            if (number := cursor.fetchone()[0]) > 0:
                yield f"{table}.{column}", number


def test_no_row_of_the_history_points_nowhere(company):
    assert list(_pointing_nowhere()) == []


def test_a_row_that_points_nowhere_would_be_seen(company):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE desk_message SET case_id = 0 WHERE id = (SELECT min(id) FROM desk_message)"
        )
    assert list(_pointing_nowhere()) == [("desk_message.case_id", 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desk_message SET case_id = (SELECT min(id) FROM desk_case) WHERE case_id = 0"
        )


def test_the_triggers_are_back_when_the_history_is_written(company):
    case = Case.objects.earliest("opened_at")
    assert not StaleCase.objects.exists()
    Case.objects.filter(pk=case.pk).update(subject="Något annat")
    assert list(StaleCase.objects.values_list("case_id", flat=True)) == [case.pk]


def test_where_one_may_not_leave_out_checks_the_history_is_the_same(request, monkeypatch):
    monkeypatch.setattr(demo_history, "_may_leave_out_all_triggers", lambda: False)
    request.getfixturevalue("company")
    assert Case.objects.count() == 400
    assert not StaleCase.objects.exists()
    assert list(_pointing_nowhere()) == []
    Case.objects.filter(pk=Case.objects.earliest("opened_at").pk).update(subject="Något annat")
    assert StaleCase.objects.count() == 1
