"""*Who sees what about me*."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hemma.people import queries


def visibility(request: HttpRequest) -> HttpResponse:
    """The who-sees-what registry in words, and who has looked."""
    return render(
        request,
        "people/visibility.html",
        {
            "kinds": queries.who_sees_what(request.user),
            "looks": queries.looks_at_me(request.user),
        },
    )
