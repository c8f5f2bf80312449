"""The offer on *My day*, and why this person or why nobody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemma.desk import queries as desk
from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.routing import actions, queries, words
from hemma.routing.models import Offer
from hemma.workday import queries as workday
from hemma.workday.models import Mode


def me(request: HttpRequest) -> Person:
    """Who asks; sign-in is required by the frame, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("routing.offer")
    return request.user


@require_GET
def my_offer(request: HttpRequest) -> HttpResponse:
    """Fragment: the one next thing, in the daylight."""
    person = me(request)
    offer = queries.my_offer(person)
    return render(
        request,
        "routing/my_offer.html",
        {
            "offer": offer,
            "why": words.why(offer.reasons) if offer else [],
            "becauses": Offer.Because.choices,
            "in_queue": workday.mode_of(person, person) == Mode.READY,
        },
    )


@require_POST
def accept(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take what is offered and open it."""
    try:
        case = actions.accept(actor=me(request), offer_id=offer_id)
    except actions.OfferGone as gone:
        messages.info(request, str(gone))
        return redirect("workday:my_day")
    return redirect("desk:case", case.number)


@require_POST
def decline(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Pass it on to the next person."""
    try:
        because = request.POST.get("because", "")
        actions.decline(actor=me(request), offer_id=offer_id, because=because)
        messages.success(request, _("It goes to someone else."))
    except actions.OfferGone as gone:
        messages.info(request, str(gone))
    except ValidationError as refusal:
        raise BadRequest("no such reason") from refusal
    return redirect("workday:my_day")


LIMITS = (1, 2, 3)


@require_GET
def my_limit(request: HttpRequest) -> HttpResponse:
    """Fragment: how many at a time one wants today."""
    limit = queries.my_limit(me(request))
    return render(request, "routing/my_limit.html", {"limit": limit, "choices": LIMITS})


@require_POST
def set_limit(request: HttpRequest) -> HttpResponse:
    """So many at a time today; empty: as many as usual. No reason is asked."""
    said = request.POST.get("at_most", "")
    if said and not said.isdecimal():
        raise BadRequest("no number")
    try:
        actions.limit_myself(actor=me(request), at_most=int(said) if said else None)
    except ValidationError as refusal:
        raise BadRequest("no such number") from refusal
    return redirect("workday:my_day")


@require_GET
def unplaced(request: HttpRequest) -> HttpResponse:
    """Fragment for *The team now*: what waits because nobody fits, and why."""
    person = me(request)
    rows = [(row.case, words.why(row.reasons)) for row in queries.unplaced(person)]
    topics = " ".join(f"queue:{row.id}" for row in desk.queues(person))
    return render(request, "routing/unplaced.html", {"rows": rows, "live_topics": topics})


@login_not_required
@require_GET
def how(request: HttpRequest) -> HttpResponse:
    """How routing decides, for everybody to read, customers too."""
    context = {
        "asked": words.ASKED,
        "order": words.ORDER,
        "never": words.NEVER,
        "seconds": int(actions.ANSWER_WITHIN.total_seconds()),
    }
    return render(request, "routing/how.html", context)


@require_GET
def why(request: HttpRequest, number: int) -> HttpResponse:
    """Fragment beside a case: why this person, or why nobody yet."""
    person = me(request)
    verdict = queries.verdict_on(person, number)
    said = queries.because_of(person, verdict.case) if verdict else {}
    return render(
        request,
        "routing/why.html",
        {
            "verdict": verdict,
            "why": [*words.why(verdict.reasons), *words.said(said)] if verdict else [],
            "number": number,
        },
    )
