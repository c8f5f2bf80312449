"""Whom one can turn to: near, outside of the team, and at any hour; and slips that were told of."""

from dataclasses import dataclass

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from hemma.people import queries as people
from hemma.people.models import Look, Person, Role
from hemma.people.visibility import Asker, NotVisible, has_role, reads
from hemma.support.models import Contact, Slip, Sort

SHOWN = 100
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


@reads("support.slip")
def slips_of_mine(asker: Person) -> list[Slip]:
    """What the asker told of, newest first."""
    return list(_seen(Slip.objects.filter(teller=asker)).order_by("-told_at", "-pk")[:SHOWN])


@reads("support.slip")
def slips(asker: Asker) -> list[Slip]:
    """What was told, what is open first. Raises NotVisible for anybody but IT support."""
    _it_support(asker, "slips")
    rows = _seen(Slip.objects.select_related("teller"))
    return list(rows.order_by(F("closed_at").desc(nulls_first=True), "-told_at", "-pk")[:SHOWN])


@reads("support.slip")
def slip(asker: Asker, slip_id: int) -> Slip:
    """One of them. Raises NotVisible for anybody but IT support."""
    _it_support(asker, f"slip:{slip_id}")
    row = Slip.objects.select_related("teller", "closed_by").filter(pk=slip_id).first()
    if row is None:
        raise NotVisible("support.slip", f"slip:{slip_id}")
    return row


@reads("support.slip")
def slip_to_mail(asker: Asker, slip_id: int) -> Slip | None:
    """One of them as the letter to the address in the settings needs it; only Hemma itself asks."""
    return None if isinstance(asker, Person) else Slip.objects.filter(pk=slip_id).first()


def _seen(rows: QuerySet[Slip]) -> QuerySet[Slip]:
    """With `seen_at`, when IT support first opened it: the log of looks knows."""
    looks = Look.objects.filter(
        kind="support.slip",
        outcome=Look.Outcome.SEEN,
        about=Concat(Value("slip:"), Cast(OuterRef("pk"), CharField())),
    )
    return rows.annotate(seen_at=Subquery(looks.order_by("at").values("at")[:1]))


def _it_support(asker: Asker, about: str) -> None:
    if not isinstance(asker, Person) or not has_role(asker, Role.IT_SUPPORT):
        raise NotVisible("support.slip", about)
