"""Browsers that somebody has signed in with: their failures count apart from strangers'; and how
browsers are called in the list of one's sessions.

The cookie opens nothing. It only says that this browser once knew the password, so that others
who guess at it cannot use up the tries of the person whose account it is.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "hemma_known"
KEPT_S = 60 * 60 * 24 * 180
SALT = "hemma.people.devices"


def is_known(request: HttpRequest, login: str) -> bool:
    """Whether this browser has been signed in as `login` (an e-mail address in small letters)."""
    return constant_time_compare(request.COOKIES.get(COOKIE, ""), _word(login))


def mark(request: HttpRequest) -> str:
    """What the browser says it knows; the same in all browsers of one person."""
    return request.COOKIES.get(COOKIE, "")


def remember(response: HttpResponse, email: str) -> None:
    """Let the browser say from now on that it knows this person."""
    response.set_cookie(
        COOKIE,
        _word(email.lower()),
        max_age=KEPT_S,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def _word(login: str) -> str:
    return salted_hmac(SALT, login, algorithm="sha256").hexdigest()


# In this order: later names also stand in the words of earlier ones.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"), ("Opera", r"OPR/"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrom(?:e|ium)/|CriOS/"), ("Safari", r"Safari/"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Android", r"Android"), ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"), ("macOS", r"Mac OS X|Macintosh"), ("Linux", r"Linux|X11"),
)  # fmt: skip


def describe(words: str) -> str:
    """`Firefox, Linux` of what a browser says of itself: no version, nothing else, or empty."""
    found = (
        next((name for name, mark in names if re.search(mark, words)), "")
        for names in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in found if name)
