"""The offer on *My day*, and why this person or why nobody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.routing import actions, queries, words
from hemma.workday import queries as workday
from hemma.workday.models import Mode


def me(request: HttpRequest) -> Person:
    """Who asks; sign-in is required by the frame, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("routing.offer")
    return request.user


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
        actions.decline(actor=me(request), offer_id=offer_id)
        messages.success(request, _("It goes to someone else."))
    except actions.OfferGone as gone:
        messages.info(request, str(gone))
    return redirect("workday:my_day")


def why(request: HttpRequest, number: int) -> HttpResponse:
    """Fragment beside a case: why this person, or why nobody yet."""
    verdict = queries.verdict_on(me(request), number)
    return render(
        request,
        "routing/why.html",
        {
            "verdict": verdict,
            "why": words.why(verdict.reasons) if verdict else [],
            "number": number,
        },
    )
