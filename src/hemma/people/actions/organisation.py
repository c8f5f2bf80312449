"""What an administrator does with the organisation: sites, teams, skills, programmes; one person whole."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from hemma.lib import clock, live
from hemma.people.actions.belonging import (
    note,
    set_employment,
    set_languages,
    set_roles,
    set_skills,
    set_teams,
    stands_anew,
)
from hemma.people.models import Contract, Employment, Person, Programme, Site, Skill, Team


@transaction.atomic
def save_site(*, actor: Person, site: Site) -> Site:
    """Add or change a site. Raises ValidationError for a name that is taken or an impossible zone."""
    site.country = site.country.upper()
    return _saved(actor, site, "site")


def _saved[T: (Site, Skill, Team, Programme)](actor: Person, row: T, what: str) -> T:
    row.full_clean()
    row.save()
    note(actor, None, f"{what}_saved", f"{what}:{row.pk}")
    return row


@transaction.atomic
def save_skill(*, actor: Person, skill: Skill) -> Skill:
    """Add or rename a skill."""
    return _saved(actor, skill, "skill")


@transaction.atomic
def save_team(*, actor: Person, team: Team) -> Team:
    """Add or change a team. Who leads it or stands in sees it from now on; who did does not."""
    before = Team.objects.filter(pk=team.pk).values_list("leader_id", "substitute_id").first()
    saved = _saved(actor, team, "team")
    live.publish(f"team:{saved.pk}")
    heads = {*(before or ()), saved.leader_id, saved.substitute_id}
    stands_anew(sorted(one for one in heads if one is not None))
    return saved


@transaction.atomic
def save_programme(*, actor: Person, programme: Programme, teams: Collection[Team]) -> Programme:
    """Add or change a client's programme, and which teams work for it."""
    saved = _saved(actor, programme, "programme")
    saved.teams.set(teams)
    return saved


@transaction.atomic
def change_person(*, actor: Person, person: Person, said: dict[str, Any]) -> None:
    """Let a person be as an administrator's form says: account, belonging, abilities, employment.

    `said` is `forms.PersonForm.cleaned_data`. Raises ValidationError for an address that is taken
    and for the last administrator; nothing is changed then.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = (person.name, person.email, person.phone, person.language, person.site_id)
    for name in ("name", "email", "phone", "language", "site"):
        setattr(person, name, said[name])
    person.full_clean(exclude=["password"])
    if before != (person.name, person.email, person.phone, person.language, person.site_id):
        person.save()
        note(actor, person, "changed")
        live.publish(f"person:{person.pk}")
    set_roles(
        actor=actor,
        person=person,
        roles=said["roles"],
        programme=said["programme"],
        safety_site=said["safety_site"],
    )
    set_teams(actor=actor, person=person, teams=said["teams"])
    set_skills(actor=actor, person=person, levels=said["skills"])
    set_languages(actor=actor, person=person, levels=said["speaks"])
    if said["hours"] is not None:
        _employ(actor, person, said)


def _employ(actor: Person, person: Person, said: dict[str, Any]) -> None:
    hours: Decimal = said["hours"]
    country, contract = said["country"].upper(), said["contract"] or Contract.PERMANENT.value
    since: date = said["since"] or clock.now().date()
    now = Employment.objects.filter(person=person).order_by("-since").first()
    if now is not None and (now.hours_per_week, now.country, now.contract, now.until) == (
        hours,
        country,
        contract,
        None,
    ):
        return
    set_employment(
        actor=actor, person=person, hours=hours, country=country, contract=contract, since=since
    )
