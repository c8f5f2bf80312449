"""A refused look is written down, whatever happened to the transaction that met it."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hemma.people.access import log_refusal
from hemma.people.models import Person
from hemma.people.session_store import SessionStore
from hemma.people.visibility import NotVisible


class DenialMiddleware:
    """Logs every NotVisible, shows times in the person's own zone, notes that they were here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person):
            if isinstance(request.session, SessionStore):
                request.session.seen()
            with timezone.override(person.zone):
                return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo("Europe/Stockholm")):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, NotVisible) and isinstance(request.user, Person):
            log_refusal(request.user, exception.kind, exception.about, exception.subject)
