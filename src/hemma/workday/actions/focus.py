"""Focus is added up for teams, a little at a time: whose it was is written down nowhere."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from hemma.lib import clock
from hemma.people.system import SYSTEM, System
from hemma.planning.days import day_bounds
from hemma.planning.models import Activity, ActivityKind
from hemma.workday.focus import Spell, focus_had, seconds
from hemma.workday.models import FocusDay, FocusSeen, Mode, ModeSpell, Worked
from hemma.workday.queries import KEPT
from hemma.workday.queries.focus import main_teams
from hemma.workday.queries.plan import PROTECTED

EVERY = timedelta(minutes=15)


@transaction.atomic
def keep_focus(*, actor: System = SYSTEM) -> int:
    """Add up the focus since the last look; returns how many seconds. Each second is seen once.

    One process at a time: the row that says until when is locked meanwhile.
    """
    del actor
    now = clock.now()
    FocusSeen.objects.get_or_create(pk=1, defaults={"since": now, "until": now})
    seen = FocusSeen.objects.select_for_update().get(pk=1)
    if now - seen.until < EVERY:
        return 0
    sums = _sums(max(seen.until, now - KEPT), now)
    for (team, day, place), length in sorted(sums.items()):
        FocusDay.objects.get_or_create(team_id=team, day=day, place_type=place)
        mine = FocusDay.objects.filter(team=team, day=day, place_type=place)
        mine.update(had_s=F("had_s") + length)
    seen.until = now
    seen.save(update_fields=["until"])
    return sum(sums.values())


def _sums(start: datetime, end: datetime) -> dict[tuple[int, date, str], int]:
    """Seconds of focus by team, day and type of place, of those whose day was in the record."""
    spells, parts = _spells(start, end), _parts(start, end)
    asked = {one for one in parts if parts[one][0]}
    asked |= {one for one, own in spells.items() if any(x.mode == Mode.FOCUS for x in own)}
    teams = main_teams(SYSTEM, asked)
    sums: dict[tuple[int, date, str], int] = defaultdict(int)
    for row in _worked(asked & set(teams), start, end):
        planned, rests = parts.get(row.person_id, ([], []))
        zone = row.person.zone
        for day, window in _days(
            max(start, row.starts_at), min(end, row.ends_at) if row.ends_at else end, zone
        ):
            had = focus_had(window, spells.get(row.person_id, ()), planned, rests)
            length = sum(until - since for since, until in had)
            if length:
                sums[teams[row.person_id], day, row.place_type] += length
    return sums


def _spells(start: datetime, end: datetime) -> dict[int, list[Spell]]:
    rows = ModeSpell.objects.filter(Q(until=None) | Q(until__gt=start), since__lt=end)
    rows = rows.filter(mode__in=[Mode.FOCUS, Mode.READY, Mode.WARMUP, Mode.WRAP_UP])
    found: dict[int, list[Spell]] = defaultdict(list)
    for one in rows:
        chosen_at = int(one.chosen_at.timestamp()) if one.chosen_at else None
        span = seconds(one.since, one.until or end)
        found[one.person_id].append(Spell(one.mode, span, chosen_at))
    return found


type _Parts = tuple[list[tuple[int, int]], list[tuple[int, int]]]


def _parts(start: datetime, end: datetime) -> dict[int, _Parts]:
    """Person id → what the plan says: focus, and rest."""
    kinds = [ActivityKind.FOCUS, *PROTECTED]
    rows = Activity.objects.filter(kind__in=kinds, starts_at__lt=end, ends_at__gt=start)
    found: dict[int, _Parts] = defaultdict(lambda: ([], []))
    for kind, person, since, until in rows.values_list(
        "kind", "shift__person", "starts_at", "ends_at"
    ):
        found[person][kind != ActivityKind.FOCUS].append(seconds(since, until))
    return found


def _worked(people: Iterable[int], start: datetime, end: datetime) -> Iterable[Worked]:
    rows = Worked.objects.filter(Q(ends_at=None) | Q(ends_at__gt=start), starts_at__lt=end)
    return rows.filter(person__in=list(people)).select_related("person__site")


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> Iterable[tuple[date, tuple[int, int]]]:
    """The stretch cut at midnights, each part with its day."""
    day = start.astimezone(zone).date()
    while start < end:
        until = min(end, day_bounds(day, zone)[1])
        yield day, seconds(start, until)
        start, day = until, day + timedelta(days=1)
