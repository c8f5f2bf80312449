"""Signed out while writing: what was typed comes back instead of being lost on the way to sign-in."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from hemma.ui.views import typed_texts


class KeepWordsMiddleware(LoginRequiredMiddleware):
    """Sends who is not signed in to sign-in; who was sending a form sees its words first."""

    def handle_no_permission(  # type: ignore[override]  # the answer need not be a redirect
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return words_kept(request)


def words_kept(request: HttpRequest) -> HttpResponse:
    """401: nothing was done, and here is what you wrote. Scripts know the status, people read it."""
    return render(request, "ui/signed_out.html", {"kept": typed_texts(request)}, status=401)
