"""Everything that is kept about one person, made by the registry: no room can be forgotten."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from hemma.journal.models import Retention
from hemma.people.models import Person
from hemma.people.visibility import Asker, Kind, NotVisible, Table, reads, registry


def rows_of(person: Person, table: Table) -> QuerySet[Model]:
    """The rows of `table` that are about `person`, in the order they were made."""
    model: type[Model] = apps.get_model(table.model)
    # The journal knows people by a key alone.
    about = person.journal_key if table.field.endswith("_key") else person.pk
    return model._base_manager.filter(**{table.field: about}).order_by("pk")


@reads("people.account")
def everything_about(asker: Asker, person: Person) -> dict[str, dict[str, Any]]:
    """Kind's key → what it is, why, kept how long, seen by whom, and every row of it.

    Only for the person themselves: raises NotVisible for everybody else.
    """
    if not isinstance(asker, Person) or asker.pk != person.pk:
        raise NotVisible("people.account", f"everything:{person.pk}", person)
    return {kind.key: _kind(kind, person) for kind in registry}


def _kind(kind: Kind, person: Person) -> dict[str, Any]:
    keep = kind.retention.label if isinstance(kind.retention, Retention) else kind.retention
    return {
        "what": str(kind.what),
        "why": str(kind.why),
        "kept": str(keep),
        "seen_by": {str(who): str(words) for who, words in kind.viewers.items()},
        "seen_in_groups_by": {str(who): str(words) for who, words in kind.groups.items()},
        "rows": {
            table.path: [_row(row, table, person) for row in rows_of(person, table).iterator()]
            for table in kind.tables
        },
    }


def _row(row: Model, table: Table, person: Person) -> dict[str, Any]:
    return dict(_columns(row, table, person))


def _columns(row: Model, table: Table, person: Person) -> Iterator[tuple[str, Any]]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname, None)
        if field.name in table.secret or isinstance(value, memoryview | bytes):
            continue
        if isinstance(field, ForeignKey) and field.related_model is Person:
            # Others stand here as others: their names are theirs.
            value = None if value is None else "you" if value == person.pk else "somebody else"
        elif isinstance(field, ForeignKey) and field.related_model._meta.app_label == "people":
            value = None if value is None else str(getattr(row, field.name))
        yield field.name, _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | tuple):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)
