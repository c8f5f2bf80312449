"""Named places on a page that other rooms fill with fragments.

A page may not import the rooms above it. It names a slot, the rooms register a fragment
(a URL name whose view draws it), and the frame calls the views with the page's own request:
the page is whole without JavaScript, and each fragment can renew itself with `hx-get`.
"""

import copy
from dataclasses import dataclass
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.safestring import SafeString, mark_safe

from hemma.ui.nav import Allowed, everyone
from hemma.ui.registry import Registry

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Fragment:
    """One fragment in one slot."""

    slot: str
    url_name: str
    order: int = 0
    allowed: Allowed = everyone

    @property
    def key(self) -> str:
        return f"{self.slot} {self.url_name}"


fragments: Registry[Fragment] = Registry()


def register(slot: str, url_name: str, order: int = 0, allowed: Allowed = everyone) -> None:
    """Put the fragment drawn by `url_name` into `slot`; its URL takes the slot's arguments."""
    fragments.add(Fragment(slot, url_name, order, allowed))


def render(slot: str, request: HttpRequest, *args: Any) -> SafeString:
    """Every fragment of `slot` that the person may see, in order, as one piece of markup.

    `args` say what the slot is about: a case's page names the case, so that each room can tell
    what it knows of it.
    """
    person: Any = getattr(request, "user", None)
    parts = [
        _draw(fragment, request, args)
        for fragment in fragments
        if fragment.slot == slot and person is not None and fragment.allowed(person)
    ]
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308 - rendered by our own views


def _draw(fragment: Fragment, request: HttpRequest, args: tuple[Any, ...]) -> str:
    """The fragment's markup; nothing where the person has nothing to see (403, 404, sign-in)."""
    url = reverse(fragment.url_name, args=args)
    match = resolve(url)
    # The page's own gate has let the request in; a fragment for signed-in people has its own.
    if not request.user.is_authenticated and getattr(match.func, "login_required", True):
        return ""
    inner = copy.copy(request)
    # The page may be a form sent back with its errors; its fragments are still only read.
    inner.method, inner.path, inner.path_info = "GET", url, url
    inner.resolver_match = match
    try:
        response: HttpResponse = match.func(inner, *match.args, **match.kwargs)
    except (Http404, PermissionDenied):
        return ""
    except Exception:
        # One room's fault must not take the whole page away from everybody.
        log.exception("slot.failed", slot=fragment.slot, fragment=fragment.url_name)
        return render_to_string("ui/slot_failed.html", {}, request)
    return response.content.decode() if response.status_code == 200 else ""
