"""A line that goes down is noticed, shown kindly, never written down, and forgotten when it is back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.planning.models import Absence
from hemma.workday import actions, queries
from hemma.workday.models import ModeSpell
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def amanda(company):
    with clock.moved_to(at(9)):
        company.amandas_day()
        actions.set_mode(actor=company.amanda, mode="ready")
        actions.answer_beat(actor=company.amanda)
        yield company.amanda


def mode(person):
    return queries.mode_of(SYSTEM, person)


def test_amanda_whose_lid_is_closed_is_lost_and_back_where_she_was_when_it_opens(amanda):
    clock.advance(10 * MINUTE)
    assert mode(amanda) == "lost"
    actions.answer_beat(actor=amanda)
    assert mode(amanda) == "ready"


def test_chatwoot_13720_a_tab_in_the_background_that_answers_once_a_minute_never_flaps(amanda):
    for _minute in range(30):
        clock.advance(MINUTE)
        assert mode(amanda) == "ready"
        actions.answer_beat(actor=amanda)


def test_one_lost_answer_on_a_poor_line_changes_nothing(amanda):
    clock.advance(2 * MINUTE)
    assert mode(amanda) == "ready"
    assert actions.notice_lost(actor=SYSTEM) == 0


def test_several_browsers_agree_any_of_them_is_enough(amanda, company):
    laptop, phone = (sign_in(Client(), amanda) for _ in range(2))
    for browser in (laptop, phone, phone, phone):
        clock.advance(2 * MINUTE)
        assert browser.post(reverse("workday:here")).status_code == 204
        assert mode(amanda) == "ready"
        for one in (laptop, phone):
            bar = page(one, "mebar")
            assert 'value="ready" class="m-queue" data-key="q"' in bar
            assert "Din uppkoppling låg nere" not in bar


def test_nothing_about_a_lost_line_is_kept(amanda):
    before = Event.objects.count(), ModeSpell.objects.count()
    clock.advance(10 * MINUTE)
    assert actions.notice_lost(actor=SYSTEM) == 1
    assert actions.notice_lost(actor=SYSTEM) == 0
    actions.answer_beat(actor=amanda)
    assert (Event.objects.count(), ModeSpell.objects.count()) == before
    assert [spell.mode for spell in queries.mode_history(amanda, amanda)] == ["ready"]


def test_colleagues_see_away_and_amanda_reads_that_nothing_is_held_against_her(
    amanda, company, client
):
    clock.advance(10 * MINUTE)
    assert "down" not in text_of(page(sign_in(client, company.bengt), "team_now"))
    assert "Borta" in page(client, "team_now")
    assert "ligger dig inte till last" in text_of(page(sign_in(client, amanda), "mebar"))


@pytest.mark.parametrize("chosen", ["focus", "meal", "recess", "away", "off"])
def test_whoever_takes_no_work_anyway_is_left_in_peace(amanda, chosen):
    actions.set_mode(actor=amanda, mode=chosen)
    clock.advance(60 * MINUTE)
    assert mode(amanda) == chosen
    assert actions.notice_lost(actor=SYSTEM) == 0


def test_a_browser_that_never_answers_is_not_taken_for_a_lost_line(company):
    """Without JavaScript there are no answers; that is no sign that somebody is gone."""
    with clock.moved_to(at(9)):
        actions.set_mode(actor=company.bengt, mode="ready")
        clock.advance(60 * MINUTE)
        assert mode(company.bengt) == "ready"


def test_a_clock_that_is_set_back_loses_nobody(amanda):
    clock.advance(-60 * MINUTE)
    assert mode(amanda) == "ready"


def test_choosing_a_mode_is_an_answer(amanda):
    clock.advance(10 * MINUTE)
    actions.set_mode(actor=amanda, mode="ready")
    assert mode(amanda) == "ready"


def test_amanda_is_sick_today_with_one_click_and_takes_it_back_with_another(amanda, client):
    sign_in(client, amanda)
    assert "Jag är sjuk i dag" in page(client, "end_day")
    client.post(reverse("workday:sick"))
    assert mode(amanda) == "off"
    assert Absence.objects.count() == 1
    assert "Ta hand om dig" in page(client, "my_day")
    assert "Jag är sjuk i dag" not in page(client, "end_day")
    clock.advance(MINUTE)
    client.post(reverse("workday:back"))
    assert "Ta hand om dig" not in page(client, "my_day")
    assert "Nu är jag här" in page(client, "start_day")


def test_colleagues_see_that_amanda_is_off_and_not_that_she_is_sick(amanda, company, client):
    actions.sick_today(actor=amanda)
    seen = text_of(page(sign_in(client, company.bengt), "team_list", company.team.pk))
    assert "Amanda Nyström" in seen
    assert "sjuk" not in seen.lower()
