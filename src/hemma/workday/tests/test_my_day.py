import re

import pytest
from django.urls import reverse

from hemma.lib import clock
from hemma.people.actions import join_team
from hemma.people.models import Site
from hemma.people.system import SYSTEM
from hemma.workday.actions import set_mode
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


def test_amanda_starts_on_my_day(company, client):
    assert sign_in(client, company.amanda).get("/").url == reverse("workday:my_day")


def test_my_day_greets_and_says_where_and_when(company, client):
    company.amandas_day()
    with clock.moved_to(at(9, 37)):
        body = text_of(page(sign_in(client, company.amanda), "my_day"))
    assert "God förmiddag, Amanda" in body
    assert "Torsdag 19 november. Du arbetar hemifrån, 07:50–16:35." in body
    assert "Klockan är 09:37. Nästa är Fokus 10:00." in body
    assert "Coachning med Tina" in body


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "Hej, Amanda"),
        (7, "God morgon"),
        (9, "God förmiddag"),
        (12, "God eftermiddag"),
        (18, "God kväll"),
        (23, "Hej, Amanda"),
    ],
)
def test_the_greeting_follows_the_persons_own_clock(company, client, hour, words):
    with clock.moved_to(at(hour, 30)):
        assert words in page(sign_in(client, company.amanda), "my_day")


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("Europe/Stockholm", "08:00–16:45"),
        ("Europe/Madrid", "08:00–16:45"),
        ("Atlantic/Canary", "07:00–15:45"),
    ],
)
def test_times_are_in_the_readers_zone(company, client, zone, hours):
    site = Site.objects.create(name="Långt bort", country="ES", zone=zone)
    reader = company.person("Nora Vik", site=site)
    join_team(actor=SYSTEM, person=reader, team=company.team)
    company.shift(company.amanda)
    company.shift(reader)
    with clock.moved_to(at(9)):
        sign_in(client, reader)
        assert hours in page(client, "my_day")
        rows = re.findall(r'<tr role="row" id="member.*?</tr>', page(client, "team_now"), re.DOTALL)
        (amanda,) = [row for row in rows if "Amanda" in row]
        assert hours in amanda


def test_a_free_day_says_when_one_starts_again(company, client):
    company.shift(company.amanda, at(8, day=20), at(16, day=20))
    with clock.moved_to(at(10)):
        body = text_of(page(sign_in(client, company.amanda), "my_day"))
    assert "Du är ledig i dag." in body
    assert "Du börjar igen i morgon 08:00." in body
    assert "day__band" not in body


def test_nobody_planned_anything_and_the_page_is_still_kind(company, client):
    body = page(sign_in(client, company.amanda), "my_day")
    assert "Ditt nästa pass är inte planerat än." in body


def test_on_my_day_the_phones_list_runs_from_now_on(company, client):
    company.amandas_day()
    with clock.moved_to(at(9, 37)):
        body = page(sign_in(client, company.amanda), "my_day")
    listed = text_of(re.search(r'<ol class="dayline">.*?</ol>', body, re.DOTALL)[0])
    assert listed.strip().startswith("09:10 Kö till 10:00 09:37 Nu 10:00 Fokus")
    assert "Uppstart" not in listed


def test_between_two_activities_now_stands_before_the_next(company, client):
    company.shift(
        company.amanda,
        activities=[("queue", at(8), at(9), ""), ("focus", at(10), at(11), "")],
    )
    with clock.moved_to(at(9, 30)):
        body = page(sign_in(client, company.amanda), "my_day")
    listed = text_of(re.search(r'<ol class="dayline">.*?</ol>', body, re.DOTALL)[0])
    assert listed.split() == ["09:30", "Nu", "10:00", "Fokus"]


def test_my_day_shows_who_else_works_today_in_name_order_with_the_leader(company, client):
    for person in (company.amanda, company.bengt, company.tina):
        company.shift(person)
    company.member("Åsa-Lena Ek")
    late = company.member("Östen Dal")
    company.shift(late)
    set_mode(actor=company.tina, mode="ready")
    with clock.moved_to(at(9)):
        faces = page(sign_in(client, company.amanda), "my_team")
    names = re.findall(r'list__grow">([^<]+)', faces)
    assert names == ["Bengt Olsson", "Tina Ekdahl", "Östen Dal"]
    assert "Leder teamet" in faces
    assert "Nåbar" in faces
    assert "4 av 5" in faces
