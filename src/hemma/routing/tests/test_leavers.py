"""Amanda leaves: nothing of hers is lost, nothing opens for her, nobody has to remember anything."""

import asyncio
from datetime import timedelta

import pytest
from django.utils.module_loading import autodiscover_modules

from hemma.desk.actions import take
from hemma.desk.models import Holding
from hemma.journal import relay
from hemma.journal.models import Event, OutboxHandling
from hemma.lib import clock
from hemma.lib.stream import Browser, Hub
from hemma.people.actions import end_employment
from hemma.people.models import Role
from hemma.planning.actions import add_shift
from hemma.planning.models import Activity, Shift
from hemma.routing import actions
from hemma.routing.models import Offer
from hemma.workday.models import ModeSpell

autodiscover_modules("tasks")  # as the worker does: the rooms say what they read


@pytest.fixture
def elin(company):
    return company.hire("Elin", None, Role.ADMINISTRATOR, level=None)


def test_the_rooms_that_hold_something_hear_that_somebody_left():
    assert {"desk", "planning", "workday"} <= set(relay.readers()["people.left"])


def test_amandas_case_keeps_its_promise_and_is_offered_to_bengt(company, elin):
    company.comes_to_work(company.amanda, company.bengt)
    case = company.kim_writes()
    promised, waiting = case.promised_at, case.waiting_since
    take(actor=company.amanda, case=case)
    end_employment(actor=elin, person=company.amanda)
    assert relay.tell_rooms() == 1
    case.refresh_from_db()
    assert (case.promised_at, case.waiting_since) == (promised, waiting)
    assert not Holding.objects.filter(until=None).exists()
    [trace] = Event.objects.filter(kind="case.released", about=f"case:{case.pk}")
    assert (trace.subject_key, trace.data) == (company.amanda.journal_key, {"because": "left"})
    actions.decide()
    assert Offer.objects.get(state="open").person == company.bengt


def test_what_amanda_was_just_offered_goes_on_to_bengt(company, elin):
    company.comes_to_work(company.amanda)
    company.kim_writes()
    actions.decide()
    company.comes_to_work(company.bengt)
    end_employment(actor=elin, person=company.amanda)
    relay.tell_rooms()
    actions.decide()
    assert {offer.person.name: offer.state for offer in Offer.objects.all()} == {
        "Amanda": "withdrawn",
        "Bengt": "open",
    }


def test_amanda_is_in_no_mode_and_no_shift_waits_for_her_but_what_she_worked_stays(company, elin):
    company.comes_to_work(company.amanda)
    now = clock.now()
    tomorrow = now + timedelta(days=1)
    yesterday = now - timedelta(days=1)
    for start in (tomorrow, yesterday):
        add_shift(
            actor=_planner(company),
            person=company.amanda,
            starts_at=start,
            ends_at=start + timedelta(hours=8),
            place_type="home",
            activities=[("queue", start, start + timedelta(hours=8), "")],
        )
    today = Shift.objects.get(starts_at__lt=now, ends_at__gt=now)
    Activity.objects.create(
        shift=today, kind="queue", starts_at=today.starts_at, ends_at=today.ends_at
    )
    end_employment(actor=elin, person=company.amanda)
    relay.tell_rooms()
    assert not ModeSpell.objects.filter(person=company.amanda, until=None).exists()
    before = Shift.objects.get(starts_at=yesterday)
    today.refresh_from_db()
    assert list(Shift.objects.order_by("starts_at")) == [before, today]
    assert before.ends_at == yesterday + timedelta(hours=8)
    assert now <= today.ends_at < now + timedelta(minutes=1)
    assert today.activities.get().ends_at == today.ends_at
    assert Event.objects.filter(kind="planning.shifts_ended").count() == 1


def _planner(company):
    return company.people.get("petra") or company.hire("Petra", None, Role.PLANNER, level=None)


def test_telling_the_rooms_again_changes_nothing(company, elin):
    company.comes_to_work(company.amanda)
    end_employment(actor=elin, person=company.amanda)
    assert (relay.tell_rooms(), relay.tell_rooms()) == (1, 0)
    assert OutboxHandling.objects.count() == 1


def test_a_room_that_fails_is_asked_again_and_holds_up_nobody_else(company, elin, monkeypatch):
    company.comes_to_work(company.amanda, company.bengt)
    broken = {company.amanda.pk}

    def weak(message):
        if int(message.about.split(":")[1]) in broken:
            raise OSError("no room in the room")

    monkeypatch.setitem(relay._readers["people.left"], "weak", weak)
    for person in (company.amanda, company.bengt):
        end_employment(actor=elin, person=person)
    assert relay.tell_rooms() == 1
    at_work = ModeSpell.objects.filter(until=None)
    assert [spell.person for spell in at_work] == [company.amanda]
    broken.clear()
    assert relay.tell_rooms() == 1
    assert not at_work.all().exists()


def test_the_stream_of_amandas_open_page_ends_and_she_is_asked_who_she_is(company):
    hub, amanda, bengt = Hub(), Browser(frozenset({"person:1"})), Browser(frozenset({"person:2"}))
    hub.join(amanda)
    hub.join(bengt)
    hub.tell('{"audience": "person:1", "topic": "stream", "version": 1}')
    assert (amanda.ended, bengt.ended) == (True, False)
    assert asyncio.run(amanda.next()) == b""
