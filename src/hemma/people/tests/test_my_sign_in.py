"""Proving that it is you: codes, recovery codes, and the places where one is signed in."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core.cache import cache
from django.test import Client

from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Session
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "winter apples 7 in a bowl"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def amanda():
    return add_person(
        actor=SYSTEM, email="amanda@example.org", name="Amanda", password=PASSWORD, language="en"
    )


def signed_in(password=PASSWORD) -> Client:
    client = Client(headers={"accept-language": "en"})
    found = client.post("/sign-in/", {"login": "amanda@example.org", "password": password})
    assert found.status_code == 302, found.content.decode()
    return client


def prove(client) -> None:
    client.post("/confirm/", {"password": PASSWORD})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))


def turn_on(client) -> str:
    page = client.get("/me/sign-in/codes/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page)[1]
    answer = client.post("/me/sign-in/codes/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/me/sign-in/"
    return secret


def test_amanda_proves_that_it_is_her_before_she_changes_how_she_signs_in(amanda):
    client = signed_in()
    asked = client.get("/me/sign-in/codes/")
    assert asked.headers["Location"].startswith("/confirm/")
    prove(client)
    assert client.get("/me/sign-in/codes/").status_code == 200


def test_the_picture_to_scan_stands_in_the_page_and_nothing_is_inline(amanda):
    client = signed_in()
    prove(client)
    page = client.get("/me/sign-in/codes/").content.decode()
    assert "<svg" in page
    assert "data:image" not in page
    assert "<?xml" not in page


def test_with_codes_on_the_password_alone_does_not_let_anybody_in(amanda):
    client = signed_in()
    prove(client)
    secret = turn_on(client)
    assert Event.objects.filter(kind="people.totp_on", actor_key=amanda.journal_key).exists()
    other = signed_in()
    assert "_auth_user_id" not in other.session
    assert other.get("/me/sign-in/").status_code == 302
    wrong = other.post("/sign-in/second-step/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    cache.clear()  # a code works once; the next half minute is not waited for
    other.post("/sign-in/second-step/", {"code": code_of(secret)})
    assert other.session["_auth_user_id"] == str(amanda.pk)


def test_the_secret_is_sealed_in_the_database(amanda):
    client = signed_in()
    prove(client)
    secret = turn_on(client)
    row = Authenticator.objects.get(user=amanda, type="totp")
    assert secret not in str(row.data)


def test_a_recovery_code_lets_amanda_in_once(amanda):
    client = signed_in()
    prove(client)
    turn_on(client)
    page = client.post("/me/sign-in/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>(\d+)</code>", page)
    assert len(codes) == 10
    for expected in (True, False):
        other = signed_in()
        other.post("/sign-in/second-step/", {"code": codes[0]})
        assert ("_auth_user_id" in other.session) is expected


def test_new_recovery_codes_end_the_old_ones_and_turning_codes_off_ends_all(amanda):
    client = signed_in()
    prove(client)
    turn_on(client)
    pattern = r"<li><code>(\d+)</code>"
    old = re.findall(pattern, client.post("/me/sign-in/recovery-codes/").content.decode())
    new = re.findall(pattern, client.post("/me/sign-in/recovery-codes/new/").content.decode())
    assert len(new) == 10
    assert not set(old) & set(new)
    client.post("/me/sign-in/codes/off/")
    assert not Authenticator.objects.exists()


def test_nothing_can_be_turned_off_without_a_proof(amanda):
    client = signed_in()
    prove(client)
    turn_on(client)
    other = Client()
    other.force_login(amanda)
    for page in ("codes/off/", "recovery-codes/", "recovery-codes/new/"):
        answer = other.post(f"/me/sign-in/{page}")
        assert "/confirm/" in answer.headers["Location"], page
    assert Authenticator.objects.filter(user=amanda, type="totp").exists()


def test_charlie_cannot_remove_amandas_passkey(amanda):
    charlie = add_person(actor=SYSTEM, email="c@example.org", name="C", password=PASSWORD)
    key = Authenticator.objects.create(user=amanda, type="webauthn", data={"name": "Phone"})
    client = Client()
    client.force_login(charlie)
    prove(client)
    assert client.post(f"/me/sign-in/passkeys/{key.pk}/").status_code == 404
    assert charlie.looks.filter(outcome="refused", kind="people.sign_in").exists()
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_amanda_sees_where_she_is_signed_in_and_which_one_is_here(amanda):
    signed_in()
    page = signed_in().get("/me/sign-in/").content.decode()
    assert page.count("this one") == 1
    assert page.count("Sign out there") == 1


def test_a_place_that_amanda_ends_is_signed_out_and_charlie_cannot_end_hers(amanda):
    there, here = signed_in(), signed_in()
    number = Session.objects.get(session_key=there.session.session_key).number
    charlie = Client()
    charlie.force_login(add_person(actor=SYSTEM, email="c@example.org", name="C"))
    assert charlie.post(f"/me/sign-in/places/{number}/").status_code == 404
    assert there.get("/me/sign-in/").status_code == 200
    here.post(f"/me/sign-in/places/{number}/")
    assert there.get("/me/sign-in/").status_code == 302
    assert here.get("/me/sign-in/").status_code == 200


def test_signing_out_everywhere_else_leaves_only_here(amanda):
    others, here = [signed_in(), signed_in()], signed_in()
    here.post("/me/sign-in/places/others/")
    assert [one.get("/me/sign-in/").status_code for one in others] == [302, 302]
    assert here.get("/me/sign-in/").status_code == 200


def test_signing_out_ends_the_session_itself(amanda):
    client = signed_in()
    key = client.session.session_key
    client.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()
    assert not Session.objects.filter(person=amanda).exists()


def test_a_changed_password_ends_the_other_sessions(amanda):
    there, here = signed_in(), signed_in()
    words = {"oldpassword": PASSWORD, "password1": "summer pears 9", "password2": "summer pears 9"}
    assert here.post("/me/sign-in/password/", words).status_code == 302
    assert here.get("/me/sign-in/").status_code == 200
    assert there.get("/me/sign-in/").status_code == 302
    assert Session.objects.filter(person=amanda).count() == 1
    signed_in("summer pears 9")


def test_a_session_remembers_its_beginning_and_when_it_was_last_used(amanda):
    client = signed_in()
    before = Session.objects.get(person=amanda)
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        client.get("/me/sign-in/")
        client.post("/ui/appearance/", {"theme": "dark", "next": "/"})
        after = Session.objects.get(person=amanda)
    assert after.since == before.since
    assert after.number == before.number
    assert after.last_seen - before.last_seen >= timedelta(minutes=59)
