from datetime import UTC, date, datetime, timedelta
from multiprocessing.dummy import Pool
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, transaction

from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people.actions import add_person, join_team
from hemma.people.models import Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.planning.actions import add_shift
from hemma.planning.days import day_bounds
from hemma.planning.models import Activity, Shift
from hemma.planning.queries import (
    current_activity,
    day_of,
    next_activity,
    next_shift,
    shift_now,
    shifts_now,
    shifts_today,
    today_of,
)

pytestmark = pytest.mark.django_db

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.fixture
def cast():
    site = Site.objects.create(name="Linköping", country="SE")
    people = {
        name: add_person(
            actor=SYSTEM, email=f"{name}@example.org", name=name.title(), roles=[role], site=site
        )
        for name, role in [
            ("amanda", Role.AGENT),
            ("bengt", Role.AGENT),
            ("tina", Role.TEAM_LEADER),
            ("petra", Role.PLANNER),
            ("charlie", Role.AGENT),
            ("imran", Role.IT_SUPPORT),
        ]
    }
    team = Team.objects.create(name="Björkvik", site=site, leader=people["tina"])
    other = Team.objects.create(name="Tallmo", site=site)
    for name in ("amanda", "bengt"):
        join_team(actor=SYSTEM, person=people[name], team=team)
    join_team(actor=SYSTEM, person=people["charlie"], team=other)
    return people


def plan_day(cast, name="amanda", **more):
    return add_shift(
        actor=SYSTEM,
        person=cast[name],
        starts_at=at(8),
        ends_at=at(16, 45),
        place_type="home",
        activities=more.get(
            "activities",
            [
                ("queue", at(8), at(10), ""),
                ("focus", at(10), at(11), "Fakturor"),
                ("rast", at(12), at(12, 45), ""),
            ],
        ),
    )


def test_amanda_is_in_her_shift_from_its_start_to_before_its_end(cast):
    plan_day(cast)
    for when, there in [
        (at(7, 59), False),
        (at(8), True),
        (at(16, 44), True),
        (at(16, 46), False),
    ]:
        with clock.moved_to(when):
            assert (shift_now(SYSTEM, cast["amanda"]) is not None) is there


def test_a_shift_says_what_is_planned_now_and_when_the_next_stop_is(cast):
    plan_day(cast)
    with clock.moved_to(at(9, 30)):
        facts = shift_now(SYSTEM, cast["amanda"])
    assert (facts.activity, facts.activity_ends_at) == ("queue", at(10))
    assert facts.next_stop_at == at(10)
    assert facts.place_type == "home"


def test_everyones_shift_is_one_query(cast, django_assert_num_queries):
    plan_day(cast)
    plan_day(cast, "bengt")
    with clock.moved_to(at(9)), django_assert_num_queries(1):
        assert len(shifts_now(SYSTEM, [p.pk for p in cast.values()])) == 2


def test_a_colleague_knows_todays_hours_but_not_what_the_day_holds(cast):
    plan_day(cast)
    amanda, bengt = cast["amanda"], cast["bengt"]
    with clock.moved_to(at(9)):
        assert shifts_today(bengt, [amanda.pk], STOCKHOLM)[amanda.pk].starts_at == at(8)
        with pytest.raises(NotVisible):
            day_of(bengt, amanda, date(2026, 11, 23))


def test_charlie_and_imran_see_nothing_of_amandas_hours(cast):
    plan_day(cast)
    amanda = cast["amanda"]
    with clock.moved_to(at(9)):
        assert shifts_now(amanda, [amanda.pk])
        for outsider in (cast["charlie"], cast["imran"]):
            assert shifts_now(outsider, [amanda.pk]) == {}
            assert shifts_today(outsider, [amanda.pk], STOCKHOLM) == {}
            with pytest.raises(NotVisible):
                day_of(outsider, amanda, date(2026, 11, 23))


def test_tina_and_petra_see_amandas_day_in_order(cast):
    plan_day(cast)
    for viewer in ("amanda", "tina", "petra"):
        plan = day_of(cast[viewer], cast["amanda"], date(2026, 11, 23))
        assert [one.kind for one in plan.activities] == ["queue", "focus", "rast"]
        assert plan.shift.place_type == "home"


def test_two_shifts_at_once_are_refused_and_both_times_are_named(cast):
    plan_day(cast)
    with pytest.raises(ValidationError) as refused:
        add_shift(
            actor=SYSTEM,
            person=cast["amanda"],
            starts_at=at(16),
            ends_at=at(20),
            place_type="office",
        )
    (message,) = refused.value.messages
    assert "16:00–20:00" in message
    assert "08:00–16:45" in message
    assert Shift.objects.count() == 1


def test_the_database_refuses_two_shifts_and_two_parts_at_once(cast):
    """Whatever the program thinks it knows."""
    shift = plan_day(cast)
    with pytest.raises(IntegrityError, match="shift_never_two_at_once"), transaction.atomic():
        Shift.objects.create(person=cast["amanda"], starts_at=at(16), ends_at=at(20))
    with pytest.raises(IntegrityError, match="activity_never_two_at_once"), transaction.atomic():
        Activity.objects.create(shift=shift, kind="queue", starts_at=at(9), ends_at=at(10, 30))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_the_same_hours_at_once_exactly_one_does(transactional_db, cast):
    def plan(_turn):
        try:
            return plan_day(cast) is not None
        except ValidationError as refused:
            return "08:00–16:45" not in refused.messages[0]
        finally:
            connections.close_all()

    with Pool(4) as pool:
        assert sorted(pool.map(plan, range(4))) == [False, False, False, True]
    assert Shift.objects.count() == 1


def test_a_shift_may_begin_the_minute_another_ends(cast):
    plan_day(cast)
    add_shift(
        actor=SYSTEM,
        person=cast["amanda"],
        starts_at=at(16, 45),
        ends_at=at(20),
        place_type="office",
    )
    assert Shift.objects.count() == 2


def test_overlapping_activities_leave_no_half_made_shift(cast):
    parts = [("queue", at(8), at(10), ""), ("focus", at(9, 30), at(11), "")]
    with pytest.raises(ValidationError) as refused:
        plan_day(cast, activities=parts)
    (message,) = refused.value.messages
    assert "09:30–11:00" in message
    assert "08:00–10:00" in message
    assert not Shift.objects.exists()


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("outside", {"activities": [("queue", at(7), at(9), "")]}),
        ("order", {"activities": [("queue", at(9), at(9), "")]}),
        ("kind", {"activities": [("idle", at(9), at(10), "")]}),
        ("order", {"ends_at": at(7)}),
        ("place", {"place_type": "moon"}),
    ],
)
def test_a_shift_that_makes_no_sense_is_refused_with_a_reason(cast, code, change):
    sane = {"starts_at": at(8), "ends_at": at(16), "place_type": "home"}
    with pytest.raises(ValidationError) as refused:
        add_shift(actor=SYSTEM, person=cast["amanda"], **(sane | change))
    assert refused.value.code == code
    assert not Shift.objects.exists()


def test_petra_and_tina_plan_amandas_shift_but_bengt_and_charlie_do_not(cast):
    for day, name in enumerate(("petra", "tina"), start=24):
        add_shift(
            actor=cast[name],
            person=cast["amanda"],
            starts_at=at(8, day=day),
            ends_at=at(9, day=day),
            place_type="home",
        )
    assert Event.objects.filter(kind="planning.shift_added").count() == 2
    for name in ("bengt", "charlie", "amanda"):
        with pytest.raises(PermissionDenied):
            add_shift(
                actor=cast[name],
                person=cast["amanda"],
                starts_at=at(8, day=27),
                ends_at=at(9, day=27),
                place_type="home",
            )


def test_what_comes_now_and_next(cast):
    plan_day(cast)
    amanda = cast["amanda"]
    with clock.moved_to(at(9, 37)):
        assert current_activity(amanda, amanda).kind == "queue"
        assert next_activity(amanda, amanda).label == "Fakturor"
    with clock.moved_to(at(13)):
        assert current_activity(amanda, amanda) is None
        assert next_activity(amanda, amanda) is None
    with clock.moved_to(at(7)):
        assert next_activity(amanda, amanda).starts_at == at(8)
        assert next_shift(amanda, amanda).starts_at == at(8)


def test_a_night_shift_belongs_to_the_day_it_began_on(cast):
    amanda = cast["amanda"]
    add_shift(
        actor=SYSTEM,
        person=amanda,
        starts_at=at(22),
        ends_at=at(6, day=24),
        place_type="office",
        activities=[
            ("queue", at(22), at(2, day=24), ""),
            ("rast", at(2, day=24), at(3, day=24), ""),
        ],
    )
    with clock.moved_to(at(1, day=24)):
        assert today_of(amanda, amanda).day == date(2026, 11, 23)
        assert next_activity(amanda, amanda).kind == "rast"
        assert shifts_today(amanda, [amanda.pk], STOCKHOLM)[amanda.pk].ends_at == at(6, day=24)
    with clock.moved_to(at(7, day=24)):
        assert today_of(amanda, amanda).day == date(2026, 11, 24)
        assert shifts_today(amanda, [amanda.pk], STOCKHOLM) == {}


def test_days_with_a_clock_change_are_23_and_25_hours_long():
    for day, hours in [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)]:
        start, end = day_bounds(day, STOCKHOLM)
        assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)
