"""Who sees what: the one registry that every room fills and every query reads.

Deny by default. A kind of data that nobody registered can't be read; a relation that a kind does
not name sees nothing of it. The page *Who sees what about me* is made from the same rows, so what
it says is what the code does.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Concatenate

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hemma.journal.models import Retention
from hemma.people import access
from hemma.people.models import Membership, Person, Role, Team
from hemma.people.system import SYSTEM, System

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Asker = Person | System


class Relation(StrEnum):
    """What someone is to the person whose data it is."""

    SELF = "self"
    EVERYONE = "everyone"
    COLLEAGUE = "colleague"
    LEADER = "leader"
    MANAGER = "manager"
    PLANNER = "planner"
    IT = "it"
    SAFETY_REP = "safety_rep"
    CLIENT = "client"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


RELATION_NAMES: Mapping[Relation, StrOrPromise] = {
    Relation.SELF: _("You"),
    Relation.EVERYONE: _("Everyone who works here"),
    Relation.COLLEAGUE: _("Colleagues in your team"),
    Relation.LEADER: _("Your leader and their substitute"),
    Relation.MANAGER: _("Customer service manager"),
    Relation.PLANNER: _("Planner"),
    Relation.IT: _("IT support"),
    Relation.SAFETY_REP: _("Safety representative"),
    Relation.CLIENT: _("Client"),
    Relation.ADMINISTRATOR: _("Administrator"),
    Relation.SYSTEM: _("Hemma itself, when it decides"),
}

# Relations that follow from a role alone, whoever's data it is.
ROLE_RELATIONS: Mapping[str, Relation] = {
    Role.MANAGER: Relation.MANAGER,
    Role.PLANNER: Relation.PLANNER,
    Role.IT_SUPPORT: Relation.IT,
    Role.SAFETY_REP: Relation.SAFETY_REP,
    Role.CLIENT: Relation.CLIENT,
    Role.ADMINISTRATOR: Relation.ADMINISTRATOR,
}


NEARNESS = {Relation.SELF, Relation.COLLEAGUE, Relation.LEADER}  # each holds to some people only


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data: what it is, why it is kept, for how long, and what each viewer sees of it.

    `viewers` says in words what a relation sees of one person's data; `groups` what a relation
    sees of groups only. A relation in neither sees nothing. `logged`: looks by others are written
    to the access log, where the person can read them.
    """

    key: str
    what: StrOrPromise
    why: StrOrPromise
    retention: Retention | StrOrPromise
    viewers: Mapping[Relation, StrOrPromise]
    groups: Mapping[Relation, StrOrPromise] = field(default_factory=dict)
    logged: bool = False
    order: int = 100


class NotVisible(Http404):
    """Asked for something that does not exist for who asks. Shown as 404, written to the log."""

    def __init__(self, kind: str, about: str = "", subject: Person | None = None) -> None:
        super().__init__(f"{kind} {about}")
        self.kind, self.about, self.subject = kind, about, subject


class Registry:
    """All kinds of data, by key."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}

    def register(self, kind: Kind) -> Kind:
        """Add a kind. Raises ImproperlyConfigured if the key is taken."""
        if kind.key in self._kinds:
            raise ImproperlyConfigured(f"{kind.key} is registered twice")
        self._kinds[kind.key] = kind
        return kind

    def __getitem__(self, key: str) -> Kind:
        try:
            return self._kinds[key]
        except KeyError:
            raise ImproperlyConfigured(
                f"{key} is not in the who-sees-what registry: nobody may read it"
            ) from None

    def __iter__(self) -> Any:
        return iter(sorted(self._kinds.values(), key=lambda kind: (kind.order, kind.key)))

    def __contains__(self, key: str) -> bool:
        return key in self._kinds


registry = Registry()
register = registry.register


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
    "SYSTEM",
    "Asker",
    "Kind",
    "NotVisible",
    "Relation",
    "has_role",
    "person_for",
    "reads",
    "register",
    "registry",
    "standing",
    "visible_ids",
    "visible_people",
]
