import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from hemma.lib import clock
from hemma.people.actions import join_team
from hemma.people.models import Look, Site
from hemma.people.system import SYSTEM
from hemma.workday.actions import set_mode
from hemma.workday.models import ModeSpell
from hemma.workday.queries import mode_of
from hemma.workday.tests.company import at
from hemma.workday.words import team_sentence

pytestmark = pytest.mark.django_db


def sign_in(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client, name, *args, **headers):
    answer = client.get(reverse(f"workday:{name}", args=args), headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def text_of(markup):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))


# --- the bar ---------------------------------------------------------------


def test_amanda_changes_her_mode_with_one_click_and_stays_where_she_was(company, client):
    sign_in(client, company.amanda)
    here = reverse("people:visibility")
    bar = client.get(here).content.decode()
    assert f'name="next" value="{here}"' in bar
    answer = client.post(reverse("workday:mode"), {"mode": "focus", "next": here})
    assert (answer.status_code, answer.url) == (302, here)
    assert mode_of(company.amanda, company.amanda) == "focus"
    assert re.search(r'value="focus"[^>]*aria-pressed="true"', client.get(here).content.decode())


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_the_way_back_never_leads_to_somebody_elses_site(company, client, target):
    sign_in(client, company.amanda)
    answer = client.post(reverse("workday:mode"), {"mode": "focus", "next": target})
    assert answer.url == reverse("start")


def test_with_htmx_the_bar_is_answered_in_place(company, client):
    sign_in(client, company.amanda)
    answer = client.post(
        reverse("workday:mode"),
        {"mode": "meal"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/team/?x=1"},
    )
    bar = answer.content.decode()
    assert answer.status_code == 200
    assert bar.count('id="mebar"') == 1
    assert 'name="next" value="/team/?x=1"' in bar
    assert re.search(r'value="meal"[^>]*aria-pressed="true"', bar)


def test_stepping_away_is_one_click_without_a_reason_and_so_is_the_way_back(company, client):
    sign_in(client, company.amanda)
    before = page(client, "mebar")
    assert "Jag måste gå ifrån" in before
    assert not re.search(r"<(input(?![^>]*hidden)|select|textarea)", before)
    client.post(reverse("workday:mode"), {"mode": "away"})
    away = page(client, "mebar")
    assert "Du är borta." in away
    assert "Jag måste gå ifrån" not in away
    assert re.search(r'value="ready">.*Jag är tillbaka', away, re.DOTALL)


@pytest.mark.parametrize("mode", ["in_contact", "lost", "nonsense", ""])
def test_a_mode_that_cannot_be_chosen_changes_nothing(company, client, mode):
    sign_in(client, company.amanda)
    assert client.post(reverse("workday:mode"), {"mode": mode}).status_code == 400
    assert not ModeSpell.objects.exists()


def test_nobody_changes_anothers_mode(company, client):
    sign_in(client, company.tina)
    client.post(reverse("workday:mode"), {"mode": "ready", "person": company.amanda.pk})
    assert not ModeSpell.objects.filter(person=company.amanda).exists()
    assert mode_of(company.tina, company.tina) == "ready"


def test_tina_is_reachable_where_amanda_is_in_the_queue(company, client):
    assert "Nåbar" in page(sign_in(client, company.tina), "mebar")
    amandas = page(sign_in(client, company.amanda), "mebar")
    assert "Nåbar" not in amandas
    assert "Kö" in amandas


def test_the_bar_says_what_comes_next_and_in_how_long(company, client):
    company.amandas_day()
    with clock.moved_to(at(9, 37)):
        bar = text_of(page(sign_in(client, company.amanda), "mebar"))
    assert "Nästa: Fokus 10:00 – om 23 minuter" in bar


def test_the_thread_is_drawn_on_pages_without_the_band(company, client):
    company.amandas_day()
    sign_in(client, company.amanda)
    with clock.moved_to(at(9, 37)):
        assert 'class="thread"' in page(client, "team_now")
        assert 'class="thread"' not in page(client, "my_day")
        live = {"HX-Request": "true", "HX-Current-URL": "http://testserver/day/"}
        assert 'class="thread"' not in page(client, "mebar", **live)


def test_imran_and_asa_have_no_bar_and_no_my_day_in_the_menu(company, client):
    for person in (company.imran, company.asa):
        body = sign_in(client, person).get(reverse("people:visibility")).content.decode()
        assert 'id="mebar"' not in body
        assert reverse("workday:my_day") not in body
        assert reverse("workday:team_now") not in body


# --- my day ----------------------------------------------------------------


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


# --- the team now ----------------------------------------------------------


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
        client.get(reverse("workday:team", args=[team])).content.replace(b"%d" % team, b"")
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


def test_a_get_writes_nothing(company, client):
    company.amandas_day()
    sign_in(client, company.amanda)
    for name, args in [
        ("my_day", []),
        ("my_day_band", []),
        ("my_team", []),
        ("mebar", []),
        ("team_now", []),
        ("team", [company.team.pk]),
        ("team_list", [company.team.pk]),
    ]:
        with CaptureQueriesContext(connection) as queries:
            page(client, name, *args)
        verbs = {query["sql"].split()[0].upper() for query in queries}
        assert verbs <= {"SELECT"}, f"{name}: {verbs}"


def test_a_mode_is_changed_by_post_alone(company, client):
    sign_in(client, company.amanda)
    assert client.get(reverse("workday:mode") + "?mode=away").status_code == 405
    assert not ModeSpell.objects.exists()


def test_without_sign_in_there_is_nothing(company, client):
    for name in ("my_day", "team_now", "mebar", "my_team"):
        assert client.get(reverse(f"workday:{name}")).status_code == 302
