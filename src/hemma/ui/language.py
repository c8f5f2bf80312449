"""Which language a page speaks, and remembering a person's choice.

A signed-in person's own choice lives with the person, in a room above this one; that room
registers how it is saved. Everyone else is remembered by a cookie.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

type Save = Callable[[Any, str], None]

# Norwegian browsers ask for no (the whole), nn (nynorsk) or nb: all read bokmål here.
_SAME = {"no": "nb", "nn": "nb"}

_savers: list[Save] = []


def register_saver(save: Save) -> None:
    """Let `save(person, language_code)` keep a signed-in person's choice."""
    _savers.append(save)


def remember(person: Any, code: str) -> None:
    """Keep `code` for a signed-in person, everywhere that asked to know."""
    for save in _savers:
        save(person, code)


def known(code: str | None) -> str | None:
    """`code` as one of the product's languages (sv, nb, en), or None when it is none of them."""
    if not code:
        return None
    base = code.lower().replace("_", "-").split("-")[0]
    base = _SAME.get(base, base)
    return base if base in dict(settings.LANGUAGES) else None


def wanted(request: HttpRequest) -> str:
    """The language for `request`: the person's, the cookie's, the browser's, the product's."""
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        own = known(getattr(person, "language", None))
        if own:
            return own
    chosen = known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    if chosen:
        return chosen
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        asked = known(code)
        if asked:
            return asked
    return settings.LANGUAGE_CODE
