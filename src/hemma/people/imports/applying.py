"""Judged rows into the tables, in a few statements whatever their number, and what it takes to undo."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from hemma.people.imports.shapes import Judged, Wanted
from hemma.people.models import (
    Employment,
    Grant,
    Membership,
    Person,
    PersonLanguage,
    PersonSkill,
)

FIELDS = ("name", "language", "phone", "site_id")


def apply(judged: Judged, now: datetime) -> dict[str, Any]:
    """Store everything that the rows ask for; returns what was before, as JSON can hold it.

    Runs inside the caller's transaction. `now` is when memberships and roles begin and end.
    """
    fresh, changed = judged.new, judged.changed
    before: dict[str, Any] = {"at": now.isoformat(), "people": _change_fields(changed)}
    before["added"] = _add(fresh)
    rows = [*fresh, *changed]
    before["grants"] = _replace_grants(rows, now)
    before["memberships"] = _replace_memberships(rows, now)
    before["skills"] = _set_levels(rows, PersonSkill, "skill_id", lambda one: one.skills)
    before["languages"] = _set_levels(rows, PersonLanguage, "language", lambda one: one.languages)
    before["employments"] = _employ(rows)
    return before


def _add(fresh: Sequence[Wanted]) -> list[int]:
    unusable = make_password(None)
    people = [Person(**one.fields, password=unusable) for one in fresh]
    made = Person.objects.bulk_create(people)
    for one, person in zip(fresh, made, strict=True):
        one.person = person
    return [person.pk for person in made]


def _change_fields(changed: Sequence[Wanted]) -> dict[str, dict[str, list[Any]]]:
    was: dict[str, dict[str, list[Any]]] = {}
    touched = []
    for one in changed:
        if not one.fields or one.person is None:
            continue
        was[str(one.person.pk)] = {
            name: [getattr(one.person, name), value] for name, value in one.fields.items()
        }
        for name, value in one.fields.items():
            setattr(one.person, name, value)
        touched.append(one.person)
    if touched:
        Person.objects.bulk_update(touched, ["name", "language", "phone", "site"], batch_size=500)
    return was


def _pk(one: Wanted) -> int:
    if one.person is None:
        raise ValueError("a row without a person is stored after it was added")
    return one.person.pk


def _replace_grants(rows: Sequence[Wanted], now: datetime) -> dict[str, list[int]]:
    asked = {_pk(one): one.roles for one in rows if one.roles is not None}
    held = Grant.objects.filter(person__in=asked, until=None)
    ended, kept = [], set()
    for pk, person, role in held.values_list("pk", "person_id", "role"):
        if role in asked[person]:
            kept.add((person, role))
        else:
            ended.append(pk)
    made = Grant.objects.bulk_create(
        Grant(person_id=person, role=role, since=now)
        for person, roles in asked.items()
        for role in sorted(roles)
        if (person, role) not in kept
    )
    Grant.objects.filter(pk__in=ended).update(until=now)
    return {"ended": ended, "made": [row.pk for row in made]}


def _replace_memberships(rows: Sequence[Wanted], now: datetime) -> dict[str, list[int]]:
    asked = {_pk(one): one.teams for one in rows if one.teams is not None}
    member = Membership.objects.filter(person__in=asked, until=None)
    ended, kept = [], set()
    for pk, person, team in member.values_list("pk", "person_id", "team_id"):
        if team in asked[person]:
            kept.add((person, team))
        else:
            ended.append(pk)
    made = Membership.objects.bulk_create(
        Membership(person_id=person, team_id=team, since=now)
        for person, teams in asked.items()
        for team in sorted(teams)
        if (person, team) not in kept
    )
    Membership.objects.filter(pk__in=ended).update(until=now)
    return {"ended": ended, "made": [row.pk for row in made]}


def _set_levels(rows: Sequence[Wanted], model: type[Any], key: str, asked: Any) -> list[list[Any]]:
    """[person, what, level before or None, level now] for every level that changed."""
    wanted = {(_pk(one), what): level for one in rows for what, level in asked(one).items()}
    held = model.objects.filter(person__in={person for person, _what in wanted})
    was = {(p, what): level for p, what, level in held.values_list("person_id", key, "level")}
    model.objects.bulk_create(
        [model(person_id=p, level=level, **{key: what}) for (p, what), level in wanted.items()],
        update_conflicts=True,
        unique_fields=["person", key.removesuffix("_id")],
        update_fields=["level"],
    )
    return [[p, what, was.get((p, what)), level] for (p, what), level in wanted.items()]


def _employ(rows: Sequence[Wanted]) -> dict[str, list[Any]]:
    """A new row each; what held before ends the day before, or is replaced if it began that day."""
    asked = {_pk(one): one.terms for one in rows if one.terms is not None}
    replaced, ended = [], []
    for row in Employment.objects.filter(person__in=asked):
        since = asked[row.person_id].since
        if row.since >= since:
            replaced.append(row)
        elif row.until is None or row.until >= since:
            ended.append([row.pk, row.until.isoformat() if row.until else None])
            row.until = since - timedelta(days=1)
            row.save(update_fields=["until"])
    Employment.objects.filter(pk__in=[row.pk for row in replaced]).delete()
    made = Employment.objects.bulk_create(
        Employment(
            person_id=person,
            since=terms.since,
            hours_per_week=terms.hours,
            country=terms.country,
            contract=terms.contract,
        )
        for person, terms in asked.items()
    )
    return {
        "made": [row.pk for row in made],
        "ended": ended,
        "replaced": [
            [
                row.person_id,
                row.since.isoformat(),
                row.until.isoformat() if row.until else None,
                str(row.hours_per_week),
                row.country,
                row.contract,
            ]
            for row in replaced
        ],
    }
