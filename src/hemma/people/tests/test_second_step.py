"""Roles that need a second proof, browsers by name, and tries that lock no colleague out."""

import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hemma.people.actions import add_person, set_roles
from hemma.people.devices import describe
from hemma.people.models import Role, Session
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "winter apples 7 in a bowl"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def tina():
    return add_person(
        actor=SYSTEM, email="tina@example.org", name="Tina", password=PASSWORD,
        roles=[Role.TEAM_LEADER], language="en",
    )  # fmt: skip


@pytest.fixture
def amanda():
    return add_person(
        actor=SYSTEM, email="amanda@example.org", name="Amanda", password=PASSWORD, language="en"
    )


def test_leaders_and_administrators_need_a_second_proof_unless_told_otherwise(tmp_path):
    code = "from django.conf import settings; print(settings.SECOND_STEP_ROLES)"
    for told, found in ((None, ["administrator", "team_leader"]), ("manager", ["manager"])):
        said = {"HEMMA_SECOND_STEP": told} if told is not None else {}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={
                "PYTHONPATH": str(configured.PACKAGE.parent),
                "DJANGO_SETTINGS_MODULE": "hemma.settings",
                "HEMMA_DATA": str(tmp_path),
                **said,
            },
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == str(found)


@pytest.mark.requirement("S3-18")
def test_tina_gets_no_further_before_she_has_a_second_proof(tina, settings):
    settings.SECOND_STEP_ROLES = ["team_leader"]
    client = Client()
    client.force_login(tina)
    for path in ("/me/who-sees-what/", "/team/", "/cases/", "/people/export/"):
        assert client.get(path).headers["Location"] == "/me/sign-in/needed/"
    assert client.post("/day/mode/", {"mode": "ready"}).headers["Location"] == "/me/sign-in/needed/"
    page = client.get("/me/sign-in/needed/").content.decode()
    for name in ("mfa_add_webauthn", "mfa_activate_totp"):
        assert reverse(name) in page
        assert client.get(reverse(name)).headers["Location"].startswith("/confirm/")
    Authenticator.objects.create(user=tina, type="totp", data={"secret": "x"})
    assert client.get("/me/who-sees-what/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/me/who-sees-what/").status_code == 302, "asked anew in every request"


@pytest.mark.requirement("S3-18")
def test_the_rule_follows_the_role(amanda, settings):
    settings.SECOND_STEP_ROLES = ["team_leader"]
    client = Client()
    client.force_login(amanda)
    assert client.get("/me/who-sees-what/").status_code == 200
    set_roles(actor=SYSTEM, person=amanda, roles=[Role.AGENT, Role.TEAM_LEADER])
    assert client.get("/me/who-sees-what/").status_code == 302
    set_roles(actor=SYSTEM, person=amanda, roles=[Role.AGENT])
    assert client.get("/me/who-sees-what/").status_code == 200


def test_a_session_is_recognised_by_browser_and_system_and_nothing_finer(amanda):
    client = Client(headers={"user-agent": FIREFOX, "accept-language": "en"})
    client.force_login(amanda)
    page = client.get("/me/sign-in/").content.decode()
    assert Session.objects.get(person=amanda).device == "Firefox, Linux"
    assert "Firefox, Linux" in client.get("/me/sign-in/").content.decode()
    assert "140.0" not in page
    client.post("/confirm/", {"password": PASSWORD})
    assert Session.objects.get(person=amanda).device == "Firefox, Linux", "kept when it is saved"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/5 (KHTML) Chrome/14 Safari/5 Edg/14", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/6", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/5 Chrome/14 Mobile Safari/5", "Chrome, Android"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_browsers_by_name(words, name):
    assert describe(words) == name


def tries(client, email="amanda@example.org", password="wrong", address="192.0.2.1"):
    answer = client.post("/sign-in/", {"login": email, "password": password}, REMOTE_ADDR=address)
    return answer.status_code == 302


def test_whoever_guesses_in_the_same_office_locks_no_colleague_out(amanda, tina, settings):
    # As in earnest, with fewer failures a minute for one address: a good hash takes its time.
    settings.ACCOUNT_RATE_LIMITS = configured.ACCOUNT_RATE_LIMITS | {
        "login_failed": "3/h/ip,5/h/key"
    }
    own = Client()
    assert tries(own, password=PASSWORD)
    own.post("/sign-out/")
    for number in range(3):
        tries(Client(), email=f"nobody{number}@example.org")
    assert tries(own, password=PASSWORD), "her own browser counts by itself"
    assert not tries(Client(), email="tina@example.org", password=PASSWORD), "strangers do wait"


def test_a_new_password_by_mail_opens_the_way_in_a_browser_that_was_unknown(amanda, settings):
    from hemma.people import links

    settings.ACCOUNT_RATE_LIMITS = configured.ACCOUNT_RATE_LIMITS | {"login_failed": "2/h/key"}
    for _turn in range(2):
        tries(Client())
    fresh = Client()
    assert not tries(fresh, password=PASSWORD)
    chosen = "autumn pears 9 on a plate"
    fresh.post("/me/password/", {"link": links.make(amanda, "reset"), "password": chosen})
    assert tries(fresh, password=chosen)
