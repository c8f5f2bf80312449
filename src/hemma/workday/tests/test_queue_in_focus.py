"""Pressing *queue* while the plan says focus: never by accident, always with a way back."""

import re

import pytest
from django.urls import reverse

from hemma.lib import clock
from hemma.workday.actions import begin_contact, end_contact, follow_plan, leave_part, set_mode
from hemma.workday.models import Mode, ModeSpell
from hemma.workday.queries import mode_by_plan
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


def counts(company):
    return mode_by_plan(company.amanda, company.amanda)


def pressed(bar):
    return re.findall(r'id="mode-(\w+)"[^>]*aria-pressed="true"', bar)


def seen_in(bar):
    return re.search(r'name="seen" value="(\w*)"', bar)[1]


@pytest.fixture
def working(company, client):
    """Amanda chose the queue at nine; her focus is planned from 10:00 to 10:45."""
    company.amandas_day()
    sign_in(client, company.amanda)
    with clock.moved_to(at(9, 15)):
        set_mode(actor=company.amanda, mode="ready")
    return company


def press(client, mode, seen):
    return client.post(reverse("workday:mode"), {"mode": mode, "seen": seen})


@pytest.mark.requirement("S0-8")
def test_the_bar_shows_focus_while_it_is_planned_and_the_queue_ends_it_when_pressed(
    working, client
):
    with clock.moved_to(at(10, 5)):
        bar = page(client, "mebar")
        assert pressed(bar) == ["focus"], "what counts is what is pressed"
        assert "Om du väljer kön kommer ärenden." in text_of(bar)
        press(client, "ready", seen_in(bar))
        assert counts(working) is Mode.READY
        bar = page(client, "mebar")
        assert pressed(bar) == ["ready"]
        assert "Ärenden kommer till dig. Fokus är planerat till 10:45." in text_of(bar)


@pytest.mark.requirement("S0-8")
def test_she_takes_it_back_in_one_press_and_the_queue_returns_by_itself_afterwards(working, client):
    before = ModeSpell.objects.count()
    with clock.moved_to(at(10, 5)):
        press(client, "ready", "focus")
        assert "Som planerat igen" in page(client, "mebar")
        press(client, "planned", "ready")
        assert counts(working) is Mode.FOCUS
        assert pressed(page(client, "mebar")) == ["focus"]
    with clock.moved_to(at(11, 5)):
        assert counts(working) is Mode.READY
    assert ModeSpell.objects.count() == before, "her history tells of no back and forth"


@pytest.mark.requirement("S0-8")
def test_a_press_on_a_bar_that_still_showed_the_queue_does_not_end_the_focus(working, client):
    """The page is a moment old: she presses *queue* out of habit as her focus begins."""
    with clock.moved_to(at(9, 59)):
        seen = seen_in(page(client, "mebar"))
        assert seen == "ready"
    with clock.moved_to(at(10, 0)):
        press(client, "ready", seen)
        assert counts(working) is Mode.FOCUS
        press(client, "ready", "focus")
        assert counts(working) is Mode.READY, "now she has seen it and means it"


def test_pressing_the_queue_in_the_queue_changes_nothing_for_the_focus_to_come(working, client):
    with clock.moved_to(at(9, 50)):
        press(client, "ready", "ready")
    with clock.moved_to(at(10, 5)):
        assert counts(working) is Mode.FOCUS


@pytest.mark.requirement("S0-30")
def test_no_press_of_the_queue_works_a_meal_break_away(working, client):
    with clock.moved_to(at(11, 50)):
        bar = page(client, "mebar")
        assert pressed(bar) == ["meal"]
        assert "Om du väljer kön" not in text_of(bar)
        press(client, "ready", seen_in(bar))
        assert counts(working) is Mode.MEAL
    with clock.moved_to(at(12, 31)):
        assert counts(working) is Mode.READY


def test_coming_back_from_stepping_away_is_no_choice_against_the_plan(working, client):
    with clock.moved_to(at(9, 55)):
        press(client, "away", "ready")
    with clock.moved_to(at(10, 5)):
        bar = page(client, "mebar")
        assert re.search(r'id="mebar-step"[^>]*value="planned"', bar)
        press(client, "planned", "")
        assert counts(working) is Mode.FOCUS


def test_a_talk_after_she_left_her_focus_brings_her_back_to_the_queue_and_not_to_focus(working):
    with clock.moved_to(at(10, 5)):
        leave_part(actor=working.amanda)
        begin_contact(actor=working.amanda)
    with clock.moved_to(at(10, 15)):
        end_contact(actor=working.amanda)
        assert counts(working) is Mode.READY
        follow_plan(actor=working.amanda)
        assert counts(working) is Mode.FOCUS


def test_a_talk_that_she_took_in_her_focus_does_not_end_it(working):
    """She helps one customer in her focus without having left it: afterwards focus goes on."""
    with clock.moved_to(at(10, 5)):
        begin_contact(actor=working.amanda)
    with clock.moved_to(at(10, 15)):
        end_contact(actor=working.amanda)
        assert counts(working) is Mode.FOCUS


def test_leaving_a_part_is_for_who_is_in_the_queue(company):
    company.amandas_day()
    with clock.moved_to(at(10, 5)):
        set_mode(actor=company.amanda, mode="focus")
        assert leave_part(actor=company.amanda) is False
        assert counts(company) is Mode.FOCUS
