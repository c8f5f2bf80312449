"""Breaks really happen: one that a long contact ate is placed again within the hour.

What is kept is a number a team and day. Whose break it was is written down nowhere.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from hemma.journal.actions import put_in_outbox
from hemma.lib import clock, live
from hemma.people.models import Membership, Person, Role, Team
from hemma.people.system import SYSTEM, System
from hemma.planning import actions as planning
from hemma.planning.models import Absence, Activity, ActivityKind
from hemma.workday.models import BreakDay, BreaksSeen, Mode, ModeSpell
from hemma.workday.queries.breaks import FEWEST, KINDS, people_with_breaks

WITHIN = timedelta(hours=1)
ALARM_SHARE = 0.10
WORKING = (Mode.IN_CONTACT, Mode.WRAP_UP)
RAST_LEEWAY = timedelta(minutes=5)  # a meal break is whole or it is none


@transaction.atomic
def keep_breaks(*, actor: System = SYSTEM) -> int:
    """Look at every break that has ended since the last look; returns how many were missed.

    Each is looked at once, by one process: the row that says until when is locked meanwhile.
    """
    now = clock.now()
    BreaksSeen.objects.get_or_create(pk=1, defaults={"until": now})
    seen = BreaksSeen.objects.select_for_update().get(pk=1)
    if now <= seen.until:
        return 0
    missed = 0
    for row in _ended(max(seen.until, now - WITHIN), now):
        missed += _look_at(actor, row, now)
    seen.until = now
    seen.save(update_fields=["until"])
    return missed


def _ended(after: datetime, now: datetime) -> list[Activity]:
    """Breaks that ended in the span, of those who were in some mode of work by then."""
    away = Absence.objects.filter(
        person=OuterRef("shift__person"),
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    here = ModeSpell.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("starts_at")),
        person=OuterRef("shift__person"),
        since__lt=OuterRef("ends_at"),
    ).exclude(mode=Mode.OFF)
    rows = Activity.objects.filter(kind__in=KINDS, ends_at__gt=after, ends_at__lte=now)
    rows = rows.filter(Exists(here)).exclude(Exists(away))
    return list(rows.select_related("shift__person__site").order_by("ends_at"))


def _look_at(actor: System, row: Activity, now: datetime) -> int:
    person, length = row.shift.person, row.ends_at - row.starts_at
    worked = _worked(person.pk, row.starts_at, row.ends_at)
    enough = RAST_LEEWAY if row.kind == ActivityKind.RAST else length / 2
    missed = worked > enough
    placed = None
    if missed:
        placed = planning.place_break(
            actor=actor,
            person=person,
            kind=row.kind,
            length=length,
            after=now,
            before=row.ends_at + WITHIN,
        )
    _count(person.pk, row, missed=missed, placed=placed is not None)
    return int(missed)


def _worked(person: int, start: datetime, end: datetime) -> timedelta:
    """For how long of the span the person was with a customer."""
    spells = ModeSpell.objects.filter(
        Q(until=None) | Q(until__gt=start), person=person, mode__in=WORKING, since__lt=end
    )
    parts = [min(one.until or end, end) - max(one.since, start) for one in spells]
    return sum(parts, timedelta())


def _count(person: int, row: Activity, *, missed: bool, placed: bool) -> None:
    day = row.starts_at.astimezone(row.shift.person.zone).date()
    for team in Team.objects.filter(
        pk__in=Membership.objects.filter(person=person, until=None).values("team")
    ):
        place = row.shift.place_type
        BreakDay.objects.get_or_create(team=team, day=day, place_type=place)
        mine = BreakDay.objects.filter(team=team, day=day, place_type=place)
        # One that was placed again stands for the first, which has been counted.
        mine.update(
            planned=F("planned") + (0 if row.instead else 1),
            missed=F("missed") + int(missed and not row.instead),
            placed_again=F("placed_again") + int(placed),
        )
        if missed:
            _tell(team, day)
        live.publish(f"team:{team.pk}", f"breaks:{team.pk}")


def _tell(team: Team, day: date) -> None:
    """Those who plan hear once a day that a team's breaks do not hold; never whose."""
    rows = list(BreakDay.objects.filter(team=team, day=day))
    planned, missed = sum(one.planned for one in rows), sum(one.missed for one in rows)
    if any(one.told_at for one in rows) or missed <= ALARM_SHARE * planned:
        return
    if people_with_breaks(team, day) < FEWEST:
        return
    BreakDay.objects.filter(team=team, day=day).update(told_at=clock.now())
    planners = Person.objects.filter(is_active=True, grants__role=Role.PLANNER, grants__until=None)
    for planner in planners.distinct():
        put_in_outbox(
            kind="workday.breaks_missed",
            person=planner,
            about=f"team:{team.pk}",
            data={"planned": planned, "missed": missed},
        )
