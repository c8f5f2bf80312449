"""Being reachable by agreement, working in peace, and lower demands for a while."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.desk.models import Queue
from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.workday.actions import (
    Agreed,
    agree_ways,
    ease_person,
    ease_team,
    end_eased,
    end_peace,
    end_what_is_over,
    set_mode,
    work_in_peace,
)
from hemma.workday.queries import State, eased_now, eased_people, reach, ways_of
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 27)


@pytest.mark.requirement("S1-9", "S3-31")
def test_in_peace_amanda_is_open_every_thirty_minutes_and_not_in_between(company):
    company.shift(company.amanda, at(8), at(16))
    with clock.moved_to(at(9)):
        set_mode(actor=company.amanda, mode="ready")
        work_in_peace(actor=company.amanda)
    seen = {}
    for minutes in (1, 29, 30, 31, 59, 60):
        with clock.moved_to(at(9) + timedelta(minutes=minutes)):
            found = reach(company.bengt, company.amanda)
            seen[minutes] = found.state
            assert found.in_peace
    assert [one for one, state in seen.items() if state is State.HERE] == [30, 60]
    with clock.moved_to(at(9, 10)):
        assert reach(company.bengt, company.amanda).opens_at == at(9, 30)
        end_peace(actor=company.amanda)
        assert reach(company.bengt, company.amanda).state is State.HERE


@pytest.mark.requirement("S1-9")
def test_peace_is_turned_on_and_off_on_the_page_of_ones_rhythm(company, client):
    company.shift(company.amanda, at(8), at(16))
    with clock.moved_to(at(9)):
        sign_in(client, company.amanda)
        client.post(reverse("workday:peace"), {"every": "60"})
        assert company.amanda.peace.every_min == 60
        client.post(reverse("workday:peace"), {"every": "7"})
        company.amanda.peace.refresh_from_db()
        assert company.amanda.peace.every_min == 60
        client.post(reverse("workday:peace"), {"every": ""})
        assert not type(company.amanda.peace).objects.exists()


AGREED = (
    Agreed("word", 120),
    Agreed("call", 15, time(9), time(15), "fokus"),
)


@pytest.mark.requirement("S4-7")
def test_a_teams_agreement_is_written_by_who_leads_it_and_seen_by_all(company, client):
    agree_ways(actor=company.tina, team=company.team, rows=AGREED)
    assert [row.way for row in ways_of(company.bengt, company.amanda)] == ["call", "word"]
    with pytest.raises(NotVisible):
        ways_of(company.charlie, company.amanda)
    with pytest.raises(NotVisible):
        agree_ways(actor=company.amanda, team=company.team, rows=())
    sign_in(client, company.bengt)
    words = text_of(page(client, "agreement", company.team.pk))
    assert "09:00–15:00" in words
    assert "Skriv ned" not in words
    sign_in(client, company.charlie)
    assert client.get(reverse("workday:agreement", args=[company.team.pk])).status_code == 404


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((Agreed("word", 5), Agreed("word", 6)), "way"),
        ((Agreed("pigeon", 5),), "way"),
        ((Agreed("call", 5, time(9), None),), "order"),
        ((Agreed("call", 5, time(15), time(9)),), "order"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_in_words(company, rows, code):
    with pytest.raises(ValidationError) as refusal:
        agree_ways(actor=company.tina, team=company.team, rows=rows)
    assert refusal.value.code == code


def test_tina_writes_the_agreement_down_on_its_page(company, client):
    sign_in(client, company.tina)
    told = {
        "word-minutes": "60",
        "call-minutes": "15",
        "call-opens": "15:00",
        "call-closes": "09:00",
    }
    wrong = client.post(reverse("workday:agreement", args=[company.team.pk]), told)
    assert wrong.status_code == 422
    assert 'value="15:00"' in wrong.content.decode()  # nothing typed is lost
    told["call-closes"] = "16:00"
    assert (
        client.post(reverse("workday:agreement", args=[company.team.pk]), told).status_code == 302
    )
    assert [row.answer_within_min for row in ways_of(company.tina, company.amanda)] == [15, 60]


@pytest.fixture
def queue(company):
    return Queue.objects.create(
        name="Björkvik",
        programme="Björkvik",
        team=company.team,
        answer_within=timedelta(hours=4),
    )


@pytest.mark.requirement("S0-29")
def test_an_eased_team_promises_its_customers_longer_until_its_last_day(company, queue, client):
    """S0-29: openly longer, shown, and ended by itself with a notice to those it was for."""
    with clock.moved_to(at(9)):
        ease_team(actor=company.tina, team=company.team, last_day=LAST, why="unusual")
        queue.refresh_from_db()
        assert queue.answer_within == timedelta(hours=6)
        sign_in(client, company.amanda)
        assert "utlovas längre tider" in text_of(page(client, "eased_now"))
        assert eased_now(company.charlie) == []
        with pytest.raises(ValidationError):
            ease_team(actor=company.tina, team=company.team, last_day=LAST, why="unusual")
    with clock.moved_to(at(23, day=27)):
        assert end_what_is_over() == 0
    with clock.moved_to(at(0, 1, day=28)):
        assert end_what_is_over() == 1
        assert end_what_is_over() == 0
    queue.refresh_from_db()
    assert queue.answer_within == timedelta(hours=4)
    told = {one.person_key for one in OutboxMessage.objects.filter(kind="workday.eased_ended")}
    people = (company.tina, company.amanda, company.bengt)
    assert told == {person.journal_key for person in people}


def test_a_time_somebody_chose_meanwhile_stays(company, queue):
    with clock.moved_to(at(9)):
        row = ease_team(actor=company.tina, team=company.team, last_day=LAST, why="fewer")
        queue.answer_within = timedelta(hours=24)
        queue.save()
        end_eased(actor=company.tina, eased_id=row.pk)
    queue.refresh_from_db()
    assert queue.answer_within == timedelta(hours=24)


@pytest.mark.requirement("S0-29")
def test_one_person_is_eased_by_who_leads_them_and_nobody_else_hears_of_it(company):
    with clock.moved_to(at(9)):
        row = ease_person(actor=company.tina, person=company.amanda, last_day=LAST, why="calmer")
        assert eased_people(SYSTEM) == {company.amanda.pk}
        assert eased_now(company.amanda) == [row]
        assert eased_now(company.bengt) == []
        for nobody in (company.bengt, company.charlie, company.petra):
            with pytest.raises(NotVisible):
                ease_person(actor=nobody, person=company.amanda, last_day=LAST, why="calmer")
            with pytest.raises(NotVisible):
                end_eased(actor=nobody, eased_id=row.pk)
    with clock.moved_to(at(0, 1, day=28)):
        assert eased_people(SYSTEM) == set()


@pytest.mark.parametrize(
    ("last_day", "why", "code"),
    [
        (date(2026, 11, 18), "unusual", "day"),
        (date(2027, 6, 1), "unusual", "day"),
        (LAST, "she asked", "why"),
    ],
)
def test_a_period_has_an_end_and_one_of_three_classes_of_why(company, last_day, why, code):
    with clock.moved_to(at(9)), pytest.raises(ValidationError) as refusal:
        ease_team(actor=company.tina, team=company.team, last_day=last_day, why=why)
    assert refusal.value.code == code


def test_tina_eases_and_ends_it_on_the_page(company, queue, client):
    sign_in(client, company.tina)
    with clock.moved_to(at(9)):
        told = {"who": "", "last_day": "2026-11-27", "why": "unusual"}
        url = reverse("workday:eased", args=[company.team.pk])
        assert client.post(url, told | {"last_day": "2026-01-01"}).status_code == 422
        assert client.post(url, told).status_code == 302
        row = company.team.eased.get()
        client.post(reverse("workday:end_eased", args=[row.pk]))
    queue.refresh_from_db()
    assert queue.answer_within == timedelta(hours=4)
