"""People and teams as SCIM sees them, and what a directory may say of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hemma.people.models import Person, Team
from hemma.people.scim.errors import ScimError, bad_value
from hemma.people.scim.filters import Attribute

CORE = "urn:ietf:params:scim:schemas:core:2.0"
USER, GROUP = f"{CORE}:User", f"{CORE}:Group"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

USER_ATTRIBUTES = {
    "id": Attribute("pk", "number"),
    "externalid": Attribute("external_id"),
    "username": Attribute("email"),
    "emails": Attribute("email"),
    "emails.value": Attribute("email"),
    "displayname": Attribute("name"),
    "name.formatted": Attribute("name"),
    "active": Attribute("is_active", "truth"),
}
GROUP_ATTRIBUTES = {
    "id": Attribute("pk", "number"),
    "externalid": Attribute("external_id"),
    "displayname": Attribute("name"),
}
USER_NAMES = (
    "userName", "displayName", "name", "active", "externalId", "emails", "phoneNumbers",
    "preferredLanguage",
)  # fmt: skip
GROUP_NAMES = ("displayName", "externalId", "members")


def user(person: Person, teams: Iterable[tuple[int, str]], base: str) -> dict[str, Any]:
    """A person; `base` is the address of the service, without a slash at the end."""
    given, _space, family = person.name.partition(" ")
    found: dict[str, Any] = {
        "schemas": [USER],
        "id": str(person.pk),
        "userName": person.email,
        "displayName": person.name,
        "name": {"formatted": person.name, "givenName": given, "familyName": family},
        "active": person.is_active,
        "emails": [{"value": person.email, "type": "work", "primary": True}],
        "preferredLanguage": person.language,
        "groups": [{"value": str(pk), "display": name} for pk, name in teams],
        "meta": {"resourceType": "User", "location": f"{base}/Users/{person.pk}"},
    }
    if person.external_id:
        found["externalId"] = person.external_id
    if person.phone:
        found["phoneNumbers"] = [{"value": person.phone, "type": "work"}]
    return found


def group(team: Team, members: Iterable[tuple[int, str]], base: str) -> dict[str, Any]:
    """A team."""
    found: dict[str, Any] = {
        "schemas": [GROUP],
        "id": str(team.pk),
        "displayName": team.name,
        "members": [{"value": str(pk), "display": name} for pk, name in members],
        "meta": {"resourceType": "Group", "location": f"{base}/Groups/{team.pk}"},
    }
    if team.external_id:
        found["externalId"] = team.external_id
    return found


@dataclass(frozen=True, slots=True)
class UserSaid:
    """What a directory says of a person."""

    email: str
    name: str
    active: bool
    external_id: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class GroupSaid:
    """What a directory says of a team; `members` None: nothing about who is in it."""

    name: str
    external_id: str
    members: frozenset[int] | None


def read_user(body: Mapping[str, Any]) -> UserSaid:
    """A user that was sent whole. Raises ScimError when it can't be one of ours."""
    email = _text(body, "userName", 254).strip()
    try:
        validate_email(email)
    except ValidationError:
        raise bad_value("userName must be an e-mail address: people sign in with it") from None
    language = _text(body, "preferredLanguage", 40).lower().replace("_", "-").partition("-")[0]
    language = {"no": "nb", "nn": "nb"}.get(language, language)
    phones = _list(body, "phoneNumbers")
    return UserSaid(
        email=email,
        name=_name(body) or email.partition("@")[0],
        active=_truth(body.get("active", True)),
        external_id=_text(body, "externalId", 200),
        phone=_text(phones[0], "value", 40) if phones else "",
        language=language if language in dict(settings.LANGUAGES) else "",
    )


def _name(body: Mapping[str, Any]) -> str:
    parts = body.get("name")
    parts = parts if isinstance(parts, dict) else {}
    whole = " ".join(_text(parts, one, 60).strip() for one in ("givenName", "familyName")).strip()
    said = _text(body, "displayName", 120) or _text(parts, "formatted", 120) or whole
    return said.strip()


def _list(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = body.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise bad_value(f"{name} must be a list of objects")
    return rows


def with_name_parts(before: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """When only a part of the name was changed, the whole name follows it."""
    was, now = before["name"], after.get("name")
    if after.get("displayName") != before["displayName"] or not isinstance(now, dict):
        return after
    changed = {
        part for part in ("formatted", "givenName", "familyName") if was.get(part) != now.get(part)
    }
    if not changed:
        return after
    parts = now if changed == {"formatted"} else {k: v for k, v in now.items() if k != "formatted"}
    return {key: value for key, value in after.items() if key != "displayName"} | {"name": parts}


def read_group(body: Mapping[str, Any]) -> GroupSaid:
    """A group that was sent whole. Raises ScimError when it can't be a team."""
    name = _text(body, "displayName", 80).strip()
    if not name:
        raise bad_value("displayName is missing")
    members = None
    if body.get("members") is not None:
        ids = [str(one.get("value", "")) for one in _list(body, "members")]
        if not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in ids):
            raise bad_value("a member's value must be the id of a user")
        members = frozenset(int(one) for one in ids)
    return GroupSaid(name, _text(body, "externalId", 200), members)


def _text(body: Mapping[str, Any], name: str, most: int) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value:
        raise bad_value(f"{name} must be text")
    if len(value) > most:
        raise bad_value(f"{name} is longer than {most} characters")
    return value


def _truth(value: object) -> bool:
    # Some directories write it as text.
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise bad_value("active must be true or false")
    return value


def listed(found: list[dict[str, Any]], total: int, start: int) -> dict[str, Any]:
    """A page of a list (RFC 7644, 3.4.2); `start` counts from 1."""
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(found),
        "Resources": found,
    }


def narrowed(resource: dict[str, Any], wanted: str, unwanted: str) -> dict[str, Any]:
    """Only the attributes that were asked for; `id`, `schemas` and `meta` always."""
    always = {"id", "schemas", "meta"}
    only = {one.strip().partition(".")[0].lower() for one in wanted.split(",") if one.strip()}
    without = {one.strip().lower() for one in unwanted.split(",") if one.strip()} - always
    return {
        key: value
        for key, value in resource.items()
        if key in always or ((not only or key.lower() in only) and key.lower() not in without)
    }


def error(problem: ScimError) -> dict[str, Any]:
    """A refusal as the directory reads it."""
    found = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": str(problem.status),
        "detail": problem.detail,
    }
    return found | ({"scimType": problem.kind} if problem.kind else {})
