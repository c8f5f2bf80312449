"""The demo's schedule: shifts for today and the next working days, with the parts of a good day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hemma.people.demo import DemoCompany, Unit
from hemma.people.models import Person, Place
from hemma.people.system import SYSTEM
from hemma.planning.actions import Part, Plan, add_shifts
from hemma.planning.models import ActivityKind as Kind
from hemma.planning.models import Shift

DAYS_AHEAD, DAYS_AHEAD_OF_MANY, MANY = 4, 1, 200
# Working days behind: so many with what was in them, the others as shifts alone.
DAYS_BACK, DAYS_BACK_IN_FULL, IN_FULL_OF_MANY = 64, 10, 5
# Of the days at home: everybody has a share of their own, half of them on average.
LEAST_AT_HOME_PERCENT, MOST_AT_HOME_PERCENT = 20, 80
HOME, OFFICE = "amanda", "bengt"  # the story's own: one works from home, one in the office
END = "16:35"

_MORNING = [("07:50", Kind.WARMUP), ("08:00", Kind.MEETING), ("08:15", Kind.QUEUE)]
_EVENING = [("14:30", Kind.FIKA), ("14:45", Kind.QUEUE), ("16:25", Kind.SHUTDOWN)]
# At most five hours of work before the rast (the Swedish Working Hours Act, § 15), a short pause
# in every stretch at the screen, and never everybody away from the queue at the same time.
DAYS: list[list[tuple[str, Kind]]] = [
    [
        *_MORNING,
        ("09:05", Kind.PAUSE),
        ("09:10", Kind.QUEUE),
        ("10:00", Kind.FOCUS),
        ("10:45", Kind.RECESS),
        ("11:00", Kind.QUEUE),
        ("11:45", Kind.RAST),
        ("12:30", Kind.QUEUE),
        ("13:30", Kind.COACHING),
        ("13:55", Kind.QUEUE),
        *_EVENING,
    ],
    [
        *_MORNING,
        ("09:20", Kind.FOCUS),
        ("10:05", Kind.PAUSE),
        ("10:10", Kind.QUEUE),
        ("11:15", Kind.RAST),
        ("12:00", Kind.QUEUE),
        ("13:15", Kind.RECESS),
        ("13:30", Kind.QUEUE),
        *_EVENING,
    ],
    [
        *_MORNING,
        ("09:35", Kind.RECESS),
        ("09:50", Kind.QUEUE),
        ("11:00", Kind.FOCUS),
        ("11:45", Kind.QUEUE),
        ("12:15", Kind.RAST),
        ("13:00", Kind.QUEUE),
        *_EVENING,
    ],
]
# Which of the days: most have the first, so that at 9.37 most are in the queue.
PATTERN = (0, 0, 1, 0, 0, 2, 0)
LEADERS_DAY: list[tuple[str, Kind]] = [
    ("07:50", Kind.WARMUP),
    ("08:00", Kind.MEETING),
    ("08:15", Kind.FOCUS),
    ("09:15", Kind.PAUSE),
    ("09:20", Kind.QUEUE),
    ("10:30", Kind.MEETING),
    ("11:30", Kind.FOCUS),
    ("12:00", Kind.RAST),
    ("12:45", Kind.QUEUE),
    ("13:30", Kind.COACHING),
    ("13:55", Kind.FOCUS),
    *_EVENING,
]


def load(company: DemoCompany) -> None:
    """Shifts for everybody from today on; days that are planned already stay as they are."""
    leaders = {unit.team.leader_id for unit in company.units}
    of_unit = {person.pk: unit for unit in company.units for person in unit.people}
    ahead = DAYS_AHEAD if len(company.everyone) <= MANY else DAYS_AHEAD_OF_MANY
    planned = _planned(company)
    plans = [
        _plan(person, day, of_unit.get(person.pk), leads=person.pk in leaders)
        for day in working_days(company.now.date(), ahead)
        for person in company.everyone
        if (person.pk, day) not in planned
    ]
    if company.cases_wanted and not planned:
        plans += _behind(company, of_unit, leaders)
    add_shifts(actor=SYSTEM, plans=plans)


def _behind(
    company: DemoCompany, of_unit: dict[int, Unit], leaders: set[int | None]
) -> Iterator[Plan]:
    """The shifts of the last working days, those of the latest with their parts."""
    full = DAYS_BACK_IN_FULL if len(company.everyone) <= MANY else IN_FULL_OF_MANY
    day = company.now.date()
    for back in range(1, DAYS_BACK + 1):
        day -= timedelta(days=3 if day.weekday() == 0 else 1)
        for person in company.everyone:
            plan = _plan(person, day, of_unit.get(person.pk), leads=person.pk in leaders)
            # The rast is no working time, so it is needed for as long as hours are told of.
            rast = tuple(part for part in plan.activities if part[0] == Kind.RAST)
            yield plan if back <= full else replace(plan, activities=rast)


def working_days(first: date, ahead: int) -> Iterator[date]:
    """The first weekday from `first` on, and `ahead` more."""
    day, left = first, ahead + 1
    while left:
        if day.weekday() < 5:
            yield day
            left -= 1
        day += timedelta(days=1)


def _planned(company: DemoCompany) -> set[tuple[int, date]]:
    rows = Shift.objects.filter(ends_at__gt=company.now - timedelta(days=1))
    return {(person, start.date()) for person, start in rows.values_list("person_id", "starts_at")}


def _plan(person: Person, day: date, unit: Unit | None, *, leads: bool) -> Plan:
    number = person.pk + day.toordinal()
    name = person.first_name.lower()
    parts = LEADERS_DAY if leads else DAYS[0 if name == HOME else PATTERN[number % len(PATTERN)]]
    at_home = number * 37 % 100 < _at_home_percent(person)
    if name in {HOME, OFFICE}:
        at_home = name == HOME
    activities = _activities(person, day, parts, _coaching(unit))
    return Plan(
        person=person,
        starts_at=activities[0][1],
        ends_at=activities[-1][2],
        place_type=Place.HOME if at_home else Place.OFFICE,
        activities=tuple(activities),
    )


def _coaching(unit: Unit | None) -> str:
    leader = unit.team.leader if unit else None
    return f"Coachning med {leader.first_name}" if leader else ""


def _at_home_percent(person: Person) -> int:
    """By the person's number: spread, and the same at every start."""
    spread = MOST_AT_HOME_PERCENT - LEAST_AT_HOME_PERCENT + 1
    return LEAST_AT_HOME_PERCENT + person.pk * 23 % spread


def _activities(
    person: Person, day: date, parts: list[tuple[str, Kind]], coaching: str
) -> list[Part]:
    starts = [_at(person, day, clock) for clock, _kind in parts] + [_at(person, day, END)]
    return [
        (kind.value, start, end, coaching if kind == Kind.COACHING else "")
        for (_clock, kind), start, end in zip(parts, starts, starts[1:], strict=False)
    ]


def _at(person: Person, day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), person.zone)
