"""Invitations and new passwords by mail; and nobody can lock a colleague out."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from hemma.lib import clock
from hemma.people import actions
from hemma.people.actions import add_person
from hemma.people.models import Person, Session
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
BASE = "https://hemma.example.org/"
PASSWORD = "winter apples 7 in a bowl"
NEW = "summer pears 9 on a plate"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def amanda():
    return add_person(
        actor=SYSTEM, email="amanda@example.org", name="Amanda Nyström", password=PASSWORD
    )


def ask(email="amanda@example.org", **extra):
    return Client().post("/me/password/forgotten/", {"email": email}, **extra)


def send_reset(email, base):
    """What the job does."""
    actions.send_reset(actor=SYSTEM, email=email, base=base)


def link() -> str:
    return re.search(r"https://hemma\.example\.org(\S+)", mail.outbox[-1].body)[1]


def choose(address: str, password=NEW):
    token = address.partition("link=")[2]
    return Client().post("/me/password/", {"link": token.replace("%3A", ":"), "password": password})


def sign_in(password, client=None, **extra) -> Client:
    client = client or Client()
    client.post("/sign-in/", {"login": "amanda@example.org", "password": password}, **extra)
    return client


def test_a_newcomer_without_a_password_is_invited_and_gets_in(amanda):
    nora = add_person(actor=SYSTEM, email="nora@example.org", name="Nora Vik", language="nb")
    actions.send_invitation(actor=SYSTEM, person=nora, base=BASE)
    letter = mail.outbox[-1]
    assert letter.to == ["nora@example.org"]
    assert letter.subject == "Velkommen til Hemma"
    assert Client().get(link()).status_code == 200
    assert choose(link()).headers["Location"] == "/sign-in/"
    client = Client()
    client.post("/sign-in/", {"login": "nora@example.org", "password": NEW})
    assert client.session["_auth_user_id"] == str(nora.pk)


def test_a_link_works_once_and_ends_every_session(amanda):
    there = sign_in(PASSWORD)
    send_reset("Amanda@example.org", BASE)
    first = link()
    assert choose(first).status_code == 302
    assert there.get("/me/sign-in/").status_code == 302
    assert not Session.objects.filter(person=amanda).exists()
    assert choose(first, "other words 11 here").status_code == 404
    assert sign_in(NEW).session["_auth_user_id"] == str(amanda.pk)


def test_using_one_link_ends_those_sent_before(amanda):
    send_reset("amanda@example.org", BASE)
    first = link()
    with clock.moved_to(clock.now() + timedelta(seconds=5)):
        send_reset("amanda@example.org", BASE)
        assert choose(link()).status_code == 302
    assert Client().get(first).status_code == 404


@pytest.mark.parametrize(("kind", "hours"), [("reset", 1), ("invitation", 24 * 7)])
def test_a_link_grows_old(amanda, kind, hours):
    if kind == "reset":
        send_reset("amanda@example.org", BASE)
    else:
        actions.send_invitation(actor=SYSTEM, person=amanda, base=BASE)
    now = clock.now()
    with clock.moved_to(now + timedelta(hours=hours, minutes=-1)):
        assert Client().get(link()).status_code == 200
    with clock.moved_to(now + timedelta(hours=hours, minutes=1)):
        assert Client().get(link()).status_code == 404


def test_a_changed_link_opens_nothing(amanda):
    send_reset("amanda@example.org", BASE)
    assert Client().get(link()).status_code == 200
    assert Client().get(f"{link()[:-3]}abc").status_code == 404
    assert Client().get("/me/password/").status_code == 404


def test_a_weak_password_is_refused_in_words(amanda):
    send_reset("amanda@example.org", BASE)
    assert choose(link(), "amanda").status_code == 200
    assert sign_in(PASSWORD).session["_auth_user_id"] == str(amanda.pk)


def test_nobody_can_tell_from_the_answer_whether_an_account_exists(amanda):
    answers = [ask("amanda@example.org"), ask("nobody@example.org")]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    jobs = ProcrastinateJob.objects.filter(task_name="people.send_reset")
    assert jobs.count() == 2, "the page itself must not look anybody up"
    assert mail.outbox == []
    for job in jobs:
        send_reset(**job.args)
    assert [one.to for one in mail.outbox] == [["amanda@example.org"]]


def test_nobody_is_flooded_with_mail_and_the_links_that_came_still_work(amanda):
    for _turn in range(5):
        send_reset("amanda@example.org", BASE)
    assert len(mail.outbox) == actions.links.MAILS_AN_HOUR
    assert Client().get(link()).status_code == 200


def test_one_address_cannot_ask_for_ever(amanda):
    for number in range(35):
        assert ask(f"p{number}@example.org").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="people.send_reset").count() == 30


def test_someone_who_has_left_gets_no_link(amanda):
    Person.objects.filter(pk=amanda.pk).update(is_active=False)
    amanda.refresh_from_db()
    send_reset("amanda@example.org", BASE)
    actions.send_invitation(actor=SYSTEM, person=amanda, base=BASE)
    assert mail.outbox == []


def test_a_colleague_who_guesses_cannot_lock_amanda_out_of_her_own_browser(amanda):
    own = sign_in(PASSWORD)
    own.post("/sign-out/")
    for _turn in range(6):
        sign_in("a guess")
    assert "_auth_user_id" not in sign_in(PASSWORD).session, "a stranger's browser has to wait"
    assert sign_in(PASSWORD, own).session["_auth_user_id"] == str(amanda.pk)


def test_guesses_from_elsewhere_do_not_stop_amanda_at_a_new_computer(amanda):
    for _turn in range(6):
        sign_in("a guess", REMOTE_ADDR="192.0.2.7")
    assert sign_in(PASSWORD, REMOTE_ADDR="192.0.2.8").session["_auth_user_id"] == str(amanda.pk)


def test_a_stolen_word_for_another_person_gives_no_tries(amanda):
    add_person(actor=SYSTEM, email="c@example.org", name="C", password=PASSWORD)
    charlie = Client()
    charlie.post("/sign-in/", {"login": "c@example.org", "password": PASSWORD})
    charlie.post("/sign-out/")
    for _turn in range(6):
        sign_in("a guess", charlie)
    assert "_auth_user_id" not in sign_in(PASSWORD, charlie).session
