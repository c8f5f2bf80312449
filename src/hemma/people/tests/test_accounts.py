"""The administrator's people: found, added, and let go."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from hemma.journal.models import Event, OutboxMessage
from hemma.people import actions, queries
from hemma.people.actions import Newcomer, add_people, add_person, join_team, set_skill
from hemma.people.models import Person, Role, Session, Site, Skill, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible

pytestmark = pytest.mark.django_db
PASSWORD = "winter apples 7 in a bowl"


@pytest.fixture
def site():
    return Site.objects.create(name="Linköping", country="SE")


@pytest.fixture
def imran():
    return add_person(
        actor=SYSTEM,
        email="imran@example.org",
        name="Imran Malik",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
        language="en",
    )


@pytest.fixture
def amanda(site):
    person = add_person(
        actor=SYSTEM, email="amanda@example.org", name="Amanda Nyström", password=PASSWORD
    )
    team = Team.objects.create(name="Björkvik", site=site, leader=person)
    join_team(actor=SYSTEM, person=person, team=team)
    skill = Skill.objects.create(code="invoices", name="Invoices")
    set_skill(actor=SYSTEM, person=person, skill=skill, level=7)
    return person


def browser(person, *, proved=True) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    if proved:
        client.post("/confirm/", {"password": PASSWORD})
    return client


def test_imran_sees_who_is_where_and_what_they_can(imran, amanda):
    page = browser(imran).get("/people/").content.decode()
    for word in ("Amanda Nyström", "amanda@example.org", "Björkvik", "Invoices 7"):
        assert word in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_finds_the_list_and_the_refusal_is_logged(imran, amanda, role):
    charlie = add_person(
        actor=SYSTEM, email="c@example.org", name="Charlie", password=PASSWORD, roles=[role]
    )
    client = browser(charlie)
    assert browser(imran).get("/people/new/").status_code == 200
    for address in ("/people/", "/people/new/"):
        assert client.get(address).status_code == 404
    for verb in ("left", "invitation"):
        assert client.post(f"/people/{amanda.pk}/{verb}/").status_code == 404
    assert charlie.looks.filter(outcome="refused").count() == 4
    assert Person.objects.get(pk=amanda.pk).is_active


def test_a_part_of_the_name_or_the_address_is_enough(imran, amanda):
    found = [
        [row.person for row in queries.accounts(imran, text=text).object_list]
        for text in ("nyst", "AMANDA@", "nobody")
    ]
    assert found == [[amanda], [amanda], []]


def test_the_list_comes_fifty_at_a_time_with_one_number_of_queries(imran, amanda):
    def cost() -> int:
        asker = Person.objects.get(pk=imran.pk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.accounts(asker)
        return len(asked)

    before = cost()
    many = [Newcomer(f"p{n}@example.org", f"Person {n}") for n in range(120)]
    add_people(actor=SYSTEM, newcomers=many)
    assert cost() == before
    page = queries.accounts(imran, number=3)
    assert page.paginator.count == 122
    assert len(page.object_list) == 22


def test_imran_adds_nora_who_is_invited_and_chooses_her_own_password(imran, amanda, site):
    team = Team.objects.get()
    words = {
        "name": "Nora Vik",
        "email": "nora@example.org",
        "roles": ["agent"],
        "site": site.pk,
        "team": team.pk,
        "language": "nb",
    }
    answer = browser(imran).post("/people/new/", words)
    assert answer.headers["Location"] == "/people/"
    nora = Person.objects.get(email="nora@example.org")
    assert not nora.has_usable_password()
    assert nora.memberships.get().team == team
    job = ProcrastinateJob.objects.get(task_name="people.send_invitation")
    assert job.args["person_id"] == nora.pk
    again = browser(imran).post("/people/new/", words)
    assert again.status_code == 200
    assert Person.objects.filter(email="nora@example.org").count() == 1


def test_imran_proves_that_it_is_him_before_somebody_is_let_go(imran, amanda):
    asked = browser(imran, proved=False).post(f"/people/{amanda.pk}/left/")
    assert "/confirm/" in asked.headers["Location"]
    assert Person.objects.get(pk=amanda.pk).is_active


def test_nothing_opens_for_amanda_from_the_moment_she_has_left(imran, amanda):
    hers = browser(amanda)
    assert hers.get("/me/sign-in/").status_code == 200
    browser(imran).post(f"/people/{amanda.pk}/left/")
    assert hers.get("/me/sign-in/").status_code == 302
    assert not Session.objects.filter(person=amanda).exists()
    fresh = Client()
    fresh.post("/sign-in/", {"login": "amanda@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in fresh.session
    assert not amanda.memberships.filter(until=None).exists()
    assert not amanda.grants.filter(until=None).exists()
    assert Team.objects.get().leader is None


def test_other_rooms_hear_that_amanda_has_left_once(imran, amanda):
    for _turn in range(2):
        actions.end_employment(actor=imran, person=amanda)
    [word] = OutboxMessage.objects.filter(kind="people.left")
    assert word.person_key == amanda.journal_key
    assert word.about == f"person:{amanda.pk}"
    event = Event.objects.get(kind="people.left")
    assert (event.actor_key, event.subject_key) == (imran.journal_key, amanda.journal_key)


def test_nobody_ends_their_own_employment_nor_the_last_administrators(imran, amanda):
    with pytest.raises(ValidationError):
        actions.end_employment(actor=imran, person=imran)
    with pytest.raises(ValidationError):
        actions.end_employment(actor=amanda, person=imran)
    assert Person.objects.get(pk=imran.pk).is_active
    petra = add_person(
        actor=SYSTEM, email="p@example.org", name="Petra", roles=[Role.ADMINISTRATOR]
    )
    actions.end_employment(actor=petra, person=imran)
    assert not Person.objects.get(pk=imran.pk).is_active


def test_an_account_that_does_not_exist_cannot_be_told_from_one_that_is_hidden(imran, amanda):
    assert queries.account(imran, amanda.pk) == amanda
    for asker, number in ((imran, 10**9), (amanda, imran.pk), (amanda, 10**9)):
        with pytest.raises(NotVisible):
            queries.account(asker, number)
