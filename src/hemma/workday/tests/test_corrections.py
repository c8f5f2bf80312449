"""Correcting the record together, who sees it, and taking it along."""

from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.journal.models import Event, OutboxMessage
from hemma.lib import clock
from hemma.people.visibility import NotVisible
from hemma.workday.actions import Said, answer, propose, shut_down, start_day
from hemma.workday.models import Correction
from hemma.workday.queries import hours_of, hours_of_team
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import at

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
def test_a_correction_holds_when_both_agree_and_what_stood_before_is_kept(day):
    (one,) = hours(day)
    said = Said((at(7, 45), at(16, 15)), "home", ((at(11, 45), at(12, 15)),))
    row = propose(actor=day.amanda, person=day.amanda, said=said, worked_id=one.pk)
    assert hours(day) == [one]  # nothing has changed yet
    told = OutboxMessage.objects.filter(kind="workday.hours_proposed")
    assert [message.person_key for message in told] == [day.tina.journal_key]
    with clock.moved_to(at(9, day=20)):
        for nobody in (day.amanda, day.bengt, day.charlie, day.petra):
            with pytest.raises(NotVisible):
                answer(actor=nobody, correction_id=row.pk, agree=True)
        answer(actor=day.tina, correction_id=row.pk, agree=True)
    (now,) = hours(day)
    assert (now.ends_at, now.rasts) == (at(16, 15), ((at(11, 45), at(12, 15)),))
    assert now.corrected
    row.refresh_from_db()
    assert (row.proposed_by, row.answered_by) == (day.amanda, day.tina)
    assert datetime.fromisoformat(row.before["ends_at"]) == at(16, 34)
    trace = Event.objects.get(kind="workday.hours_corrected")
    assert (trace.actor_key, trace.subject_key) == (day.tina.journal_key, day.amanda.journal_key)
    assert trace.retention == "record"
    assert trace.data["before"]["ends_at"] == row.before["ends_at"]


def test_the_leader_proposes_and_the_person_has_the_last_word(day):
    (one,) = hours(day)
    said = Said((at(8), at(16, 34)), "office")
    row = propose(actor=day.tina, person=day.amanda, said=said, worked_id=one.pk)
    with pytest.raises(NotVisible):
        answer(actor=day.tina, correction_id=row.pk, agree=True)
    answer(actor=day.amanda, correction_id=row.pk, agree=False)
    assert hours(day) == [one]
    row.refresh_from_db()
    assert row.answered_at
    assert not row.agreed


def test_a_forgotten_day_is_said_afterwards_and_who_has_no_leader_says_it_alone(day):
    said = Said((at(8, day=17), at(16, day=17)), "home", ((at(12, day=17), at(12, 30, day=17)),))
    row = propose(actor=day.amanda, person=day.amanda, said=said, worked_id=None)
    answer(actor=day.tina, correction_id=row.pk, agree=True)
    tuesday = date(2026, 11, 17)
    assert len(hours_of(day.amanda, day.amanda, tuesday, tuesday)) == 1
    assert propose(actor=day.tina, person=day.tina, said=said, worked_id=None).agreed


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said((at(8), at(8)), "home"), "order"),
        (Said((at(8), at(16)), "moon"), "place"),
        (Said((at(8), at(23)), "home"), "ahead"),
        (Said((at(8), at(16)), "home", ((at(7), at(9)),)), "rast"),
        (Said((at(8), at(16)), "home", ((at(10), at(12)), (at(11), at(13)))), "rast"),
    ],
)
def test_what_cannot_have_been_is_said_in_words(day, said, code):
    (one,) = hours(day)
    with pytest.raises(ValidationError) as refusal:
        propose(actor=day.amanda, person=day.amanda, said=said, worked_id=one.pk)
    assert refusal.value.code == code
    inside = Said((at(9), at(10)), "home")
    with pytest.raises(ValidationError) as overlap:
        propose(actor=day.amanda, person=day.amanda, said=inside, worked_id=None)
    assert overlap.value.code == "overlap"


@pytest.mark.requirement("S1-7")
def test_the_leader_sees_start_end_and_rast_and_nobody_else_anything(day, client):
    assert [len(row.stretches) for row in hours_of_team(day.tina, day.team, THURSDAY, THURSDAY)]
    assert hours(day, asker=day.tina) == hours(day)
    for nobody in (day.bengt, day.charlie, day.petra, day.sara, day.asa, day.imran):
        with pytest.raises(NotVisible):
            hours(day, asker=nobody)
        with pytest.raises(NotVisible):
            hours_of_team(nobody, day.team, THURSDAY, THURSDAY)
    sign_in(client, day.tina)
    words = text_of(page(client, "team_hours", day.team.pk))
    assert "11:45–12:30" in words
    for pause in ("09:05", "10:45", "14:30", "%"):
        assert pause not in words.partition("Hur teamets")[0]


def test_amanda_corrects_on_her_page_and_tina_agrees_on_hers(day, client):
    (one,) = hours(day)
    sign_in(client, day.amanda)
    told = {
        "day": "2026-11-19",
        "starts": "07:50",
        "ends": "17:00",
        "rast_from": "11:45",
        "rast_to": "",
        "place_type": "home",
    }
    with clock.moved_to(at(18)):
        wrong = client.post(reverse("workday:correct_hours", args=[one.pk]), told)
        assert wrong.status_code == 422
        assert 'value="17:00"' in wrong.content.decode()  # nothing typed is lost
        told["rast_to"] = "12:30"
        assert client.post(reverse("workday:correct_hours", args=[one.pk]), told).status_code == 302
        assert "Väntar på ett ja" in text_of(page(client, "my_hours"))
        sign_in(client, day.bengt)
        assert client.get(reverse("workday:correct_hours", args=[one.pk])).status_code == 404
        sign_in(client, day.tina)
        assert "Amanda Nyström" in text_of(page(client, "led_hours"))
        row = Correction.objects.get()
        client.post(reverse("workday:answer_hours", args=[row.pk]), {"do": "agree"})
    assert hours(day)[0].ends_at == at(17)


@pytest.mark.requirement("S1-7")
def test_amanda_takes_her_record_with_her_at_any_time(day, client):
    sign_in(client, day.amanda)
    answer_ = client.get(reverse("workday:my_hours_file"))
    lines = answer_.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "date;start;end;rast_min;worked_h;place;utc_offset"
    assert lines[1] == "2026-11-19;07:50;16:34;45;7.98;home;+0100"
    assert len(lines) == 2


@pytest.mark.requirement("S1-7")
def test_a_months_hours_go_to_pay_as_paxml_and_csv(day, client):
    day.amanda.external_id = "4711"
    day.amanda.save()
    sign_in(client, day.tina)
    kinds = {
        kind: client.get(reverse("workday:team_pay_file", args=[day.team.pk, kind]))
        for kind in ("paxml", "csv")
    }
    root = ET.fromstring(kinds["paxml"].content)
    assert root.findtext("header/version") == "2.0"
    assert root.findtext("header/format") == "LÖNIN"
    (line,) = root.findall("tidtransaktioner/tidtrans")
    assert line.get("anstid") == "4711"
    told = [line.findtext(name) for name in ("tidkod", "datum", "timmar")]
    assert told == ["TID", "2026-11-19", "7.98"]
    assert "4711;Amanda Nyström;2026-11-19" in kinds["csv"].content.decode("utf-8-sig")
    for nobody in (day.amanda, day.bengt, day.charlie, day.petra, day.asa):
        sign_in(client, nobody)
        file = client.get(reverse("workday:team_pay_file", args=[day.team.pk, "csv"]))
        assert file.status_code == 404
    sign_in(client, day.sara)
    assert client.get(reverse("workday:pay_file", args=["csv"])).status_code == 200
    assert client.get(reverse("workday:pay_file", args=["exe"])).status_code == 404
