from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people.visibility import NotVisible
from hemma.planning.actions import book_block, take_block_back
from hemma.planning.models import Activity
from hemma.workday.actions import begin_contact, end_contact, set_mode
from hemma.workday.models import Mode
from hemma.workday.queries import mode_by_plan, modes_now
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


def counts(company):
    return mode_by_plan(company.amanda, company.amanda)


@pytest.mark.requirement("S0-8")
def test_amanda_books_focus_in_her_own_queue_time_and_takes_it_back(company, client):
    """S0-8: own focus phases, seen by the planner as part of the schedule."""
    company.shift(company.amanda, at(8), at(16), activities=[("rast", at(11, 30), at(12), "")])
    sign_in(client, company.amanda)
    with clock.moved_to(at(9)):
        told = {"kind": "focus", "starts": "10:00", "minutes": "45"}
        assert client.post(reverse("workday:book"), told).status_code == 302
        set_mode(actor=company.amanda, mode="ready")
        assert "Fokus" in text_of(page(client, "rhythm"))
        block = Activity.objects.get(kind="focus")
        with clock.moved_to(at(10, 15)):
            assert counts(company) is Mode.FOCUS
            with pytest.raises(ValidationError):
                take_block_back(actor=company.amanda, activity_id=block.pk)
        with pytest.raises(NotVisible):
            take_block_back(actor=company.bengt, activity_id=block.pk)
        client.post(reverse("workday:take_back", args=[block.pk]))
        with clock.moved_to(at(10, 15)):
            assert counts(company) is Mode.READY


@pytest.mark.requirement("S0-8")
def test_petra_sees_in_the_schedule_what_amanda_booked_as_focus(company, client):
    """S0-8: whoever plans sees the block; nobody has to tell them."""
    company.shift(company.amanda, at(8), at(16))
    with clock.moved_to(at(9)):
        told = {"kind": "focus", "starts": "10:00", "minutes": "45"}
        sign_in(client, company.amanda)
        client.post(reverse("workday:book"), told)
        sign_in(client, company.petra)
        week = client.get(reverse("planning:team", args=[company.team.pk])).content.decode()
        assert "Fokus 10:00–10:45" in text_of(week)


@pytest.mark.parametrize(
    ("starts", "minutes", "code"),
    [
        (at(11, 15), 30, "room"),
        (at(8), 30, "past"),
        (at(15, 45), 30, "shift"),
        (at(13), 95, "enough"),
    ],
)
def test_what_does_not_fit_is_said_in_words(company, starts, minutes, code):
    company.shift(company.amanda, at(8), at(16), activities=[("rast", at(11, 30), at(12), "")])
    with clock.moved_to(at(9)), pytest.raises(ValidationError) as refusal:
        book_block(
            actor=company.amanda,
            kind="focus",
            starts_at=starts,
            length=timedelta(minutes=minutes),
        )
    assert refusal.value.code == code


@pytest.mark.requirement("S0-26")
def test_nudges_leave_nothing_on_the_server(company, client):
    """S0-26: the words of a nudge come with the page; seeing one is told to nobody."""
    company.amandas_day()
    sign_in(client, company.amanda)
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
        before = Event.objects.count()
        assert "data-nudge" in page(client, "mebar")
        assert Event.objects.count() == before
    script = company_script()
    for word in ("fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "EventSource", "htmx"):
        assert word not in script


def company_script():
    from pathlib import Path

    from hemma import workday

    return (Path(workday.__file__).parent / "static/workday/rhythm.js").read_text()


@pytest.mark.requirement("S0-26")
def test_with_a_customer_is_no_mode_to_choose_but_follows_from_the_contact(company):
    """S0-26: the bar says that a contact goes on, so that no nudge comes in the middle of it."""
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
        begin_contact(actor=company.amanda)
        assert modes_now(company.bengt, [company.amanda.pk])[company.amanda.pk] is Mode.IN_CONTACT
        end_contact(actor=company.amanda)
        assert end_contact(actor=company.amanda) is Mode.READY
