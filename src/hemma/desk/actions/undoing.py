"""A way back: what cases were before something was done, and putting them back so.

It works as long as nothing else has happened to them: what a colleague or the customer did since
is never undone with it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions import holding
from hemma.desk.actions.telling import tell
from hemma.desk.models import Case, Holding, Undo
from hemma.desk.queries.undoing import undo_for
from hemma.lib import clock
from hemma.people.models import Person

MOMENTS = ("waiting_since", "promised_at", "solved_at", "snoozed_until")
PLAIN = ("state", "merged_into_id", "incident_id", "queue_id")
KEPT_FOR = timedelta(days=1)

type Facts = dict[str, dict[str, Any]]


def facts_of(cases: Iterable[Case]) -> Facts:
    """What can be put back, by case id (as text, since it is kept as JSON)."""
    ids = [case.pk for case in cases]
    held = dict(Holding.objects.filter(case__in=ids, until=None).values_list("case", "person"))
    tags: dict[int, list[int]] = {}
    for case_id, tag_id in Case.tags.through.objects.filter(case__in=ids).values_list(
        "case_id", "tag_id"
    ):
        tags.setdefault(case_id, []).append(tag_id)
    return {
        str(case.pk): {
            **{name: getattr(case, name) for name in PLAIN},
            **{name: _text(getattr(case, name)) for name in MOMENTS},
            "holder": held.get(case.pk),
            "tags": sorted(tags.get(case.pk, [])),
        }
        for case in Case.objects.filter(pk__in=ids).order_by("pk")
    }


class Way:
    """Filled when the change is done: `token` leads back."""

    token: UUID


@contextmanager
def way_back(actor: Person, cases: Iterable[Case]) -> Iterator[Way]:
    """Around a change of `cases`, inside its transaction: remembers how to take it back."""
    kept, way = list(cases), Way()
    before = facts_of(kept)
    yield way
    way.token = remember(actor, before, facts_of(kept)).pk


def remember(actor: Person, before: Facts, after: Facts) -> Undo:
    """Keep a way back; those that are over a day old are forgotten."""
    now = clock.now()
    Undo.objects.filter(at__lt=now - KEPT_FOR).delete()
    return Undo.objects.create(person=actor, at=now, before=before, after=after)


def forget(actor: Person, token: UUID) -> None:
    """Throw away a way back that is part of a larger one."""
    Undo.objects.filter(pk=token, person=actor).delete()


@transaction.atomic
def undo(*, actor: Person, token: UUID) -> list[int]:
    """Take back what `actor` did; returns the cases' numbers. ValidationError if it is too late."""
    way = undo_for(actor, token)
    wanted = Case.objects.filter(pk__in=[int(pk) for pk in way.before]).order_by("pk")
    cases = [holding.lock(actor, case) for case in wanted]
    if facts_of(cases) != way.after:
        raise ValidationError(
            _("Something has happened in the case since. Change it by hand instead.")
        )
    for case in cases:
        _put_back(actor, case, way.before[str(case.pk)])
    way.delete()
    return [case.number for case in cases]


def _put_back(actor: Person, case: Case, facts: dict[str, Any]) -> None:
    for name in PLAIN:
        setattr(case, name, facts[name])
    for name in MOMENTS:
        setattr(case, name, _moment(facts[name]))
    case.changed_at = clock.now()
    case.save(update_fields=[*PLAIN, *MOMENTS, "changed_at"])
    case.tags.set(facts["tags"])
    current = holding.current(case)
    if (current.person_id if current else None) != facts["holder"]:
        holding.end(case)
        if facts["holder"] is not None:
            holding.begin(case, Person.objects.get(pk=facts["holder"]))
    tell("case.undone", case, actor=actor)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
