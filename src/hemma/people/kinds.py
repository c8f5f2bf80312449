"""Kinds of data about people: what each is, where it lies, how long it is kept, who sees what of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hemma.journal.models import Retention
from hemma.people.models import Person, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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


# Relations that hold to some people and not to others.
NEARNESS = {Relation.SELF, Relation.COLLEAGUE, Relation.LEADER}


@dataclass(frozen=True, slots=True)
class Table:
    """Where a kind of data lies, and what becomes of it when its person is forgotten.

    `path` is `room.Model.field`: the field leads to the person, over other tables by `__`.
    `erased`: the rows go. Otherwise they stay, of somebody without a name, because sums and other
    people's work are made of them. `secret` names fields that nobody is ever shown.
    """

    path: str
    erased: bool = False
    secret: frozenset[str] = frozenset()

    @property
    def model(self) -> str:
        return self.path.rpartition(".")[0]

    @property
    def field(self) -> str:
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data: what it is, why it is kept, for how long, and what each viewer sees of it.

    `viewers` says in words what a relation sees of one person's data; `groups` what a relation
    sees of groups only. A relation in neither sees nothing. `logged`: looks by others at one
    person's data are written to the access log, where the person can read them. `tables` is where
    the data lies: export and erasure go by it, and a test finds tables that no
    kind names.
    """

    key: str
    what: StrOrPromise
    why: StrOrPromise
    retention: Retention | StrOrPromise
    viewers: Mapping[Relation, StrOrPromise]
    groups: Mapping[Relation, StrOrPromise] = field(default_factory=dict)
    logged: bool = True
    order: int = 100
    tables: tuple[Table, ...] = ()


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
        """Add a kind. Raises ImproperlyConfigured if the key is taken, or if a client would see
        persons: a client sees numbers of groups, whatever the kind.
        """
        if kind.key in self._kinds:
            raise ImproperlyConfigured(f"{kind.key} is registered twice")
        if Relation.CLIENT in kind.viewers:
            raise ImproperlyConfigured(f"{kind.key} shows persons to a client")
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
