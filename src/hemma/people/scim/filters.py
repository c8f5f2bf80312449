"""SCIM's filters (RFC 7644, 3.4.2.2) as conditions on rows.

Own code because the one package that translates filters for Django leaves out, without a word, what
it does not know: `nonsense eq 1 and userName eq "x"` would find more than was asked for. Here what
is not known is refused.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q

from hemma.people.scim.errors import bad_filter

MOST_CHARACTERS = 2000
MOST_NESTED = 20
_TOKEN = re.compile(
    r'\s*(?:(?P<mark>[()])|(?P<text>"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*")'
    r"|(?P<word>[A-Za-z0-9$_.:+-]+))\s*"
)
_TEXT = {
    "eq": "iexact", "ne": "iexact", "co": "icontains", "sw": "istartswith", "ew": "iendswith",
    "gt": "gt", "ge": "gte", "lt": "lt", "le": "lte",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribute:
    """Where an attribute is kept: a lookup path of the model, and what sort of values it has."""

    lookup: str
    sort: Literal["text", "number", "truth"] = "text"


def condition(text: str, attributes: Mapping[str, Attribute]) -> Q:
    """The filter `text` as a condition; `attributes` by name in small letters.

    Raises ScimError (invalidFilter) for what can't be read and for what is not known.
    """
    if len(text) > MOST_CHARACTERS:
        raise bad_filter("the filter is too long")
    parser = _Parser(_tokens(text), attributes)
    found = parser.either()
    if parser.left:
        raise bad_filter(f"nothing expected at {parser.left[0]}")
    return found


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise bad_filter(f"can't read the filter from character {at + 1}")
        found.append(match[0].strip())
        at = match.end()
    return found


class _Parser:
    """Recursive descent: or binds weakest, then and, then not and brackets."""

    def __init__(self, tokens: list[str], attributes: Mapping[str, Attribute]) -> None:
        self.left, self.attributes, self.depth = tokens, attributes, 0

    def _next(self) -> str:
        if not self.left:
            raise bad_filter("the filter ends too early")
        return self.left.pop(0)

    def _follows(self, word: str) -> bool:
        if self.left and self.left[0].lower() == word:
            self.left.pop(0)
            return True
        return False

    def either(self) -> Q:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise bad_filter("too many brackets")
        found = self.both()
        while self._follows("or"):
            found |= self.both()
        self.depth -= 1
        return found

    def both(self) -> Q:
        found = self.one()
        while self._follows("and"):
            found &= self.one()
        return found

    def one(self) -> Q:
        if self._follows("not"):
            if self._next() != "(":
                raise bad_filter("not is followed by a bracket")
            return ~self._bracketed()
        if self._follows("("):
            return self._bracketed()
        return self._comparison()

    def _bracketed(self) -> Q:
        found = self.either()
        if self._next() != ")":
            raise bad_filter("a bracket is not closed")
        return found

    def _comparison(self) -> Q:
        name = self._next()
        # An attribute may carry its schema in front: urn:…:User:userName.
        attribute = self.attributes.get(name.rpartition(":")[2].lower())
        if attribute is None:
            raise bad_filter(f"can't filter by {name[:80]}")
        operator = self._next().lower()
        if operator == "pr":
            absent = Q(**{f"{attribute.lookup}__isnull": True})
            empty = Q(**{attribute.lookup: ""}) if attribute.sort == "text" else Q()
            return ~(absent | empty) if empty else ~absent
        return _compared(attribute, operator, self._value())

    def _value(self) -> Any:
        token = self._next()
        try:
            value = json.loads(
                token.lower() if token.lower() in ("true", "false", "null") else token
            )
        except ValueError:
            raise bad_filter(f"{token[:80]} is not a value") from None
        if isinstance(value, str) and (
            "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)
        ):
            raise bad_filter("a character that no value has")
        return value


def _compared(attribute: Attribute, operator: str, value: Any) -> Q:
    if operator not in _TEXT:
        raise bad_filter(f"{operator[:20]} is no operator")
    if attribute.sort == "text":
        if not isinstance(value, str):
            raise bad_filter("the value must be text")
        found = Q(**{f"{attribute.lookup}__{_TEXT[operator]}": value})
    elif operator not in ("eq", "ne"):
        raise bad_filter(f"{operator} can't be asked of this attribute")
    elif attribute.sort == "truth":
        if not isinstance(value, bool):
            raise bad_filter("the value must be true or false")
        found = Q(**{attribute.lookup: value})
    else:
        number = str(value)
        fits = number.isascii() and number.isdecimal() and len(number) < 19
        found = Q(**{attribute.lookup: int(number)}) if fits else Q(pk__in=[])
    return ~found if operator == "ne" else found
