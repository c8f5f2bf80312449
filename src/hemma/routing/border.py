"""The border between work and leisure: outside of one's hours case work is closed.

Whoever is on call by the list is let in, and whoever says themself that they work for a while: that
is written down as working time. What is typed already is always taken in, so nothing is lost.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hemma.lib import clock
from hemma.people.models import Person, Role
from hemma.people.visibility import has_role
from hemma.routing import queries
from hemma.workday import queries as workday

KEY = "works_until"
# Pages of case work; fragments of a page that is open already go on.
WORK = ("desk:", "routing:")
KEPT_FROM = (Role.AGENT, Role.TEAM_LEADER)


class BorderMiddleware:
    """Shows *You are off* instead of a page of case work, outside of one's hours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        person, match = request.user, request.resolver_match
        name = match.view_name if match is not None else ""
        if request.method != "GET" or not name.startswith(WORK) or name == "routing:how":
            return None
        if "HX-Request" in request.headers or not isinstance(person, Person):
            return None
        if not has_role(person, *KEPT_FROM) or _works(request, person):
            return None
        return redirect("workday:off")


def _works(request: HttpRequest, person: Person) -> bool:
    """Asked of the database once a shift: the session remembers until when the answer holds."""
    now = clock.now()
    known = request.session.get(KEY)
    if known and now < datetime.fromisoformat(known):
        return True
    hours = workday.hours_now(person)
    if hours.works:
        request.session[KEY] = hours.until.isoformat()
        return True
    return person.pk in queries.on_call_now(person)
