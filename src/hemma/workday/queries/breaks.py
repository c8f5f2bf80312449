"""How a team's breaks went: of groups of five or more, never of one person."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Sum

from hemma.lib import clock
from hemma.people.models import Team
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, reads, standing
from hemma.planning.days import day_bounds
from hemma.planning.models import Activity, ActivityKind
from hemma.workday.models import BreakDay

KINDS = (ActivityKind.PAUSE, ActivityKind.RECESS, ActivityKind.FIKA, ActivityKind.RAST)
FEWEST = 5


@dataclass(frozen=True, slots=True)
class BreakShare:
    """How many of a team's planned breaks of a day have been and were had."""

    planned: int
    taken: int


@dataclass(frozen=True, slots=True)
class PlaceBreaks:
    """Planned breaks of a span by the teams of a site from one type of place, and those had."""

    site: str
    place_type: str
    planned: int
    taken: int


@reads("workday.breaks")
def breaks_by_place(asker: Asker, first: date, last: date) -> list[PlaceBreaks]:
    """Sums from `first` to `last`. Raises NotVisible for any person: they see groups, gated."""
    if not isinstance(asker, System):
        raise NotVisible("workday.breaks", "by_place")
    rows = BreakDay.objects.filter(day__gte=first, day__lte=last).order_by()
    sums = rows.values_list("team__site__name", "place_type").annotate(
        p=Sum("planned"), m=Sum("missed")
    )
    return [PlaceBreaks(site, place, p, p - m) for site, place, p, m in sums]


def people_with_breaks(team: Team, day: date) -> int:
    """How many of the team had a break planned that has been, on a day of the team's site."""
    start, end = day_bounds(day, ZoneInfo(team.site.zone))
    rows = Activity.objects.filter(
        kind__in=KINDS,
        starts_at__gte=start,
        starts_at__lt=end,
        ends_at__lte=clock.now(),
        shift__person__memberships__team=team,
        shift__person__memberships__until=None,
    )
    return rows.values("shift__person").distinct().count()


@reads("workday.breaks")
def breaks_of(asker: Asker, team: Team, day: date) -> BreakShare | None:
    """How the breaks of `team` went on `day`; None for fewer than five people.

    For who leads the team. Raises NotVisible for everybody else.
    """
    if not isinstance(asker, System) and team.pk not in standing(asker).led:
        raise NotVisible("workday.breaks", f"team:{team.pk}")
    known = BreakDay.objects.filter(team=team, day=day).aggregate(
        planned=Sum("planned", default=0), missed=Sum("missed", default=0)
    )
    if not known["planned"] or people_with_breaks(team, day) < FEWEST:
        return None
    return BreakShare(known["planned"], known["planned"] - known["missed"])
