"""Hours that creep upward: the person hears first, the leader where the law ends, groups of five."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.visibility import NotVisible
from hemma.workday.actions import go_on, keep_breaks, set_mode, watch_hours
from hemma.workday.models import BreakDay, Worked
from hemma.workday.queries import hours_trend
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)


def told(kind):
    return [one.person_key for one in OutboxMessage.objects.filter(kind=kind)]


@pytest.mark.requirement("S4-8")
def test_the_warning_reaches_amanda_first_and_tina_only_at_the_legal_limit(company, client):
    """Shift 8–16.45; past it Amanda is told; Tina not before a rule of law is broken."""
    company.shift(company.amanda, activities=[("rast", at(12), at(12, 45), "")])
    company.shift(company.amanda, at(8, day=20), at(16, day=20))
    with clock.moved_to(at(8)):
        set_mode(actor=company.amanda, mode="ready")
        assert watch_hours() == 0
    with clock.moved_to(at(16, 50)):
        assert watch_hours() == 0
    with clock.moved_to(at(17)):
        assert watch_hours() == 1
        assert told("workday.past_hours") == [company.amanda.journal_key]
        sign_in(client, company.amanda)
        assert "Din arbetstid är slut" in text_of(page(client, "past_hours"))
        assert watch_hours() == 0  # once; and within the law nobody else hears
    with clock.moved_to(at(17, 5)):
        go_on(actor=company.amanda)
    with clock.moved_to(at(17, 40)):
        watch_hours()
        assert told("workday.legal_limit") == []
    with clock.moved_to(at(17, 50)):  # more than five hours without a rast: ATL 15 §
        assert watch_hours() == 1
        assert watch_hours() == 0
    assert told("workday.legal_limit") == [company.tina.journal_key]
    assert told("workday.past_hours") == [company.amanda.journal_key]


@pytest.mark.requirement("S4-8")
def test_the_database_holds_that_the_leader_never_hears_first(company):
    with pytest.raises(IntegrityError), transaction.atomic():
        Worked.objects.create(
            person=company.amanda, starts_at=at(8), place_type="home", leader_told_at=at(17)
        )


def week_of_work(company, people, place="home", end=16):
    for person in people:
        for day in (16, 17):
            company.shift(person, at(8, day=day), at(16, day=day), place)
            Worked.objects.create(
                person=person,
                starts_at=at(8, day=day),
                ends_at=at(end, day=day),
                place_type=place,
                outside=False,
            )


@pytest.mark.requirement("S4-8", "S1-7")
def test_a_teams_hours_stand_beside_its_breaks_and_of_five_people_or_more(company, client):
    """Longer days at home show together with the breaks that were had there."""
    others = [company.member(name) for name in ("Elin Ek", "Omar Ali", "Lena Ask")]
    four_or_five = [company.amanda, company.bengt, *others]
    week_of_work(company, four_or_five[:4], end=17)
    BreakDay.objects.create(
        team=company.team, day=date(2026, 11, 17), place_type="home", planned=20, missed=6
    )
    with clock.moved_to(at(9, day=24)):
        assert hours_trend(company.tina, company.team).weeks[MONDAY] is None
        week_of_work(company, four_or_five[4:], end=17)
        trend = hours_trend(company.tina, company.team)
        sums = trend.weeks[MONDAY]
        assert sums.worked == timedelta(hours=90)
        assert sums.planned == timedelta(hours=80)
        assert (sums.break_share, sums.late) == (0.7, 10)
        assert list(trend.places) == ["home"]
        for sees in (company.sara, company.asa):
            assert hours_trend(sees, company.team).weeks[MONDAY] == sums
        for nobody in (company.amanda, company.charlie, company.petra, company.imran):
            with pytest.raises(NotVisible):
                hours_trend(nobody, company.team)
        sign_in(client, company.sara)
        assert "14 av 20" in text_of(page(client, "hours_trend"))


@pytest.mark.requirement("S1-7")
def test_a_place_with_few_people_is_not_shown_and_cannot_be_worked_out(company):
    """Two in the office: neither their sums nor those at home are shown, only the whole."""
    at_home = [company.member(f"Person {name}") for name in ("A", "B", "C", "D", "E")]
    week_of_work(company, at_home)
    week_of_work(company, [company.amanda, company.bengt], place="office")
    with clock.moved_to(at(9, day=24)):
        trend = hours_trend(company.tina, company.team)
    assert trend.weeks[MONDAY].worked == timedelta(hours=7 * 16)
    assert trend.places == {}


def test_breaks_are_counted_by_type_of_place(company):
    for person, place in ((company.amanda, "home"), (company.bengt, "office")):
        company.shift(person, at(8), at(16), place, [("pause", at(9), at(9, 10), "")])
    with clock.moved_to(at(8, 30)):
        for person in (company.amanda, company.bengt):
            set_mode(actor=person, mode="ready")
        keep_breaks()
    with clock.moved_to(at(9, 15)):
        keep_breaks()
    rows = BreakDay.objects.values_list("place_type", "planned", "missed")
    assert sorted(rows) == [("home", 1, 0), ("office", 1, 0)]
