"""Where the staff open forms for customers, and see what customers see."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.desk import queries as desk
from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.portal import actions, forms, queries
from hemma.portal.speech import LANGUAGES
from hemma.ui import toasts


def _me(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise NotVisible("desk.case")
    return request.user


@require_GET
def forms_list(request: HttpRequest) -> HttpResponse:
    """Forms that customers write through, for whoever sets them up."""
    return render(request, "portal/forms.html", {"rows": queries.all_forms(_me(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, contact_form_id: int = 0) -> HttpResponse:
    """Open a form for a queue, or change it."""
    person = _me(request)
    row = queries.form_for(person, contact_form_id) if contact_form_id else None
    shown = forms.SetUpForm(
        request.POST if request.method == "POST" else None,
        queues=queries.queues_for_forms(person),
        row=row,
    )
    if request.method == "POST" and shown.is_valid():
        try:
            data = dict(shown.cleaned_data)
            data["queue"] = queries.queue_for_form(person, data["queue"])
            actions.save_form(actor=person, form=row, **data)
        except ValidationError as refused:
            shown.add_error(None, [one for many in refused.message_dict.values() for one in many])
        else:
            toasts.say(request, _("The form is saved."))
            return redirect("portal:forms")
    status = 422 if shown.is_bound else 200
    return render(request, "portal/form.html", {"form": shown, "row": row}, status=status)


@require_GET
def beside(request: HttpRequest, number: int) -> HttpResponse:
    """Fragment beside a case: its customer's page, calls to make, thanks and complaints."""
    case = desk.case_for(_me(request), number)
    found = queries.beside_case(_me(request), case)
    lang = case.customer.language if case.customer.language in LANGUAGES else case.queue.language
    page = reverse("portal:own", args=[lang if lang in LANGUAGES else "sv", number, found.code])
    return render(request, "portal/beside.html", {"found": found, "page": page})


@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """What customers complained of, and what the team does otherwise since."""
    return render(request, "portal/complaints.html", {"rows": queries.complaints(_me(request))})


@require_POST
def learn(request: HttpRequest, message_id: int) -> HttpResponse:
    """Say what a complaint taught the team."""
    said = request.POST.get("lesson", "")
    actions.learn(actor=_me(request), message_id=message_id, lesson=said)
    toasts.say(request, _("Kept. The whole team sees it here."))
    return redirect("portal:complaints")


@require_GET
def contentment(request: HttpRequest) -> HttpResponse:
    """Fragment: how content customers were, by queue and month, in sums of five or more."""
    return render(request, "portal/contentment.html", {"rows": queries.contentment(_me(request))})
