"""Gaps in the plan as who plans sees them: a team and a time, no name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hemma.lib import clock
from hemma.people.models import Person, Role
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, has_role, reads, standing, visible_ids
from hemma.workday.models import Gap


@dataclass(frozen=True, slots=True)
class TeamGap:
    """That one fewer of a team is here than planned, about until when."""

    team: str
    starts_at: datetime
    ends_at: datetime


@reads("workday.gap")
def gaps_now(asker: Asker) -> list[TeamGap]:
    """The gaps of this moment in the teams `asker` plans for or leads, earliest end first.

    Raises NotVisible for who does neither.
    """
    plans = not isinstance(asker, System) and has_role(asker, Role.PLANNER)
    led: frozenset[int] = frozenset() if isinstance(asker, System) else standing(asker).led
    if not plans and not led:
        raise NotVisible("workday.gap")
    rows = Gap.objects.filter(ends_at__gt=clock.now(), person__memberships__until=None)
    if not plans:
        rows = rows.filter(person__memberships__team__in=led)
    spans = rows.order_by("ends_at", "starts_at").values_list(
        "person__memberships__team__name", "starts_at", "ends_at"
    )
    return [TeamGap(*span) for span in spans if span[0]]


@reads("workday.gap")
def away_until(asker: Asker, people: Iterable[int]) -> dict[int, datetime]:
    """Until about when those of `people` are away who have stepped away."""
    seen = visible_ids(asker, "workday.gap", people)
    rows = Gap.objects.filter(person__in=seen, ends_at__gt=clock.now())
    return dict(rows.values_list("person_id", "ends_at"))


@reads("workday.gap")
def my_gaps(asker: Person) -> list[Gap]:
    """When `asker` stepped away in the last days, last ones first; for themself alone."""
    return list(Gap.objects.filter(person=asker, ends_at__lte=clock.now()).order_by("-starts_at"))


@reads("workday.gap")
def my_gap(asker: Person, gap_id: int) -> Gap:
    """One of them. Raises NotVisible for anybody else's."""
    for gap in my_gaps(asker):
        if gap.pk == gap_id:
            return gap
    raise NotVisible("workday.gap", f"gap:{gap_id}")
