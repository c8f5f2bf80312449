"""Reading each other's answers."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemma.desk import actions, queries
from hemma.desk.forms.readings import ReadingForm
from hemma.desk.views.cases import me
from hemma.ui import toasts


@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    """What one was asked to read, and what was said of one's own."""
    person = me(request)
    to_do = queries.readings_to_do(person)
    rows = [
        (one, queries.letters_before(person, one), ReadingForm(auto_id=f"reading_{one.pk}_%s"))
        for one in to_do[:5]
    ]
    context = {"rows": rows, "left": max(0, len(to_do) - 5), "mine": queries.readings_told(person)}
    return render(request, "desk/readings.html", context)


@require_POST
def ask_reading(request: HttpRequest, message_id: int) -> HttpResponse:
    """Have a colleague read one of one's own answers."""
    try:
        actions.ask_reading(actor=me(request), message_id=message_id)
    except ValidationError as refused:
        toasts.say(request, " ".join(refused.messages))
    else:
        toasts.say(request, _("A colleague is asked to read it. Only you two see what is said."))
    return redirect("desk:readings")


@require_POST
def draw_reading(request: HttpRequest) -> HttpResponse:
    """Let chance choose one."""
    try:
        actions.draw_reading(actor=me(request))
    except ValidationError as refused:
        toasts.say(request, " ".join(refused.messages))
    else:
        toasts.say(request, _("A colleague is asked to read it. Only you two see what is said."))
    return redirect("desk:readings")


@require_POST
def take_reading_back(request: HttpRequest, message_id: int) -> HttpResponse:
    """It is to be read no more."""
    actions.take_reading_back(actor=me(request), message_id=message_id)
    return redirect("desk:readings")


@require_POST
def tell_reading(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Say how it reads, or that it is not now."""
    person = me(request)
    if "later" in request.POST:
        actions.pass_reading_on(actor=person, reading_id=reading_id)
        toasts.say(request, _("Somebody else is asked."))
        return redirect("desk:readings")
    form = ReadingForm(request.POST)
    if form.is_valid():
        actions.tell_reading(actor=person, reading_id=reading_id, **form.cleaned_data)
        toasts.say(request, _("Thank you. It has reached the one who wrote it."))
    else:
        toasts.say(request, _("These words are too long."))
    return redirect("desk:readings")
