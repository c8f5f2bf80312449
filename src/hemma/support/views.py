"""*I need to talk*, and the administrator's list behind it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.support import actions, queries
from hemma.support.forms import ContactForm
from hemma.ui.middleware import leaves_no_trace


def me(request: HttpRequest) -> Person:
    """Who asks; the frame requires sign-in, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("support.contact")
    return request.user


@leaves_no_trace
@never_cache
@require_GET
def talk(request: HttpRequest) -> HttpResponse:
    """Whom to turn to. Not even the log of requests has a line of it."""
    return render(request, "support/talk.html", {"help": queries.help_for(me(request))})


@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """The administrator's list."""
    return render(request, "support/contacts.html", {"rows": queries.contacts(me(request))})


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, contact_id: int | None = None) -> HttpResponse:
    """Add one, or change it."""
    actor = me(request)
    row = queries.contact(actor, contact_id)
    form = ContactForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.save_contact(actor=actor, row=form.instance)
        messages.success(request, _("Kept. Everybody in that country sees it now."))
        return redirect("support:contacts")
    status = 422 if form.errors else 200
    return render(request, "support/contact.html", {"form": form, "row": row}, status=status)


@require_POST
def remove(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Take one away."""
    actions.remove_contact(actor=me(request), contact_id=contact_id)
    messages.success(request, _("Taken away."))
    return redirect("support:contacts")
