"""A light for one's household: made on the page of one's chat, looked at without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemma.lib import pace
from hemma.people.system import SYSTEM
from hemma.planning.calendars import fingerprint
from hemma.ui.toasts import say
from hemma.workday import actions, queries
from hemma.workday.chat_forms import ChatForm
from hemma.workday.views.chat import chat_page
from hemma.workday.views.day import me

RENEWED_S = 30
# A key is tried by nobody thirty times a minute; six screens and lamps at home ask twice a minute.
WRONG_KEYS = pace.Pace(30, 60)
LOOKS = pace.Pace(6 * 2 * 15, 900)


@require_POST
@never_cache
def make_light(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once; an earlier one stops working."""
    secret = actions.make_light(actor=me(request))
    address = f"{reverse('workday:light')}?key={secret}"
    return chat_page(request, ChatForm(), light_link=request.build_absolute_uri(address))


@require_POST
def end_light(request: HttpRequest) -> HttpResponse:
    """Throw the address away."""
    actions.end_light(actor=me(request))
    say(request, _("The link no longer works."))
    return redirect("workday:chat")


@login_not_required
@require_GET
def light(request: HttpRequest) -> HttpResponse:
    """Whether somebody is at work, for their household and its lamps; the secret is the only way in.

    Rendered without the frame, so that it says nothing of who looks and sets no cookie.
    """
    place = pace.place_of(request.META.get("REMOTE_ADDR", ""))
    print_of = fingerprint(request.GET.get("key", ""))
    if not (WRONG_KEYS.allows(place) and LOOKS.allows(print_of)):
        return HttpResponse(status=429, headers={"Retry-After": "600"})
    person = queries.whose_light(SYSTEM, print_of)
    if person is None:
        WRONG_KEYS.note(place)
        raise Http404
    LOOKS.note(print_of)
    works = queries.is_at_work(person)
    if request.GET.get("as") == "json":
        response: HttpResponse = JsonResponse({"state": "work" if works else "home"})
    else:
        with translation.override(person.language):
            seen = {"works": works, "renewed_s": RENEWED_S}
            response = HttpResponse(render_to_string("workday/light.html", seen))
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
