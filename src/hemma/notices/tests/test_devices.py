"""The browsers that are told: sealed, one's own, forgotten when they let go, never inside a network."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hemma.journal import relay
from hemma.journal.actions import put_in_outbox
from hemma.journal.models import Event
from hemma.lib import clock, sealing
from hemma.notices.actions import (
    add_device,
    ensure_key,
    forget,
    let_through,
    push_due,
    try_devices,
)
from hemma.notices.models import Device, Push, PushKey
from hemma.workday.actions import set_mode
from hemma.workday.tests.browsing import sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


def tell(person, kind="case.mentioned"):
    put_in_outbox(kind=kind, person=person, about="case:1")
    relay.tell_rooms()
    let_through()


def journal(kind, person):
    return Event.objects.filter(kind=kind, subject_key=person.journal_key).count()


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_let_go_is_forgotten(status, week, phone_of, pushes):
    phone_of(week.amanda)
    pushes.answers = [status]
    with clock.moved_to(at(9, 30)):
        tell(week.amanda)
        assert push_due() == 0
        assert not Device.objects.exists()
        tell(week.amanda)
        assert push_due() == 0
    assert len(pushes.got) == 1
    assert journal("notices.device_gone", week.amanda) == 1


def test_a_service_that_is_busy_is_asked_again_and_not_for_ever(week, phone_of, pushes):
    phone_of(week.bengt)
    week.shift(week.bengt, at(8), at(16))
    pushes.answers = [503, 429, 201]
    with clock.moved_to(at(9)):
        tell(week.bengt)
        assert push_due() == 0
    with clock.moved_to(at(9, 2)):
        assert push_due() == 0
    with clock.moved_to(at(9, 10)):
        assert push_due() == 1
    pushes.answers = [503] * 10
    with clock.moved_to(at(10)):
        tell(week.bengt)
    for minute in range(0, 120, 5):
        with clock.moved_to(at(10) + timedelta(minutes=minute)):
            push_due()
    assert not Push.objects.exists()
    assert Device.objects.exists()


def test_an_address_inside_a_network_is_never_asked(week, phone_of, pushes, settings):
    """Whoever gives a made-up browser cannot have us knock at doors of our own network."""
    phone = phone_of(week.amanda)
    settings.OUTWARD_NETWORKS = []
    with clock.moved_to(at(9, 30)):
        tell(week.amanda)
        assert push_due() == 0
    assert phone.got() == []
    assert not Device.objects.exists()


def test_a_browser_belongs_to_the_last_who_asked(week, phone_of):
    phone = phone_of(week.amanda)
    keys = phone.keys()
    add_device(
        actor=week.bengt,
        address=sealing.unseal(phone.device.sealed_address),
        point=keys["p256dh"],
        secret=keys["auth"],
        name="x",
    )
    with clock.moved_to(at(9, 30)):
        tell(week.amanda)
        assert push_due() == 0
    assert Device.objects.get().person == week.bengt


def test_address_and_keys_lie_sealed_and_so_does_our_own(week, phone_of):
    phone = phone_of(week.amanda)
    ensure_key()
    stored = [bytes(getattr(Device.objects.get(), f"sealed_{x}")) for x in ("address", "point")]
    assert all(phone.path.encode() not in one for one in stored)
    key = PushKey.objects.get()
    assert sealing.unseal(key.sealed_private).encode() not in bytes(key.sealed_private)
    assert ensure_key().public == key.public


def test_with_another_secret_key_the_browsers_are_asked_anew(week, phone_of, settings):
    phone_of(week.amanda)
    old = ensure_key().public
    settings.SECRET_KEY = "another" * 8
    assert ensure_key().public != old
    assert not Device.objects.exists()


def test_a_trial_goes_the_whole_way_in_working_hours_and_no_way_outside_of_them(
    week, phone_of, client
):
    phone = phone_of(week.amanda)
    sign_in(client, week.amanda)
    with clock.moved_to(at(20)):
        page = client.post(reverse("notices:try_devices"), follow=True).content.decode()
        assert "inget kommer till dig nu" in text_of(page)
        try_devices(actor=week.amanda)
        assert push_due() == 0
    with clock.moved_to(at(9, 30)):
        client.post(reverse("notices:try_devices"))
        assert push_due() == 1
    assert phone.words() == ["Så här ser en avisering ut. Den säger aldrig vad det gäller."]


def test_who_has_gone_home_before_the_shift_is_over_hears_nothing(week, phone_of):
    phone = phone_of(week.amanda)
    with clock.moved_to(at(9)):
        set_mode(actor=week.amanda, mode="ready")
    with clock.moved_to(at(9, 30)):
        tell(week.amanda)
        set_mode(actor=week.amanda, mode="off")
        assert push_due() == 0
    assert phone.got() == []


def test_a_leavers_phone_is_forgotten_with_them(week, phone_of):
    phone_of(week.amanda)
    week.amanda.is_active = False
    week.amanda.save()
    put_in_outbox(kind="people.left", person=None, about=f"person:{week.amanda.pk}")
    relay.tell_rooms()
    assert not Device.objects.exists()
    forget()


def test_charlie_can_remove_nobodys_browser_but_his_own(week, phone_of, client):
    phone = phone_of(week.amanda)
    address = reverse("notices:remove_device", args=[phone.device.pk])
    sign_in(client, week.charlie)
    assert client.post(address).status_code == 404
    assert Device.objects.exists()
    sign_in(client, week.amanda)
    client.post(address)
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"address": "file:///etc/passwd"},
        {"address": "ftp://x.example/"},
        {"point": "AAAA"},
        {"secret": "å"},
        {"secret": ""},
    ],
)
def test_what_no_browser_says_is_refused(change, week, phone_of, client):
    keys = phone_of(week.bengt).keys()
    good = {
        "address": "https://push.example.org/x",
        "point": keys["p256dh"],
        "secret": keys["auth"],
    }
    sign_in(client, week.amanda)
    assert client.post(reverse("notices:add_device"), good | change).status_code == 422
    assert client.post(reverse("notices:add_device"), good).status_code == 204
    assert Device.objects.get(person=week.amanda).name
