"""Who has lower demands for a while: a team and its promises, or one person."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from hemma.lib import clock
from hemma.people.models import Membership, Person, Team
from hemma.people.system import System
from hemma.people.visibility import Asker, NotVisible, reads, standing
from hemma.workday.models import Eased


@reads("workday.eased")
def eased_now(asker: Person) -> list[Eased]:
    """The periods that hold now for `asker` and the teams they belong to or lead."""
    rows = Eased.objects.filter(ended_at=None, ends_at__gt=clock.now()).select_related("team")
    return [
        one
        for one in rows
        if one.person_id == asker.pk or one.team_id in standing(asker).seen_teams
    ]


@reads("workday.eased")
def eased_spans(asker: Person, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """When less was asked of `asker` or of a team of theirs, as far as it touches the span."""
    teams = Membership.objects.filter(person=asker, until=None).values("team")
    mine = Eased.objects.filter(Q(person=asker) | Q(team__in=teams), starts_at__lt=end)
    spans = [(one.starts_at, one.ended_at or one.ends_at) for one in mine]
    return [(a, b) for a, b in spans if b > start]


@reads("workday.eased")
def eased_days(_asker: System, first: date, last: date) -> set[tuple[int, date]]:
    """(person id, day by their own clock) from `first` to `last` on which less was asked of them or
    of a team of theirs. For who makes figures of groups, which leave such days out."""
    leeway = timedelta(days=1)  # a day begins at different instants in different zones
    rows = Eased.objects.filter(
        starts_at__date__lte=last + leeway, ends_at__date__gte=first - leeway
    )
    found = set()
    for one in rows.select_related("person__site"):
        until = one.ended_at or one.ends_at
        for person in [one.person] if one.person else _people_of(one.team_id):
            day = max(first, one.starts_at.astimezone(person.zone).date())
            while day <= min(last, until.astimezone(person.zone).date()):
                found.add((person.pk, day))
                day += leeway
    return found


def _people_of(team: int | None) -> list[Person]:
    rows = Membership.objects.filter(team=team, until=None).select_related("person__site")
    return [one.person for one in rows]


@reads("workday.eased")
def eased_people(_asker: System) -> set[int]:
    """Who has one case at a time now. For the router alone."""
    rows = Eased.objects.filter(ended_at=None, ends_at__gt=clock.now(), person__isnull=False)
    return {one for one in rows.values_list("person_id", flat=True) if one is not None}


@reads("workday.eased")
def eased_team(asker: Asker, team: Team) -> list[Eased]:
    """A led team's periods, of it and its people, the latest first. Raises NotVisible otherwise."""
    if not isinstance(asker, System) and team.pk not in standing(asker).led:
        raise NotVisible("workday.eased", f"team:{team.pk}")
    rows = Eased.objects.filter(team=team) | Eased.objects.filter(
        person__memberships__team=team, person__memberships__until=None
    )
    return list(rows.distinct().select_related("team", "person").order_by("-starts_at")[:20])
