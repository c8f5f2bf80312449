"""Reading one's notices, and who can be written to."""

from dataclasses import dataclass
from datetime import timedelta

from hemma.lib import clock
from hemma.notices.models import Muted, Notice, Sort
from hemma.people.models import Membership, Person, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, NotVisible, reads, standing
from hemma.routing import queries as routing
from hemma.workday import queries as workday

SHOWN_FOR = timedelta(days=14)


@reads("notices.notice")
def my_notices(asker: Person) -> list[Notice]:
    """What has reached `asker` in the last two weeks, newest first. What is held is not in it."""
    rows = Notice.objects.filter(person=asker, shown_at__gte=clock.now() - SHOWN_FOR)
    return list(rows.select_related("word__writer")[:100])


@reads("notices.notice")
def unread_count(asker: Person) -> int:
    """How many of them have not been read; 0 while `asker` is off or at rest."""
    if workday.reach(asker, asker).state != workday.State.HERE:
        return 0
    return Notice.objects.filter(person=asker, shown_at__isnull=False, read_at=None).count()


@reads("notices.notice")
def muted_by(asker: Person) -> set[str]:
    """The kinds `asker` does not want."""
    return set(Muted.objects.filter(person=asker).values_list("sort", flat=True))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Someone to write to, and how they can be reached."""

    person: Person
    reach: workday.Reach


@reads("workday.mode")
def neighbours(asker: Person) -> list[Neighbour]:
    """Who `asker` works with: the people and leaders of their teams, in name order."""
    teams = standing(asker).seen_teams
    ids = set(
        Membership.objects.filter(team__in=teams, until=None).values_list("person_id", flat=True)
    )
    for leader, substitute in Team.objects.filter(pk__in=teams).values_list("leader", "substitute"):
        ids |= {leader, substitute} - {None}
    ids.discard(asker.pk)
    people = Person.objects.filter(pk__in=ids, is_active=True).order_by("name")
    reached = workday.reach_of(SYSTEM, ids)
    return [Neighbour(one, reached[one.pk]) for one in people]


@reads("workday.mode")
def neighbour(asker: Person, person_id: int) -> Neighbour:
    """One of them. Raises NotVisible for anybody else."""
    for one in neighbours(asker):
        if one.person.pk == person_id:
            return one
    raise NotVisible("notices.word", f"person:{person_id}")


@reads("notices.notice")
def held_now(asker: Asker) -> list[Notice]:
    """Notices that wait and whose person can be reached now: at work, or called by the list."""
    held = list(Notice.objects.filter(shown_at=None).select_related("person"))
    reached = workday.reach_of(asker, {one.person_id for one in held})
    called = routing.on_call_now(asker)
    return [
        one
        for one in held
        if reached[one.person_id].state == workday.State.HERE
        or (one.sort == Sort.ON_CALL and one.person_id in called)
    ]
