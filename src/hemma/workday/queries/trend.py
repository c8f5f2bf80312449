"""How a team's hours go, of five people or more: worked and planned hours beside the breaks taken.

Longer days that come from skipped breaks show at once, by the same rules at home and in the office.
Nothing here is about one person, and no share is worked out of one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.db.models import Sum

from hemma.lib import clock
from hemma.people.models import Membership, Role, Team
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, has_role, reads, standing
from hemma.planning.days import day_bounds, monday_of
from hemma.planning.models import ActivityKind, Shift
from hemma.workday.models import BreakDay, Worked
from hemma.workday.queries.breaks import FEWEST
from hemma.workday.worktime import worked_time

WEEKS = 8
LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a group worked and planned, and how many of its planned breaks it had.

    `outside`: stretches outside of the planned hours; `late`: such as ended half an hour or more
    after the plan; `weekend`: such as began on a Saturday or Sunday.
    """

    worked: timedelta
    planned: timedelta
    breaks_planned: int
    breaks_taken: int
    outside: int
    late: int
    weekend: int

    @property
    def worked_h(self) -> int:
        """Whole hours."""
        return round(self.worked / timedelta(hours=1))

    @property
    def planned_h(self) -> int:
        """Whole hours."""
        return round(self.planned / timedelta(hours=1))

    @property
    def break_share(self) -> float | None:
        """Breaks taken of those planned, 0 to 1; None without any."""
        return self.breaks_taken / self.breaks_planned if self.breaks_planned else None

    @property
    def break_percent(self) -> int:
        """The same in whole percent."""
        return round(100 * (self.break_share or 0.0))

    @property
    def worked_share(self) -> float | None:
        """Worked hours of those planned; None without any."""
        return self.worked / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Trend:
    """`weeks`: Monday → sums, None for fewer than five people; `places`: of all those weeks by type
    of place, empty unless each has five people, so that none can be worked out from the others."""

    weeks: dict[date, Sums | None]
    places: dict[str, Sums]


@reads("workday.hours")
def hours_trend(asker: Asker, team: Team, weeks: int = WEEKS) -> Trend:
    """How the hours of `team` went in the weeks before this one, the oldest first.

    For who leads it, managers and safety representatives. Raises NotVisible for everybody else.
    """
    if not _sees(asker, team):
        raise NotVisible("workday.hours", f"team:{team.pk}")
    people = list(
        Membership.objects.filter(team=team, until=None).values_list("person_id", flat=True)
    )
    zone = ZoneInfo(team.site.zone)
    today = clock.now().astimezone(zone).date()
    this = monday_of(today)
    mondays = [this - timedelta(days=7 * back) for back in range(weeks, 0, -1)]
    span = day_bounds(mondays[0], zone)[0], day_bounds(this, zone)[0]
    rows, shifts = _rows(people, *span), _shifts(people, *span)
    breaks = _breaks(team, mondays[0], this)
    found: dict[date, Sums | None] = {}
    for monday in mondays:
        inside = _within(zone, monday, monday + timedelta(days=7))
        found[monday] = _sums(
            [row for row in rows if inside(row.starts_at)],
            [one for one in shifts if inside(one.starts_at)],
            [one for one in breaks if monday <= one[0] < monday + timedelta(days=7)],
            zone,
        )
    return Trend(found, _by_place(rows, shifts, breaks, zone))


@reads("workday.hours")
def hours_trends(asker: Asker, weeks: int = 4) -> list[tuple[Team, Trend]]:
    """The same of every team, by name. For managers and safety representatives alone."""
    if isinstance(asker, System) or not has_role(asker, Role.MANAGER, Role.SAFETY_REP):
        raise NotVisible("workday.hours", "trend")
    teams = Team.objects.select_related("site").order_by("name")
    return [(team, hours_trend(asker, team, weeks)) for team in teams]


def _sees(asker: Asker, team: Team) -> bool:
    if isinstance(asker, System) or has_role(asker, Role.MANAGER, Role.SAFETY_REP):
        return True
    return team.pk in standing(asker).led


def _within(zone: tzinfo, first: date, after: date) -> Callable[[datetime], bool]:
    start, end = day_bounds(first, zone)[0], day_bounds(after, zone)[0]
    return lambda at: start <= at < end


def _rows(people: Iterable[int], start: datetime, end: datetime) -> list[Worked]:
    rows = Worked.objects.filter(
        person__in=people, starts_at__gte=start, starts_at__lt=end, ends_at__isnull=False
    )
    return list(rows.prefetch_related("rasts"))


def _shifts(people: Iterable[int], start: datetime, end: datetime) -> list[Shift]:
    rows = Shift.objects.filter(person__in=people, starts_at__gte=start, starts_at__lt=end)
    return list(rows.prefetch_related("activities"))


type _Breaks = tuple[date, str, int, int]


def _breaks(team: Team, first: date, after: date) -> list[_Breaks]:
    rows = BreakDay.objects.filter(team=team, day__gte=first, day__lt=after)
    sums = rows.values_list("day", "place_type").annotate(
        planned_sum=Sum("planned"), missed_sum=Sum("missed")
    )
    return [(day, place, planned, planned - missed) for day, place, planned, missed in sums]


def _by_place(
    rows: Sequence[Worked], shifts: Sequence[Shift], breaks: Sequence[_Breaks], zone: tzinfo
) -> dict[str, Sums]:
    by_place: dict[str, list[Worked]] = defaultdict(list)
    for row in rows:
        by_place[row.place_type].append(row)
    found = {
        place: _sums(
            mine,
            [one for one in shifts if one.place_type == place],
            [one for one in breaks if one[1] == place],
            zone,
        )
        for place, mine in sorted(by_place.items())
    }
    known = {place: sums for place, sums in found.items() if sums is not None}
    return known if len(known) == len(found) else {}


def _sums(
    rows: Sequence[Worked], shifts: Sequence[Shift], breaks: Sequence[_Breaks], zone: tzinfo
) -> Sums | None:
    if len({row.person_id for row in rows}) < FEWEST:
        return None
    ends = {(one.person_id, one.starts_at.astimezone(zone).date()): one.ends_at for one in shifts}
    late = 0
    for row in rows:
        planned = ends.get((row.person_id, row.starts_at.astimezone(zone).date()))
        late += bool(planned and row.ends_at and row.ends_at >= planned + LATE)
    return Sums(
        worked=sum((_worked(row) for row in rows), timedelta()),
        planned=sum((_planned(one) for one in shifts), timedelta()),
        breaks_planned=sum(one[2] for one in breaks),
        breaks_taken=sum(one[3] for one in breaks),
        outside=sum(row.outside for row in rows),
        late=late,
        weekend=sum(row.starts_at.astimezone(zone).weekday() >= 5 for row in rows),
    )


def _worked(row: Worked) -> timedelta:
    end = row.ends_at or row.starts_at
    return worked_time(
        (row.starts_at, end), [(one.starts_at, one.ends_at) for one in row.rasts.all()]
    )


def _planned(one: Shift) -> timedelta:
    rasts = [
        (part.starts_at, part.ends_at)
        for part in one.activities.all()
        if part.kind == ActivityKind.RAST
    ]
    return worked_time((one.starts_at, one.ends_at), rasts)
