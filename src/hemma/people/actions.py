"""Changing who is here and where they belong."""

from collections.abc import Iterable
from uuid import uuid4

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
