"""Being reachable by agreement, and working in peace."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.lib import clock
from hemma.people.visibility import NotVisible
from hemma.workday.actions import (
    Agreed,
    agree_ways,
    end_peace,
    set_mode,
    work_in_peace,
)
from hemma.workday.queries import State, reach, ways_of
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
