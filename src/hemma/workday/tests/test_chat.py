"""Amanda's own chat says that she has gone home, and nothing else; going home never waits for it."""

import socket
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from hemma.journal.models import Event, OutboxMessage
from hemma.lib import clock, sealing
from hemma.people.queries.everything import rows_of
from hemma.people.system import SYSTEM
from hemma.people.visibility import registry
from hemma.workday import actions, tasks
from hemma.workday.models import ChatLink
from hemma.workday.tests.browsing import everything_of, page, sign_in, text_of
from hemma.workday.tests.chat_server import TOKEN, USER, chat_server
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat(settings):
    settings.OUTWARD_NETWORKS = ["127.0.0.0/8"]
    with chat_server() as server:
        yield server


@pytest.fixture
def amanda(company):
    """At work since eight, with a shift until 16.35."""
    company.amandas_day()
    with clock.moved_to(at(8)):
        actions.set_mode(actor=company.amanda, mode="ready")
    return company.amanda


def connect(person, chat, kind="mattermost", token=TOKEN):
    with clock.moved_to(at(9)):
        return actions.connect_chat(actor=person, kind=kind, address=chat.url, token=token)


def told(hour, minute=0, day=19):
    with clock.moved_to(at(hour, minute, day=day)):
        return actions.tell_chats()


def goes_home(person):
    with clock.moved_to(at(16)):
        actions.shut_down(actor=person)


@pytest.mark.requirement("S0-22")
def test_mattermost_says_gone_home_at_shutdown_and_nothing_when_the_day_begins(amanda, chat):
    connect(amanda, chat)
    assert [one[:2] for one in chat.asked] == [("GET", "/api/v4/users/me")]
    assert told(9, 1) == 0  # there is nothing to say
    goes_home(amanda)
    assert told(16, 1) == 1
    assert (chat.status, chat.custom) == ("dnd", ("house", "Gått hem"))
    assert told(16, 2) == 0
    with clock.moved_to(at(8, day=20)):
        actions.start_day(actor=amanda)
        assert actions.tell_chats() == 1
    assert (chat.status, chat.custom) == ("online", None)


@pytest.mark.requirement("S0-22")
def test_slack_says_so_too(amanda, chat):
    connect(amanda, chat, "slack")
    goes_home(amanda)
    assert told(16, 1) == 1
    assert chat.custom == (":house:", "Gått hem")
    with clock.moved_to(at(8, day=20)):
        actions.set_mode(actor=amanda, mode="ready")
        actions.tell_chats()
    assert chat.custom == ("", "")


@pytest.mark.requirement("S0-22")
def test_only_the_state_is_told_never_a_pause_a_time_or_a_reason(amanda, chat):
    connect(amanda, chat)
    for minute, mode in enumerate(("focus", "recess", "meal", "away", "ready")):
        with clock.moved_to(at(10, minute)):
            actions.set_mode(actor=amanda, mode=mode)
            assert actions.tell_chats() == 0
    goes_home(amanda)
    told(16, 1)
    said = [one for one in chat.asked if one[0] != "GET"]
    assert said == [
        ("PUT", f"/api/v4/users/{USER}/status/custom", {"emoji": "house", "text": "Gått hem"}),
        ("PUT", f"/api/v4/users/{USER}/status", {"user_id": USER, "status": "dnd"}),
    ]


@pytest.mark.requirement("S0-22")
def test_who_forgets_to_say_goodbye_has_gone_home_in_the_chat_as_well(amanda, chat):
    connect(amanda, chat)
    with clock.moved_to(at(16)):
        actions.end_modes(actor=SYSTEM, person=amanda)
    assert told(16, 1) == 1
    assert chat.custom


@pytest.mark.requirement("S0-22")
def test_a_chat_that_is_down_holds_nobody_up_and_hears_it_later(amanda, chat, company):
    connect(amanda, chat)
    chat.refuse = 503, {}
    goes_home(amanda)
    assert told(16, 1) == 0
    link = ChatLink.objects.get()
    assert (link.problem, link.attempts) == ("busy", 1)
    assert told(16, 1) == 0
    assert len(chat.asked) == 2  # not before its time
    chat.refuse = None
    assert told(16, 3) == 1
    assert ChatLink.objects.get().problem == ""
    assert chat.custom


@pytest.mark.requirement("S0-22")
def test_what_was_meanwhile_is_never_told(amanda, chat):
    """The chat is down over night: in the morning it hears what holds then, and no going home."""
    connect(amanda, chat)
    chat.refuse = 503, {}
    goes_home(amanda)
    told(16, 1)
    with clock.moved_to(at(8, day=20)):
        actions.start_day(actor=amanda)
    chat.refuse = None
    asked = len(chat.asked)
    assert told(8, 1, day=20) == 1
    assert [one[0] for one in chat.asked[asked:]] == ["DELETE", "PUT"]
    assert chat.status == "online"


@pytest.mark.requirement("S0-22")
@pytest.mark.django_db(transaction=True)
def test_a_day_that_begins_while_the_chat_is_being_told_is_told_next(company, chat):
    with clock.moved_to(at(8)):
        actions.set_mode(actor=company.amanda, mode="ready")
    connect(company.amanda, chat)
    goes_home(company.amanda)

    def begins_anew():  # in the thread of the chat's server, in a connection of its own
        chat.during = None
        try:
            with clock.moved_to(at(16)):
                actions.start_day(actor=company.amanda)
        finally:
            connection.close()

    chat.during = begins_anew
    assert told(16, 1) == 2
    assert (chat.status, chat.custom) == ("online", None)


@pytest.mark.requirement("S0-22")
def test_a_key_that_was_taken_back_is_not_tried_again_and_amanda_is_told(amanda, chat, client):
    connect(amanda, chat)
    chat.refuse = 401, {}
    goes_home(amanda)
    assert [told(16, 1), told(17)] == [0, 0]
    assert len(chat.asked) == 2
    with clock.moved_to(at(16, 5)):
        said = text_of(page(sign_in(client, amanda), "chat"))
    assert "känner inte igen nyckeln" in said


@pytest.mark.requirement("S0-22")
def test_it_gives_up_in_the_end_and_begins_anew_with_the_next_day(amanda, chat):
    connect(amanda, chat)
    chat.refuse = 503, {}
    goes_home(amanda)
    moment = at(16)
    for _turn in range(20):
        with clock.moved_to(moment):
            actions.tell_chats()
        moment += timedelta(hours=5)
    assert ChatLink.objects.get().next_try_at is None
    assert 5 < len(chat.asked) < 12
    chat.refuse = None
    with clock.moved_to(moment):
        actions.start_day(actor=amanda)
        assert actions.tell_chats() == 1


@pytest.mark.requirement("S0-22")
@pytest.mark.parametrize(
    ("kind", "token", "refuse", "code"),
    [
        ("mattermost", "wrong", None, "key"),
        ("slack", "wrong", None, "key"),
        ("mattermost", TOKEN, (403, {}), "may_not"),
        ("slack", TOKEN, (200, {"ok": False, "error": "missing_scope"}), "may_not"),
        ("mattermost", TOKEN, (200, b"<html>hello</html>"), "no_chat"),
        ("mattermost", TOKEN, (200, {"id": 7}), "no_chat"),
        ("slack", TOKEN, (302, {}), "no_chat"),
        ("slack", TOKEN, (429, {}), "busy"),
    ],
)
def test_what_does_not_work_is_said_and_nothing_is_kept(amanda, chat, kind, token, refuse, code):
    chat.refuse = refuse
    with pytest.raises(ValidationError) as refusal:
        connect(amanda, chat, kind, token)
    assert refusal.value.code == code
    assert not ChatLink.objects.exists()


@pytest.mark.requirement("S0-22")
def test_addresses_inside_are_not_asked(amanda, chat, settings):
    settings.OUTWARD_NETWORKS = []
    for address in (chat.url, "https://127.0.0.1/", "ftp://chat.example.com", "https://a:b@c.se"):
        with pytest.raises(ValidationError) as refusal:
            actions.connect_chat(actor=amanda, kind="mattermost", address=address, token=TOKEN)
        assert refusal.value.code in {"inside", "silent"}
    assert chat.asked == []


@pytest.mark.requirement("S0-22")
def test_an_address_where_nobody_answers_is_said(amanda, settings):
    settings.OUTWARD_NETWORKS = ["127.0.0.0/8"]
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(ValidationError) as refusal:
            actions.connect_chat(actor=amanda, kind="slack", address=address, token=TOKEN)
    assert refusal.value.code == "silent"


@pytest.mark.requirement("S0-22")
def test_the_key_lies_sealed_and_is_in_no_page_no_export_and_no_journal(amanda, chat, client):
    connect(amanda, chat)
    link = ChatLink.objects.get()
    assert TOKEN.encode() not in bytes(link.sealed_token)
    assert sealing.unseal(link.sealed_token) == TOKEN
    (table,) = registry["workday.chat"].tables
    assert "sealed_token" in table.secret
    assert len(list(rows_of(amanda, table))) == 1
    with clock.moved_to(at(9, 5)):
        sign_in(client, amanda)
        assert TOKEN not in page(client, "chat")
        everything = everything_of(client, amanda)
        assert chat.url in everything
        assert TOKEN not in everything
    assert TOKEN not in str(list(Event.objects.values()))


@pytest.mark.requirement("S0-22")
def test_amanda_connects_tries_and_disconnects_on_the_page(amanda, chat, client):
    sign_in(client, amanda)
    with clock.moved_to(at(9)):
        assert "inga tider, inga pauser, inga skäl" in text_of(page(client, "chat"))
        form = {"kind": "mattermost", "address": "", "token": TOKEN}
        url = reverse("workday:chat")
        answer = client.post(url, form)
        assert answer.status_code == 422
        assert "Skriv var din Mattermost finns" in answer.content.decode()
        answer = client.post(url, form | {"address": chat.url, "token": "wrong"})
        assert answer.status_code == 422
        assert "känner inte igen nyckeln" in answer.content.decode()
        assert "wrong" not in answer.content.decode()
        client.post(url, form | {"address": chat.url})
        assert "Den säger inget om dig nu" in text_of(page(client, "chat"))
        client.post(reverse("workday:try_chat"))
        assert "Den får veta det nu" in text_of(page(client, "chat"))
        assert actions.tell_chats() == 1
        client.post(reverse("workday:end_chat"))
        assert not ChatLink.objects.exists()
    goes_home(amanda)
    assert told(16, 1) == 0
    kinds = Event.objects.filter(kind__startswith="workday.chat").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["workday.chat_connected", "workday.chat_ended"]


@pytest.mark.requirement("S0-22")
def test_it_is_amandas_own_and_nobody_else_can_see_or_end_it(amanda, chat, client, company):
    connect(amanda, chat)
    with clock.moved_to(at(9, 5)):
        for other in (company.tina, company.bengt, company.charlie, company.imran, company.sara):
            sign_in(client, other)
            assert chat.url not in page(client, "chat")
            client.post(reverse("workday:end_chat"))
            client.post(reverse("workday:try_chat"))
    assert ChatLink.objects.get(person=amanda).next_try_at is None


@pytest.mark.requirement("S0-22")
def test_who_has_left_leaves_no_key_behind(amanda, chat):
    connect(amanda, chat)
    amanda.is_active = False
    amanda.save()
    with clock.moved_to(at(16)):
        tasks.end_modes(OutboxMessage(kind="people.left", about=f"person:{amanda.pk}"))
    assert not ChatLink.objects.exists()
    assert told(16, 1) == 0
