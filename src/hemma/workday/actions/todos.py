"""To-dos: private unless shared with a team, at most three most important, ticked and undone."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hemma.desk.models import Case
from hemma.desk.queries import cases_of
from hemma.lib import clock, live
from hemma.people.models import Person, Team
from hemma.people.visibility import NotVisible, standing
from hemma.planning import queries as planning
from hemma.workday.models import Todo
from hemma.workday.queries import todos_shared_with

MOST_IMPORTANT = 3


@transaction.atomic
def add_todo(
    *,
    actor: Person,
    text: str,
    start_by: datetime | None = None,
    done_by: datetime | None = None,
    important: bool = False,
    case: int | None = None,
    team: Team | None = None,
) -> Todo:
    """Write down something to do. Nobody else sees it, unless it is shared with a `team`.

    `case` is a case's number. Raises ValidationError (codes `empty`, `order`, `three`, `case`,
    `shared`), and NotVisible for a team that isn't the actor's.
    """
    if not text.strip():
        raise ValidationError(_("Write something first."), code="empty")
    if start_by and done_by and done_by < start_by:
        raise ValidationError(_("The end has to come after the start."), code="order")
    if team and team.pk not in standing(actor).seen_teams:
        raise NotVisible("workday.shared_todo", f"team:{team.pk}")
    if important:
        _weighs_alone(team.pk if team else None)
        _room_for_one_more(actor)
    todo = Todo.objects.create(
        person=actor,
        text=text.strip(),
        case=_case(actor, case) if case else None,
        team=team,
        start_by=start_by,
        done_by=done_by,
        important=important,
        made_at=clock.now(),
    )
    _show(actor, todo)
    return todo


@transaction.atomic
def tick(*, actor: Person, todo_id: int, done: bool = True) -> None:
    """It is done; or it is not after all. A shared one by anybody of its team, by the first alone."""
    todo = _open_to(actor, todo_id)
    if done == (todo.done_at is not None):
        return
    todo.done_at = clock.now() if done else None
    todo.ticked_by = actor if done and todo.team_id else None
    if not done and todo.important:
        todo.important = _important(actor) < MOST_IMPORTANT
    todo.save(update_fields=["done_at", "ticked_by", "important"])
    _show(actor, todo)


@transaction.atomic
def weigh(*, actor: Person, todo_id: int, important: bool) -> None:
    """Make it one of the three, or not. Raises ValidationError: `three` for a fourth, `shared`."""
    todo = _mine(actor, todo_id)
    if important and not todo.important:
        _weighs_alone(todo.team_id)
        _room_for_one_more(actor)
    todo.important = important
    todo.save(update_fields=["important"])
    _show(actor, todo)


@transaction.atomic
def stop_sharing(*, actor: Person, todo_id: int) -> None:
    """It is its writer's alone again. Who has ticked it has still done it."""
    todo = _mine(actor, todo_id)
    team, todo.team_id = todo.team_id, None
    todo.save(update_fields=["team"])
    _show(actor, todo, team)


@transaction.atomic
def drop(*, actor: Person, todo_id: int) -> None:
    """Throw it away; it needs no excuse."""
    todo = _mine(actor, todo_id)
    todo.delete()
    _show(actor, todo)


@transaction.atomic
def park_todos(*, actor: Person) -> int:
    """Have what is not done wait for the next shift, without a word about it; returns how many."""
    shift = planning.next_shift(actor, actor)
    if shift is None:
        return 0
    rows = Todo.objects.filter(person=actor, team=None, done_at=None)
    overdue = rows.filter(start_by__lt=shift.starts_at)
    # An end before that says nothing any more.
    overdue.filter(done_by__lt=shift.starts_at).update(done_by=None)
    return overdue.update(start_by=shift.starts_at)


def _room_for_one_more(actor: Person) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if _important(actor) >= MOST_IMPORTANT:
        raise ValidationError(
            _("Three are the most important already. Which of them may wait?"), code="three"
        )


def _important(actor: Person) -> int:
    return Todo.objects.filter(person=actor, important=True, done_at=None).count()


def _mine(actor: Person, todo_id: int) -> Todo:
    todo = Todo.objects.select_for_update().filter(pk=todo_id, person=actor).first()
    if todo is None:
        raise NotVisible("workday.todo", f"todo:{todo_id}")
    return todo


def _open_to(actor: Person, todo_id: int) -> Todo:
    """One of one's own, or one that is shared with the actor."""
    shared = Q(pk__in=todos_shared_with(actor).values("pk"))
    rows = Todo.objects.select_for_update().filter(Q(person=actor) | shared, pk=todo_id)
    todo = rows.first()
    if todo is None:
        raise NotVisible("workday.todo", f"todo:{todo_id}")
    return todo


def _case(actor: Person, number: int) -> Case:
    found = cases_of(actor).filter(number=number).first()
    if found is None:
        raise ValidationError(_("There is no such case for you."), code="case")
    return found


def _weighs_alone(team_id: int | None) -> None:
    if team_id:
        raise ValidationError(
            _("What you share is not among your own three most important."), code="shared"
        )


def _show(actor: Person, todo: Todo, team_id: int | None = None) -> None:
    """Renew the lists of who did something, of the writer, and of the team that it is shared with."""
    people = {actor.pk, todo.person_id}
    changes = [(f"person:{one}", f"todos:{one}") for one in sorted(people)]
    if team := team_id or todo.team_id:
        changes.append((f"team:{team}", f"todos-of-team:{team}"))
    live.publish_all(*changes)


def forget_todos(before: datetime) -> int:
    """Delete what was done before a moment; returns how many."""
    return Todo.objects.filter(done_at__lt=before).delete()[0]
