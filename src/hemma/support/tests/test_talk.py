"""Somebody to talk to is one click away, and nobody learns who looked."""

import logging

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from hemma.people.actions import add_person, form_team, join_team, open_site
from hemma.people.models import Role, Session
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.support.actions import save_contact
from hemma.support.models import Contact, Sort
from hemma.support.queries import contacts

pytestmark = pytest.mark.django_db


class Company:
    """Amanda in Sweden, led by Tina; Nora in Norway; Åsa looks after both; Imran administers."""

    def __init__(self):
        sweden = open_site(actor=SYSTEM, name="Linköping", country="SE", zone="Europe/Stockholm")
        norway = open_site(actor=SYSTEM, name="Oslo", country="NO", zone="Europe/Oslo")
        self.tina = self.person("Tina Ekdahl", sweden, Role.TEAM_LEADER)
        self.amanda = self.person("Amanda Nyström", sweden, Role.AGENT)
        self.nora = self.person("Nora Vik", norway, Role.AGENT)
        self.asa = self.person("Åsa Lindgren", sweden, Role.SAFETY_REP)
        self.imran = self.person("Imran Malik", sweden, Role.ADMINISTRATOR)
        team = form_team(actor=SYSTEM, name="Björkvik", site=sweden, leader=self.tina)
        join_team(actor=SYSTEM, person=self.amanda, team=team)

    def person(self, name, site, role):
        email = f"{name.split()[0].lower()}@example.org".replace("å", "a")
        return add_person(actor=SYSTEM, email=email, name=name, roles=[role], site=site)


@pytest.fixture
def company():
    return Company()


def browser(person):
    client = Client(headers={"accept-language": "sv"})
    client.force_login(person)
    return client


def page(person):
    answer = browser(person).get(reverse("support:talk"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("S2-20")
def test_it_is_one_click_away_on_every_page(company):
    words = browser(company.amanda).get(reverse("people:visibility")).content.decode()
    foot = words.split("<footer")[1]
    assert reverse("support:talk") in foot
    assert "Jag behöver prata" in foot


@pytest.mark.requirement("S2-20")
def test_amanda_finds_her_leader_the_safety_representative_and_lines_of_her_country(company):
    words = page(company.amanda)
    assert "Tina Ekdahl" in words
    assert "Åsa Lindgren" in words
    assert "tel:90101" in words
    assert "Kirkens SOS" not in words
    assert "Imran Malik" not in words


@pytest.mark.requirement("S2-20")
def test_nora_finds_the_lines_of_norway(company):
    words = page(company.nora)
    assert "tel:116 123" in words
    assert "90101" not in words


def counts():
    """Rows of every table; when a session was last used is the same for every page."""
    return {one._meta.label: one._base_manager.count() for one in apps.get_models()}


@pytest.mark.requirement("S2-20")
def test_opening_it_leaves_no_trace_in_any_table_and_no_line_in_any_log(company, caplog):
    client = browser(company.amanda)
    client.get(reverse("people:visibility"))
    before, sessions = counts(), list(Session.objects.values_list("session_data", "number"))
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        answer = client.get(reverse("support:talk"))
    assert answer.status_code == 200
    assert counts() == before
    assert list(Session.objects.values_list("session_data", "number")) == sessions
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.requirement("S2-20")
def test_the_log_of_requests_tells_of_other_pages_and_not_of_this_one(company, monkeypatch):
    from hemma.ui import middleware

    lines = []
    monkeypatch.setattr(middleware.log, "info", lambda *_words, **told: lines.append(told["page"]))
    client = browser(company.amanda)
    client.get(reverse("people:visibility"))
    client.get(reverse("support:talk"))
    assert lines == ["people:visibility"]


@pytest.mark.requirement("S2-20")
def test_imran_adds_the_occupational_health_service_and_amanda_finds_it(company):
    client = browser(company.imran)
    address = reverse("support:contact_new")
    wrong = client.post(address, {"sort": "occupational", "name": "Hälsan", "country": "se"})
    assert wrong.status_code == 422
    assert "Hälsan" in wrong.content.decode()
    good = {"sort": "occupational", "name": "Hälsan", "country": "se", "phone": "013-10 00 00"}
    assert client.post(address, good).status_code == 302
    assert "013-10 00 00" in page(company.amanda)
    assert "013-10 00 00" not in page(company.nora)
    row = Contact.objects.get(name="Hälsan")
    client.post(reverse("support:remove", args=[row.pk]))
    assert "013-10 00 00" not in page(company.amanda)


def test_nobody_but_an_administrator_changes_the_lines(company):
    row = Contact.objects.first()
    for person in (company.amanda, company.tina, company.asa):
        client = browser(person)
        assert client.get(reverse("support:contacts")).status_code == 404
        assert client.post(reverse("support:remove", args=[row.pk])).status_code == 404
        with pytest.raises(NotVisible):
            contacts(person)
        with pytest.raises(NotVisible):
            save_contact(actor=person, row=Contact(sort=Sort.OTHER, name="x", phone="1"))
    assert Contact.objects.filter(pk=row.pk).exists()


def test_a_line_that_leads_nowhere_is_refused_by_the_database_too(company):
    with pytest.raises(ValidationError):
        save_contact(actor=company.imran, row=Contact(sort=Sort.OTHER, name="x"))
