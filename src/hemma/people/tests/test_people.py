"""Accounts, and the order people stand in."""

import pytest
from django.core.exceptions import ValidationError

from hemma.journal.models import Event
from hemma.people.actions import add_person
from hemma.people.models import Person, Role, Site
from hemma.people.queries import by_name
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db


def test_people_stand_in_nordic_order_whatever_the_servers_locale():
    names = ["Östen", "Zeta", "Ärla", "anna", "Åsa", "Éva", "Erik", "Øyvind", "Ægir"]
    for number, name in enumerate(names):
        add_person(actor=SYSTEM, email=f"p{number}@example.org", name=name)
    ordered = [person.name for person in by_name(Person.objects.all())]
    assert ordered[:5] == ["anna", "Erik", "Éva", "Zeta", "Åsa"]
    assert set(ordered[5:7]) == {"Ärla", "Ægir"}
    assert set(ordered[7:]) == {"Östen", "Øyvind"}


def test_an_address_belongs_to_one_person_however_it_is_written():
    add_person(actor=SYSTEM, email="Amanda@example.org", name="Amanda Nyström")
    with pytest.raises(ValidationError):
        add_person(actor=SYSTEM, email="amanda@EXAMPLE.org", name="Someone else")
    assert Person.objects.count() == 1


def test_a_role_that_does_not_exist_makes_nobody():
    with pytest.raises(ValidationError):
        add_person(actor=SYSTEM, email="a@example.org", name="A", roles=["boss"])
    assert not Person.objects.exists()


def test_the_administrator_can_make_an_account_and_the_journal_says_so():
    imran = add_person(
        actor=SYSTEM, email="imran@example.org", name="Imran", roles=[Role.IT_SUPPORT]
    )
    amanda = add_person(actor=imran, email="amanda@example.org", name="Amanda Nyström")
    event = Event.objects.get(kind="people.added", subject_key=amanda.journal_key)
    assert event.actor_key == imran.journal_key


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError):
        Site(name="Nowhere", country="SE", zone="Europe/Nowhere").full_clean()


def test_an_account_without_a_password_cannot_sign_in(client):
    add_person(actor=SYSTEM, email="amanda@example.org", name="Amanda Nyström")
    for password in ("", "None", "password"):
        response = client.post("/sign-in/", {"login": "amanda@example.org", "password": password})
        assert response.status_code == 200
        assert "_auth_user_id" not in client.session
