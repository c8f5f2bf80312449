"""The administrator's list: accounts, where people belong and what they can. No cases, no modes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q

from hemma.people.models import (
    Grant,
    Membership,
    Person,
    PersonSkill,
    Role,
    SentLink,
    Site,
    Team,
)
from hemma.people.queries.everyone import by_name
from hemma.people.visibility import Asker, NotVisible, has_role, reads, visible_people

PAGE = 50


@dataclass(frozen=True, slots=True)
class Account:
    """One row of the list."""

    person: Person
    teams: list[str]
    roles: list[str]
    skills: list[tuple[str, int]]
    invited: object


def administrator(asker: Asker, about: str) -> Person:
    """The asker, who is an administrator. Raises NotVisible for anybody else."""
    if not isinstance(asker, Person) or not has_role(asker, Role.ADMINISTRATOR):
        raise NotVisible("people.account", about)
    return asker


@reads("people.account", "people.membership", "people.skills", "people.links")
def accounts(asker: Asker, *, text: str = "", number: str | int = 1) -> Page[Person]:
    """A page of everybody in name order, `text` in name or e-mail; administrators only.

    `object_list` holds Account rows. The number of queries does not grow with the people.
    """
    administrator(asker, "list")
    people = visible_people(asker, "people.account").select_related("site")
    if text.strip():
        wanted = text.strip()
        people = people.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted))
    page = Paginator(by_name(people), PAGE).get_page(number)
    page.object_list = _rows(list(page.object_list))  # type: ignore[assignment]
    return page


def _rows(people: list[Person]) -> list[Account]:
    ids = [person.pk for person in people]
    teams = _by_person(
        Membership.objects.filter(person__in=ids, until=None)
        .order_by("team__name")
        .values_list("person_id", "team__name")
    )
    roles = _by_person(
        (person, str(Role(role).label))
        for person, role in Grant.objects.filter(person__in=ids, until=None)
        .order_by("pk")
        .values_list("person_id", "role")
    )
    skills = _by_person(
        (person, (name, level))
        for person, name, level in PersonSkill.objects.filter(person__in=ids)
        .order_by("skill__name")
        .values_list("person_id", "skill__name", "level")
    )
    invited = dict(
        SentLink.objects.filter(person__in=ids, kind=SentLink.Kind.INVITATION)
        .order_by("at")
        .values_list("person_id", "at")
    )
    return [
        Account(
            person=person,
            teams=teams.get(person.pk, []),
            roles=roles.get(person.pk, []),
            skills=skills.get(person.pk, []),
            invited=invited.get(person.pk),
        )
        for person in people
    ]


def _by_person[T](rows: Iterable[tuple[int, T]]) -> Mapping[int, list[T]]:
    found: dict[int, list[T]] = {}
    for person, what in rows:
        found.setdefault(person, []).append(what)
    return found


@reads("people.account")
def account(asker: Asker, person_id: int) -> Person:
    """One account to manage. Raises NotVisible unless `asker` is an administrator and it exists."""
    about = f"person:{person_id}"
    administrator(asker, about)
    person = visible_people(asker, "people.account").filter(pk=person_id).first()
    if person is None:
        raise NotVisible("people.account", about)
    return person


@reads("people.membership")
def places_to_belong(asker: Asker) -> tuple[list[Site], list[Team]]:
    """Sites and teams that an administrator can put somebody in, by name."""
    administrator(asker, "new")
    return list(Site.objects.order_by("name")), list(Team.objects.order_by("name"))
