"""What every answer carries: a refusal of cameras and sensors, and the reader's language."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from hemma.ui import language

log = structlog.get_logger(__name__)

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Work from home is not watched: the browser itself is told to refuse, on every page.
DENIED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "window-management",
)
POLICY = ", ".join(f"{feature}=()" for feature in DENIED)


def leaves_no_trace[V: Callable[..., Any]](view: V) -> V:
    """Mark a view of which not even the log of requests has a line: at night it would tell whose."""
    view.leaves_no_trace = True  # type: ignore[attr-defined]
    return view


class RequestLogMiddleware:
    """One line a page: which kind of page, how it went, how long it took. Never who asked for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and getattr(match.func, "leaves_no_trace", False):
            return response
        log.info(
            "request",
            method=request.method,
            # The page's name, not its address: that would tell whose case was opened when.
            page=match.view_name if match else "",
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
        return response


class PermissionsPolicyMiddleware:
    """Denies camera, microphone, screen, position and idle detection. A view may set its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response


class PersonLocaleMiddleware:
    """Speaks the reader's language: the person's own, else the browser's choice."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code = language.wanted(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", code)
        return response
