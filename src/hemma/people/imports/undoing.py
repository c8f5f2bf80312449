"""An import taken back: what it made goes, what it changed is as before, unless changed since."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from hemma.people.models import (
    Employment,
    Grant,
    Membership,
    Person,
    PersonLanguage,
    PersonSkill,
)


def undo(before: dict[str, Any], now: datetime) -> tuple[list[Person], int]:
    """Take back what `applying.apply` remembered in `before`.

    Returns the people that it added and that can't simply be removed any more (they have signed
    in, or something hangs on them), for the caller to close; and how many values stay because
    somebody changed them since.
    """
    at = datetime.fromisoformat(before["at"])
    kept = _fields(before["people"])
    for model, key in ((Grant, "grants"), (Membership, "memberships")):
        _spells(model, before[key], at, now)
    kept += _levels(PersonSkill, "skill_id", before["skills"])
    kept += _levels(PersonLanguage, "language", before["languages"])
    _employments(before["employments"])
    return _remove(before["added"]), kept


def _fields(people: dict[str, dict[str, list[Any]]]) -> int:
    kept = 0
    for person in Person.objects.filter(pk__in=[int(pk) for pk in people]):
        fields = people[str(person.pk)]
        untouched = [name for name, (_was, now) in fields.items() if getattr(person, name) == now]
        for name in untouched:
            setattr(person, name, fields[name][0])
        person.save(update_fields=[name.removesuffix("_id") for name in untouched])
        kept += len(fields) - len(untouched)
    return kept


def _spells(
    model: type[Grant | Membership], rows: dict[str, list[int]], at: datetime, now: datetime
) -> None:
    """Begun spells end; ended ones go on, unless the person has left or has it again already."""
    model.objects.filter(pk__in=rows["made"], until=None).update(until=now)
    what = "role" if model is Grant else "team"
    again = model.objects.filter(
        person=models.OuterRef("person"), until=None, **{what: models.OuterRef(what)}
    )
    ended = model.objects.filter(pk__in=rows["ended"], until=at, person__is_active=True)
    ended.filter(~models.Exists(again)).update(until=None)


def _levels(model: type[Any], key: str, rows: list[list[Any]]) -> int:
    kept = 0
    held = model.objects.filter(person__in={row[0] for row in rows})
    found = {(row.person_id, getattr(row, key)): row for row in held}
    changed, gone = [], []
    for person, what, was, set_to in rows:
        row = found.get((person, what))
        if row is None or row.level != set_to:
            kept += 1
        elif was is None:
            gone.append(row.pk)
        else:
            row.level = was
            changed.append(row)
    model.objects.filter(pk__in=gone).delete()
    model.objects.bulk_update(changed, ["level"], batch_size=500)
    return kept


def _employments(rows: dict[str, list[Any]]) -> None:
    made = Employment.objects.filter(pk__in=rows["made"])
    untouched = set(made.values_list("person_id", flat=True))
    made.delete()
    for pk, until in rows["ended"]:
        row = Employment.objects.filter(pk=pk, person__in=untouched)
        row.update(until=date.fromisoformat(until) if until else None)
    Employment.objects.bulk_create(
        Employment(
            person_id=person,
            since=date.fromisoformat(since),
            until=date.fromisoformat(until) if until else None,
            hours_per_week=Decimal(hours),
            country=country,
            contract=contract,
        )
        for person, since, until, hours, country, contract in rows["replaced"]
        if person in untouched
    )


def _remove(added: list[int]) -> list[Person]:
    """Delete those who never were here; the others are returned."""
    unusable = Q(password__startswith="!")  # noqa: S106  Django's mark, not a password
    unseen = Person.objects.filter(unusable, pk__in=added, last_login=None, sessions=None)
    ids = list(unseen.values_list("pk", flat=True))
    if not _deleted(ids):
        for pk in ids:
            _deleted([pk])
    return list(Person.objects.filter(pk__in=added, is_active=True))


def _deleted(ids: list[int]) -> bool:
    try:
        with transaction.atomic():
            Person.objects.filter(pk__in=ids).delete()
    except models.ProtectedError:
        return False
    return True
