"""Browsers that somebody has signed in with: their failures count apart from strangers'.

The cookie opens nothing. It only says that this browser once knew the password, so that others
who guess at it cannot use up the tries of the person whose account it is.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "hemma_known"
KEPT_S = 60 * 60 * 24 * 180
SALT = "hemma.people.devices"


def is_known(request: HttpRequest, login: str) -> bool:
    """Whether this browser has been signed in as `login` (an e-mail address in small letters)."""
    return constant_time_compare(request.COOKIES.get(COOKIE, ""), _word(login))


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
