"""Reading one's notices, and who can be written to."""

from dataclasses import dataclass
from datetime import timedelta

from hemma.lib import clock
from hemma.notices.models import Notice, Sort, Way, Word
from hemma.notices.queries.budget import reach_of
from hemma.notices.queries.ways import habit_of, wishes_for
from hemma.people.models import Membership, Person, Role, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, NotVisible, has_role, reads, standing
from hemma.workday import queries as workday

SHOWN_FOR = timedelta(days=14)


@reads("notices.notice")
def my_notices(asker: Person) -> list[Notice]:
    """What has reached `asker` in the last two weeks, newest first. What is held is not in it."""
    rows = Notice.objects.filter(person=asker, shown_at__gte=clock.now() - SHOWN_FOR)
    rows = rows.exclude(sort=Sort.REMINDER)
    return list(rows.select_related("word__writer")[:100])


@reads("notices.notice")
def unread_count(asker: Person) -> int:
    """How many that they want told on every page are unread; 0 while `asker` is off or at rest."""
    rows = Notice.objects.filter(person=asker, shown_at__isnull=False, read_at=None)
    unread = list(rows.values_list("sort", flat=True))
    if not unread:  # on most pages: then whether one can be reached need not be asked
        return 0
    reach = workday.reach(asker, asker)
    if reach.state is not workday.State.HERE and not reach.in_peace:
        return 0
    wanted = wishes_for(asker, asker, Way.PAGE)
    return sum(sort in wanted for sort in unread)


@dataclass(frozen=True, slots=True)
class News:
    """What is unread, for saying it elsewhere than on the page: how many of each kind, who wrote.

    `says_who`: whether the person wants names of colleagues said.
    """

    by_sort: dict[str, int]
    writers: tuple[str, ...] = ()
    says_who: bool = False

    def __bool__(self) -> bool:
        return bool(self.by_sort)

    @property
    def count(self) -> int:
        """How many things in all."""
        return sum(self.by_sort.values())


@reads("notices.notice", "notices.word")
def news_for(asker: Asker, person: Person) -> News:
    """What a push tells `person` of: what is unread and wanted there."""
    return _news(asker, person, Way.PUSH)


@reads("notices.notice", "notices.word")
def mail_news(asker: Asker, person: Person) -> News:
    """What the day's mail tells `person` of."""
    return _news(asker, person, Way.MAIL)


def _news(asker: Asker, person: Person, way: Way) -> News:
    rows = Notice.objects.filter(
        person=person, shown_at__isnull=False, read_at=None, sort__in=wishes_for(asker, person, way)
    )
    by_sort: dict[str, int] = {}
    for sort in rows.values_list("sort", flat=True):
        by_sort[sort] = by_sort.get(sort, 0) + 1
    words = rows.filter(word__isnull=False).order_by("shown_at", "pk")
    writers = dict.fromkeys(words.values_list("word__writer__name", flat=True))
    return News(by_sort, tuple(writers), habit_of(asker, person).says_who)


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
    reached = reach_of(SYSTEM, ids)
    return [Neighbour(one, reached[one.pk]) for one in people]


@reads("workday.mode")
def neighbour(asker: Person, person_id: int) -> Neighbour:
    """One of them. Raises NotVisible for anybody else."""
    for one in neighbours(asker):
        if one.person.pk == person_id:
            return one
    raise NotVisible("notices.word", f"person:{person_id}")


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
