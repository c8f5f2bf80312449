"""What the planner placed inside the shifts comes along with its plan, everything or nothing."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError

from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Role, Site
from hemma.people.system import SYSTEM
from hemma.planning import actions
from hemma.planning.models import Shift

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    class Made:
        site = Site.objects.create(name="Umeå", country="SE", zone="Europe/Stockholm")

    for name, role in (("Amanda", Role.AGENT), ("Petra", Role.PLANNER)):
        made = add_person(
            actor=SYSTEM, email=f"{name.lower()}@example.org", name=name, roles=[role],
            site=Made.site,
        )  # fmt: skip
        setattr(Made, name.lower(), made)
    with clock.moved_to(NOW):
        yield Made


PLAN = """name,day,start,end,place,breaks
Amanda,2026-11-24,08:30,17:00,home,huddle 09:00-09:15 paus 10:30-10:45 rast 12:30-13:00 focus 14:00-15:00
amanda,2026-11-25,22:00,06:30,office,rast 23:45-00:15 paus 03:00-03:15
"""


def test_what_the_planner_placed_in_a_shift_comes_with_its_plan(company):
    done = actions.import_shifts(actor=company.petra, name="plan.csv", content=PLAN.encode())
    assert done == 2
    day, night = Shift.objects.filter(person=company.amanda).order_by("starts_at")
    zone = company.amanda.zone

    def told(shift):
        rows = shift.activities.order_by("starts_at")
        return [(f"{one.starts_at.astimezone(zone):%H:%M}", one.kind) for one in rows]

    assert told(day) == [
        ("08:30", "queue"), ("09:00", "meeting"), ("09:15", "queue"), ("10:30", "pause"),
        ("10:45", "queue"), ("12:30", "rast"), ("13:00", "queue"), ("14:00", "focus"),
        ("15:00", "queue"),
    ]  # fmt: skip
    assert day.place_type == "home"
    assert told(night) == [
        ("22:00", "queue"), ("23:45", "rast"), ("00:15", "queue"), ("03:00", "pause"),
        ("03:15", "queue"),
    ]  # fmt: skip
    for shift in (day, night):
        spans = list(shift.activities.order_by("starts_at").values_list("starts_at", "ends_at"))
        assert spans[0][0] == shift.starts_at
        assert spans[-1][1] == shift.ends_at
        assert all(a[1] == b[0] for a, b in pairwise(spans)), "no minute is left out"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("Amanda,2026-11-24,08:30,17:00,home,dream 09:00-09:15", "dream"),
        ("Amanda,2026-11-24,08:30,17:00,home,paus 9-10", "paus 9-10"),
        ("Amanda,2026-11-24,08:30,17:00,home,paus 25:00-25:15", "Rad 4"),
        ("Amanda,2026-11-24,08:30,17:00,home,paus 17:30-17:45", "17:30"),
        ("Nobody,2026-11-24,08:30,17:00,home,", "Nobody"),
    ],
)
def test_a_plan_with_one_line_that_cannot_be_is_told_and_nothing_is_stored(company, wrong, said):
    text = PLAN + wrong
    with pytest.raises(ValidationError) as problem:
        actions.import_shifts(actor=company.petra, name="plan.csv", content=text.encode())
    assert said in problem.value.messages[0]
    assert not Shift.objects.exists()


def test_a_name_that_two_have_is_not_enough(company):
    add_person(
        actor=SYSTEM, email="a2@example.org", name="Amanda", roles=[Role.AGENT], site=company.site
    )
    with pytest.raises(ValidationError, match="2"):
        actions.import_shifts(actor=company.petra, name="plan.csv", content=PLAN.encode())
    assert not Shift.objects.exists()
