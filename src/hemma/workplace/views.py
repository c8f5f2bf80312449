"""*My workplace*: a look around for oneself, and tips to follow or to be rid of."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.ui.toasts import say
from hemma.workplace import actions, queries
from hemma.workplace.forms import LookForm
from hemma.workplace.words import TIPS


def me(request: HttpRequest) -> Person:
    """Who asks; the frame requires sign-in, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("workplace.look_around")
    return request.user


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """The questions, and the result of the last time."""
    person = me(request)
    found = queries.result_of(person)
    posted = request.POST if request.method == "POST" else None
    form = LookForm(posted, answers=found.answers)
    if request.method == "POST" and form.is_valid():
        actions.look_around(actor=person, answers=form.answers())
        return redirect(f"{reverse('workplace:look')}#tips")
    context = {
        "form": form,
        "found": found,
        "open": [(tip, TIPS[tip][1]) for tip in found.open],
        "wanted": [(tip, TIPS[tip][1]) for tip in found.wanted],
    }
    return render(request, "workplace/look.html", context, status=422 if form.errors else 200)


@require_POST
def choose(request: HttpRequest, tip: str) -> HttpResponse:
    """Follow a tip, be rid of it for good, or take either back."""
    person, said = me(request), request.POST.get("do", "")
    undo = reverse("workplace:again", args=[tip])
    try:
        actions.choose_tip(actor=person, tip=tip, wanted=said == "want")
    except ValidationError as refusal:
        raise Http404 from refusal
    words = _("Good. It stands below until it is done or you think again.")
    if said != "want":
        words = _("It is gone, and does not come back.")
    say(request, words, undo=undo)
    return redirect(f"{reverse('workplace:look')}#tips")


@require_POST
def again(request: HttpRequest, tip: str) -> HttpResponse:
    """Take a choice back."""
    try:
        actions.think_again(actor=me(request), tip=tip)
    except ValidationError as refusal:
        raise Http404 from refusal
    return redirect(f"{reverse('workplace:look')}#tips")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Nothing is kept of it any more."""
    actions.forget_all(actor=me(request))
    say(request, _("It is forgotten."))
    return redirect("workplace:look")
