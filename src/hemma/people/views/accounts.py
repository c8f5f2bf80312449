"""The administrator's people: look for somebody, add somebody, say that somebody has left."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from procrastinate.contrib.django import app

from hemma.people import actions, queries
from hemma.people.forms import NewPersonForm
from hemma.people.models import Person
from hemma.people.views.my_sign_in import signed_in, step_up
from hemma.ui.toasts import say


def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account, fifty at a time."""
    text = request.GET.get("q", "")
    page = queries.accounts(request.user, text=text, number=request.GET.get("page", 1))
    return render(request, "people/list.html", {"page": page, "text": text})


def new_person(request: HttpRequest) -> HttpResponse:
    """Add somebody and mail them an invitation."""
    sites, teams = queries.places_to_belong(request.user)
    return _new_person(request, NewPersonForm(request.POST or None, sites=sites, teams=teams))


@step_up
def _new_person(request: HttpRequest, form: NewPersonForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.employ(actor=signed_in(request), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            _invite(request, person)
            return redirect("people:list")
    return render(request, "people/new.html", {"form": form})


def _invite(request: HttpRequest, person: Person) -> None:
    app.configure_task("people.send_invitation").defer(
        person_id=person.pk, base=request.build_absolute_uri("/")
    )
    say(request, _("%(name)s gets an invitation by mail.") % {"name": person.name})


@require_POST
def invite(request: HttpRequest, person_id: int) -> HttpResponse:
    """Mail an invitation again."""
    _invite(request, queries.account(request.user, person_id))
    return redirect("people:list")


@require_POST
def end_employment(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody has left."""
    return _end_employment(request, queries.account(request.user, person_id))


@step_up
def _end_employment(request: HttpRequest, person: Person) -> HttpResponse:
    try:
        actions.end_employment(actor=signed_in(request), person=person)
    except ValidationError as refusal:
        say(request, " ".join(refusal.messages))
    else:
        say(request, _("%(name)s's account is closed.") % {"name": person.name})
    return redirect("people:list")
