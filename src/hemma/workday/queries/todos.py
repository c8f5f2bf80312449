"""One's own to-dos, those shared in one's teams, and what one got done: own data only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hemma.desk import queries as desk
from hemma.desk.models import Case, Holding
from hemma.desk.queries import cases_of
from hemma.lib import clock
from hemma.lib.once import once_a_page
from hemma.people.models import Membership, Person
from hemma.people.visibility import reads, standing
from hemma.planning.days import day_bounds
from hemma.planning.queries import shift_now
from hemma.workday.models import Todo

WEEK = timedelta(days=7)
REMIND_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Done:
    """What one person got done in a span: cases solved, to-dos ticked, colleagues helped by reading
    their answers."""

    cases: int
    todos: int
    helped: int = 0


@reads("workday.todo")
def my_todos(asker: Person) -> list[Todo]:
    """What `asker` has to do, most important first, and what was ticked today, struck through.

    What they share stands in `shared_todos`, as long as they belong to its team.
    """
    rows = Todo.objects.filter(person=asker).exclude(pk__in=todos_shared_with(asker).values("pk"))
    return _of_today(asker, rows)


@reads("workday.shared_todo")
def todos_shared_with(asker: Person) -> QuerySet[Todo]:
    """Every to-do that a team of `asker`'s has to do together, done or not.

    One whose writer has left the team is the writer's alone again.
    """
    still = Membership.objects.filter(team=OuterRef("team"), person=OuterRef("person"), until=None)
    leads = Q(team__leader=F("person")) | Q(team__substitute=F("person"))
    return Todo.objects.filter(Exists(still) | leads, team__in=standing(asker).seen_teams)


@reads("workday.shared_todo")
def shared_todos(asker: Person) -> list[Todo]:
    """What the teams of `asker` have to do together, and what was ticked of it today, by whom."""
    return _of_today(asker, todos_shared_with(asker).select_related("team", "ticked_by"))


def _of_today(asker: Person, todos: QuerySet[Todo]) -> list[Todo]:
    """Those open, and those ticked today. `case_seen`: whether there is their case for `asker`."""
    start, _end = _today(asker)
    rows = todos.filter(Q(done_at=None) | Q(done_at__gte=start)).select_related("case")
    rows = rows.annotate(case_seen=Exists(cases_of(asker).filter(pk=OuterRef("case"))))
    return list(rows.order_by("-important", F("start_by").asc(nulls_last=True), "pk"))


@reads("workday.todo")
def todo_to_start(asker: Person) -> Todo | None:
    """What `asker` wanted to begin in the last quarter of an hour, the latest of it; after that it
    stands in the list alone, as nobody is to be reminded for ever. Nothing outside of their hours."""
    if shift_now(asker, asker) is None:
        return None
    now = clock.now()
    mine = Todo.objects.filter(person=asker, done_at=None, start_by__lte=now)
    return mine.filter(start_by__gt=now - REMIND_FOR).order_by("-start_by", "-pk").first()


@reads("workday.todo", "desk.case", "desk.reading")
def done_by_me(asker: Person, *, days: int = 1) -> Done:
    """What `asker` got done in the last `days` days of their zone, today included."""
    start, end = _today(asker)
    start -= timedelta(days=days - 1)
    spans = _done_since(asker, min(start, end - WEEK), end)
    return Done(*(sum(at >= start for at in times) for times in spans))


@reads("desk.case")
def solved_by(asker: Person, start: datetime, end: datetime) -> QuerySet[Case]:
    """The cases that `asker` solved from `start` on and before `end`."""
    # Solving a case ends the holding of whoever solved it.
    mine = Holding.objects.filter(
        case=OuterRef("pk"), person=asker, until__gte=OuterRef("solved_at") - timedelta(seconds=5)
    )
    return Case.objects.filter(
        Exists(mine), state=Case.State.SOLVED, solved_at__gte=start, solved_at__lt=end
    )


@once_a_page
def _done_since(asker: Person, start: datetime, end: datetime) -> tuple[tuple[datetime, ...], ...]:
    """When `asker` solved cases, ticked to-dos and read for colleagues: today's and the week's are on
    one page."""
    mine = Q(ticked_by=asker) | Q(person=asker, ticked_by=None)
    ticked = Todo.objects.filter(mine, done_at__gte=start, done_at__lt=end)
    solved = solved_by(asker, start, end)
    return (
        tuple(at for at in solved.values_list("solved_at", flat=True) if at),
        tuple(at for at in ticked.values_list("done_at", flat=True) if at),
        tuple(desk.readings_given(asker, start, end)),
    )


def _today(asker: Person) -> tuple[datetime, datetime]:
    day: date = clock.now().astimezone(asker.zone).date()
    return day_bounds(day, asker.zone)
