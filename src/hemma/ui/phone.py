"""Hemma as an app: its manifest, its service worker, and the page for when the line is down.

None of them holds anything of anybody: they are the same for all who read the same language.
"""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from hemma.ui import language, static_files

# Paper and evening of tokens.css, for what the system draws around the page.
PAPER = "#f7f4ed"
SHELL = (
    "ui/mark.svg",
    "ui/icons.svg",
    "ui/font/source-sans-3-latin-wght-normal.woff2",
    "ui/app/icon-192.png",
)


@login_not_required
@require_GET
@cache_control(private=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """What a phone asks when Hemma is put on its home screen (W3C Web App Manifest)."""
    told = {
        "id": "/",
        "name": "Hemma",
        "short_name": "Hemma",
        "description": _("A good working day in customer service, wherever you sit."),
        "lang": translation.get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            _icon("icon-192.png", "192x192", "any"),
            _icon("icon-512.png", "512x512", "any"),
            _icon("icon-maskable-512.png", "512x512", "maskable"),
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"ui/app/{name}"),
        "sizes": sizes,
        "type": "image/png",
        "purpose": purpose,
    }


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The service worker of this release; a new release is other bytes, which browsers notice."""
    known = static_files.catalogue()
    named = {
        "VERSION": known.version,
        "SHELL": [static(path) for path in (*static_files.stylesheets_of_the_frame(), *SHELL)],
        "OFFLINE": {
            code: f"{reverse('ui:offline')}?language={code}" for code, _name in settings.LANGUAGES
        },
        "ICON": static("ui/app/icon-192.png"),
    }
    lines = [f"const {name} = {json.dumps(value)};\n" for name, value in named.items()]
    body = "".join(lines) + known.files["ui/worker.js"].body.decode()
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that is shown when the line is down, in the language that was asked for."""
    code = language.known(request.GET.get("language")) or translation.get_language()
    with translation.override(code):
        response = render(request, "ui/offline.html")
    response["Content-Language"] = code
    return response
