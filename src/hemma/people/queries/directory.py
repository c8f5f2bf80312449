"""What the company's own directory may read: people and teams, and the tokens it comes with."""

import hashlib
from collections.abc import Sequence

from django.db.models import Q

from hemma.people.models import DirectoryToken, GroupRule, Membership, Person, Team
from hemma.people.queries.accounts import administrator
from hemma.people.visibility import Asker, NotVisible, reads, visible_people

Pairs = dict[int, list[tuple[int, str]]]


@reads("people.directory")
def token_behind(asker: Asker, key: str) -> DirectoryToken | None:
    """The token whose key this is, unless it was revoked."""
    if isinstance(asker, Person):
        raise NotVisible("people.directory", "token")
    digest = hashlib.sha256(key.encode()).hexdigest()
    return DirectoryToken.objects.filter(digest=digest, revoked_at=None).first()


@reads("people.directory")
def directory_tokens(asker: Asker) -> list[DirectoryToken]:
    """Every token that holds, newest first; administrators only."""
    administrator(asker, "tokens")
    rows = DirectoryToken.objects.filter(revoked_at=None).select_related("made_by")
    return list(rows.order_by("-made_at", "-pk"))


@reads("people.directory")
def directory_token(asker: Asker, token_id: int) -> DirectoryToken:
    """One token to manage. Raises NotVisible unless `asker` is an administrator and it holds."""
    administrator(asker, f"token:{token_id}")
    row = DirectoryToken.objects.filter(pk=token_id, revoked_at=None).first()
    if row is None:
        raise NotVisible("people.directory", f"token:{token_id}")
    return row


@reads("people.directory")
def group_rules(asker: Asker) -> list[GroupRule]:
    """What groups of the sign-in service mean, by group."""
    if isinstance(asker, Person):
        administrator(asker, "groups")
    rows = GroupRule.objects.select_related("team")
    return list(rows.order_by("group", "role", "team__name"))


@reads("people.directory")
def group_rule(asker: Asker, rule_id: int) -> GroupRule:
    """One rule to manage. Raises NotVisible unless `asker` is an administrator and it exists."""
    administrator(asker, f"group:{rule_id}")
    row = GroupRule.objects.filter(pk=rule_id).first()
    if row is None:
        raise NotVisible("people.directory", f"group:{rule_id}")
    return row


@reads("people.account")
def directory_people(
    asker: Asker, condition: Q | None, start: int, count: int
) -> tuple[list[Person], int]:
    """Up to `count` people from the `start`-th (from 0) in id order, and how many there are."""
    rows = visible_people(asker, "people.account").filter(delisted=False)
    if condition is not None:
        rows = rows.filter(condition)
    return list(rows.order_by("pk")[start : start + count]), rows.count()


@reads("people.membership")
def directory_teams(
    asker: Asker, condition: Q | None, start: int, count: int
) -> tuple[list[Team], int]:
    """Up to `count` teams from the `start`-th (from 0) in id order, and how many there are."""
    if isinstance(asker, Person):
        raise NotVisible("people.directory", "teams")
    rows = Team.objects.filter(delisted=False)
    if condition is not None:
        rows = rows.filter(condition)
    return list(rows.order_by("pk")[start : start + count]), rows.count()


@reads("people.membership")
def teams_by_person(asker: Asker, people: Sequence[Person]) -> Pairs:
    """Person id → (team id, name) of their teams now."""
    if isinstance(asker, Person):
        raise NotVisible("people.directory", "teams")
    rows = Membership.objects.filter(person__in=people, until=None, team__delisted=False)
    found: Pairs = {}
    for person, team, name in rows.order_by("team_id").values_list(
        "person_id", "team_id", "team__name"
    ):
        found.setdefault(person, []).append((team, name))
    return found


@reads("people.membership")
def people_by_team(asker: Asker, teams: Sequence[Team]) -> Pairs:
    """Team id → (person id, name) of its members now."""
    if isinstance(asker, Person):
        raise NotVisible("people.directory", "teams")
    rows = Membership.objects.filter(team__in=teams, until=None, person__delisted=False)
    found: Pairs = {}
    for team, person, name in rows.order_by("person_id").values_list(
        "team_id", "person_id", "person__name"
    ):
        found.setdefault(team, []).append((person, name))
    return found
