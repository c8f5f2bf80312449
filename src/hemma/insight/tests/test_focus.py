"""Focus in the teams: told of weeks and of groups, in both places by the same rules, and of nobody."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from hemma.insight.actions import count_focus_due
from hemma.insight.models import Reading, Subject
from hemma.insight.queries import focus_weeks
from hemma.lib import clock
from hemma.people.actions import join_team
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.workday.models import FocusDay, FocusSeen, Worked
from hemma.workday.tests.browsing import sign_in, text_of
from hemma.workday.tests.company import Company, at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
AFTER = at(9, day=24)


@pytest.fixture
def company(db):
    """Six at home and five in the office in Björkvik; Charlie and three more in Tallmo."""
    made = Company()
    home = [made.amanda, *(made.member(f"Hemma {at}") for at in range(5))]
    office = [made.bengt, *(made.member(f"Kontor {at}") for at in range(4))]
    for person in home:
        work(made, person, "home", focus=60)
    for person in office:
        work(made, person, "office", focus=30)
    for number in range(3):
        other = made.person(f"Tallmo {number}")
        join_team(actor=SYSTEM, person=other, team=made.other)
        work(made, other, "office", focus=30)
    work(made, made.charlie, "office", focus=30)
    had(made.team, "home", 4.0)
    had(made.team, "office", 1.5)
    had(made.other, "office", 1.0)
    FocusSeen.objects.create(pk=1, since=at(0, day=1), until=AFTER)
    return made


def work(made, person, place, focus, day=19):
    """Ten hours with `focus` minutes planned from ten."""
    start, end = at(7, day=day), at(17, day=day)
    begins = at(10, day=day)
    parts = [
        ("queue", start, begins, ""),
        ("focus", begins, begins + timedelta(minutes=focus), ""),
        ("queue", begins + timedelta(minutes=focus), end, ""),
    ]
    made.shift(person, start, end, place, parts)
    Worked.objects.create(person=person, starts_at=start, ends_at=end, place_type=place)


def had(team, place, hours):
    FocusDay.objects.create(
        team=team, day=date(2026, 11, 19), place_type=place, had_s=int(hours * 3600)
    )


def counted():
    with clock.moved_to(AFTER):
        return count_focus_due()


def told(team):
    return Reading.objects.get(subject=Subject.FOCUS, first=MONDAY).data[str(team)]


@pytest.mark.requirement("S1-9")
def test_the_share_planned_and_had_is_that_counted_by_hand(company):
    assert counted() == 1
    team = told(company.team.pk)
    assert team["all"] == {
        "n": 11,
        "hidden": "",
        "planned": pytest.approx((6 * 1 + 5 * 0.5) / 110, abs=0.005),
        "had": pytest.approx(5.5 / 110, abs=0.005),
    }
    assert (team["home"]["n"], team["home"]["planned"]) == (6, 0.1)
    assert (team["office"]["n"], team["office"]["planned"]) == (5, 0.05)
    assert team["home"]["had"] == pytest.approx(4 / 60, abs=0.005)
    assert team["office"]["had"] == pytest.approx(1.5 / 50, abs=0.005)
    assert counted() == 0  # a week is told of once


@pytest.mark.requirement("S1-9")
def test_a_small_team_is_not_told_and_no_sum_is_told_that_it_could_be_worked_out_from(company):
    """Four in Tallmo: everybody less Björkvik would be those four, so there is no everybody."""
    counted()
    assert told(company.other.pk) == {"all": {"n": None, "hidden": "too_few"}}
    data = Reading.objects.get(subject=Subject.FOCUS).data
    assert set(data) == {str(company.team.pk), str(company.other.pk)}


@pytest.mark.requirement("S1-9")
def test_who_is_in_two_teams_is_counted_in_one(company):
    join_team(actor=SYSTEM, person=company.amanda, team=company.other)
    counted()
    assert told(company.team.pk)["all"]["n"] == 11
    assert told(company.other.pk)["all"]["hidden"]


@pytest.mark.requirement("S1-9")
def test_places_are_told_for_all_or_for_none(company):
    """With four in the office, home alone would tell of them by what is left of the whole."""
    Worked.objects.filter(person=company.bengt).delete()
    counted()
    assert set(told(company.team.pk)) == {"all"}


@pytest.mark.requirement("S1-9")
def test_nobody_or_everybody_is_no_share_that_is_told(company):
    FocusDay.objects.filter(team=company.team).delete()
    counted()
    assert told(company.team.pk)["all"]["had"] is None
    assert told(company.team.pk)["all"]["planned"] > 0


@pytest.mark.requirement("S1-9")
def test_a_week_that_was_not_added_up_whole_is_not_told(company):
    FocusSeen.objects.update(since=at(9, day=17))
    assert counted() == 0
    FocusSeen.objects.update(since=at(0, day=1), until=at(9, day=22))
    assert counted() == 0


@pytest.mark.requirement("S1-9")
def test_tina_sees_her_team_sara_and_asa_all_and_others_nothing(company, client):
    counted()
    assert [one.team for one in focus_weeks(company.tina)] == [company.team]
    for person in (company.sara, company.asa):
        assert [one.team for one in focus_weeks(person)] == [company.team, company.other]
    for person in (company.amanda, company.petra, company.imran):
        with pytest.raises(NotVisible):
            focus_weeks(person)
    with clock.moved_to(AFTER):
        for person in (company.amanda, company.charlie, company.petra, company.imran):
            sign_in(client, person)
            for name in ("focus", "focus_file"):
                assert client.get(reverse(f"insight:{name}")).status_code == 404
        page = text_of(
            sign_in(client, company.tina).get(reverse("workday:led_hours")).content.decode()
        )
        assert "Fokus: Björkvik" in page
        assert "Vecka 47" in page
        assert "5 %" in page
        assert "Tallmo" not in page
        whole = text_of(
            sign_in(client, company.sara).get(reverse("workday:hours_trend")).content.decode()
        )
        assert "Fokus: Tallmo" in whole
        assert "Färre än fem personer" in whole


@pytest.mark.requirement("S1-9")
def test_the_file_holds_groups_and_no_name_of_anybody(company, client):
    counted()
    with clock.moved_to(AFTER):
        sign_in(client, company.tina)
        file = client.get(reverse("insight:focus_file")).content.decode("utf-8-sig")
        head, row = csv.reader(io.StringIO(file), delimiter=";")
        assert row[:5] == ["Björkvik", "Vecka 47", "11", "8 %", "5 %"]
        assert row[5:7] == ["7 %", "3 %"]
        assert head[-1] == "Visas inte därför att"
        sign_in(client, company.sara)
        book = client.get(reverse("insight:focus_file"), {"as": "xlsx"})
        assert book.content[:2] == b"PK"
        for person in (company.amanda, company.bengt, company.charlie):
            assert person.name not in file
