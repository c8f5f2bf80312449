"""*I need to talk* with the administrator's list behind it, and *I may have leaked* with IT support's."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.people import queries as people
from hemma.people.models import Person, Role
from hemma.people.visibility import NotVisible
from hemma.support import actions, queries, words
from hemma.support.forms import ContactForm, OutcomeForm, SlipForm
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


@require_http_methods(["GET", "POST"])
def leak(request: HttpRequest) -> HttpResponse:
    """Tell that something may have leaked, and read what became of what one told."""
    person = me(request)
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        base = request.build_absolute_uri("/")
        actions.tell_slip(actor=person, base=base, **form.cleaned_data)
        messages.success(
            request,
            _("Thank you for telling. IT support has it now, and you need do nothing more."),
        )
        return redirect("support:leak")
    context = {"form": form, "rows": queries.slips_of_mine(person), "helpers": _it(person)}
    return render(request, "support/leak.html", context, status=422 if form.errors else 200)


def _it(person: Person) -> list[people.Helper]:
    return [one for one in people.helpers(person) if one.role == Role.IT_SUPPORT]


@require_GET
def slips(request: HttpRequest) -> HttpResponse:
    """What was told, for IT support."""
    return render(request, "support/slips.html", {"rows": queries.slips(me(request))})


@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest, slip_id: int) -> HttpResponse:
    """One of them; a word of what was done closes it."""
    actor = me(request)
    row = queries.slip(actor, slip_id)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_slip(actor=actor, slip_id=slip_id, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("outcome", refused)
        else:
            messages.success(
                request, _("It is taken care of. Whoever told of it hears what was done.")
            )
            return redirect("support:slips")
    elif request.method == "GET":
        row = actions.see_slip(actor=actor, slip_id=slip_id)
    context = {"row": row, "form": form, "by": words.authority_by(row)}
    return render(request, "support/slip.html", context, status=422 if form.errors else 200)
