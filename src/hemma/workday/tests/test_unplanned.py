"""Where nobody plans, people come to work when they come, while customers can come too."""

from datetime import time, timedelta

import pytest
from django.test import Client

from hemma.desk.actions.queues import open_queue
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.planning.models import Shift
from hemma.workday import actions, queries
from hemma.workday.tests.company import at


@pytest.fixture
def open_from_eight_to_five(company):
    """The queue of Amanda's team; Thursday 19 November 2026 is among its days."""
    return open_queue(
        actor=SYSTEM, name="Faktura", programme="Björkvik", team=company.team, skill=None,
        answer_within=timedelta(hours=4), language="sv", zone="Europe/Stockholm",
        opening=[(day, time(8), time(17)) for day in range(5)],
    )  # fmt: skip


def hours(person):
    return list(
        Shift.objects.filter(person=person).values_list("starts_at", "ends_at", "unplanned")
    )


@pytest.mark.usefixtures("open_from_eight_to_five")
def test_amanda_for_whom_nobody_plans_works_from_when_she_begins_until_the_queue_closes(company):
    with clock.moved_to(at(9, 37)):
        actions.set_mode(actor=company.amanda, mode="ready")
        [(start, end, unplanned)] = hours(company.amanda)
        assert (start.replace(microsecond=0), end, unplanned) == (at(9, 37), at(17), True)
        assert queries.hours_now(company.amanda).works
        assert queries.past_hours(company.amanda) is None
        actions.set_mode(actor=company.amanda, mode="off")
        actions.start_day(actor=company.amanda)
        assert len(hours(company.amanda)) == 1, "gone and back, it is the same day at work"


@pytest.mark.usefixtures("open_from_eight_to_five")
def test_amanda_comes_the_next_day_too_though_nobody_has_planned_that_either(company):
    for day in (19, 20):
        with clock.moved_to(at(8, 5, day=day)):
            actions.start_day(actor=company.amanda)
    assert [end for _start, end, _unplanned in hours(company.amanda)] == [at(17), at(17, day=20)]


@pytest.mark.usefixtures("open_from_eight_to_five")
def test_the_border_stays_where_somebody_plans_and_when_all_is_closed(company):
    company.shift(company.bengt, at(8, day=23), at(16, day=23))
    with clock.moved_to(at(9)):
        actions.set_mode(actor=company.bengt, mode="ready")
        assert [row[2] for row in hours(company.bengt)] == [False], "Monday is planned"
        assert not queries.hours_now(company.bengt).works
    with clock.moved_to(at(19)):
        actions.set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(10)):
        actions.set_mode(actor=company.charlie, mode="ready")
    assert hours(company.amanda) == [], "closed"
    assert hours(company.charlie) == [], "his team answers no queue"


@pytest.mark.usefixtures("open_from_eight_to_five")
def test_a_pause_begins_nobodys_day_and_who_is_away_today_stays_away(company):
    with clock.moved_to(at(9)):
        actions.set_mode(actor=company.amanda, mode="recess")
        actions.sick_today(actor=company.bengt)
        actions.set_mode(actor=company.bengt, mode="ready")
    assert hours(company.amanda) == hours(company.bengt) == []


@pytest.mark.usefixtures("open_from_eight_to_five")
def test_amandas_page_says_how_her_day_begins(company):
    browser = Client(headers={"accept-language": "sv"})
    browser.force_login(company.amanda)
    with clock.moved_to(at(9)):
        assert "Ingen har planerat din arbetstid" in browser.get("/day/").content.decode()
    with clock.moved_to(at(19)):
        assert "Du är ledig i dag" in browser.get("/day/").content.decode()
