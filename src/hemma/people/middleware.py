"""Refused looks are written down whatever happens; some roles come nowhere without a second proof."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from hemma.people import devices, queries
from hemma.people.access import log_refusal
from hemma.people.company_sign_in import proved_there
from hemma.people.models import Person
from hemma.people.session_store import SessionStore
from hemma.people.visibility import NotVisible, has_role


class DenialMiddleware:
    """Logs every NotVisible, shows times in the person's own zone, notes that they were here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person):
            if isinstance(request.session, SessionStore):
                request.session.seen(devices.describe(request.headers.get("User-Agent", "")))
            with timezone.override(person.zone):
                return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo("Europe/Stockholm")):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, NotVisible) and isinstance(request.user, Person):
            log_refusal(request.user, exception.kind, exception.about, exception.subject)


class SecondStepMiddleware:
    """Who holds one of `SECOND_STEP_ROLES` and has no second proof is led to get one, nowhere else.

    Asked anew in every request: the role may be minutes old, and a proof may have been removed.
    """

    # How to get a proof, how to leave, and what the frame needs.
    OPEN = ("mfa_", "account_", "ui:", "people:recovery", "people:new_recovery", "people:second_")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        person = request.user
        match = request.resolver_match
        name = match.view_name if match is not None else ""
        if not isinstance(person, Person) or name.startswith(self.OPEN):
            return None
        if not settings.SECOND_STEP_ROLES or not has_role(person, *settings.SECOND_STEP_ROLES):
            return None
        if proved_there(request, person) or queries.has_second_step(person):
            return None
        return redirect("people:second_step_needed")
