"""Shifts from a file: everything or nothing."""

from collections import defaultdict
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.people.models import Person, Place
from hemma.people.visibility import Asker, visible_people
from hemma.planning import files
from hemma.planning.actions.shifts import Part, add_shift
from hemma.planning.models import ActivityKind


@transaction.atomic
def import_shifts(*, actor: Asker, name: str, content: bytes, person: Person | None = None) -> int:
    """Plan the shifts of a CSV or iCalendar file; returns how many.

    `person` is whose they are where the file names nobody. What a plan of `hemma plan` places inside a
    shift comes along; the rest of such a shift is the queue's. Raises ValidationError naming the line,
    PermissionDenied for somebody whom `actor` does not plan for; then nothing is stored.
    """
    rows = _read(name, content)
    by_email, by_name = {}, defaultdict(list)
    for one in visible_people(actor, "planning.shift").select_related("site"):
        by_email[one.email.casefold()] = one
        by_name[one.name.casefold()].append(one)
    for row in rows:
        whose = by_email.get(row.email.casefold()) if row.email else person
        if row.name and not row.email:
            whose = _only(row, by_name[row.name.casefold()])
        if whose is None:
            said = _("Line %(line)d: nobody here has the address “%(email)s”.")
            params = {"line": row.line, "email": row.email}
            raise ValidationError(said, code="person", params=params)
        try:
            starts_at = files.in_zone(row.starts_at, whose.zone)
            ends_at = files.in_zone(row.ends_at, whose.zone)
            add_shift(
                actor=actor,
                person=whose,
                starts_at=starts_at,
                ends_at=ends_at,
                place_type=row.place_type or Place.OFFICE,
                activities=_whole(row, whose, starts_at, ends_at),
            )
        except (ValidationError, files.Unreadable) as problem:
            said = problem.messages[0] if isinstance(problem, ValidationError) else str(problem)
            params = {"line": row.line, "problem": said}
            raise ValidationError(
                _("Line %(line)d: %(problem)s"), code="row", params=params
            ) from problem
    return len(rows)


def _read(name: str, content: bytes) -> list[files.Row]:
    try:
        return files.read(name, content)
    except files.Unreadable as problem:
        raise ValidationError(str(problem), code="file") from problem


def _only(row: files.Row, named: list[Person]) -> Person:
    """Whom the row names: a name is enough where only one person has it."""
    if len(named) != 1:
        said = _("Line %(line)d: %(count)d people here are called “%(name)s”. Name their address.")
        params = {"line": row.line, "count": len(named), "name": row.name}
        raise ValidationError(said, code="person", params=params)
    return named[0]


def _whole(row: files.Row, person: Person, starts_at: datetime, ends_at: datetime) -> list[Part]:
    """The row's parts with the queue between them; nothing where it names none."""
    if not row.parts:
        return []
    parts, at = [], starts_at
    for kind, first, last, label in sorted(row.parts, key=lambda part: part[1]):
        start, end = files.in_zone(first, person.zone), files.in_zone(last, person.zone)
        if at < start:
            parts.append((ActivityKind.QUEUE.value, at, start, ""))
        parts.append((kind, start, end, label))
        at = end
    if at < ends_at:
        parts.append((ActivityKind.QUEUE.value, at, ends_at, ""))
    return parts
