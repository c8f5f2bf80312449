import threading
from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from hemma.journal.models import Event, Retention
from hemma.lib import clock, loops, wakes
from hemma.lib.live import LIVE_CHANNEL, WORK_CHANNEL
from hemma.people.visibility import SYSTEM, NotVisible
from hemma.workday import tasks
from hemma.workday.actions import forget_old_modes, set_mode
from hemma.workday.models import CHOSEN, Mode, ModeSpell
from hemma.workday.queries import mode_history, mode_of, modes_now
from hemma.workday.tests.company import Company, at


def open_spells(person):
    return ModeSpell.objects.filter(person=person, until=None)


def test_who_has_chosen_nothing_is_off(company):
    assert mode_of(company.amanda, company.amanda) is Mode.OFF


def test_a_new_mode_ends_the_one_before_at_the_same_instant(company):
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
        clock.advance(timedelta(minutes=5))
        set_mode(actor=company.amanda, mode="focus")
    first, second = ModeSpell.objects.order_by("since")
    assert (first.mode, second.mode) == ("ready", "focus")
    assert first.until == second.since
    assert second.until is None


def test_the_same_mode_again_changes_nothing(company):
    set_mode(actor=company.amanda, mode="ready")
    set_mode(actor=company.amanda, mode="ready")
    assert ModeSpell.objects.count() == 1
    assert Event.objects.filter(kind="workday.mode_chosen").count() == 1


def test_a_change_is_journalled_for_seven_days_and_without_a_reason(company):
    set_mode(actor=company.amanda, mode="away")
    event = Event.objects.get(kind="workday.mode_chosen")
    assert event.retention == Retention.MODE
    assert event.actor_key == event.subject_key == company.amanda.journal_key
    assert event.data == {"mode": "away"}


@pytest.mark.parametrize("mode", [*sorted(set(Mode) - set(CHOSEN)), "lunch", ""])
def test_what_follows_from_events_cannot_be_chosen(company, mode):
    with pytest.raises(ValidationError):
        set_mode(actor=company.amanda, mode=mode)
    assert not ModeSpell.objects.exists()


def test_a_clock_that_is_set_back_leaves_no_spell_that_ends_before_it_began(company):
    with clock.moved_to(at(12)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(11)):
        set_mode(actor=company.amanda, mode="meal")
    assert mode_of(company.amanda, company.amanda) is Mode.MEAL
    with pytest.raises(IntegrityError), transaction.atomic():
        ModeSpell.objects.create(person=company.bengt, mode="off", since=at(9), until=at(8))


def test_the_database_holds_one_open_mode_a_person(company):
    set_mode(actor=company.amanda, mode="ready")
    with pytest.raises(IntegrityError), transaction.atomic():
        ModeSpell.objects.create(person=company.amanda, mode="focus", since=at(9))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [False, True])
def test_several_browsers_at_once_leave_exactly_one_open_mode(transactional_db, begun):
    amanda = Company().amanda
    if begun:
        set_mode(actor=amanda, mode="ready")
    modes = ["focus", "recess", "meal", "away"] * 3
    gate, failures = threading.Barrier(len(modes)), []

    def browser(mode):
        try:
            gate.wait(20)
            set_mode(actor=amanda, mode=mode)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=browser, args=(mode,)) for mode in modes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert open_spells(amanda).count() == 1
    ended = ModeSpell.objects.filter(person=amanda).exclude(until=None)
    assert ended.count() >= 3  # four different modes were chosen: at least three have ended


@pytest.mark.django_db(transaction=True)
def test_a_change_tells_the_person_the_team_and_the_router_once_it_is_committed(transactional_db):
    company = Company()
    told = connection.get_connection_params()
    wanted = {
        key: told[key] for key in ("dbname", "user", "password", "host", "port") if key in told
    }
    with psycopg.connect(**wanted, autocommit=True) as listener:
        listener.execute(f"LISTEN {LIVE_CHANNEL}")
        listener.execute(f"LISTEN {WORK_CHANNEL}")
        set_mode(actor=company.amanda, mode="ready")
        heard = [notice.payload for notice in listener.notifies(timeout=5, stop_after=3)]
        assert any(f'"person:{company.amanda.pk}"' in word for word in heard)
        assert any(f'"team:{company.team.pk}"' in word for word in heard)
        assert "routing" in heard
        set_mode(actor=company.tina, mode="focus")  # leads, does not belong
        heard = [notice.payload for notice in listener.notifies(timeout=5, stop_after=3)]
        assert any(f'"team:{company.team.pk}"' in word for word in heard)
        assert not any(f'"team:{company.other.pk}"' in word for word in heard)


def test_bengt_sees_amandas_mode_but_not_her_history(company):
    set_mode(actor=company.amanda, mode="focus")
    assert mode_of(company.bengt, company.amanda) is Mode.FOCUS
    assert [spell.mode for spell in mode_history(company.amanda, company.amanda)] == [Mode.FOCUS]
    for viewer in (company.bengt, company.tina, company.petra, company.sara):
        with pytest.raises(NotVisible):
            mode_history(viewer, company.amanda)
    with pytest.raises(NotVisible):
        mode_history(SYSTEM, company.amanda)


def test_modes_are_seen_by_team_leader_planner_and_router_and_by_nobody_else(company):
    set_mode(actor=company.amanda, mode="recess")
    amanda = company.amanda.pk
    for viewer in (company.bengt, company.tina, company.petra, SYSTEM):
        assert modes_now(viewer, [amanda]) == {amanda: Mode.RECESS}
    for viewer in (company.asa, company.imran, company.sara, company.charlie):
        assert modes_now(viewer, [amanda]) == {}
        with pytest.raises(NotVisible):
            mode_of(viewer, company.amanda)


def test_a_mode_one_left_on_is_shown_as_chosen_also_after_hours(company):
    with clock.moved_to(at(9)):
        company.shift(company.amanda)
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(22)):
        assert mode_of(company.bengt, company.amanda) is Mode.READY


def test_everyones_mode_is_one_query(company, django_assert_num_queries):
    set_mode(actor=company.amanda, mode="ready")
    set_mode(actor=company.amanda, mode="off")
    ids = [company.amanda.pk, company.bengt.pk]
    with django_assert_num_queries(1):
        assert modes_now(SYSTEM, ids) == {ids[0]: Mode.OFF, ids[1]: Mode.OFF}


def test_amandas_history_reaches_seven_days_back_even_before_anything_is_deleted(company):
    with clock.moved_to(at(9, day=1)):
        set_mode(actor=company.amanda, mode="ready")
        clock.advance(timedelta(hours=1))
        set_mode(actor=company.amanda, mode="focus")
    with clock.moved_to(at(9, day=8)):
        history = mode_history(company.amanda, company.amanda)
        assert [spell.mode for spell in history] == [Mode.READY, Mode.FOCUS]
        clock.advance(timedelta(hours=2))
        history = mode_history(company.amanda, company.amanda)
        assert [spell.mode for spell in history] == [Mode.FOCUS]


def test_after_seven_days_the_worker_has_forgotten_all_but_the_mode_one_is_in(company, monkeypatch):
    with clock.moved_to(at(9, day=1)):
        set_mode(actor=company.amanda, mode="ready")
        clock.advance(timedelta(hours=1))
        set_mode(actor=company.amanda, mode="focus")
    stop = threading.Event()
    seen = []

    def turns(_name, _stop, every_s):
        # The loop's own waiting, with Hemma's clock moved on between the turns.
        assert every_s > 0
        yield
        seen.append(ModeSpell.objects.count())
        clock.advance(timedelta(minutes=30))
        yield
        seen.append(ModeSpell.objects.count())
        clock.advance(timedelta(days=1))
        yield
        seen.append(ModeSpell.objects.count())

    monkeypatch.setattr(wakes, "turns", turns)
    with clock.moved_to(at(9, 45, day=8)):
        tasks.forget_modes(stop)
    assert seen == [2, 2, 1]
    assert mode_of(company.amanda, company.amanda) is Mode.FOCUS


def test_forgetting_is_the_workers_and_touches_nobody_elses_day(company):
    assert any(loop.run is tasks.forget_modes for loop in loops.registered("worker"))
    with clock.moved_to(at(9)):
        set_mode(actor=company.bengt, mode="ready")
        set_mode(actor=company.bengt, mode="focus")
        assert forget_old_modes(actor=SYSTEM) == 0
