"""Who sees what: the one registry that every room fills and every query reads.

Deny by default. A kind of data that nobody registered can't be read; a relation that a kind does
not name sees nothing of it. The page *Who sees what about me* is made from the same rows, so what
it says is what the code does.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Concatenate

from django.db.models import Q, QuerySet

from hemma.people import access
from hemma.people.kinds import (
    NEARNESS,
    RELATION_NAMES,
    ROLE_RELATIONS,
    Kind,
    NotVisible,
    Registry,
    Relation,
    Table,
    register,
    registry,
)
from hemma.people.models import Membership, Person, Role, Team
from hemma.people.system import SYSTEM, System

Asker = Person | System


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands in the company right now."""

    teams: frozenset[int]
    led: frozenset[int]
    roles: frozenset[str]

    @property
    def seen_teams(self) -> frozenset[int]:
        return self.teams | self.led

    def role_relations(self) -> set[Relation]:
        return {ROLE_RELATIONS[role] for role in self.roles if role in ROLE_RELATIONS}


def standing(person: Person) -> Standing:
    """Teams, teams led and roles of `person`; read once for each request's person object."""
    known = getattr(person, "_standing", None)
    if known is None:
        known = Standing(
            teams=frozenset(
                person.memberships.filter(until=None).values_list("team_id", flat=True)
            ),
            led=frozenset(
                Team.objects.filter(Q(leader=person) | Q(substitute=person)).values_list(
                    "id", flat=True
                )
            ),
            roles=frozenset(person.grants.filter(until=None).values_list("role", flat=True)),
        )
        person._standing = known  # type: ignore[attr-defined]
    return known


def has_role(person: Person, *roles: str) -> bool:
    """Whether `person` holds one of `roles` now."""
    return bool(standing(person).roles & set(roles))


def possible_relations(asker: Asker) -> set[Relation]:
    """Every relation that `asker` has to anybody."""
    if isinstance(asker, System):
        return {Relation.SYSTEM}
    place = standing(asker)
    relations = {Relation.SELF} | place.role_relations()
    relations |= {Relation.EVERYONE} if place.roles - {Role.CLIENT} else set()
    if place.teams:
        relations.add(Relation.COLLEAGUE)
    if place.led:
        relations.add(Relation.LEADER)
    return relations


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who stands near someone: members and leaders of the own teams, members of those led."""

    colleagues: frozenset[int]
    led: frozenset[int]


def neighbours(person: Person) -> Neighbours:
    """Everyone near `person`, in two queries, read once for each request's person object."""
    known = getattr(person, "_neighbours", None)
    if known is None:
        place = standing(person)
        rows = list(
            Membership.objects.filter(until=None, team__in=place.seen_teams).values_list(
                "team_id", "person_id"
            )
        )
        leaders = Team.objects.filter(pk__in=place.teams).values_list("leader_id", "substitute_id")
        # Who leads a team is seen by it.
        heads = {one for pair in leaders for one in pair if one is not None}
        known = Neighbours(
            colleagues=frozenset({one for team, one in rows if team in place.teams} | heads),
            led=frozenset(one for team, one in rows if team in place.led),
        )
        person._neighbours = known  # type: ignore[attr-defined]
    return known


def _seen_ids(asker: Asker, key: str) -> frozenset[int] | None:
    """Ids of the people whose data of this kind `asker` may see one by one; None: everybody's."""
    viewers = registry[key].viewers
    if isinstance(asker, System):
        return None if Relation.SYSTEM in viewers else frozenset()
    if possible_relations(asker) & set(viewers) - NEARNESS:
        return None
    seen: frozenset[int] = frozenset()
    if Relation.COLLEAGUE in viewers:
        seen |= neighbours(asker).colleagues
    if Relation.LEADER in viewers:
        seen |= neighbours(asker).led
    return seen | {asker.pk} if Relation.SELF in viewers else seen


def visible_people(asker: Asker, key: str) -> QuerySet[Person]:
    """The people whose data of this kind `asker` may see one by one."""
    seen = _seen_ids(asker, key)
    return Person.objects.all() if seen is None else Person.objects.filter(pk__in=seen)


def visible_ids(asker: Asker, key: str, among: Iterable[int]) -> set[int]:
    """Those of the ids `among` whose data of this kind `asker` may see; asks for no person rows."""
    seen = _seen_ids(asker, key)
    return set(among) if seen is None else set(among) & seen


def person_for(asker: Asker, key: str, person_id: int) -> Person:
    """One person whose data of this kind `asker` may see; the look is logged if the kind says so.

    Raises NotVisible (404) otherwise, whether or not there is such a person.
    """
    itself = isinstance(asker, Person) and asker.pk == person_id
    if isinstance(asker, Person) and itself and Relation.SELF in registry[key].viewers:
        return asker
    person = visible_people(asker, key).filter(pk=person_id).first()
    if person is None:
        exists = Person.objects.filter(pk=person_id).first()
        raise NotVisible(key, f"person:{person_id}", exists)
    if registry[key].logged and isinstance(asker, Person) and asker.pk != person.pk:
        access.log_look(asker, person, key)
    return person


def reads[**P, R](
    *keys: str,
) -> Callable[[Callable[Concatenate[Any, P], R]], Callable[Concatenate[Any, P], R]]:
    """Say which kinds of data a query reads, and refuse who can't see any of it.

    The query itself narrows rows down with `visible_people` or the room's own scope.
    """

    def decorate(query: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
        @functools.wraps(query)
        def guarded(asker: Asker, /, *args: P.args, **kwargs: P.kwargs) -> R:
            mine = possible_relations(asker)
            for key in keys:
                kind = registry[key]
                if not mine & (set(kind.viewers) | set(kind.groups)):
                    raise NotVisible(key)
            return query(asker, *args, **kwargs)

        guarded.reads = keys  # type: ignore[attr-defined]
        return guarded

    return decorate


__all__ = [
    "RELATION_NAMES",
    "SYSTEM",
    "Asker",
    "Kind",
    "NotVisible",
    "Registry",
    "Relation",
    "Table",
    "has_role",
    "person_for",
    "reads",
    "register",
    "registry",
    "standing",
    "visible_ids",
    "visible_people",
]
