"""Changing who is here and where they belong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock, live
from hemma.people.models import (
    Grant,
    Membership,
    Person,
    PersonSkill,
    Role,
    Site,
    Skill,
    Team,
)
from hemma.people.system import System
from hemma.people.visibility import Asker


def _journal(actor: Asker) -> Person | None:
    return None if isinstance(actor, System) else actor


@transaction.atomic
def add_person(
    *,
    actor: Asker,
    email: str,
    name: str,
    password: str | None = None,
    roles: Iterable[str] = (Role.AGENT,),
    site: Site | None = None,
    language: str = "sv",
) -> Person:
    """Make an account. Without a password it can't sign in until one is set.

    Raises ValidationError when the e-mail is taken or a role does not exist.
    """
    wanted = list(dict.fromkeys(roles))
    unknown = set(wanted) - set(Role.values)
    if unknown:
        raise ValidationError(
            _("There is no role called %(name)s."), params={"name": ", ".join(sorted(unknown))}
        )
    if Person.objects.filter(email__iexact=email).exists():
        raise ValidationError(
            _("Someone already signs in with %(email)s."), params={"email": email}
        )
    person = Person(email=email.strip(), name=name.strip(), site=site, language=language)
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    now = clock.now()
    Grant.objects.bulk_create(Grant(person=person, role=role, since=now) for role in wanted)
    record(
        kind="people.added",
        retention=Retention.SYSTEM,
        actor=_journal(actor),
        subject=person,
        about=f"person:{person.pk}",
        data={"roles": wanted},
    )
    return person


@transaction.atomic
def join_team(*, actor: Asker, person: Person, team: Team) -> Membership:
    """Let a person belong to a team from now on; joining twice changes nothing."""
    membership, new = Membership.objects.get_or_create(
        person=person, team=team, until=None, defaults={"since": clock.now()}
    )
    if new:
        record(
            kind="people.joined_team",
            retention=Retention.SYSTEM,
            actor=_journal(actor),
            subject=person,
            about=f"team:{team.pk}",
        )
        live.publish(f"team:{team.pk}")
    return membership


@transaction.atomic
def set_skill(*, actor: Asker, person: Person, skill: Skill, level: int) -> PersonSkill:
    """Set a person's level (1–9) in a skill; the router uses it from its next decision."""
    row, _new = PersonSkill.objects.update_or_create(
        person=person, skill=skill, defaults={"level": level}
    )
    record(
        kind="people.skill_set",
        retention=Retention.SYSTEM,
        actor=_journal(actor),
        subject=person,
        about=f"skill:{skill.code}",
        data={"level": level},
    )
    live.wake("routing")
    return row


@transaction.atomic
def choose_language(*, actor: Person, language: str) -> None:
    """Remember the language a person wants their pages in."""
    Person.objects.filter(pk=actor.pk).update(language=language)
    actor.language = language


@transaction.atomic
def forget_journal_key(*, actor: Asker, person: Person) -> None:
    """Cut the thread between a person and their events: the events stay, nobody knows whose."""
    person.journal_key = uuid4()
    person.save(update_fields=["journal_key"])
    record(kind="people.key_forgotten", retention=Retention.SYSTEM, actor=_journal(actor))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Someone who is to be added together with many others."""

    email: str
    name: str
    roles: tuple[str, ...] = (Role.AGENT,)
    site: Site | None = None
    language: str = "sv"


@transaction.atomic
def add_people(
    *, actor: Asker, newcomers: Sequence[Newcomer], password: str | None = None
) -> list[Person]:
    """Make many accounts at once, in a few statements whatever their number.

    One event for all of them. `password`, when given, is everybody's (the demo's); it is hashed
    once, because a good hash takes a thousand times longer than a row.
    """
    hashed = make_password(password)
    people = [
        Person(email=one.email, name=one.name, site=one.site, language=one.language)
        for one in newcomers
    ]
    for person in people:
        person.password = hashed
    Person.objects.bulk_create(people)
    now = clock.now()
    Grant.objects.bulk_create(
        Grant(person=person, role=role, since=now)
        for person, one in zip(people, newcomers, strict=True)
        for role in one.roles
    )
    record(
        kind="people.added_together",
        retention=Retention.SYSTEM,
        actor=_journal(actor),
        data={"people": len(people)},
    )
    return people


@transaction.atomic
def open_site(*, actor: Asker, name: str, country: str, zone: str) -> Site:
    """Have a place of the company; the same name again is the same place."""
    site, new = Site.objects.get_or_create(name=name, defaults={"country": country, "zone": zone})
    if new:
        record(
            kind="people.site_opened",
            retention=Retention.SYSTEM,
            actor=_journal(actor),
            about=f"site:{site.pk}",
        )
    return site


@transaction.atomic
def form_team(
    *,
    actor: Asker,
    name: str,
    site: Site,
    leader: Person | None = None,
    members: Sequence[Person] = (),
) -> Team:
    """Have a team with this leader and (at least) these members; the name says which team it is."""
    team, new = Team.objects.get_or_create(name=name, defaults={"site": site, "leader": leader})
    known = set(team.memberships.filter(until=None).values_list("person_id", flat=True))
    now = clock.now()
    joining = [person for person in members if person.pk not in known]
    Membership.objects.bulk_create(
        Membership(person=person, team=team, since=now) for person in joining
    )
    if new or joining:
        record(
            kind="people.team_formed",
            retention=Retention.SYSTEM,
            actor=_journal(actor),
            about=f"team:{team.pk}",
            data={"joined": len(joining)},
        )
        live.publish(f"team:{team.pk}")
    return team


@transaction.atomic
def teach(*, actor: Asker, code: str, name: str, levels: Sequence[tuple[Person, int]]) -> Skill:
    """Give many people a skill at once; who has it already keeps their level (1–9)."""
    skill, _new = Skill.objects.get_or_create(code=code, defaults={"name": name})
    PersonSkill.objects.bulk_create(
        (PersonSkill(person=person, skill=skill, level=level) for person, level in levels),
        ignore_conflicts=True,
    )
    record(
        kind="people.skill_taught",
        retention=Retention.SYSTEM,
        actor=_journal(actor),
        about=f"skill:{skill.code}",
        data={"people": len(levels)},
    )
    live.wake("routing")
    return skill
