"""What is said to a chat, in its own words: Mattermost (API v4) and Slack (Web API).

Only that somebody has gone home, and that it is over. Nothing is read but who the key belongs to.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings

from hemma.lib import outward

SLACK = "https://slack.com"
TIMEOUT_S = 6.0
EMOJI = "house"
# Slack answers 200 and says in words what was wrong; these pass by themselves.
_PASSING = {
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "fatal_error",
    "internal_error",
}
_NO_KEY = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}


class Trouble(Exception):
    """The chat was not told. `code`: why; `passes`: whether trying again may help."""

    def __init__(self, code: str, *, passes: bool = False) -> None:
        super().__init__(code)
        self.code, self.passes = code, passes


@dataclass(frozen=True, slots=True)
class Chat:
    """Where a chat is, and the key to one person's account in it."""

    kind: str
    address: str
    token: str


def known_as(chat: Chat) -> str:
    """Who the key belongs to, as the chat calls them. Raises Trouble."""
    if chat.kind == "slack":
        found = _slack(chat, "auth.test", {}).get("user_id")
    else:
        found = _mattermost(chat, "GET", "users/me").get("id")
    if not isinstance(found, str) or not 0 < len(found) <= 64:
        raise Trouble("no_chat")
    return found


def say_home(chat: Chat, who: str, words: str) -> None:
    """Let the chat say `words` and, where it can, hold its notices. Raises Trouble."""
    if chat.kind == "slack":
        _slack(chat, "users.profile.set", _profile(words, f":{EMOJI}:"))
        return
    own = f"users/{quote(who, safe='')}/status"
    _mattermost(chat, "PUT", f"{own}/custom", {"emoji": EMOJI, "text": words})
    # In Mattermost "do not disturb" stands until it is taken back; "offline" would send to the phone.
    _mattermost(chat, "PUT", own, {"user_id": who, "status": "dnd"})


def say_here(chat: Chat, who: str) -> None:
    """Take it back. Raises Trouble."""
    if chat.kind == "slack":
        _slack(chat, "users.profile.set", _profile("", ""))
        return
    own = f"users/{quote(who, safe='')}/status"
    _mattermost(chat, "DELETE", f"{own}/custom")
    _mattermost(chat, "PUT", own, {"user_id": who, "status": "online"})


def _profile(words: str, emoji: str) -> dict[str, object]:
    return {"profile": {"status_text": words, "status_emoji": emoji, "status_expiration": 0}}


def _mattermost(
    chat: Chat, method: str, path: str, body: Mapping[str, object] | None = None
) -> dict[str, object]:
    return _ask(chat, method, f"{chat.address.rstrip('/')}/api/v4/{path}", body)


def _slack(chat: Chat, name: str, body: Mapping[str, object]) -> dict[str, object]:
    answer = _ask(chat, "POST", f"{chat.address.rstrip('/')}/api/{name}", body)
    if answer.get("ok") is True:
        return answer
    why = answer.get("error")
    if why in _PASSING:
        raise Trouble("busy", passes=True)
    raise Trouble("key" if why in _NO_KEY else "may_not" if why == "missing_scope" else "no_chat")


def _ask(chat: Chat, method: str, url: str, body: Mapping[str, object] | None) -> dict[str, object]:
    headers = {
        "Authorization": f"Bearer {chat.token}",
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Hemma",
    }
    content = b"" if body is None else json.dumps(body).encode()
    try:
        answer = outward.ask(
            method, url, content, headers,
            timeout_s=TIMEOUT_S, networks=settings.OUTWARD_NETWORKS,
        )  # fmt: skip
    except outward.Refused as refused:
        raise Trouble("inside") from refused
    except outward.Unreachable as failure:
        raise Trouble("silent", passes=True) from failure
    _judge(answer.status)
    try:
        found = json.loads(answer.body or b"{}")
    except ValueError as wrong:
        raise Trouble("no_chat") from wrong
    return found if isinstance(found, dict) else {}


def _judge(status: int) -> None:
    if status == 401:
        raise Trouble("key")
    if status == 403:
        raise Trouble("may_not")
    if status == 429 or status >= 500:
        raise Trouble("busy", passes=True)
    if not 200 <= status < 300:
        raise Trouble("no_chat")
