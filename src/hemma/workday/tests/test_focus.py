"""A team's focus is added up as it happens, and whose it was is written down nowhere."""

from datetime import timedelta

import pytest

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.workday.actions import begin_contact, end_contact, keep_focus, set_mode, shut_down
from hemma.workday.models import FocusDay
from hemma.workday.queries import focus_sums
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(company):
    """Amanda's day with focus at 10 to 10:45; she is in the queue from 8:15."""
    with clock.moved_to(at(7, 45)):
        keep_focus()
    company.amandas_day()
    with clock.moved_to(at(8, 15)):
        set_mode(actor=company.amanda, mode="ready")
    return company


def had():
    return timedelta(seconds=sum(FocusDay.objects.values_list("had_s", flat=True)))


def minutes(count):
    return pytest.approx(count * 60, abs=2)


def look(hour, minute=0):
    with clock.moved_to(at(hour, minute)):
        keep_focus()
    return had().total_seconds()


@pytest.mark.requirement("S1-9")
def test_planned_focus_counts_without_a_click_and_each_second_once(day):
    assert look(10) == 0
    assert look(10, 30) == minutes(30)
    assert look(10, 35) == minutes(30)  # so soon nothing is looked at
    assert look(12) == minutes(45)
    (row,) = FocusDay.objects.all()
    assert (row.team, row.place_type, str(row.day)) == (day.team, "home", "2026-11-19")
    assert not any(field.related_model is Person for field in FocusDay._meta.get_fields())


@pytest.mark.requirement("S1-9")
def test_a_contact_in_focus_is_none_of_it_and_the_rest_of_it_is(day):
    with clock.moved_to(at(9, 55)):
        begin_contact(actor=day.amanda)
    with clock.moved_to(at(10, 15)):
        end_contact(actor=day.amanda)
    assert look(12) == minutes(30)


@pytest.mark.requirement("S1-9")
def test_who_leaves_focus_for_the_queue_is_not_in_it(day):
    with clock.moved_to(at(10, 20)):
        set_mode(actor=day.amanda, mode="recess")
    with clock.moved_to(at(10, 25)):
        set_mode(actor=day.amanda, mode="ready")
    assert look(12) == minutes(20)


@pytest.mark.requirement("S1-9")
def test_focus_that_nobody_planned_counts_and_a_planned_pause_in_it_does_not(day):
    with clock.moved_to(at(9)):
        set_mode(actor=day.amanda, mode="focus")
    with clock.moved_to(at(9, 30)):
        set_mode(actor=day.amanda, mode="ready")
    assert look(9, 45) == minutes(25)  # the pause of five minutes at 9:05 is hers


@pytest.mark.requirement("S1-9")
def test_after_two_days_of_standstill_it_is_added_up_all_the_same(day):
    with clock.moved_to(at(16)):
        shut_down(actor=day.amanda)
    with clock.moved_to(at(8, day=21)):
        keep_focus()
    assert had().total_seconds() == minutes(45)


@pytest.mark.requirement("S1-9")
def test_sums_stand_beside_hours_and_are_for_hemma_alone(day):
    with clock.moved_to(at(16, 15)):
        shut_down(actor=day.amanda)
        keep_focus()
        first = at(16, day=16).date()
        sums = focus_sums(SYSTEM, first, first + timedelta(days=6))
    (one,) = sums.values()
    assert set(sums) == {(day.team.pk, "home")}
    assert one.had_h == pytest.approx(0.75, abs=0.01)
    assert one.focus_planned_h == 0.75
    assert one.planned_h == 8.0  # 7:50 to 16:35 without the meal break
    assert set(one.people) == {day.amanda.pk}
    for somebody in (day.amanda, day.tina, day.sara, day.asa):
        with pytest.raises(NotVisible):
            focus_sums(somebody, first, first)
