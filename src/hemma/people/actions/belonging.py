"""What somebody may and where they belong, as a whole: the list that is given is what holds then."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import (
    Contract,
    Employment,
    Grant,
    Membership,
    Person,
    PersonLanguage,
    PersonSkill,
    Programme,
    Role,
    Site,
    Skill,
    Team,
)
from hemma.people.system import System
from hemma.people.visibility import Asker


def note(actor: Asker, person: Person | None, kind: str, about: str = "", **data: object) -> None:
    """Write a change down, as done by `actor` (or by Hemma itself) to `person`."""
    record(
        kind=f"people.{kind}",
        retention=Retention.SYSTEM,
        actor=None if isinstance(actor, System) else actor,
        subject=person,
        about=about or (f"person:{person.pk}" if person is not None else ""),
        data=data,
    )


def stands_anew(person_ids: Iterable[int]) -> None:
    """Let the event streams of these people be opened again: their standing has changed."""
    for pk in person_ids:
        live.reopen(f"person:{pk}")
    live.wake("routing")


def keep_an_administrator(leaving: Collection[int]) -> None:
    """Refuse when nobody would be administrator without these people (their ids).

    Locked, so that two administrators cannot end each other at once. Raises ValidationError.
    """
    held = Grant.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, until=None, person__is_active=True
    )
    holders = set(held.values_list("person_id", flat=True))
    if holders and holders <= set(leaving):
        raise ValidationError(_("Somebody has to be administrator."))


@transaction.atomic
def set_roles(
    *,
    actor: Asker,
    person: Person,
    roles: Iterable[str],
    programme: Programme | None = None,
    safety_site: Site | None = None,
) -> None:
    """Let `person` hold exactly `roles` from now on. Raises ValidationError for the last administrator.

    `programme` is the one whose client they are, `safety_site` the site they are safety
    representative of; each holds only beside its role.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    wanted = set(roles)
    if wanted - set(Role.values):
        raise ValidationError(_("There is no such role."))
    held = {grant.role: grant for grant in Grant.objects.filter(person=person, until=None)}
    if Role.ADMINISTRATOR in held and Role.ADMINISTRATOR not in wanted:
        keep_an_administrator({person.pk})
    scopes = {Role.CLIENT.value: (programme, None), Role.SAFETY_REP.value: (None, safety_site)}
    fresh = []
    for role in sorted(wanted):
        what, where = scopes.get(role, (None, None))
        grant = held.pop(role, None)
        ids = (what and what.pk, where and where.pk)
        if grant is not None and (grant.programme_id, grant.site_id) == ids:
            continue
        if grant is not None:
            held[role] = grant
        fresh.append(Grant(person=person, role=role, programme=what, site=where, since=clock.now()))
    if not held and not fresh:
        return
    Grant.objects.filter(pk__in=[grant.pk for grant in held.values()]).update(until=clock.now())
    Grant.objects.bulk_create(fresh)
    note(actor, person, "roles_set", roles=sorted(wanted))
    forget_standing(person)
    stands_anew([person.pk])


def forget_standing(person: Person) -> None:
    """What this object remembers of where the person stands is no longer so."""
    for name in ("_standing", "_neighbours"):
        person.__dict__.pop(name, None)


@transaction.atomic
def set_teams(*, actor: Asker, person: Person, teams: Sequence[Team]) -> None:
    """Let `person` belong to exactly `teams` from now on."""
    Person.objects.select_for_update().get(pk=person.pk)
    now = clock.now()
    member = Membership.objects.filter(person=person, until=None)
    before = set(member.values_list("team_id", flat=True))
    after = {team.pk for team in teams}
    if before == after:
        return
    member.exclude(team__in=after).update(until=now)
    Membership.objects.bulk_create(
        Membership(person=person, team_id=pk, since=now) for pk in sorted(after - before)
    )
    note(actor, person, "teams_set", teams=sorted(after))
    forget_standing(person)
    for team in sorted(before ^ after):
        live.publish(f"team:{team}")
    stands_anew([person.pk])


@transaction.atomic
def set_skills(*, actor: Asker, person: Person, levels: dict[int, int]) -> None:
    """Let `person` have exactly these skills: skill id → level 1–9."""
    rows = PersonSkill.objects.filter(person=person)
    before = dict(rows.values_list("skill_id", "level"))
    if before == levels:
        return
    rows.exclude(skill__in=levels).delete()
    for skill in Skill.objects.filter(pk__in=levels):
        PersonSkill.objects.update_or_create(
            person=person, skill=skill, defaults={"level": levels[skill.pk]}
        )
    note(actor, person, "skills_set", skills=len(levels))
    live.wake("routing")


@transaction.atomic
def set_languages(*, actor: Asker, person: Person, levels: dict[str, int]) -> None:
    """Let `person` serve customers in exactly these languages: code → level 1–9."""
    rows = PersonLanguage.objects.filter(person=person)
    if dict(rows.values_list("language", "level")) == levels:
        return
    rows.exclude(language__in=levels).delete()
    for code, level in levels.items():
        PersonLanguage.objects.update_or_create(
            person=person, language=code, defaults={"level": level}
        )
    note(actor, person, "languages_set", languages=sorted(levels))
    live.wake("routing")


@transaction.atomic
def set_employment(
    *,
    actor: Asker,
    person: Person,
    hours: Decimal,
    country: str,
    contract: str = Contract.PERMANENT,
    since: date,
    until: date | None = None,
) -> Employment:
    """What holds from the day `since`: hours a week, whose law, which contract.

    What held before ends the day before; a row that began the same day or later is replaced.
    Raises ValidationError for impossible values.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    row = Employment(
        person=person,
        hours_per_week=hours,
        country=country.upper(),
        contract=contract,
        since=since,
        until=until,
    )
    row.clean_fields()
    if until is not None and until < since:
        raise ValidationError(_("It can't end before it begins."))
    known = Employment.objects.filter(person=person)
    known.filter(since__gte=since).delete()
    known.filter(since__lt=since).exclude(until__lt=since).update(until=since - timedelta(days=1))
    row.save()
    note(actor, person, "employment_set", hours=str(hours), country=row.country)
    return row
