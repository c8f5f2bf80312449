"""Working in peace: words come bundled, what one's leader calls urgent comes at once, rest is rest."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.lib import clock
from hemma.notices.actions import let_through, write_word
from hemma.notices.models import Word
from hemma.notices.queries import unread_count, words_after_hours
from hemma.people.models import Team
from hemma.people.visibility import NotVisible
from hemma.workday.actions import Agreed, agree_ways, set_mode, work_in_peace
from hemma.workday.tests.browsing import sign_in, text_of
from hemma.workday.tests.company import Company, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db):
    made = Company()
    made.amandas_day()
    with clock.moved_to(at(8, 15)):
        set_mode(actor=made.amanda, mode="ready")
    return made


@pytest.mark.requirement("S1-9", "S3-31")
def test_words_come_bundled_every_thirty_minutes(company):
    with clock.moved_to(at(8, 20)):
        work_in_peace(actor=company.amanda)
    for minute in (25, 40):
        with clock.moved_to(at(8, minute)):
            write_word(actor=company.bengt, person=company.amanda, text="Har du en minut?")
            assert let_through() == 0
            assert unread_count(company.amanda) == 0
    with clock.moved_to(at(8, 50)):
        assert let_through() == 2
    with clock.moved_to(at(8, 58)):  # what has come stays to be read
        assert unread_count(company.amanda) == 2


@pytest.mark.requirement("S0-8", "S1-9", "S3-31")
def test_what_her_leader_calls_urgent_reaches_amanda_in_focus_and_in_peace(company):
    with clock.moved_to(at(10, 5)):  # focus by the plan
        write_word(actor=company.tina, person=company.amanda, text="Sen")
        write_word(actor=company.tina, person=company.amanda, text="Nu", urgent=True)
        assert let_through() == 1
    with clock.moved_to(at(10, 45)):  # recess: not even that
        write_word(actor=company.tina, person=company.amanda, text="Nu igen", urgent=True)
        assert let_through() == 0
    with clock.moved_to(at(11)):
        assert let_through() == 2
    with clock.moved_to(at(20)):
        write_word(actor=company.tina, person=company.amanda, text="Nu!", urgent=True)
        assert let_through() == 0


@pytest.mark.requirement("S0-8")
def test_a_held_word_is_delivered_when_focus_ends_at_a_quarter_to_eleven(company):
    with clock.moved_to(at(10, 1)):
        write_word(actor=company.bengt, person=company.amanda, text="Fika?")
        assert let_through() == 0
    with clock.moved_to(at(10, 44)):
        assert let_through() == 0
    with clock.moved_to(at(10, 46)):  # the recess that follows is hers as well
        assert let_through() == 0
    with clock.moved_to(at(11)):
        assert let_through() == 1


def test_only_who_leads_somebody_writes_urgently(company, client):
    with pytest.raises(ValidationError) as refusal:
        write_word(actor=company.bengt, person=company.amanda, text="Nu", urgent=True)
    assert refusal.value.code == "urgent"
    with clock.moved_to(at(10, 5)):
        sign_in(client, company.bengt)
        url = reverse("notices:write", args=[company.amanda.pk])
        assert "urgent" not in client.get(url).content.decode()
        client.post(url, {"text": "Hej", "urgent": "on"})
    assert not Word.objects.filter(urgent=True).exists()


@pytest.mark.requirement("S4-7")
def test_whoever_writes_sees_what_the_team_has_agreed_and_that_it_is_outside_of_it(company, client):
    rows = (Agreed("word", 120), Agreed("call", 15, time(9), time(15)))
    agree_ways(actor=company.tina, team=company.team, rows=rows)
    sign_in(client, company.bengt)
    url = reverse("notices:write", args=[company.amanda.pk])
    with clock.moved_to(at(9, 30)):
        words = text_of(client.get(url).content.decode())
        assert "15 minuter, mellan 09:00 och 15:00" in words
        assert "utanför" not in words
    with clock.moved_to(at(15, 30)):
        words = text_of(client.get(url).content.decode())
        assert words.count("utanför det vi kommit överens om") == 1
    with clock.moved_to(at(20)):
        assert "är ledig" in text_of(client.get(url).content.decode())


@pytest.mark.requirement("S4-10")
def test_words_to_people_who_are_off_are_told_as_one_number_of_all_leaders(company, client):
    """Each of them waits; the manager sees how many, of three leaders or more, and of nobody alone."""
    with clock.moved_to(at(20, 30)):
        write_word(actor=company.tina, person=company.amanda, text="Tack för idag")
        write_word(actor=company.bengt, person=company.amanda, text="Vi ses")  # no leader
        assert words_after_hours(company.sara) is None
        for number, name in enumerate(("Elin", "Omar")):
            leader = company.person(f"{name} Ek", "team_leader")
            Team.objects.create(name=f"Team {number}", site=company.site, leader=leader)
        assert words_after_hours(company.sara) == 1
        for nobody in (company.tina, company.amanda, company.petra):
            with pytest.raises(NotVisible):
                words_after_hours(nobody)
        sign_in(client, company.sara)
        assert "1 ord" in text_of(client.get(reverse("workday:hours_trend")).content.decode())
