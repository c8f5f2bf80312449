"""What the company's own directory does: people come, change and leave, teams are filled."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.lib import clock, live
from hemma.people.actions.accounts import end_employment
from hemma.people.actions.belonging import note, set_roles, set_teams, stands_anew
from hemma.people.actions.everyone import add_person
from hemma.people.models import (
    DirectoryToken,
    Grant,
    GroupRule,
    Membership,
    Person,
    Role,
    Site,
    Team,
)
from hemma.people.scim.resources import GroupSaid, UserSaid
from hemma.people.system import SYSTEM, System

# That a token was used is noted at most this often.
USED_EVERY = timedelta(minutes=5)


class Taken(Exception):
    """Somebody or something else is already called so; `str()` says what."""


@transaction.atomic
def make_token(*, actor: Person, name: str) -> tuple[DirectoryToken, str]:
    """A new token and its key, which nobody can ever read again."""
    key = f"hemma_{secrets.token_urlsafe(32)}"
    digest = hashlib.sha256(key.encode()).hexdigest()
    row = DirectoryToken.objects.create(
        name=name, digest=digest, made_by=actor, made_at=clock.now()
    )
    note(actor, None, "token_made", f"token:{row.pk}")
    return row, key


@transaction.atomic
def revoke_token(*, actor: Person, token: DirectoryToken) -> None:
    """From now on the token opens nothing."""
    DirectoryToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    note(actor, None, "token_revoked", f"token:{token.pk}")


@transaction.atomic
def note_token_used(*, actor: System, token: DirectoryToken) -> None:
    """Remember that the directory was here."""
    del actor
    now = clock.now()
    if token.used_at is None or now - token.used_at > USED_EVERY:
        DirectoryToken.objects.filter(pk=token.pk).update(used_at=now)


@transaction.atomic
def take_in(*, actor: System, said: UserSaid) -> Person:
    """Somebody comes, or comes back. Raises Taken when the address or the id is somebody else's."""
    person = Person.objects.filter(email__iexact=said.email).first()
    if person is not None and not person.delisted:
        raise Taken("userName")
    _no_other_has(said, person)
    if person is None:
        person = add_person(
            actor=actor, email=said.email, name=said.name, language=said.language or "sv"
        )
    return change_by_directory(actor=actor, person=person, said=said)


def _no_other_has(said: UserSaid, person: Person | None) -> None:
    others = Person.objects.exclude(pk=person.pk if person is not None else 0)
    if said.external_id and others.filter(external_id=said.external_id).exists():
        raise Taken("externalId")
    if person is not None and others.filter(email__iexact=said.email).exists():
        raise Taken("userName")


@transaction.atomic
def change_by_directory(*, actor: System, person: Person, said: UserSaid) -> Person:
    """Let a person be as the directory says; not `active` is the end of the employment.

    Raises Taken when the address or the id is somebody else's, ValidationError for the last
    administrator.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    _no_other_has(said, person)
    before = (person.email, person.name, person.external_id, person.phone, person.language)
    person.email, person.name, person.phone = said.email, said.name, said.phone
    person.external_id, person.delisted = said.external_id, False
    person.language = said.language or person.language
    person.save()
    if before != (person.email, person.name, person.external_id, person.phone, person.language):
        note(actor, person, "changed")
        live.publish(f"person:{person.pk}")
    if person.is_active and not said.active:
        end_employment(actor=actor, person=person)
    elif said.active and not person.is_active:
        _come_back(actor, person)
    person.refresh_from_db()
    return person


def _come_back(actor: System, person: Person) -> None:
    """With an empty account: what they were before they left is not given back by itself."""
    Person.objects.filter(pk=person.pk).update(is_active=True)
    Grant.objects.create(person=person, role=Role.AGENT, since=clock.now())
    note(actor, person, "came_back")


@transaction.atomic
def delist_person(*, actor: System, person: Person) -> None:
    """The directory has deleted somebody: the end of the employment, and unknown to it from now on."""
    end_employment(actor=actor, person=person)
    Person.objects.filter(pk=person.pk).update(delisted=True, external_id="")


@transaction.atomic
def save_group(*, actor: System, team: Team | None, said: GroupSaid) -> Team:
    """A team called and filled as the directory says.

    Raises Taken when another team is called so, ValidationError when there is no site yet or a
    member does not exist.
    """
    namesake = Team.objects.filter(name__iexact=said.name).first()
    if team is None and namesake is not None and namesake.delisted:
        team = namesake
    elif namesake is not None and (team is None or namesake.pk != team.pk):
        raise Taken("displayName")
    if team is None:
        site = Site.objects.order_by("pk").first()
        if site is None:
            raise ValidationError(_("There is no site yet: add one first."))
        team = Team(site=site)
    team.name, team.external_id, team.delisted = said.name, said.external_id, False
    team.save()
    note(actor, None, "team_saved", f"team:{team.pk}")
    if said.members is not None:
        fill_team(actor=actor, team=team, members=said.members)
    return team


@transaction.atomic
def fill_team(*, actor: System, team: Team, members: Iterable[int]) -> None:
    """Let exactly these people (ids) be in `team`. Raises ValidationError when one does not exist."""
    wanted = set(members)
    known = set(Person.objects.filter(pk__in=wanted, delisted=False).values_list("pk", flat=True))
    if wanted - known:
        raise ValidationError(_("A member does not exist."))
    now = clock.now()
    Team.objects.select_for_update().get(pk=team.pk)
    inside = Membership.objects.filter(team=team, until=None)
    before = set(inside.values_list("person_id", flat=True))
    active = set(Person.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True))
    inside.exclude(person__in=wanted).update(until=now)
    Membership.objects.bulk_create(
        Membership(person_id=pk, team=team, since=now) for pk in sorted(active - before)
    )
    if before != active:
        note(actor, None, "team_filled", f"team:{team.pk}", members=len(active))
        live.publish(f"team:{team.pk}")
        stands_anew(sorted(before ^ active))


@transaction.atomic
def delist_group(*, actor: System, team: Team) -> None:
    """The directory has deleted a group: nobody is in it any more; its queues and history stay."""
    fill_team(actor=actor, team=team, members=())
    Team.objects.filter(pk=team.pk).update(delisted=True, external_id="")


@transaction.atomic
def add_group_rule(*, actor: Person, group: str, role: str = "", team: Team | None = None) -> None:
    """Let a group of the sign-in service mean a role or a team."""
    row, new = GroupRule.objects.get_or_create(group=group, role=role, team=team)
    if new:
        note(actor, None, "group_rule_added", f"group:{row.pk}", role=role)


@transaction.atomic
def remove_group_rule(*, actor: Person, rule: GroupRule) -> None:
    """The group means nothing (or one thing less) from now on."""
    note(actor, None, "group_rule_removed", f"group:{rule.pk}", role=rule.role)
    rule.delete()


@transaction.atomic
def follow_groups(*, actor: System, person: Person, groups: Iterable[str]) -> None:
    """Roles and teams that any rule speaks of are as `groups` say; all others stay as they are."""
    del actor
    inside = set(groups)
    rules = list(GroupRule.objects.select_related("team"))
    ruled_roles = {rule.role for rule in rules if rule.role}
    roles = {rule.role for rule in rules if rule.role and rule.group in inside}
    held = Grant.objects.filter(person=person, until=None).select_related("programme", "site")
    kept = {grant.role: grant for grant in held}
    if ruled_roles:
        client, rep = kept.get(Role.CLIENT), kept.get(Role.SAFETY_REP)
        set_roles(
            actor=SYSTEM,
            person=person,
            roles=(set(kept) - ruled_roles) | roles,
            programme=client.programme if client else None,
            safety_site=rep.site if rep else None,
        )
    ruled_teams = {rule.team for rule in rules if rule.team is not None}
    if ruled_teams:
        teams = {rule.team for rule in rules if rule.team is not None and rule.group in inside}
        member = Membership.objects.filter(person=person, until=None).select_related("team")
        others = {row.team for row in member} - ruled_teams
        set_teams(actor=SYSTEM, person=person, teams=sorted(others | teams, key=lambda t: t.pk))
