"""What the law says of what somebody works: the record and the plan as a timeline of `core.rules`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hemma.core.grid import Interval
from hemma.core.rules import (
    Flag,
    PlaceType,
    Severity,
    Timeline,
    WorkItem,
    WorkKind,
    builtin,
    check,
)
from hemma.people.keeping import country_of
from hemma.people.models import Person
from hemma.people.visibility import reads
from hemma.planning.models import Activity, ActivityKind, Shift
from hemma.workday.models import Worked
from hemma.workday.worktime import Span

# A rule sees no further: the longest that looks back over days is four weeks of overtime.
BACK, AHEAD = timedelta(days=35), timedelta(days=7)
# Kinds of rules about hours and rest as they are lived; notice, places and averages are the plan's.
WATCHED = frozenset(
    {
        "daily_rest",
        "rest_between_shifts",
        "weekly_rest",
        "hours_in_a_day",
        "hours_in_a_week",
        "overtime_in_a_week",
        "overtime_in_four_weeks",
        "break_in_time",
    }
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that would be broken: by what paragraph, and whether it stops a plan."""

    rule: str
    paragraph: str
    stops: bool
    flag: Flag


def pack_of(person: Person) -> str:
    """The rule pack of the country one works in; the EU's floor where there is none of it."""
    country = country_of(person).lower()
    return country if any(pack.id == country for pack in builtin().packs) else "eu"


@reads("workday.hours")
def broken_by(asker: Person, start: datetime, end: datetime) -> list[Broken]:
    """What the law says if `asker` works from `start` to `end`, outside of their plan.

    Of that stretch and what comes after it, nothing else. Looks at the record of five weeks and at
    the plan of the next days.
    """
    return broken_by_work(asker, start, end, planned_end=start)


def broken_by_work(
    person: Person,
    start: datetime,
    end: datetime,
    *,
    planned_end: datetime,
    rasts: Sequence[Span] = (),
) -> list[Broken]:
    """The same for Hemma's own watch; what lies after `planned_end` is overtime."""
    before = _before(person, start) + _after(person, end)
    cut = min(max(planned_end, start), end)
    now = [(WorkKind.WORK, start, cut, ""), (WorkKind.OVERTIME, cut, end, "")]
    now += [(WorkKind.RAST, a, b, "") for a, b in rasts]
    known = {(flag.rule, flag.numbers) for flag in check(_timeline(person, before), builtin())}
    flags = check(_timeline(person, before + now), builtin())
    return [
        Broken(flag.rule, flag.paragraph, flag.severity is Severity.STOPS, flag)
        for flag in flags
        if flag.rule in WATCHED and (flag.rule, flag.numbers) not in known
    ]


type _Row = tuple[WorkKind, datetime, datetime, str]


def _before(person: Person, start: datetime) -> list[_Row]:
    """The record of the weeks before."""
    rows: list[_Row] = []
    known = Worked.objects.filter(person=person, ends_at__gt=start - BACK, ends_at__lte=start)
    for one in known.prefetch_related("rasts"):
        if one.ends_at is None:
            continue
        kind = WorkKind.OVERTIME if one.outside else WorkKind.WORK
        rows.append((kind, one.starts_at, one.ends_at, one.place_type))
        rows += [(WorkKind.RAST, rast.starts_at, rast.ends_at, "") for rast in one.rasts.all()]
    return rows


def _after(person: Person, end: datetime) -> list[_Row]:
    """The plan of what comes."""
    coming = Shift.objects.filter(person=person, starts_at__gte=end, starts_at__lt=end + AHEAD)
    rows: list[_Row] = [
        (WorkKind.SHIFT, one.starts_at, one.ends_at, one.place_type) for one in coming
    ]
    rasts = Activity.objects.filter(shift__in=coming, kind=ActivityKind.RAST)
    return rows + [(WorkKind.RAST, one.starts_at, one.ends_at, "") for one in rasts]


def _timeline(person: Person, rows: Sequence[_Row]) -> Timeline:
    items = tuple(
        WorkItem(number, kind, Interval(start, end), PlaceType(place) if place else None)
        for number, (kind, start, end, place) in enumerate(rows, start=1)
        if start < end
    )
    return Timeline(person.pk, pack_of(person), person.zone, items)
