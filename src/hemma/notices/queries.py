"""Reading one's notices, and who can be written to."""

from dataclasses import dataclass
from datetime import timedelta

from hemma.lib import clock
from hemma.notices.models import Muted, Notice, Sort, Word
from hemma.people.models import Membership, Person, Role, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, NotVisible, has_role, reads, standing
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
    reach = workday.reach(asker, asker)
    if reach.state is not workday.State.HERE and not reach.in_peace:
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
    held = list(Notice.objects.filter(shown_at=None).select_related("person", "word"))
    reached = workday.reach_of(asker, {one.person_id for one in held})
    called = routing.on_call_now(asker)
    return [
        one
        for one in held
        if reached[one.person_id].state == workday.State.HERE
        or (one.sort == Sort.ON_CALL and one.person_id in called)
        or _is_urgent(one, reached[one.person_id])
    ]


def _is_urgent(notice: Notice, reach: workday.Reach) -> bool:
    """What one's leader calls urgent comes through focus and peace, never through rest."""
    at_work = reach.state is workday.State.BUSY and not reach.rests
    return notice.word is not None and notice.word.urgent and at_work


def leads_person(asker: Person, person_id: int) -> bool:
    """Whether `asker` leads somebody now."""
    led = standing(asker).led
    return Membership.objects.filter(person=person_id, until=None, team__in=led).exists()


FEWEST_LEADERS = 3


@reads("notices.word")
def words_after_hours(asker: Asker, days: int = 28) -> int | None:
    """How many words leaders wrote to people who were off; None while fewer than three leaders are.

    All of them waited for the next shift. A number of the whole, never of one leader; raises NotVisible for who does not manage.
    """
    if isinstance(asker, Person) and not has_role(asker, Role.MANAGER):
        raise NotVisible("notices.word", "after_hours")
    leaders = Team.objects.exclude(leader=None).values("leader").distinct().count()
    if leaders < FEWEST_LEADERS:
        return None
    since = clock.now() - timedelta(days=days)
    return Word.objects.filter(after_hours=True, written_at__gte=since).count()
