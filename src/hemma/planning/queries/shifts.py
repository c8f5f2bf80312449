"""Reading the schedule: who works now, who works today, and what a day holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from hemma.lib import clock
from hemma.lib.once import of_each_once, once_a_page
from hemma.people.models import Person
from hemma.people.visibility import Asker, NotVisible, person_for, reads, visible_ids
from hemma.planning.days import day_bounds
from hemma.planning.models import Absence, Activity, ActivityKind, Shift

# What a person places on their own, and moves without asking.
OWN_KINDS = (ActivityKind.FOCUS, ActivityKind.RECESS)
# Nobody plans for whoever has no planned shift in so many days, before or after.
PLANNED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """One person's shift, and where in it they are by plan. All times aware, UTC.

    `activity` is the kind planned for now (None between activities), `activity_ends_at` its end
    (`activity_starts_at` its start),
    `next_stop_at` when the next activity that is not the queue begins.
    """

    person_id: int
    starts_at: datetime
    ends_at: datetime
    place_type: str
    activity: str | None = None
    activity_ends_at: datetime | None = None
    next_stop_at: datetime | None = None
    activity_starts_at: datetime | None = None

    def covers(self, at: datetime) -> bool:
        """Whether `at` lies in the shift; the end does not."""
        return self.starts_at <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """A part of a shift."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    label: str = ""
    pk: int = 0


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """Hours and type of place."""

    starts_at: datetime
    ends_at: datetime
    place_type: str


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What one person does on one day of their own zone: shifts that begin then, activities in order.

    A shift past midnight belongs, whole, to the day it began on. `shift` is the first one.
    """

    day: date
    shifts: tuple[PlannedShift, ...] = ()
    activities: tuple[PlannedActivity, ...] = ()

    @property
    def shift(self) -> PlannedShift | None:
        return self.shifts[0] if self.shifts else None

    def at(self, moment: datetime) -> PlannedActivity | None:
        """What is planned for `moment`."""
        return next((a for a in self.activities if a.starts_at <= moment < a.ends_at), None)

    def next_after(self, moment: datetime) -> PlannedActivity | None:
        """The first activity that begins after `moment`."""
        return next((a for a in self.activities if a.starts_at > moment), None)

    def ends_after(self, moment: datetime) -> datetime | None:
        """When the shift that `moment` lies in ends; None outside of hours."""
        return next((s.ends_at for s in self.shifts if s.starts_at <= moment < s.ends_at), None)


@reads("planning.shift")
def shifts_now(asker: Asker, people: Iterable[int]) -> dict[int, ShiftFacts]:
    """The shift each of `people` is in right now; who is off is left out. One query."""
    now = clock.now()

    def ask(new: set[int]) -> dict[int, ShiftFacts]:
        rows = _shifts(asker, new, now).filter(starts_at__lte=now, ends_at__gt=now)
        return {row.person_id: _facts(row) for row in rows.exclude(Exists(away(now)))}

    return of_each_once(("shift now", asker), people, ask)


@once_a_page
@reads("planning.shift")
def shift_now(asker: Asker, person: Person) -> ShiftFacts | None:
    """The shift `person` is in right now, or None outside of hours."""
    return shifts_now(asker, [person.pk]).get(person.pk)


@reads("planning.shift")
def nobody_plans_for(asker: Asker, person: Person) -> bool:
    """Whether no hours are planned for `person` within two weeks, before or after now."""
    person_for(asker, "planning.shift", person.pk)
    now = clock.now()
    near = Shift.objects.filter(person=person, unplanned=False)
    return not near.filter(
        ends_at__gt=now - PLANNED_WITHIN, starts_at__lt=now + PLANNED_WITHIN
    ).exists()


@reads("planning.shift")
def shifts_today(asker: Asker, people: Iterable[int], zone: tzinfo) -> dict[int, ShiftFacts]:
    """Each one's shift of today by `zone`: the one going on, else the next, else the last. One query.

    A shift that began yesterday counts while it lasts.
    """
    now = clock.now()
    midnight, end = day_bounds(now.astimezone(zone).date(), zone)
    today = Q(starts_at__gte=midnight, starts_at__lt=end)
    going_on = Q(starts_at__lte=now, ends_at__gt=now)
    chosen: dict[int, ShiftFacts] = {}
    rows = _shifts(asker, people, now).filter(today | going_on).exclude(Exists(away(now)))
    for row in rows.order_by("starts_at"):
        known = chosen.get(row.person_id)
        if known is None or known.ends_at <= now:
            chosen[row.person_id] = _facts(row)
    return chosen


def away(now: datetime) -> QuerySet[Absence]:
    """For a query of shifts: the absence that covers the shift's start, or now once it runs."""
    moment = Greatest(OuterRef("starts_at"), Value(now))
    return Absence.objects.filter(
        person=OuterRef("person"), starts_at__lte=moment, ends_at__gt=moment
    )


def _shifts(asker: Asker, people: Iterable[int], now: datetime) -> QuerySet[Shift]:
    """Shifts of those of `people` whom `asker` may see, with what is planned around `now`."""
    inside = Activity.objects.filter(shift=OuterRef("pk"))
    current = inside.filter(starts_at__lte=now, ends_at__gt=now)
    stop = inside.filter(starts_at__gt=now).exclude(kind=ActivityKind.QUEUE).order_by("starts_at")
    seen = visible_ids(asker, "planning.shift", people)
    return Shift.objects.filter(person__in=seen).annotate(
        activity=Subquery(current.values("kind")[:1]),
        activity_starts_at=Subquery(current.values("starts_at")[:1]),
        activity_ends_at=Subquery(current.values("ends_at")[:1]),
        next_stop_at=Subquery(stop.values("starts_at")[:1]),
    )


def _facts(row: Shift) -> ShiftFacts:
    return ShiftFacts(
        person_id=row.person_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place_type=row.place_type,
        activity=row.activity,  # type: ignore[attr-defined]  # annotated in _shifts
        activity_ends_at=row.activity_ends_at,  # type: ignore[attr-defined]
        next_stop_at=row.next_stop_at,  # type: ignore[attr-defined]
        activity_starts_at=row.activity_starts_at,  # type: ignore[attr-defined]
    )


@reads("planning.activity")
def own_block(asker: Person, activity_id: int) -> Activity:
    """A focus phase or recess of one's own. Raises NotVisible for anything else."""
    row = Activity.objects.filter(pk=activity_id).select_related("shift").first()
    if row is None or row.shift.person_id != asker.pk or row.kind not in OWN_KINDS:
        raise NotVisible("planning.activity", f"activity:{activity_id}")
    return row


@reads("planning.activity")
def day_of(asker: Asker, person: Person, day: date) -> DayPlan:
    """What `person` does on `day` of their own zone. Raises NotVisible for who may not see it."""
    person_for(asker, "planning.activity", person.pk)
    return _plan(person, day)


@once_a_page
@reads("planning.activity")
def today_of(asker: Asker, person: Person) -> DayPlan:
    """The day `person` is in: today in their zone, or yesterday while a night shift lasts."""
    person_for(asker, "planning.activity", person.pk)
    now = clock.now()
    today = now.astimezone(person.zone).date()
    midnight, end = day_bounds(today, person.zone)
    lasting = Q(starts_at__lt=midnight, ends_at__gt=now)
    shifts = _with_parts(person, Q(starts_at__gte=midnight, starts_at__lt=end) | lasting)
    began = next((s.starts_at for s in shifts if s.starts_at <= now < s.ends_at), now)
    day = began.astimezone(person.zone).date()
    if day != today:  # a night shift: with it whatever else began on its day
        return _plan(person, day)
    return _day_plan(day, [s for s in shifts if s.starts_at >= midnight])


def _plan(person: Person, day: date) -> DayPlan:
    start, end = day_bounds(day, person.zone)
    return _day_plan(day, _with_parts(person, Q(starts_at__gte=start, starts_at__lt=end)))


def _with_parts(person: Person, which: Q) -> list[Shift]:
    rows = Shift.objects.filter(which, person=person).order_by("starts_at")
    return list(rows.prefetch_related("activities"))


def _day_plan(day: date, shifts: list[Shift]) -> DayPlan:
    return DayPlan(
        day=day,
        shifts=tuple(PlannedShift(s.starts_at, s.ends_at, s.place_type) for s in shifts),
        activities=tuple(_planned(a) for s in shifts for a in s.activities.all()),
    )


def _planned(row: Activity) -> PlannedActivity:
    return PlannedActivity(row.kind, row.starts_at, row.ends_at, row.label, row.pk)


@reads("planning.activity")
def current_activity(asker: Asker, person: Person) -> PlannedActivity | None:
    """What is planned for `person` right now, or None."""
    return today_of(asker, person).at(clock.now())


@reads("planning.activity")
def next_activity(asker: Asker, person: Person) -> PlannedActivity | None:
    """What comes next for `person` in the day they are in, or None when nothing more does."""
    return today_of(asker, person).next_after(clock.now())


@reads("planning.activity")
def next_shift(asker: Asker, person: Person) -> PlannedShift | None:
    """The first shift of `person` that has not begun yet, or None when none is planned."""
    person_for(asker, "planning.activity", person.pk)
    row = Shift.objects.filter(person=person, starts_at__gt=clock.now()).order_by("starts_at")
    return next((PlannedShift(s.starts_at, s.ends_at, s.place_type) for s in row[:1]), None)


@reads("planning.shift")
def shifts_between(
    asker: Asker, people: Iterable[int], start: datetime, end: datetime
) -> list[Shift]:
    """The shifts of those of `people` whom `asker` may see, in a span, first ones first."""
    seen = visible_ids(asker, "planning.shift", people)
    rows = Shift.objects.filter(person__in=seen, starts_at__lt=end, ends_at__gt=start)
    return list(rows.select_related("person__site").order_by("starts_at"))


@reads("planning.activity")
def end_of_day(asker: Asker, person: Person) -> datetime:
    """When the day that `person` is in is over: its midnight, or the end of a night shift."""
    person_for(asker, "planning.activity", person.pk)
    now = clock.now()
    _start, midnight = day_bounds(now.astimezone(person.zone).date(), person.zone)
    running = Shift.objects.filter(person=person, starts_at__lte=now, ends_at__gt=midnight)
    last = running.values_list("ends_at", flat=True).first()
    return last or midnight
