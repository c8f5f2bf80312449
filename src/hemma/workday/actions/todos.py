"""One's own to-dos: private, at most three most important, ticked off and undone."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.lib import clock, live
from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.planning import queries as planning
from hemma.workday.models import Todo

MOST_IMPORTANT = 3


@transaction.atomic
def add_todo(
    *,
    actor: Person,
    text: str,
    start_by: datetime | None = None,
    done_by: datetime | None = None,
    important: bool = False,
) -> Todo:
    """Write down something to do. Nobody else sees it.

    Raises ValidationError (codes `empty`, `order`, `three`).
    """
    if not text.strip():
        raise ValidationError(_("Write something first."), code="empty")
    if start_by and done_by and done_by < start_by:
        raise ValidationError(_("The end has to come after the start."), code="order")
    if important:
        _room_for_one_more(actor)
    todo = Todo.objects.create(
        person=actor,
        text=text.strip(),
        start_by=start_by,
        done_by=done_by,
        important=important,
        made_at=clock.now(),
    )
    _show(actor)
    return todo


@transaction.atomic
def tick(*, actor: Person, todo_id: int, done: bool = True) -> None:
    """It is done; or it is not after all."""
    todo = _mine(actor, todo_id)
    todo.done_at = clock.now() if done else None
    if not done and todo.important:
        todo.important = _important(actor) < MOST_IMPORTANT
    todo.save(update_fields=["done_at", "important"])
    _show(actor)


@transaction.atomic
def weigh(*, actor: Person, todo_id: int, important: bool) -> None:
    """Make it one of the three, or not. Raises ValidationError (`three`) for a fourth."""
    todo = _mine(actor, todo_id)
    if important and not todo.important:
        _room_for_one_more(actor)
    todo.important = important
    todo.save(update_fields=["important"])
    _show(actor)


@transaction.atomic
def drop(*, actor: Person, todo_id: int) -> None:
    """Throw it away; it needs no excuse."""
    _mine(actor, todo_id).delete()
    _show(actor)


@transaction.atomic
def park_todos(*, actor: Person) -> int:
    """Have what is not done wait for the next shift, without a word about it; returns how many."""
    shift = planning.next_shift(actor, actor)
    starts_at = shift.starts_at if shift else None
    rows = Todo.objects.filter(person=actor, done_at=None)
    overdue = rows.filter(start_by__lt=starts_at) if starts_at else rows.none()
    return overdue.update(start_by=starts_at)


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


def _show(actor: Person) -> None:
    live.publish(f"person:{actor.pk}", f"todos:{actor.pk}")


def forget_todos(before: datetime) -> int:
    """Delete what was done before a moment; returns how many."""
    return Todo.objects.filter(done_at__lt=before).delete()[0]
