"""The frame's verbs (language, appearance) and the page for a form that could not be trusted."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from hemma.ui import language
from hemma.ui.context import THEME_COOKIE, THEMES, url_or_none

_YEAR_S = 365 * 24 * 60 * 60
# Never shown again, whatever the form calls them.
_SECRET = re.compile(r"passw|token|secret|otp|pin$|code$", re.IGNORECASE)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; kept with the person and in a cookie."""
    response = _back(request)
    code = language.known(request.POST.get("language"))
    if code:
        if request.user.is_authenticated:
            language.remember(request.user, code)
        _set_cookie(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@login_not_required
@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system; kept in a cookie, since it belongs to the screen."""
    response = _back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        _set_cookie(response, THEME_COOKIE, theme)
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


@require_GET
def kitchen_table(request: HttpRequest) -> HttpResponse:
    """Working where others live: how to hide, and what this browser does by itself.

    What is chosen here stays in the browser: the server is told nothing of it.
    """
    return render(request, "ui/kitchen_table.html", {"minutes": (1, 2, 5, 10, 20)})


def _set_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR_S, samesite="Lax", httponly=True, secure=settings.HTTPS
    )


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the form stood on, never to somebody else's site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else url_or_none("start") or "/")


@dataclass(frozen=True)
class Kept:
    """A text that was typed into a form we could not take."""

    name: str
    text: str

    @property
    def rows(self) -> int:
        """Lines to show: as many as there are, between 2 and 14."""
        return min(14, max(2, self.text.count("\n") + len(self.text) // 70 + 1))


def typed_texts(request: HttpRequest) -> list[Kept]:
    """What somebody typed, so that it is not lost; no passwords, codes or tokens."""
    try:
        fields = list(request.POST.lists())
    except UnreadablePostError:
        return []
    return [
        Kept(name, text)
        for name, values in fields
        if not _SECRET.search(name)
        for text in values
        if text.strip()
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without a valid token: keep what was typed, and say how to go on.

    It is shown for reading, not as a form to send again: a page on another site must not be
    one click away from doing something in a person's name.
    """
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    )
    context = {"kept": typed_texts(request), "back": referer if ours else "/", "reason": reason}
    return render(request, "ui/csrf_failure.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400, in words."""
    return render(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403, in words."""
    return render(request, "ui/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404, in words; the same for what does not exist and what is not yours."""
    return render(request, "ui/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500, in words, drawn without asking anything of what may just have broken."""
    return HttpResponse(render_to_string("ui/500.html"), status=500)
