"""The working-time record: it follows from the day a person has."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hemma.lib import clock
from hemma.people.models import Site
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_absence
from hemma.workday.actions import (
    begin_contact,
    book_away,
    close_forgotten,
    end_contact,
    forget_old,
    go_on,
    keep_breaks,
    set_mode,
    shut_down,
    start_day,
)
from hemma.workday.models import Worked, WorkedRast
from hemma.workday.queries import hours_of, mode_of
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import STOCKHOLM, at
from hemma.workday.worktime import rasts_had, worked_time

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)


def hours(company, asker=None, person=None):
    person = person or company.amanda
    return hours_of(asker or person, person, THURSDAY, THURSDAY)


@pytest.fixture
def day(company):
    """Amanda's Thursday from her soft start to her goodbye."""
    company.amandas_day()
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
    with clock.moved_to(at(16, 34)):
        shut_down(actor=company.amanda)
        yield company


@pytest.mark.requirement("S1-7")
def test_amandas_day_writes_itself_start_rast_and_end(day):
    (one,) = hours(day)
    assert (one.starts_at, one.ends_at) == (at(7, 50), at(16, 34))
    assert one.rasts == ((at(11, 45), at(12, 30)),)
    assert one.place_type == "home"
    assert one.worked == timedelta(hours=8, minutes=44) - timedelta(minutes=45)
    assert not one.outside
    assert not one.end_is_plans


@pytest.mark.requirement("S0-9", "S1-7")
def test_paid_pauses_are_working_time_and_stand_in_no_table(company):
    """A recess by the plan, one of her own and a focus phase leave nothing in the record."""
    company.amandas_day()
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
    with clock.moved_to(at(13)):
        set_mode(actor=company.amanda, mode="recess")
    with clock.moved_to(at(13, 20)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(16, 35)):
        set_mode(actor=company.amanda, mode="off")
        (one,) = hours(company)
    assert one.rasts == ((at(11, 45), at(12, 30)),)
    assert WorkedRast.objects.count() == 1


@pytest.mark.requirement("S1-7", "S0-30")
def test_a_rast_worked_through_is_working_time_and_the_one_placed_again_is_the_rast(company):
    company.amandas_day()
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
        keep_breaks()
    with clock.moved_to(at(11, 40)):
        keep_breaks()
        set_mode(actor=company.amanda, mode="ready")
        begin_contact(actor=company.amanda)
    with clock.moved_to(at(12, 20)):
        end_contact(actor=company.amanda)
    with clock.moved_to(at(12, 31)):
        keep_breaks()
    with clock.moved_to(at(16, 35)):
        set_mode(actor=company.amanda, mode="off")
        (one,) = hours(company)
    assert one.rasts == ((at(12, 31), at(13, 16)),)


def test_who_forgets_goodbye_went_home_when_the_plan_says_and_is_told_so(company, client):
    """Nobody is measured: the plan's end stands until Amanda says otherwise."""
    company.amandas_day()
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
    with clock.moved_to(at(17)):
        assert close_forgotten() == []
    with clock.moved_to(at(17, 6)):
        assert close_forgotten() == [company.amanda]
        (one,) = hours(company)
        assert one.ends_at == at(16, 35)
        assert one.end_is_plans
        assert mode_of(company.bengt, company.amanda) == "off"
        sign_in(client, company.amanda)
        assert "enligt planen" in text_of(page(client, "my_hours"))


def test_a_call_that_runs_over_the_end_is_working_time(company):
    company.amandas_day()
    with clock.moved_to(at(16)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(16, 30)):
        begin_contact(actor=company.amanda)
    with clock.moved_to(at(17, 10)):
        assert close_forgotten() == []
        end_contact(actor=company.amanda)
    with clock.moved_to(at(17, 41)):
        close_forgotten()
        (one,) = hours(company)
    assert one.ends_at == at(17, 10)


def test_leaving_and_coming_back_are_two_stretches_and_a_slip_is_none(company):
    company.amandas_day()
    for hour, minute, mode in ((8, 0, "ready"), (12, 0, "off"), (12, 0, "ready"), (15, 0, "off")):
        with clock.moved_to(at(hour, minute)):
            set_mode(actor=company.amanda, mode=mode)
    with clock.moved_to(at(15, 30)):
        set_mode(actor=company.amanda, mode="ready")
        set_mode(actor=company.amanda, mode="off")
        spans = [(one.starts_at, one.ends_at) for one in hours(company)]
    assert spans == [(at(8), at(12)), (at(12), at(15))]


def test_the_database_refuses_two_stretches_at_once(day):
    with pytest.raises(IntegrityError), transaction.atomic():
        Worked.objects.create(person=day.amanda, starts_at=at(9), ends_at=at(10), place_type="home")


@pytest.mark.parametrize(("country", "years"), [("SE", 2), ("ES", 4), ("DK", 5)])
@pytest.mark.requirement("S1-7")
def test_the_record_is_kept_as_long_as_the_countrys_law_says(day, country, years):
    Site.objects.update(country=country)
    with clock.moved_to(at(16) + timedelta(days=365 * years - 2)):
        assert forget_old() == 0
    with clock.moved_to(at(16) + timedelta(days=366 * years + 2)):
        assert forget_old() == 1
    assert not WorkedRast.objects.exists()


@pytest.mark.requirement("S0-34", "S0-35")
def test_stepping_away_is_working_time_until_one_chooses_otherwise(company, client):
    company.amandas_day()
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
    with clock.moved_to(at(13, 20)):
        set_mode(actor=company.amanda, mode="away")
    with clock.moved_to(at(14, 5)):
        set_mode(actor=company.amanda, mode="ready")
        assert not book_away(actor=company.amanda, starts_at=at(13, 20), ends_at=at(14, 5))
    with clock.moved_to(at(16, 35)):
        set_mode(actor=company.amanda, mode="off")
        before = hours(company)[0].worked
        sign_in(client, company.amanda)
        assert "13:20–14:05" in text_of(page(client, "my_hours"))
        gap = company.amanda.gaps.get()
        client.post(reverse("workday:book_away", args=[gap.pk]))
        assert hours(company)[0].worked == before - timedelta(minutes=45)
        for other in (company.tina, company.bengt):
            sign_in(client, other)
            assert client.post(reverse("workday:book_away", args=[gap.pk])).status_code == 404


@pytest.mark.requirement("S4-9")
def test_going_on_when_off_is_ones_own_choice_and_is_written_down_with_what_the_law_says(
    company, client
):
    """S4-9: the page says that Amanda is off; an hour more would break her rest, and is recorded."""
    company.amandas_day()
    company.shift(company.amanda, at(7, day=20), at(15, day=20))
    with clock.moved_to(at(7, 50)):
        start_day(actor=company.amanda)
    with clock.moved_to(at(16, 35)):
        set_mode(actor=company.amanda, mode="off")
    with clock.moved_to(at(20, 30)):
        sign_in(client, company.amanda)
        words = text_of(page(client, "off"))
        assert "Du är ledig" in words
        assert "ATL 13 §" in words
        client.post(reverse("workday:go_on"), {"place_type": "home"})
        assert "Gå hem" not in text_of(page(client, "past_hours"))
    with clock.moved_to(at(21, 15)):
        shut_down(actor=company.amanda)
        evening = hours(company)[-1]
    assert (evening.starts_at, evening.ends_at) == (at(20, 30), at(21, 15))
    assert evening.outside
    assert evening.place_type == "home"


def test_an_hour_more_with_rest_enough_says_so(company, client):
    company.amandas_day()
    with clock.moved_to(at(17, 30)):
        sign_in(client, company.amanda)
        assert "håller sig inom" in text_of(page(client, "off"))


def test_nobody_works_twice_by_going_on_twice(company):
    with clock.moved_to(at(20)):
        first = go_on(actor=company.amanda)
        assert go_on(actor=company.amanda).pk == first.pk
        add_absence(actor=SYSTEM, person=company.bengt, starts_at=at(19), ends_at=at(22))
        assert go_on(actor=company.bengt).outside


def test_the_night_summer_time_ends_has_its_true_length(company):
    """Six clock hours on the Sunday the clock goes back are seven."""
    sunday = {"day": 25, "month": 10}
    company.shift(company.amanda, at(0, **sunday), at(6, **sunday))
    with clock.moved_to(at(0, **sunday)):
        set_mode(actor=company.amanda, mode="ready")
    with clock.moved_to(at(6, **sunday)):
        set_mode(actor=company.amanda, mode="off")
        (one,) = hours_of(company.amanda, company.amanda, date(2026, 10, 25), date(2026, 10, 25))
    assert one.worked == timedelta(hours=7)


MINUTES = st.integers(0, 600)
SPANS = st.lists(st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]), max_size=6)


def _times(pairs):
    begin = datetime(2026, 11, 19, 7, tzinfo=UTC)
    return [(begin + timedelta(minutes=a), begin + timedelta(minutes=b)) for a, b in pairs]


@given(planned=SPANS, chosen=SPANS, busy=SPANS)
def test_rasts_lie_inside_apart_and_never_while_with_a_customer(planned, chosen, busy):
    stretch = _times([(0, 500)])[0]
    found = rasts_had(stretch, _times(planned), _times(chosen), _times(busy))
    edges = [stretch[0], *(edge for span in found for edge in span), stretch[1]]
    assert edges == sorted(edges)
    for start, end in found:
        assert start < end
        assert not any(a < end and start < b for a, b in _times(busy))
        covered = _times(planned) + _times(chosen)
        for minute in range(int((end - start).total_seconds() // 60)):
            middle = start + timedelta(minutes=minute, seconds=30)
            assert any(a <= middle < b for a, b in covered)
    assert timedelta() <= worked_time(stretch, found) <= stretch[1] - stretch[0]


def test_the_zone_of_the_record_is_the_workplaces(company):
    assert company.amanda.zone == STOCKHOLM
