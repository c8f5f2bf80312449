"""One's own to-dos, and what one got done: own data only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hemma.desk import queries as desk
from hemma.desk.models import Case, Holding
from hemma.lib import clock
from hemma.lib.once import once_a_page
from hemma.people.models import Person
from hemma.people.visibility import reads
from hemma.planning.days import day_bounds
from hemma.planning.queries import shift_now
from hemma.workday.models import Todo

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Done:
    """What one person got done in a span: cases solved, to-dos ticked, colleagues helped by reading
    their answers."""

    cases: int
    todos: int
    helped: int = 0


@reads("workday.todo")
def my_todos(asker: Person) -> list[Todo]:
    """What `asker` has to do, most important first, and what was ticked today, struck through."""
    start, _end = _today(asker)
    rows = Todo.objects.filter(Q(done_at=None) | Q(done_at__gte=start), person=asker)
    return list(rows.order_by("-important", F("start_by").asc(nulls_last=True), "pk"))


@reads("workday.todo")
def todos_to_start(asker: Person) -> list[Todo]:
    """What `asker` wanted to have begun by now. Nothing outside of their hours."""
    if shift_now(asker, asker) is None:
        return []
    return list(
        Todo.objects.filter(person=asker, done_at=None, start_by__lte=clock.now()).order_by(
            "start_by"
        )
    )


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
    ticked = Todo.objects.filter(person=asker, done_at__gte=start, done_at__lt=end)
    solved = solved_by(asker, start, end)
    return (
        tuple(at for at in solved.values_list("solved_at", flat=True) if at),
        tuple(at for at in ticked.values_list("done_at", flat=True) if at),
        tuple(desk.readings_given(asker, start, end)),
    )


def _today(asker: Person) -> tuple[datetime, datetime]:
    day: date = clock.now().astimezone(asker.zone).date()
    return day_bounds(day, asker.zone)
