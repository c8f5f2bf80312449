"""The way out: closing an account, what is kept afterwards and until when, erasing on request."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hemma.people import actions, queries
from hemma.people.models import Person
from hemma.people.views.my_sign_in import signed_in, step_up
from hemma.ui.toasts import say


@require_safe
def leaving(request: HttpRequest, person_id: int) -> HttpResponse:
    """What happens when this person leaves, or what has happened since they did."""
    return render(request, "people/leaving.html", {"it": queries.leaving(request.user, person_id)})


@require_POST
def erase(request: HttpRequest, person_id: int) -> HttpResponse:
    """Erase what no law wants kept."""
    return _erase(request, queries.account(request.user, person_id))


@step_up
def _erase(request: HttpRequest, person: Person) -> HttpResponse:
    try:
        until = actions.erase(actor=signed_in(request), person=person)
    except ValidationError as refusal:
        say(request, " ".join(refusal.messages))
    else:
        if until is None:
            say(request, _("Nothing here tells any more who it was."))
        else:
            say(
                request,
                _("Erased. The name stays with the working-time record until %(day)s.")
                % {"day": date_format(until)},
            )
    return redirect("people:leaving", person_id=person.pk)
