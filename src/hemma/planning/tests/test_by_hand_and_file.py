"""The schedule typed, brought in by file, and read by a calendar program."""

from datetime import UTC, datetime

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hemma.lib import clock
from hemma.people.actions import add_person, join_team
from hemma.people.models import Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.planning import actions, files
from hemma.planning.models import Absence, Shift

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    class Made:
        site = Site.objects.create(name="Umeå", country="SE", zone="Europe/Stockholm")

    def person(name, role):
        return add_person(
            actor=SYSTEM,
            email=f"{name.lower()}@example.org",
            name=name,
            roles=[role],
            site=Made.site,
        )

    Made.amanda, Made.tina = person("Amanda", Role.AGENT), person("Tina", Role.TEAM_LEADER)
    Made.charlie, Made.petra = person("Charlie", Role.TEAM_LEADER), person("Petra", Role.PLANNER)
    Made.team = Team.objects.create(name="Björkvik", site=Made.site, leader=Made.tina)
    Made.other = Team.objects.create(name="Tallmo", site=Made.site, leader=Made.charlie)
    join_team(actor=SYSTEM, person=Made.amanda, team=Made.team)
    with clock.moved_to(NOW):
        yield Made


SHIFT = {
    "day": "2026-11-24",
    "start": "08:00",
    "end": "16:30",
    "place_type": "home",
    "rast_start": "12:00",
    "rast_end": "12:45",
}


def test_tina_plans_amandas_shift_with_its_meal_break(company, client):
    client.force_login(company.tina)
    url = reverse("planning:add_shift", args=[company.team.pk])
    response = client.post(url, SHIFT | {"person": company.amanda.pk})
    assert response.status_code == 302
    shift = Shift.objects.get(person=company.amanda)
    assert shift.starts_at == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert [one.kind for one in shift.activities.all()] == ["queue", "rast", "queue"]
    page = client.get(reverse("planning:team", args=[company.team.pk])).content.decode()
    assert "08:00" in page.replace(".", ":")


def test_an_overlap_is_told_and_nothing_is_stored(company, client):
    client.force_login(company.tina)
    url = reverse("planning:add_shift", args=[company.team.pk])
    client.post(url, SHIFT | {"person": company.amanda.pk})
    answer = client.post(
        url,
        SHIFT
        | {
            "person": company.amanda.pk,
            "start": "15:00",
            "end": "20:00",
            "rast_start": "",
            "rast_end": "",
        },
    )
    assert answer.status_code == 422
    assert "2026-11-24 15:00" in answer.content.decode()
    assert Shift.objects.count() == 1


def test_a_night_shift_ends_the_next_morning(company, client):
    client.force_login(company.petra)
    client.post(
        reverse("planning:add_shift", args=[company.team.pk]),
        {
            "person": company.amanda.pk,
            "day": "2026-11-24",
            "start": "22:00",
            "end": "06:00",
            "place_type": "office",
        },
    )
    assert Shift.objects.get().ends_at == datetime(2026, 11, 25, 5, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_refused(company, client):
    client.force_login(company.petra)
    answer = client.post(
        reverse("planning:add_shift", args=[company.team.pk]),
        {
            "person": company.amanda.pk,
            "day": "2027-03-28",
            "start": "02:30",
            "end": "09:00",
            "place_type": "office",
        },
    )
    assert answer.status_code == 422
    assert not Shift.objects.exists()


def test_charlie_who_leads_others_can_neither_see_nor_plan_amandas_week(company, client):
    client.force_login(company.tina)
    assert client.get(reverse("planning:team", args=[company.team.pk])).status_code == 200
    client.force_login(company.charlie)
    assert client.get(reverse("planning:team", args=[company.team.pk])).status_code == 404
    url = reverse("planning:add_shift", args=[company.team.pk])
    assert client.post(url, SHIFT | {"person": company.amanda.pk}).status_code == 404
    own = reverse("planning:add_shift", args=[company.other.pk])
    assert client.post(own, SHIFT | {"person": company.amanda.pk}).status_code == 422
    assert not Shift.objects.exists()


def test_tina_plans_amandas_days_away(company, client):
    client.force_login(company.tina)
    client.post(
        reverse("planning:add_absence", args=[company.team.pk]),
        {"person": company.amanda.pk, "first_day": "2026-11-25", "last_day": "2026-11-26"},
    )
    absence = Absence.objects.get()
    assert absence.starts_at == datetime(2026, 11, 24, 23, tzinfo=UTC)
    assert absence.ends_at == datetime(2026, 11, 26, 23, tzinfo=UTC)


def test_tina_removes_a_shift(company, client):
    client.force_login(company.tina)
    client.post(
        reverse("planning:add_shift", args=[company.team.pk]), SHIFT | {"person": company.amanda.pk}
    )
    url = reverse("planning:remove_shift", args=[company.team.pk])
    number = Shift.objects.get().pk
    client.force_login(company.charlie)
    assert client.post(url, {"shift": number}).status_code == 404
    client.force_login(company.tina)
    client.post(url, {"shift": number})
    assert not Shift.objects.exists()


def test_a_csv_file_from_a_spreadsheet_is_brought_in(company, client):
    text = "\ufeffEmail;Date;Start;End;Place\namanda@example.org;2026-11-24;08:00;16:30;home\nAmanda@Example.org;2026-11-25;22:00;06:00;\n"
    client.force_login(company.tina)
    file = SimpleUploadedFile("week.csv", text.encode())
    url = reverse("planning:import_file", args=[company.team.pk])
    client.post(url, {"file": file, "person": company.amanda.pk})
    assert [s.place_type for s in Shift.objects.all()] == ["home", "office"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "email,date,start,end\namanda@example.org,2026-11-24,08:00,16:00\nkim@example.net,2026-11-24,08:00,16:00\n",
            "3",
        ),
        ("email,date,start,end\namanda@example.org,24/11,08:00,16:00\n", "2"),
        (
            "email,date,start,end\namanda@example.org,2026-11-24,08:00,16:00\namanda@example.org,2026-11-24,15:00,17:00\n",
            "3",
        ),
        ("email,date\n", "start"),
    ],
    ids=["an unknown person", "a date from elsewhere", "an overlap", "missing columns"],
)
def test_one_bad_line_stops_the_whole_file_and_is_named(company, text, said):
    with pytest.raises(ValidationError, match=said):
        actions.import_shifts(actor=company.petra, name="week.csv", content=text.encode())
    assert not Shift.objects.exists()


ICAL = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//elsewhere//
BEGIN:VEVENT
UID:1
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Stockholm:20261124T080000
DTEND;TZID=Europe/Stockholm:20261124T163000
LOCATION:home
SUMMARY:Pass
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261125
SUMMARY:Ledig
END:VEVENT
END:VCALENDAR
"""


def test_an_icalendar_file_is_brought_in_for_one_person(company):
    done = actions.import_shifts(
        actor=company.tina, name="pass.ics", content=ICAL, person=company.amanda
    )
    assert done == 1
    shift = Shift.objects.get(person=company.amanda)
    assert (shift.starts_at.hour, shift.place_type) == (7, "home")


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"BEGIN:VCALENDAR\nVERSION:2.0\n", b"\xff\xfe\x00"]
)
@pytest.mark.parametrize("name", ["x.ics", "x.csv"])
def test_what_is_no_schedule_is_said_to_be_none(content, name):
    with pytest.raises(files.Unreadable):
        files.read(name, content)


def test_amandas_calendar_program_sees_her_shifts_until_she_throws_the_link_away(company, client):
    actions.add_shift(
        actor=SYSTEM,
        person=company.amanda,
        starts_at=datetime(2026, 11, 24, 7, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 15, tzinfo=UTC),
        place_type="home",
        activities=[
            (
                "focus",
                datetime(2026, 11, 24, 8, tzinfo=UTC),
                datetime(2026, 11, 24, 9, tzinfo=UTC),
                "Hemligt",
            )
        ],
    )
    client.force_login(company.amanda)
    page = client.post(reverse("planning:make_link"))
    link = page.context["link"]
    client.logout()
    answer = client.get(link)
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.start == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert b"Hemligt" not in answer.content
    client.force_login(company.amanda)
    assert link not in client.get(reverse("planning:my_calendar")).content.decode()
    client.post(reverse("planning:end_link"))
    assert client.get(link).status_code == 404


def test_a_new_link_ends_the_old_one_and_someone_who_left_has_none(company, client):
    old = actions.make_feed(actor=company.amanda)
    new = actions.make_feed(actor=company.amanda)
    url = reverse("planning:feed")
    assert client.get(url, {"key": old}).status_code == 404
    assert client.get(url, {"key": new}).status_code == 200
    company.amanda.is_active = False
    company.amanda.save()
    assert client.get(url, {"key": new}).status_code == 404
    assert client.get(url).status_code == 404


def test_a_shift_in_the_calendar_stays_the_same_event_when_it_is_read_again(company):
    from hemma.planning import calendars

    shift = Shift(pk=5, person=company.amanda, starts_at=NOW, ends_at=NOW, place_type="home")
    first, second = (calendars.write(company.amanda, [shift]) for _ in range(2))
    assert b"UID:shift-5@hemma" in first
    assert first.count(b"UID") == second.count(b"UID") == 1
