"""PATCH (RFC 7644, 3.5.2): operations on a resource as a plain dictionary, before it is judged."""

import re
from typing import Any

from hemma.people.scim.errors import ScimError, bad_path, bad_value

PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_PATH = re.compile(
    r"^(?:urn:[\w:.]+:)?(?P<name>[A-Za-z$][\w$-]*)(?:\[(?P<where>.+)\])?(?:\.(?P<part>[A-Za-z$][\w$-]*))?$"
)
_WHERE = re.compile(r'^\s*(?P<key>\w+)\s+eq\s+"(?P<value>[^"]*)"\s*$', re.IGNORECASE)
MOST_OPERATIONS = 1000


def patched(resource: dict[str, Any], body: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """`resource` with all operations of `body` done, as a new dictionary.

    `names` are the attributes that may be changed; others are ignored, as directories send much
    that nobody here wants to know. Raises ScimError for what can't be understood.
    """
    operations = _field(body, "Operations")
    if not isinstance(operations, list) or not operations:
        raise bad_value("Operations must be a list with something in it")
    if len(operations) > MOST_OPERATIONS:
        raise ScimError(413, "too many operations")
    result = dict(resource.items())
    known = {name.lower(): name for name in names}
    for operation in operations:
        verb = _field(operation, "op")
        if not isinstance(verb, str) or verb.lower() not in ("add", "replace", "remove"):
            raise bad_value("op must be add, replace or remove")
        _do(result, verb.lower(), operation, known)
    return result


def _field(of: Any, name: str) -> Any:
    """A member of an object, however its name is written. Raises ScimError when `of` is no object."""
    if not isinstance(of, dict):
        raise ScimError(400, "an object was expected", "invalidSyntax")
    return next((value for key, value in of.items() if key.lower() == name.lower()), None)


def _do(result: dict[str, Any], verb: str, operation: Any, known: dict[str, str]) -> None:
    path, value = _field(operation, "path"), _field(operation, "value")
    if path is None:
        if verb == "remove":
            raise ScimError(400, "remove needs a path", "noTarget")
        if not isinstance(value, dict):
            raise bad_value("without a path the value must be an object")
        for name, inner in value.items():
            _at(result, verb, str(name), inner, known)
        return
    if not isinstance(path, str):
        raise bad_path("path must be text")
    _at(result, verb, path, value, known)


def _at(result: dict[str, Any], verb: str, path: str, value: Any, known: dict[str, str]) -> None:
    match = _PATH.match(path)
    if match is None:
        raise bad_path(f"can't read the path {path[:80]}")
    name = known.get(match["name"].lower())
    if name is None:
        return
    if match["where"]:
        _in_list(result, verb, name, match["where"], match["part"], value)
    elif match["part"]:
        inner = result.get(name)
        inner = dict(inner) if isinstance(inner, dict) else {}
        if verb == "remove":
            inner.pop(match["part"], None)
        else:
            inner[match["part"]] = value
        result[name] = inner
    elif verb == "remove" and isinstance(value, list) and isinstance(result.get(name), list):
        gone = {str(_field(one, "value")) for one in value}
        result[name] = [one for one in result[name] if str(_field(one, "value")) not in gone]
    elif verb == "remove":
        result.pop(name, None)
    elif verb == "add" and isinstance(result.get(name), list):
        result[name] = [*result[name], *(value if isinstance(value, list) else [value])]
    elif isinstance(result.get(name), dict) and isinstance(value, dict):
        result[name] = result[name] | value
    else:
        result[name] = value


def _in_list(
    result: dict[str, Any], verb: str, name: str, where: str, part: str | None, value: Any
) -> None:
    match = _WHERE.match(where)
    if match is None:
        raise bad_path('only [attribute eq "value"] can be used in a path')
    rows = result.get(name) or []
    if not isinstance(rows, list):
        raise bad_path(f"{name} is no list")

    def meant(one: Any) -> bool:
        return (
            isinstance(one, dict)
            and str(one.get(match["key"], "")).lower() == match["value"].lower()
        )

    if verb == "remove":
        result[name] = [one for one in rows if not meant(one)]
        return
    change = {part: value} if part else value
    if not isinstance(change, dict):
        raise bad_value("the value must be an object")
    if any(meant(one) for one in rows):
        result[name] = [one | change if meant(one) else one for one in rows]
    else:
        result[name] = [*rows, {match["key"]: match["value"]} | change]
