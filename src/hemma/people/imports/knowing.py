"""The company as it is, read once for all rows of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hemma.people.models import (
    Employment,
    Grant,
    Membership,
    Person,
    PersonLanguage,
    PersonSkill,
    Site,
    Skill,
    Team,
)


@dataclass(frozen=True, slots=True)
class Known:
    """The company as it is, by what the rows call things."""

    people: Mapping[str, Person]
    sites: Mapping[str, Site]
    teams: Mapping[str, int]
    skills: Mapping[str, int]
    member_of: Mapping[int, frozenset[int]]
    holds: Mapping[int, frozenset[str]]
    can: Mapping[int, Mapping[int, int]]
    speaks: Mapping[int, Mapping[str, int]]
    employed: Mapping[int, Employment]
    today: date


def know(emails: Iterable[str], today: date) -> Known:
    """Everything about the people that the rows name, in a fixed number of queries."""
    wanted = {email.lower() for email in emails}
    rows = Person.objects.extra(where=["lower(email) = ANY(%s)"], params=[list(wanted)])
    people = {person.email.lower(): person for person in rows.select_related("site")}
    ids = [person.pk for person in people.values()]
    skills: dict[str, int] = {}
    for pk, code, name in Skill.objects.values_list("pk", "code", "name"):
        skills |= {code.lower(): pk, name.lower(): pk}
    return Known(
        people=people,
        sites={site.name.lower(): site for site in Site.objects.all()},
        teams={name.lower(): pk for pk, name in Team.objects.values_list("pk", "name")},
        skills=skills,
        member_of=_sets(
            Membership.objects.filter(person__in=ids, until=None).values_list(
                "person_id", "team_id"
            )
        ),
        holds=_sets(
            Grant.objects.filter(person__in=ids, until=None).values_list("person_id", "role")
        ),
        can=_levels(
            PersonSkill.objects.filter(person__in=ids).values_list("person_id", "skill_id", "level")
        ),
        speaks=_levels(
            PersonLanguage.objects.filter(person__in=ids).values_list(
                "person_id", "language", "level"
            )
        ),
        employed={
            row.person_id: row
            for row in Employment.objects.filter(
                Q(until=None) | Q(until__gte=today), person__in=ids
            ).order_by("since")
        },
        today=today,
    )


def _sets[T](pairs: Iterable[tuple[int, T]]) -> dict[int, frozenset[T]]:
    found: dict[int, set[T]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _levels[T](triples: Iterable[tuple[int, T, int]]) -> dict[int, dict[T, int]]:
    found: dict[int, dict[T, int]] = {}
    for key, what, level in triples:
        found.setdefault(key, {})[what] = level
    return found
