"""What Sara and Åsa are told of groups: counted as by hand, honest about chance, nobody found."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from hemma.insight import facts, gate, periods, queries
from hemma.insight.actions import count_due
from hemma.insight.models import Reading, Release
from hemma.insight.tests.cast import FIRST, LAST, answers_of, is_home, working_days
from hemma.lib import clock
from hemma.people.visibility import NotVisible
from hemma.planning.models import Shift
from hemma.workday.models import BreakDay, Eased, Worked, WorkedRast

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


def at(day):
    return datetime(2026, 10, day, 9, tzinfo=UTC)


def october():
    return Reading.objects.get(first=OCTOBER[0], last=OCTOBER[1])


def whole(reading, place, by="site", part="all"):
    return next(row for row in reading.data["places"][place][by] if row["part"] == part)


def test_answers_an_hour_are_those_counted_by_hand(counted):
    for place, home in (("home", True), ("office", False)):
        answers = hours = 0
        for day in working_days(*OCTOBER):
            for number in range(40):
                if is_home(number, day) is home:
                    answers += answers_of(number, day, home)
                    hours += 8
        row = whole(october(), place)
        assert row["n"] == (37 if home else 40)
        assert row["told"]["pace"][0] == pytest.approx(answers / hours, abs=0.005)
        assert row["told"]["hours"][0] == 8.0


def test_the_first_answer_that_was_enough_is_counted(counted):
    days = facts.days_between(*OCTOBER)
    first, enough = sum(day.first for day in days), sum(day.enough for day in days)
    assert first == sum(day.answers for day in days)
    assert first - enough == len(days)  # the first case of each day waits for the customer


@pytest.mark.requirement("S0-29")
def test_days_on_which_less_was_asked_are_compared_with_nothing(company):
    """S0-29: Amanda alone for two Thursdays, and her team for one that she shares with nobody."""
    everybody = {(day.person_id, day.day) for day in facts.days_between(*OCTOBER)}
    amanda = company.amanda.pk
    assert sum(person == amanda for person, _day in everybody) == 5
    span = {"why": "calmer", "set_by": company.tina}
    Eased.objects.create(
        person=company.amanda, starts_at=at(7), ends_at=at(15), last_day=at(15).date(), **span
    )
    Eased.objects.create(
        team=company.team, starts_at=at(22), ends_at=at(23), last_day=at(23).date(), **span
    )
    left = {(day.person_id, day.day) for day in facts.days_between(*OCTOBER)}
    assert everybody - left == {(amanda, date(2026, 10, day)) for day in (8, 15, 22)}
    count_due()
    assert whole(october(), "home")["n"] == 37


@pytest.mark.requirement("S1-5")
def test_the_place_is_told_apart_from_who_chooses_it(counted):
    told = october().data["effects"]["pace"]
    value, low, high = told["effect"]
    assert low <= 1 / 8 + 0.005
    assert high >= 1 / 8 - 0.005
    assert (told["verdict"], told["both"]) == ("higher", 37)
    assert value == pytest.approx(1 / 8, abs=0.011)


@pytest.mark.requirement("S1-5")
def test_cannot_say_when_the_interval_covers_zero(counted, client):
    reading = october()
    reading.data["effects"]["pace"] |= {"effect": [0.01, -0.02, 0.04], "verdict": "cannot_say"}
    reading.save()
    client.force_login(counted.sara)
    counted.sara.language = "en"
    counted.sara.save()
    page = client.get(f"{reverse('insight:home')}?period={reading.pk}").content.decode()
    assert "Cannot say" in page
    assert "No difference that can be relied on" in page


@pytest.mark.requirement("S1-5", "N3")
def test_a_small_group_is_refused_and_the_page_says_why(company, client):
    Worked.objects.filter(person__site=company.small).exclude(
        person__in=[company.bengt]
    ).delete()  # Oslo is Bengt alone
    count_due()
    rows = october().data["places"]["office"]["site"]
    oslo = [row for row in rows if row["part"] == "Oslo"]
    assert oslo
    assert all(row["hidden"] and row["n"] is None and "told" not in row for row in oslo)
    # Linköping would give Oslo away by subtraction.
    assert all(row["hidden"] for row in rows if row["part"] == "Linköping")
    client.force_login(company.sara)
    with translation.override("sv"):
        page = client.get(f"{reverse('insight:home')}?period={october().pk}").content.decode()
    assert "Oslo" in page
    assert "Färre än fem" in page


@pytest.mark.requirement("S2-3")
def test_all_four_sides_are_there_together_whatever_is_known(company, client):
    client.force_login(company.sara)
    empty = client.get(reverse("insight:home")).content.decode()
    count_due()
    full = client.get(reverse("insight:home")).content.decode()
    for page in (empty, full):
        assert page.count('class="quad"') == 4
        for side in ("Gemenskap", "Livspussel", "Effektivitet", "Prestation"):
            assert side in page
    found = queries.balance(company.sara)
    assert [side.key for side in found.sides] == [
        "community", "life", "effectiveness", "performance",
    ]  # fmt: skip
    assert found.sides[0].empty  # nobody has been asked: said, and not made up


@pytest.mark.requirement("S1-7")
def test_breaks_stand_beside_hours_for_both_places(company):
    for place, missed in (("home", 2), ("office", 1)):
        BreakDay.objects.create(
            team=company.team, place_type=place, day=OCTOBER[0], planned=20, missed=missed
        )
    count_due()
    life = queries.balance(company.sara, october().pk).sides[1]
    hours, breaks = life.indicators
    assert (hours.key, breaks.key) == ("hours", "breaks")
    assert [bar.place for bar in hours.bars] == [bar.place for bar in breaks.bars]
    assert [bar.value for bar in breaks.bars] == ["90 %", "95 %"]


@pytest.mark.requirement("S1-7")
def test_hours_are_those_of_the_record_and_a_rast_is_none_of_them(company):
    row = Worked.objects.filter(person=company.amanda).first()
    before = sum(day.hours for day in facts.days_between(*OCTOBER))
    WorkedRast.objects.create(
        worked=row, starts_at=row.starts_at, ends_at=row.starts_at + timedelta(minutes=45)
    )
    Shift.objects.create(  # planned, and nobody came
        person=company.amanda,
        starts_at=row.starts_at + timedelta(days=1),
        ends_at=row.starts_at + timedelta(days=1, hours=8),
    )
    assert sum(day.hours for day in facts.days_between(*OCTOBER)) == before - 0.75


@pytest.mark.requirement("N3")
def test_one_who_leaves_between_two_periods_is_not_found(counted):
    """The three months together hold the same people; then one is gone, and one group would differ
    by one."""
    people = [(f"m{at}", "p") for at in range(12)]
    first = gate.pass_through(
        gate.Kind.SCALE, "x", "1", gate.one_dimension("site", {"a"}), dict.fromkeys(people, ("a",))
    )
    assert {cell.n for cell in first} == {12}
    later = gate.pass_through(
        gate.Kind.SCALE,
        "x",
        "2",
        gate.one_dimension("site", {"a"}),
        dict.fromkeys(people[1:], ("a",)),
    )
    assert {cell.hidden for cell in later} == {"earlier"}


def test_the_same_question_is_answered_the_same_and_remembered_once(counted):
    before = Release.objects.count()
    Reading.objects.all().delete()
    count_due()
    assert Release.objects.count() == before


def test_who_is_behind_a_release_leads_to_nobody_once_forgotten(counted):
    inside = str(Release.objects.first().inside)
    for person in counted.people:
        assert person.email not in inside
        assert str(person.journal_key) not in inside
        assert person.name not in inside


@pytest.mark.requirement("S3-25")
def test_the_file_holds_groups_alone(counted, client):
    client.force_login(counted.sara)
    at = reverse("insight:export")
    text = client.get(f"{at}?period={october().pk}").content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert rows
    assert all(len(row) == len(head) for row in rows)
    for person in counted.people:
        assert person.name not in text
        assert person.email not in text
    assert all(not row[3] or int(row[3]) >= 5 for row in rows)
    assert client.get(f"{at}?as=xlsx").content[:2] == b"PK"


def test_only_sara_and_asa_are_told(counted, client):
    for person in (counted.sara, counted.asa):
        client.force_login(person)
        assert client.get(reverse("insight:home")).status_code == 200
    for person in (counted.amanda, counted.tina, counted.charlie):
        client.force_login(person)
        for name in ("home", "method", "export"):
            assert client.get(reverse(f"insight:{name}")).status_code == 404
        with pytest.raises(NotVisible):
            queries.readings(person)


def test_nobody_can_ask_the_rooms_below_for_a_persons_days(company):
    from hemma.desk.queries import days_of_answers
    from hemma.people.queries import belongings
    from hemma.workday.queries import breaks_by_place, days_worked, record_begins

    with pytest.raises(NotVisible):
        days_of_answers(company.sara, FIRST, LAST)
    with pytest.raises(NotVisible):
        belongings(company.tina)
    with pytest.raises(NotVisible):
        breaks_by_place(company.tina, FIRST, LAST)
    with pytest.raises(NotVisible):
        record_begins(company.sara)
    assert {day.person_id for day in days_worked(company.amanda, FIRST, LAST)} == {
        company.amanda.pk
    }
    assert not days_worked(company.sara, FIRST, LAST)


def test_a_month_is_told_of_once_it_is_over(company):
    assert list(periods.due(date(2026, 11, 3), date(2026, 1, 1)))[-2:] == [
        OCTOBER, (date(2026, 8, 1), date(2026, 10, 31)),
    ]  # fmt: skip
    with clock.moved_to(clock.now() - timedelta(days=10)):
        count_due()
    assert not Reading.objects.filter(last=OCTOBER[1]).exists()
    assert count_due() == 1
    assert count_due() == 0


def test_a_month_that_the_record_holds_half_of_is_not_told_of():
    today = date(2026, 11, 30)
    september, october = (date(2026, 9, 1), date(2026, 9, 30)), OCTOBER
    together = september[0], october[1]
    assert list(periods.due(today, date(2026, 8, 31))) == [september, october, together]
    assert list(periods.due(today, date(2026, 9, 20))) == [october]
    assert list(periods.due(today, today)) == []


def test_no_more_questions_are_asked_of_the_database_for_more_groups(counted, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(counted.sara)
    client.get(reverse("insight:home"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("insight:home"))
    for reading in Reading.objects.all():
        for place in reading.data["places"].values():
            place["site"] += [dict(place["site"][0], part=f"Site {at}") for at in range(30)]
        reading.save()
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("insight:home"))
    assert len(few) == len(many)
