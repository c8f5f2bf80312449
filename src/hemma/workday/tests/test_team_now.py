import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from hemma.lib import clock
from hemma.people.models import Look
from hemma.workday.actions import set_mode
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at
from hemma.workday.words import team_sentence

pytestmark = pytest.mark.django_db


def test_everyone_in_the_team_sees_the_very_same_list(company, client):
    company.amandas_day()
    set_mode(actor=company.amanda, mode="focus")
    lists = set()
    with clock.moved_to(at(10, 15)):
        for person in (company.amanda, company.bengt, company.tina):
            lists.add(page(sign_in(client, person), "team_list", company.team.pk))
    (only,) = lists
    assert "Amanda Nyström" in only


def test_the_list_says_mode_place_hours_and_when_somebody_is_back(company, client):
    company.amandas_day()
    company.shift(company.bengt, at(11, 30), at(18), "office")
    set_mode(actor=company.amanda, mode="focus")
    with clock.moved_to(at(10, 15)):
        body = page(sign_in(client, company.tina), "team_now")
    rows = [
        text_of(row).split()
        for row in re.findall(r'<tr role="row" id="member.*?</tr>', body, re.DOTALL)
    ]
    assert " ".join(rows[0]) == "AN Hemma Amanda Nyström Hemma Fokus 07:50–16:35 Åter 10:45"
    assert " ".join(rows[1]).endswith("Ledig 11:30–18:00 Börjar 11:30")


def test_who_is_away_is_never_said_to_be_back_at_a_time(company, client):
    company.amandas_day()
    set_mode(actor=company.amanda, mode="away")
    with clock.moved_to(at(10, 15)):
        body = page(sign_in(client, company.tina), "team_now")
    assert "Borta" in body
    assert "Åter" not in body


@pytest.mark.requirement("S4-1")
def test_the_team_is_one_list_and_one_place_of_it_only_when_asked_for(company, client):
    company.amandas_day()
    company.shift(company.bengt, at(8), at(16), "office")
    with clock.moved_to(at(10, 15)):
        sign_in(client, company.tina)
        address = reverse("workday:team", args=[company.team.pk])
        everyone = client.get(address).content.decode()
        at_home = client.get(f"{address}?place=home").content.decode()
        fragment = reverse("workday:team_list", args=[company.team.pk])
        renewed = client.get(f"{fragment}?place=office").content.decode()
        nowhere = client.get(f"{address}?place=customer_site").content.decode()
        unknown = client.get(f"{address}?place=moon").content.decode()
    assert everyone.count('id="team-list"') == 1
    assert rows_of(everyone) == rows_of(unknown) == {"Amanda Nyström", "Bengt Olsson"}
    assert rows_of(at_home) == {"Amanda Nyström"}
    assert f'hx-get="{fragment}?place=home"' in at_home, "what renews itself stays at that place"
    assert rows_of(renewed) == {"Bengt Olsson"}
    assert "Ingen arbetar därifrån i dag." in nowhere


def rows_of(body):
    """Whose rows stand in the list."""
    rows = re.findall(r'<tr role="row" id="member.*?</tr>', body, re.DOTALL)
    return {name for name in ("Amanda Nyström", "Bengt Olsson") if any(name in row for row in rows)}


def test_no_length_of_time_and_no_figure_about_a_person_is_in_the_list(company, client):
    company.amandas_day()
    with clock.moved_to(at(8, 3)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(10, 15)):
        set_mode(actor=company.amanda, mode="recess")
        clock.advance(at(10, 32) - at(10, 15))
        sign_in(client, company.tina)
        for body in (page(client, "team_list", company.team.pk), page(client, "my_team")):
            said = text_of(body)
            assert "Amanda Nyström" in said
            assert not re.search(r"\b\d+ ?(min|minut|h|tim|sek|%)", said)
            assert not re.search(r"08:03|10:15|10:32", body), (
                "when a mode began is nobody's business"
            )
            assert not re.search(r"aria-sort|data-sort|rank|score", body)


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        (["home"] * 7 + ["office"] * 5, "Tolv i teamet: sju hemma, fem på kontoret."),
        (["home"], "En i teamet: en hemma."),
        (["home", ""], "Två i teamet: en hemma, en ledig i dag."),
        (["", ""], "Två i teamet: två lediga i dag."),
        (["office"] * 13, "13 i teamet: 13 på kontoret."),
        (["customer_site", "other"], "Två i teamet: två på annan plats."),
        ([], "Ingen i teamet."),
    ],
)
def test_the_sentence_about_the_team_counts_in_words(places, sentence):
    with translation.override("sv"):
        assert team_sentence(len(places), [place for place in places if place]) == sentence


def test_the_list_costs_as_many_queries_for_two_hundred_as_for_twelve(company, client):
    sign_in(client, company.tina)
    counts = []
    with clock.moved_to(at(9)):
        for size in (12, 200):
            have = company.team.memberships.count()
            for number in range(have, size):
                person = company.member(f"Person{number} Ny")
                company.shift(person)
                if number < 12:
                    set_mode(actor=person, mode="ready")
            for name, args in [
                ("team_now", []),
                ("team_list", [company.team.pk]),
                ("my_team", []),
            ]:
                page(client, name, *args)
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    page(client, name, *args)
                counts.append(len(queries))
        assert page(client, "team_now").count('id="member-') == 200
    assert counts[:3] == counts[3:]


def test_charlie_gets_404_on_tinas_team_and_the_refusal_is_written_down(company, client):
    assert "Amanda" in page(sign_in(client, company.tina), "team", company.team.pk)
    sign_in(client, company.charlie)
    for name in ("team", "team_list"):
        before = Look.objects.count()
        answer = client.get(reverse(f"workday:{name}", args=[company.team.pk]))
        assert answer.status_code == 404
        assert "Amanda" not in answer.content.decode()
        refusal = Look.objects.order_by("pk").last()
        assert Look.objects.count() == before + 1
        assert (refusal.viewer, refusal.kind) == (company.charlie, "workday.mode")
        assert (refusal.outcome, refusal.about) == ("refused", f"team:{company.team.pk}")
    # One cannot tell a team of others from one that does not exist.
    there, nowhere = (
        text_of(client.get(reverse("workday:team", args=[team])).content.decode())
        for team in (company.team.pk, 999999)
    )
    assert there == nowhere


def test_charlies_own_pages_know_nothing_of_amanda(company, client):
    sign_in(client, company.charlie)
    for name in ("team_now", "my_day", "my_team", "mebar"):
        assert "Amanda" not in page(client, name)


def test_tina_with_two_teams_has_a_tab_for_each(company, client):
    company.other.leader = company.tina
    company.other.save()
    body = page(sign_in(client, company.tina), "team", company.other.pk)
    tabs = re.search(r'<nav class="tabs".*?</nav>', body, re.DOTALL)[0]
    assert re.findall(r">([^<]+)</a>", tabs) == ["Björkvik", "Tallmo"]
    assert re.search(r'aria-current="page">Tallmo', tabs)
    assert "Charlie" in body
    assert '<nav class="tabs"' not in page(sign_in(client, company.amanda), "team_now")
