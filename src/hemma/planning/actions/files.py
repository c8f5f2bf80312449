"""Shifts from a file: everything or nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.people.models import Person, Place
from hemma.people.visibility import Asker, visible_people
from hemma.planning import files
from hemma.planning.actions.shifts import add_shift


@transaction.atomic
def import_shifts(*, actor: Asker, name: str, content: bytes, person: Person | None = None) -> int:
    """Plan the shifts of a CSV or iCalendar file; returns how many.

    `person` is whose they are where the file names nobody. Raises ValidationError naming the line,
    PermissionDenied for somebody whom `actor` does not plan for; then nothing is stored.
    """
    try:
        rows = files.read(name, content)
    except files.Unreadable as problem:
        raise ValidationError(str(problem), code="file") from problem
    seen = visible_people(actor, "planning.shift")
    known = {one.email.lower(): one for one in seen.select_related("site")}
    for row in rows:
        whose = known.get(row.email.lower()) if row.email else person
        if whose is None:
            raise ValidationError(
                _("Line %(line)d: nobody here has the address “%(email)s”."),
                code="person",
                params={"line": row.line, "email": row.email},
            )
        try:
            add_shift(
                actor=actor,
                person=whose,
                starts_at=files.in_zone(row.starts_at, whose.zone),
                ends_at=files.in_zone(row.ends_at, whose.zone),
                place_type=row.place_type or Place.OFFICE,
            )
        except (ValidationError, files.Unreadable) as problem:
            said = problem.messages[0] if isinstance(problem, ValidationError) else str(problem)
            raise ValidationError(
                _("Line %(line)d: %(problem)s"),
                code="row",
                params={"line": row.line, "problem": said},
            ) from problem
    return len(rows)
