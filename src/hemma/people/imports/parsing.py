"""One cell at a time: text into a value, or a reason why not."""

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from hemma.people.models import Contract, Role

MOST_HOURS = 48


class BadCell(Exception):
    """A cell that can't be used; `str()` says why, in the reader's language."""


def email(text: str) -> str:
    """An e-mail address as it was written."""
    try:
        validate_email(text)
    except ValidationError:
        raise BadCell(_("%(text)s is not an e-mail address.") % {"text": text}) from None
    if len(text) > 254:
        raise BadCell(_("The e-mail address is too long."))
    return text


def words(text: str) -> list[str]:
    """The parts of a cell that lists several things."""
    separator = ";" if ";" in text else ","
    return [part.strip() for part in text.split(separator) if part.strip()]


def levels(text: str) -> list[tuple[str, int]]:
    """`Invoices:5; Returns:3` → names and levels 1–9; 5 when none is said."""
    found = []
    for part in words(text):
        name, _colon, level = part.rpartition(":") if ":" in part else (part, ":", "5")
        if not level.strip().isdecimal() or not 1 <= int(level) <= 9:
            raise BadCell(
                _("%(text)s: the level must be a number from 1 to 9.") % {"text": part[:60]}
            )
        found.append((name.strip(), int(level)))
    return found


def roles(text: str) -> list[str]:
    """Codes or words, in any of Hemma's languages."""
    found = []
    for word in words(text):
        role = _roles().get(word.lower())
        if role is None:
            raise BadCell(_("There is no role called %(name)s.") % {"name": word[:60]})
        found.append(role)
    return list(dict.fromkeys(found))


@cache
def _roles() -> dict[str, str]:
    return _said_in_all(Role)


@cache
def _contracts() -> dict[str, str]:
    return _said_in_all(Contract)


def _said_in_all(choices: type[Role] | type[Contract]) -> dict[str, str]:
    found = {value: value for value in choices.values}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(label).lower(): value for value, label in choices.choices}
    return found


def contract(text: str) -> str:
    """A code or a word for a form of employment."""
    found = _contracts().get(text.lower())
    if found is None:
        raise BadCell(_("There is no form of employment called %(name)s.") % {"name": text[:60]})
    return found


def hours(text: str) -> Decimal:
    """Hours a week, 0–48, with a point or a comma."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= MOST_HOURS:
        raise BadCell(_("%(text)s is not hours a week (0 to 48).") % {"text": text[:20]})
    return number.quantize(Decimal("0.01"))


def country(text: str) -> str:
    """Two letters, large: SE."""
    if len(text) != 2 or not (text.isascii() and text.isalpha()):
        raise BadCell(_("%(text)s is not a country's two letters.") % {"text": text[:20]})
    return text.upper()


def day(text: str) -> date:
    """2026-11-24."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCell(_("%(text)s is not a day like 2026-11-24.") % {"text": text[:20]}) from None


def language(text: str) -> str:
    """One of the languages that Hemma's pages speak."""
    if text.lower() not in dict(settings.LANGUAGES):
        raise BadCell(_("Hemma does not speak %(name)s.") % {"name": text[:20]})
    return text.lower()


def spoken(text: str) -> list[tuple[str, int]]:
    """Languages that somebody serves customers in, by their two letters."""
    found = [(code.lower(), level) for code, level in levels(text)]
    for code, _level in found:
        if code not in LANG_INFO:
            raise BadCell(_("%(name)s is not a language's letters, like sv.") % {"name": code[:20]})
    return found
