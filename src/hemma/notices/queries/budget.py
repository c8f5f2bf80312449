"""How often somebody is interrupted in an hour, and whether there is room for once more.

What comes through in the same minute is one interruption. Nobody sees another's: to who writes, a
person whose hour is full is busy until then, as in focus.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hemma.lib import clock
from hemma.notices import usual
from hemma.notices.models import Habit, Notice, Sort, Way, Wish
from hemma.people.models import Person
from hemma.people.system import SYSTEM
from hemma.people.visibility import Asker, reads
from hemma.workday import queries as workday
from hemma.workday.worktime import minute

HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
# Ways that reach somebody at work; the day's mail lies still until it is opened.
INTERRUPTING = (Way.PAGE, Way.PUSH)


@dataclass(frozen=True, slots=True)
class Budget:
    """`most` interruptions in any hour (0: as they come), `used` of them in the one behind us.

    `opens_at`: when the earliest of them is an hour ago and there is room again; None: there is.
    """

    most: int
    used: int
    opens_at: datetime | None = None


@reads("notices.notice")
def budget_of(asker: Person) -> Budget:
    """One's own hour."""
    return budgets(asker, [asker.pk])[asker.pk]


@reads("notices.notice")
def budgets(_asker: Asker, people: Iterable[int]) -> dict[int, Budget]:
    """The hour of each of `people`. Three queries, however many they are."""
    ids = set(people)
    chosen = dict(Habit.objects.filter(person__in=ids).values_list("person", "most_an_hour"))
    usually = Habit._meta.get_field("most_an_hour").default
    times = _interruptions(ids)
    return {one: _budget(chosen.get(one, usually), times[one]) for one in ids}


def _budget(most: int, times: set[datetime]) -> Budget:
    if not most or len(times) < most:
        return Budget(most, len(times))
    return Budget(most, len(times), sorted(times)[-most] + HOUR)


def _interruptions(people: set[int]) -> dict[int, set[datetime]]:
    """The minutes of the last hour in which something came, by a way that reaches people at work."""
    since = clock.now() - HOUR
    rows = Notice.objects.filter(person__in=people, shown_at__gt=since - A_MINUTE)
    shown = list(rows.exclude(sort=Sort.REMINDER).values_list("person", "sort", "shown_at"))
    heard = sorts_that_interrupt(SYSTEM, {person for person, _sort, _at in shown})
    found: dict[int, set[datetime]] = defaultdict(set)
    for person, sort, at in shown:
        if at is not None and minute(at) > since and sort in heard[person]:
            found[person].add(minute(at))
    return found


@reads("notices.notice")
def sorts_that_interrupt(_asker: Asker, people: Iterable[int]) -> dict[int, set[str]]:
    """The kinds that each of `people` wants on the page or on their phone."""
    wishes: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    rows = Wish.objects.filter(person__in=set(people))
    for person, sort, way, is_wanted in rows.values_list("person", "sort", "way", "wanted"):
        wishes[person].append((sort, way, is_wanted))
    return {
        one: set().union(*(usual.wanted(way.value, wishes[one]) for way in INTERRUPTING))
        for one in people
    }


@reads("workday.mode", "planning.shift")
def reach_of(asker: Asker, people: Iterable[int]) -> dict[int, workday.Reach]:
    """How a word reaches each of `people` now: the border, and then the room in their hour."""
    found = workday.reach_of(asker, people)
    here = [one for one, reach in found.items() if reach.state is workday.State.HERE]
    for one, budget in budgets(asker, here).items():
        if budget.opens_at is not None:
            found[one] = workday.Reach(workday.State.BUSY, budget.opens_at, in_peace=True)
    return found
