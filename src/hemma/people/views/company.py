"""The way to the company's own sign-in service and back.

The library's part for it is loaded by the first who goes that way: it brings much that no other
page needs.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def _there_is_one() -> None:
    if not settings.OIDC_URL:
        raise Http404


def _load() -> None:
    from allauth.socialaccount.providers import registry
    from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

    registry.register(OpenIDConnectProvider)


@login_not_required
def go_to_company(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for the company's sign-in service."""
    _there_is_one()
    _load()
    from allauth.socialaccount.providers.openid_connect.views import login

    return _led(request, login, provider_id)


def _led(
    request: HttpRequest, way: Callable[[HttpRequest, str], HttpResponse], provider_id: str
) -> HttpResponse:
    try:
        return way(request, provider_id)
    except OSError:  # the library's way to say that the service can't be reached or understood
        return render(request, "people/company_stopped.html", {"why": "failed"}, status=502)


@login_not_required
def back_from_company(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The service has sent somebody back."""
    _there_is_one()
    _load()
    from allauth.socialaccount.providers.openid_connect.views import callback

    return _led(request, callback, provider_id)
