"""Being away: one click, no reason, and not a minute too little or too much."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from hemma.lib import clock
from hemma.people.actions import add_person, join_team
from hemma.people.models import Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.planning import actions, queries
from hemma.planning.days import day_bounds
from hemma.planning.models import Absence

OSLO = ZoneInfo("Europe/Oslo")
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=OSLO)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amanda():
    site = Site.objects.create(name="Oslo", country="NO", zone="Europe/Oslo")
    team = Team.objects.create(name="Björkvik", site=site)
    with clock.moved_to(MORNING):
        person = add_person(
            actor=SYSTEM,
            email="amanda@example.org",
            name="Amanda Nyström",
            site=site,
            roles=[Role.AGENT],
        )
        join_team(actor=SYSTEM, person=person, team=team)
        yield person


def shift(person, start, hours=8):
    return actions.add_shift(
        actor=SYSTEM,
        person=person,
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        place_type="home",
    )


def test_amanda_is_sick_today_in_one_step_and_nobody_asks_why(amanda):
    shift(amanda, MORNING)
    clock.advance(timedelta(minutes=10))
    assert queries.shift_now(SYSTEM, amanda)
    absence = actions.call_in_sick(actor=amanda)
    assert queries.shift_now(SYSTEM, amanda) is None
    assert queries.shifts_today(SYSTEM, [amanda.pk], OSLO) == {}
    assert absence.ends_at == day_bounds(date(2026, 11, 24), OSLO)[1]
    assert {field.name for field in Absence._meta.fields} == {
        "id",
        "person",
        "starts_at",
        "ends_at",
    }
    assert actions.call_in_sick(actor=amanda) == absence


def test_zammad_3590_one_day_away_is_that_day_in_her_zone_not_in_utc(amanda):
    """Half past midnight in Oslo is still yesterday in UTC."""
    night = datetime(2026, 11, 25, 0, 30, tzinfo=OSLO)
    with clock.moved_to(night):
        assert actions.call_in_sick(actor=amanda).ends_at == datetime(2026, 11, 26, tzinfo=OSLO)
    day = day_bounds(date(2026, 11, 27), OSLO)
    actions.add_absence(actor=SYSTEM, person=amanda, starts_at=day[0], ends_at=day[1])
    shift(amanda, datetime(2026, 11, 27, 8, tzinfo=OSLO))
    with clock.moved_to(datetime(2026, 11, 27, 15, 59, tzinfo=OSLO)):
        assert queries.shift_now(SYSTEM, amanda) is None


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 28), 23), (date(2026, 10, 25), 25)])
def test_zammad_4832_a_day_away_is_as_long_as_the_day_when_the_clocks_change(amanda, day, hours):
    with clock.moved_to(day_bounds(day, OSLO)[0]):
        absence = actions.call_in_sick(actor=amanda)
    real = absence.ends_at.astimezone(UTC) - absence.starts_at.astimezone(UTC)
    assert round(real / timedelta(hours=1)) == hours


def test_zammad_3180_the_last_minute_of_the_day_belongs_to_it(amanda):
    late = datetime(2026, 11, 24, 23, 59, 30, tzinfo=OSLO)
    shift(amanda, datetime(2026, 11, 24, 16, tzinfo=OSLO))
    with clock.moved_to(late - timedelta(hours=2)):
        actions.call_in_sick(actor=amanda)
    with clock.moved_to(late):
        assert queries.absence_now(amanda, amanda)


def test_a_night_shift_under_way_counts_to_the_day_she_is_sick(amanda):
    shift(amanda, datetime(2026, 11, 24, 22, tzinfo=OSLO))
    with clock.moved_to(datetime(2026, 11, 24, 23, tzinfo=OSLO)):
        assert actions.call_in_sick(actor=amanda).ends_at == datetime(2026, 11, 25, 6, tzinfo=OSLO)


def test_amanda_feels_better_and_is_back_at_once(amanda):
    shift(amanda, MORNING)
    actions.call_in_sick(actor=amanda)
    clock.advance(timedelta(hours=1))
    actions.back_again(actor=amanda)
    assert queries.shift_now(SYSTEM, amanda)
    actions.back_again(actor=amanda)


def test_the_database_refuses_two_absences_at_once(amanda):
    actions.add_absence(
        actor=SYSTEM, person=amanda, starts_at=MORNING, ends_at=MORNING + timedelta(days=1)
    )
    later = MORNING + timedelta(hours=2)
    with pytest.raises(ValidationError, match="Amanda"):
        actions.add_absence(
            actor=SYSTEM, person=amanda, starts_at=later, ends_at=later + timedelta(days=3)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(person=amanda, starts_at=later, ends_at=later + timedelta(days=3))


def test_colleagues_cannot_plan_or_see_amandas_absence(amanda):
    bengt = add_person(
        actor=SYSTEM,
        email="bengt@example.org",
        name="Bengt Olsson",
        site=amanda.site,
        roles=[Role.AGENT],
    )
    join_team(actor=SYSTEM, person=bengt, team=Team.objects.get())
    actions.call_in_sick(actor=amanda)
    assert queries.absence_now(amanda, amanda)
    with pytest.raises(NotVisible):
        queries.absence_now(bengt, amanda)
    with pytest.raises(PermissionDenied):
        actions.add_absence(
            actor=bengt, person=amanda, starts_at=MORNING, ends_at=MORNING + timedelta(hours=1)
        )


def test_when_amanda_is_back_is_her_next_shift_that_she_comes_to(amanda):
    shift(amanda, MORNING)
    tomorrow = MORNING + timedelta(days=1)
    shift(amanda, tomorrow)
    actions.call_in_sick(actor=amanda)
    assert queries.back_at(SYSTEM, [amanda.pk]) == {amanda.pk: tomorrow}
    actions.add_absence(
        actor=SYSTEM, person=amanda, starts_at=tomorrow, ends_at=tomorrow + timedelta(days=1)
    )
    assert queries.back_at(SYSTEM, [amanda.pk]) == {}


def test_rest_moves_the_start_and_leaves_the_end(amanda):
    start = MORNING + timedelta(days=1)
    planned = actions.add_shift(
        actor=SYSTEM,
        person=amanda,
        starts_at=start,
        ends_at=start + timedelta(hours=8),
        place_type="home",
        activities=[
            ("warmup", start, start + timedelta(minutes=30), ""),
            ("queue", start + timedelta(minutes=30), start + timedelta(hours=8), ""),
        ],
    )
    until = start + timedelta(hours=1)
    assert actions.give_rest(actor=SYSTEM, person=amanda, since=MORNING, until=until) == 1
    planned.refresh_from_db()
    assert (planned.starts_at, planned.ends_at) == (until, start + timedelta(hours=8))
    assert [one.kind for one in planned.activities.all()] == ["queue"]
    assert planned.activities.get().starts_at == until
