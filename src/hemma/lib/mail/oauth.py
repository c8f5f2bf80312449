"""A new access token from a refresh token (RFC 6749, section 6), for XOAUTH2 mailboxes."""

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 64 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Refused(Exception):  # an outcome that callers meet
    """The sign-in service said no: consent was taken back, a secret has run out."""


class Unreachable(OSError):  # as above
    """The sign-in service could not be asked; try again later."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What is handed in. `client_secret` and `scope` may be empty (Google needs no scope)."""

    token_url: str
    client_id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    scope: str = ""
    timeout_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """What came back. `refresh_token` is '' when the old one stays good."""

    access_token: str = field(repr=False)
    lives_s: int
    refresh_token: str = field(default="", repr=False)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    # A redirect would carry the secrets to wherever it points.
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def check_url(url: str) -> None:
    """Raises ValueError unless secrets may be sent there: https, or this very machine."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return
    raise ValueError("the token address has to begin with https://")


def refresh(grant: Grant) -> Tokens:
    """Ask for an access token. Raises Refused, Unreachable, or ValueError for a bad address."""
    check_url(grant.token_url)
    fields = {
        "grant_type": "refresh_token",
        "client_id": grant.client_id,
        "client_secret": grant.client_secret,
        "refresh_token": grant.refresh_token,
        "scope": grant.scope,
    }
    body = urllib.parse.urlencode({name: text for name, text in fields.items() if text})
    request = urllib.request.Request(  # noqa: S310  # the scheme was checked above
        grant.token_url, body.encode(), {"Accept": "application/json"}
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=grant.timeout_s) as response:
            return _tokens(response.read(MOST_BYTES))
    except urllib.error.HTTPError as refusal:
        said = _said(refusal.read(MOST_BYTES)) or f"HTTP {refusal.code}"
        if refusal.code >= 500 or refusal.code == 429:
            raise Unreachable(said) from refusal
        raise Refused(said) from refusal
    except OSError as failure:
        raise Unreachable(f"{type(failure).__name__}: {failure}") from failure


def _tokens(body: bytes) -> Tokens:
    try:
        answer = json.loads(body)
        return Tokens(
            access_token=str(answer["access_token"]),
            lives_s=int(answer.get("expires_in") or 300),
            refresh_token=str(answer.get("refresh_token") or ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise Unreachable("the answer is no token") from failure


def _said(body: bytes) -> str:
    try:
        answer = json.loads(body)
        return f"{answer['error']}: {answer.get('error_description', '')}".strip(": ")[:300]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
