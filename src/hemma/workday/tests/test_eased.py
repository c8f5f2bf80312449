"""Lower demands for a while: longer promises, wider pauses, one case at a time, and an end."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.desk.models import Queue
from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.planning.actions import move_block
from hemma.planning.models import Activity
from hemma.workday.actions import (
    ease_person,
    ease_team,
    end_eased,
    end_what_is_over,
    keep_wide,
    set_mode,
)
from hemma.workday.models import Mode
from hemma.workday.queries import eased_now, eased_people, mode_by_plan
from hemma.workday.tests.browsing import page, sign_in, text_of
from hemma.workday.tests.company import STOCKHOLM, at

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 27)


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


def pauses(person, day=19):
    rows = Activity.objects.filter(
        shift__person=person,
        kind__in=("pause", "recess", "fika", "rast"),
        starts_at__gte=at(0, day=day),
        starts_at__lt=at(23, day=day),
    )
    return [
        (one.kind, f"{one.starts_at.astimezone(STOCKHOLM):%H:%M}", (one.ends_at - one.starts_at))
        for one in rows.order_by("starts_at")
    ]


def minutes(*rows):
    return [(kind, begins, timedelta(minutes=length)) for kind, begins, length in rows]


@pytest.mark.requirement("S0-29")
def test_while_amandas_team_is_eased_her_pauses_are_wider_and_afterwards_as_planned(company):
    """S0-29: wider pauses, out of queue time; the meal break, which is unpaid, stays."""
    company.amandas_day()
    with clock.moved_to(at(8)):
        row = ease_team(actor=company.tina, team=company.team, last_day=LAST, why="unusual")
        assert keep_wide() == 3
        assert keep_wide() == 0, "each once"
        assert pauses(company.amanda) == minutes(
            ("pause", "09:05", 10), ("recess", "10:45", 25), ("rast", "11:45", 45),
            ("fika", "14:30", 25),
        )  # fmt: skip
    with clock.moved_to(at(9, 12)):
        set_mode(actor=company.amanda, mode="ready")
        assert mode_by_plan(company.amanda, company.amanda) is Mode.RECESS, "the router obeys"
    with clock.moved_to(at(11, 30)):
        end_eased(actor=company.tina, eased_id=row.pk)
        assert pauses(company.amanda)[-1:] == minutes(("fika", "14:30", 15))
        assert pauses(company.amanda)[1:2] == minutes(("recess", "10:45", 25)), "what was, was"
        day = Activity.objects.filter(shift__person=company.amanda).order_by("starts_at")
        assert all(a.ends_at == b.starts_at for a, b in pairwise(day)), "no hole in her day"


@pytest.mark.requirement("S0-29")
def test_what_is_planned_while_amanda_is_eased_has_wide_pauses_until_the_last_day(company):
    with clock.moved_to(at(8)):
        ease_person(actor=company.tina, person=company.amanda, last_day=LAST, why="calmer")
        company.amandas_day()
        company.shift(company.bengt, activities=[("pause", at(10), at(10, 10), "")])
        for day in (27, 28):
            company.shift(
                company.amanda, at(8, day=day), at(16, day=day),
                activities=[("pause", at(10, day=day), at(10, 10, day=day), "")],
            )  # fmt: skip
        assert keep_wide() == 4
        assert pauses(company.amanda, day=27) == minutes(("pause", "10:00", 15))
        assert pauses(company.amanda, day=28) == minutes(("pause", "10:00", 10))
        assert pauses(company.bengt) == minutes(("pause", "10:00", 10))
    with clock.moved_to(at(0, 1, day=28)):
        assert end_what_is_over() == 1


def test_a_wide_recess_that_amanda_moves_stays_as_wide_and_no_wider(company):
    company.amandas_day()
    with clock.moved_to(at(8)):
        ease_team(actor=company.tina, team=company.team, last_day=LAST, why="unusual")
        keep_wide()
        recess = Activity.objects.get(kind="recess")
        move_block(actor=company.amanda, activity_id=recess.pk, starts_at=at(13))
        assert keep_wide() == 0
        assert ("recess", "13:00", timedelta(minutes=25)) in pauses(company.amanda)


def test_a_pause_without_queue_time_after_it_begins_earlier_and_without_any_stays(company):
    company.shift(
        company.amanda,
        activities=[
            ("queue", at(8), at(10), ""),
            ("pause", at(10), at(10, 10), ""),
            ("focus", at(10, 10), at(11), ""),
            ("pause", at(11), at(11, 10), ""),
            ("meeting", at(11, 10), at(12), ""),
            ("queue", at(12), at(16, 45), ""),
        ],
    )
    with clock.moved_to(at(8)):
        row = ease_team(actor=company.tina, team=company.team, last_day=LAST, why="unusual")
        assert keep_wide() == 1
        wide = minutes(("pause", "09:55", 15), ("pause", "11:00", 10))
        assert pauses(company.amanda) == wide
        end_eased(actor=company.tina, eased_id=row.pk)
        assert pauses(company.amanda)[:1] == minutes(("pause", "10:00", 10))


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
