"""What comes while a queue is closed: it waits, or whoever is on call is asked, and then rests."""

from datetime import datetime, timedelta, timezone

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hemma.desk.models import Customer, Mailbox, Message, OutgoingMail, RawMail
from hemma.journal.models import Event, OutboxMessage
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_shift
from hemma.planning.models import Activity, Shift
from hemma.routing import actions, queries
from hemma.routing.models import Offer, OnCall, QueueRules, Verdict
from hemma.workday.actions import set_mode

LATE = datetime(2026, 11, 24, 22, 10, tzinfo=timezone(timedelta(hours=1)))
HOUR = timedelta(hours=1)


@pytest.fixture
def night(company):
    """Ten past ten in the evening; the queue closed at eight."""
    with clock.moved_to(LATE):
        yield company


def on_call(company, person):
    return actions.put_on_call(
        actor=company.tina,
        queue=company.queue,
        person=person,
        starts_at=LATE - HOUR,
        ends_at=LATE + 8 * HOUR,
    )


@pytest.mark.requirement("S4-12")
def test_nobody_is_asked_at_night_and_kim_is_told_what_the_queue_says(night):
    actions.set_rules(
        actor=night.tina, queue=night.queue, customer_message="Vi öppnar klockan sju."
    )
    night.comes_to_work(night.amanda)
    case = night.kim_writes()
    for _turn in range(2):
        assert actions.decide() == 0
    word = OutboxMessage.objects.get(kind="routing.customer_word")
    assert word.about == f"case:{case.pk}"
    assert word.data["text"] == "Vi öppnar klockan sju."
    assert word.data["promised_at"]


@pytest.mark.requirement("S4-12")
def test_only_who_is_listed_is_paged_and_nothing_is_offered_before_they_say_they_are_here(night):
    actions.set_rules(actor=night.tina, queue=night.queue, out_of_hours="on_call")
    on_call(night, night.bengt)
    night.kim_writes()
    assert actions.decide() == 0
    assert OutboxMessage.objects.get(kind="routing.on_call").person_key == night.bengt.journal_key
    set_mode(actor=night.amanda, mode="ready")
    assert actions.decide() == 0
    set_mode(actor=night.bengt, mode="ready")
    assert actions.decide() == 1
    assert Offer.objects.get().person == night.bengt


@pytest.mark.requirement("S4-12")
def test_a_case_on_call_moves_tomorrows_start_so_that_the_whole_rest_is_had(night):
    actions.set_rules(actor=night.tina, queue=night.queue, out_of_hours="on_call", rest_after_h=11)
    on_call(night, night.bengt)
    tomorrow = LATE.replace(hour=7, minute=0) + timedelta(days=1)
    add_shift(
        actor=SYSTEM,
        person=night.bengt,
        starts_at=tomorrow,
        ends_at=tomorrow + 9 * HOUR,
        place_type="office",
    )
    set_mode(actor=night.bengt, mode="ready")
    night.kim_writes()
    actions.decide()
    actions.accept(actor=night.bengt, offer_id=Offer.objects.get().pk)
    moved = Shift.objects.get(person=night.bengt)
    assert moved.starts_at - clock.now() >= 11 * HOUR
    assert moved.ends_at == tomorrow + 9 * HOUR


@pytest.mark.requirement("S4-12")
def test_kim_gets_the_queues_own_words_and_the_promised_time_once_in_her_language(night):
    actions.set_rules(
        actor=night.tina, queue=night.queue, customer_message="Vi öppnar klockan sju."
    )
    case = night.kim_writes()
    Customer.objects.filter(pk=case.customer_id).update(language="nb")
    Message.objects.create(case=case, direction="in", at=clock.now(), text="Hei!")
    for _turn in range(3):
        actions.decide()
    told = Message.objects.get(case=case, direction="auto")
    assert told.text.startswith("Vi öppnar klockan sju.")
    assert "Et menneske tar kontakt med deg senest" in told.text
    assert OutgoingMail.objects.get(message=told).to_address == "kim@example.net"


def test_a_machine_that_writes_at_night_gets_no_answer(night):
    actions.set_rules(actor=night.tina, queue=night.queue, customer_message="Vi öppnar sju.")
    case = night.kim_writes()
    raw = RawMail.objects.create(
        mailbox=Mailbox.objects.get(),
        uidvalidity=1,
        uid=1,
        stored_at=clock.now(),
        content=b"From: x@example.net\r\nAuto-Submitted: auto-replied\r\n\r\nAway.\r\n",
        sha256="0" * 64,
    )
    Message.objects.create(case=case, direction="in", at=clock.now(), text="Away.", raw=raw)
    actions.decide()
    assert not Message.objects.filter(direction="auto").exists()


@pytest.mark.requirement("S4-12")
def test_work_on_call_is_recorded_with_the_code_that_pay_is_made_by(night):
    actions.set_rules(
        actor=night.tina, queue=night.queue, out_of_hours="on_call", compensation_code="JOUR2"
    )
    on_call(night, night.bengt)
    set_mode(actor=night.bengt, mode="ready")
    night.kim_writes()
    actions.decide()
    actions.accept(actor=night.bengt, offer_id=Offer.objects.get().pk)
    event = Event.objects.get(kind="routing.worked_on_call")
    assert event.subject_key == night.bengt.journal_key
    assert event.data == {"compensation_code": "JOUR2"}


def test_tina_lists_bengt_on_the_page_and_takes_him_off_again(company, client):
    client.force_login(company.tina)
    page = f"/routing/rules/{company.queue.pk}/"
    told = {
        "person": company.bengt.pk,
        "starts_at": "2026-11-24T20:00",
        "ends_at": "2026-11-25T06:00",
    }
    wrong = client.post(f"{page}on-call/", told | {"ends_at": "2026-11-24T19:00"})
    assert wrong.status_code == 422
    assert not OnCall.objects.exists()
    client.post(f"{page}on-call/", told)
    row = OnCall.objects.get()
    assert row.starts_at == datetime(2026, 11, 24, 20, tzinfo=timezone(timedelta(hours=1)))
    assert "Bengt" in client.get(page).content.decode()
    client.force_login(company.charlie)
    assert client.post(f"{page}on-call/{row.pk}/end/").status_code == 404
    client.force_login(company.tina)
    client.post(f"{page}on-call/{row.pk}/end/")
    assert not OnCall.objects.exists()


def test_without_on_call_in_the_rules_a_list_of_people_asks_nobody(night):
    on_call(night, night.bengt)
    set_mode(actor=night.bengt, mode="ready")
    night.kim_writes()
    assert actions.decide() == 0
    assert not OutboxMessage.objects.filter(kind="routing.on_call").exists()


def test_who_is_on_call_for_a_queue_is_its_leaders_to_say_and_never_twice_at_a_time(night):
    with pytest.raises(PermissionDenied):
        actions.put_on_call(
            actor=night.charlie,
            queue=night.queue,
            person=night.bengt,
            starts_at=LATE,
            ends_at=LATE + HOUR,
        )
    on_call(night, night.bengt)
    with pytest.raises(ValidationError):
        on_call(night, night.bengt)


def test_rules_are_versions_that_decisions_name(company):
    with pytest.raises(PermissionDenied):
        actions.set_rules(actor=company.charlie, queue=company.queue)
    with pytest.raises(ValidationError):
        actions.set_rules(actor=company.tina, queue=company.queue, answer_within_s=1)
    actions.set_rules(actor=company.tina, queue=company.queue)
    actions.set_rules(
        actor=company.tina, queue=company.queue, answer_within_s=300, also_in_wrap_up=True
    )
    assert [rules.version for rules in QueueRules.objects.order_by("version")] == [1, 2]
    assert queries.rules_of(SYSTEM, company.queue.pk).version == 2
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    offer = Offer.objects.get()
    assert offer.expires_at - offer.offered_at == timedelta(seconds=300)
    assert Verdict.objects.get(case=case).person == company.amanda


def test_an_offer_ends_with_the_hours_of_its_person(company):
    company.comes_to_work(company.amanda)
    company.kim_writes()
    actions.decide()
    Shift.objects.filter(person=company.amanda).update(ends_at=clock.now())
    actions.decide()
    assert Offer.objects.get().state == Offer.State.WITHDRAWN


def test_nothing_that_cannot_be_put_aside_comes_just_before_the_meal_break(company):
    """Mail lasts over a break; the facts hold when the break begins."""
    from hemma.routing.queries import facts

    add_shift(
        actor=SYSTEM,
        person=company.amanda,
        starts_at=clock.now() - HOUR,
        ends_at=clock.now() + 6 * HOUR,
        place_type="home",
        activities=[("rast", clock.now() + HOUR, clock.now() + 2 * HOUR, "")],
    )
    set_mode(actor=company.amanda, mode="ready")
    company.kim_writes()
    amanda = next(p for p in facts(SYSTEM).people if p.id == company.amanda.pk)
    assert amanda.next_stop_s == Activity.objects.get().starts_at.timestamp()
