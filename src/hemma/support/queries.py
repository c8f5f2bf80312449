"""Whom one can turn to: near, outside of the team, and at any hour."""

from dataclasses import dataclass

from hemma.people import queries as people
from hemma.people.models import Person, Role
from hemma.people.visibility import Asker, NotVisible, has_role, reads
from hemma.support.models import Contact, Sort

NEAR = {Role.TEAM_LEADER.value, "substitute", Role.SAFETY_REP.value}


@dataclass(frozen=True, slots=True)
class Help:
    """The page in its order. `near`: people of the company, leaders first."""

    near: list[people.Helper]
    outside: list[Contact]
    crisis: list[Contact]


@reads("support.contact", "people.helper")
def help_for(asker: Person) -> Help:
    """Whom `asker` can turn to, in their own country. It writes nothing anywhere."""
    near = [one for one in people.helpers(asker) if one.role in NEAR]
    country = asker.site.country if asker.site else ""
    rows = list(Contact.objects.filter(country__in={"", country} if country else _countries()))
    return Help(
        near=near,
        outside=[one for one in rows if one.sort != Sort.CRISIS],
        crisis=[one for one in rows if one.sort == Sort.CRISIS],
    )


def _countries() -> set[str]:
    """For who belongs to no site: all of them, each with its country beside it."""
    return {"", *Contact.objects.values_list("country", flat=True)}


@reads("support.contact")
def contacts(asker: Asker) -> list[Contact]:
    """Every row, for the administrator who keeps them right."""
    _administrator(asker)
    return list(Contact.objects.order_by("country", "order", "pk"))


@reads("support.contact")
def contact(asker: Asker, contact_id: int | None) -> Contact:
    """One of them to change, or a new one. Raises NotVisible for anybody but an administrator."""
    _administrator(asker)
    if contact_id is None:
        return Contact()
    row = Contact.objects.filter(pk=contact_id).first()
    if row is None:
        raise NotVisible("support.contact", f"contact:{contact_id}")
    return row


def _administrator(asker: Asker) -> None:
    if not isinstance(asker, Person) or not has_role(asker, Role.ADMINISTRATOR):
        raise NotVisible("support.contact", "list")
