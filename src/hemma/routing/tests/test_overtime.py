"""The law's notes of overtime, extra time and being on call; the person and Åsa read them."""

import csv
import io
import itertools
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hemma.lib import clock
from hemma.people.models import Employment, Grant, Look, Role, Site
from hemma.people.visibility import NotVisible
from hemma.routing.models import OnCall
from hemma.routing.queries.overtime import notes_of, people_with_notes
from hemma.workday.models import Worked, WorkedRast
from hemma.workday.overtime import Sort, noted
from hemma.workday.tests.browsing import sign_in, text_of
from hemma.workday.tests.company import STOCKHOLM, Company, at

FIRST, LAST = at(0).date().replace(day=1), at(0).date().replace(day=30)
HOUR = timedelta(hours=1)


@pytest.fixture
def company(db):
    with clock.moved_to(at(20)):
        yield Company()


def worked(person, start, end, *rasts, outside=False):
    row = Worked.objects.create(
        person=person, starts_at=start, ends_at=end, place_type="home", outside=outside
    )
    for begin, until in rasts:
        WorkedRast.objects.create(worked=row, starts_at=begin, ends_at=until)


def sums(notes):
    return {sort.value: notes.sum_of(sort) / HOUR for sort in Sort if notes.sum_of(sort)}


@pytest.mark.requirement("S4-8")
def test_amandas_hour_after_the_plan_is_overtime_and_five_minutes_are_none(company):
    company.shift(company.amanda, at(8), at(16, 45))
    worked(company.amanda, at(8), at(17, 45), (at(12), at(12, 45)))
    company.shift(company.amanda, at(8, day=18), at(16, 45, day=18))
    worked(company.amanda, at(8, day=18), at(16, 50, day=18))
    notes = notes_of(company.amanda, company.amanda.pk, FIRST, LAST)
    assert [(one.sort, one.starts_at, one.ends_at) for one in notes.rows] == [
        (Sort.OVERTIME, at(16, 45), at(17, 45))
    ]


def test_bengt_at_thirty_hours_a_week_has_ten_of_extra_time_before_it_is_overtime(company):
    Employment.objects.create(
        person=company.bengt, since=at(0, day=1).date(), hours_per_week=30, country="SE"
    )
    for day in (16, 17, 18):  # Monday to Wednesday: four hours more each
        company.shift(company.bengt, at(8, day=day), at(14, day=day))
        worked(company.bengt, at(8, day=day), at(18, day=day))
    notes = notes_of(company.bengt, company.bengt.pk, FIRST, LAST)
    assert sums(notes) == {"extra": 10.0, "overtime": 2.0}
    assert notes.rows[-1].sort is Sort.OVERTIME


def test_a_call_out_on_call_is_overtime_and_being_listed_stands_beside_it(company):
    from hemma.desk.models import Queue

    queue = Queue.objects.create(
        name="Jour", programme="Björkvik", team=company.team, answer_within=HOUR
    )
    OnCall.objects.create(
        queue=queue, person=company.amanda, starts_at=at(18, day=18), ends_at=at(6)
    )
    worked(company.amanda, at(2), at(3), outside=True)
    notes = notes_of(company.amanda, company.amanda.pk, FIRST, LAST)
    assert sums(notes) == {"on_call": 12.0, "overtime": 1.0}


def test_what_the_law_allows_stands_beside_it_by_the_country(company):
    company.shift(company.amanda, at(8), at(16))
    worked(company.amanda, at(8), at(19))
    limits = {
        one.name: (one.had / HOUR, one.most_h)
        for one in notes_of(company.amanda, company.amanda.pk, FIRST, LAST).limits
    }
    assert limits["overtime_month_h"] == (3.0, 50)
    assert limits["overtime_year_h"] == (3.0, 200)


def test_asa_reads_the_notes_of_her_site_and_amanda_sees_that_she_did(company, client):
    company.shift(company.amanda, at(8), at(16))
    worked(company.amanda, at(8), at(18))
    sign_in(client, company.asa)
    page = text_of(client.get(reverse("routing:overtime_people")).content.decode())
    assert "Amanda Nyström" in page
    assert "Bengt Olsson" not in page, "who has no notes stands in no list"
    own = client.get(reverse("routing:overtime_of", args=[company.amanda.pk]))
    assert "Övertid" in own.content.decode()
    look = Look.objects.get(subject=company.amanda, kind="routing.overtime")
    assert look.viewer == company.asa
    rows = client.get(reverse("routing:overtime_file", args=[company.amanda.pk]))
    told = list(csv.DictReader(io.StringIO(rows.content.decode("utf-8-sig"))))
    assert [(one["sort"], one["start"], one["hours"]) for one in told] == [
        ("overtime", "16:00", "2.00")
    ]


def test_a_safety_representative_of_another_site_reads_none_of_it(company):
    worked(company.amanda, at(8), at(18), outside=True)
    elsewhere = Site.objects.create(name="Oslo", country="NO", zone="Europe/Oslo")
    Grant.objects.filter(person=company.asa, role=Role.SAFETY_REP).update(site=elsewhere)
    assert people_with_notes(company.asa, FIRST, LAST) == []
    with pytest.raises(NotVisible):
        notes_of(company.asa, company.amanda.pk, FIRST, LAST)
    assert not Look.objects.filter(subject=company.amanda, outcome=Look.Outcome.SEEN).exists()


@pytest.mark.parametrize("name", ["tina", "sara", "charlie", "petra", "imran", "bengt"])
def test_nobody_else_reads_them_not_even_the_leader(company, client, name):
    worked(company.amanda, at(8), at(18), outside=True)
    sign_in(client, getattr(company, name))
    for path in ("overtime_of", "overtime_file"):
        address = reverse(f"routing:{path}", args=[company.amanda.pk])
        assert client.get(address).status_code == 404
    assert client.get(reverse("routing:overtime_people")).status_code == 404
    sign_in(client, company.amanda)
    assert client.get(reverse("routing:overtime")).status_code == 200


def test_the_list_costs_as_many_queries_for_thirty_as_for_three(company):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    people_with_notes(company.asa, FIRST, LAST)  # her standing is read once
    counts = []
    for size in (3, 30):
        while company.team.memberships.count() < size:
            worked(company.member(f"Person{company.team.memberships.count()} Ny"), at(8), at(18))
        with CaptureQueriesContext(connection) as queries:
            found = people_with_notes(company.asa, FIRST, LAST)
        counts.append(len(queries))
    assert len(found) == 28
    assert counts[0] == counts[1]


minutes = st.integers(0, 7 * 24 * 60 - 1)
spans = st.lists(st.tuples(minutes, st.integers(1, 600)), max_size=8).map(
    lambda found: [
        (at(0, day=16) + timedelta(minutes=a), at(0, day=16) + timedelta(minutes=a + b))
        for a, b in found
    ]
)


@given(worked=spans, rasts=spans, planned=spans, room_h=st.integers(0, 40))
def test_every_minute_outside_of_the_plan_is_noted_once_and_none_inside(
    worked, rasts, planned, room_h
):
    notes = noted(worked, rasts, planned, room=room_h * HOUR, zone=STOCKHOLM)
    step = timedelta(minutes=1)
    over = set()
    for start, end in worked:
        while start < end:
            over.add(start)
            start += step
    for cuts in (rasts, planned):
        for start, end in cuts:
            while start < end:
                over.discard(start)
                start += step
    told = []
    for one in notes:
        begin = one.starts_at
        while begin < one.ends_at:
            told.append(begin)
            begin += step
    assert len(told) == len(set(told))
    assert set(told) <= over
    # What is left out are stretches shorter than a quarter of an hour.
    left = sorted(over - set(told))
    run = 1
    for before, after in itertools.pairwise(left):
        run = run + 1 if after - before == step else 1
        assert run < 15
    extra = sum((one.length for one in notes if one.sort is Sort.EXTRA), timedelta())
    assert extra <= 2 * room_h * HOUR, "a stretch may run into the next week"
