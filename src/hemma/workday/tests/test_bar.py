import re

import pytest
from django.urls import reverse

from hemma.lib import clock
from hemma.workday.models import ModeSpell
from hemma.workday.queries import mode_of
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


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
    assert re.search(r'value="planned">.*Jag är tillbaka', away, re.DOTALL)


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
