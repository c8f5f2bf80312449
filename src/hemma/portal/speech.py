"""The four languages of customers' pages, which are more than those of the people at work."""

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from hemma.ui import language

# Each by its own name, whatever the page speaks.
LANGUAGES = {"sv": "Svenska", "nb": "Norsk", "en": "English", "es": "Español"}


def best(request: HttpRequest, usual: str = "sv") -> str:
    """The first language the browser asks for that we speak, else `usual`."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        base = code.split("-")[0]
        asked = base if base in LANGUAGES else language.known(code)
        if asked:
            return asked
    return usual


def spoken(view: Any) -> Any:
    """A page for anybody, in the language of its address."""

    @login_not_required
    @wraps(view)
    def speaking(request: HttpRequest, lang: str, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(lang):
            response: HttpResponse = view(request, lang, *args, **kwargs)
        response.headers["Content-Language"] = lang
        patch_vary_headers(response, ("Accept-Language",))
        # What stands on it is one customer's: no machine in between may keep it.
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return speaking
