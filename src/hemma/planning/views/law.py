"""What the law says of a week, and which of its values are still to be verified."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from hemma.lib import clock
from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.planning import law, visibility
from hemma.planning.forms import WeekForm


def _asker(request: HttpRequest, *, only_administrator: bool = False) -> Person:
    person = request.user
    allowed = visibility.confirms_law if only_administrator else visibility.asks_law
    if not isinstance(person, Person) or not allowed(person):
        raise NotVisible("planning.shift", "law")
    return person


@require_http_methods(["GET", "HEAD", "POST"])
def law_check(request: HttpRequest) -> HttpResponse:
    """A week typed or dropped, and what each country says of it. Nothing is kept."""
    person, today = _asker(request), timezone.localtime(clock.now()).date()
    home = person.site.country.lower() if person.site else "se"
    chosen = {"home": home if home in law.LANDS else "eu", "lands": list(law.LANDS)}
    if request.method == "POST":
        form = WeekForm(request.POST, request.FILES, today=today)
    elif "example" in request.GET:
        form = WeekForm({"week": law.example(today), **chosen}, today=today)
    else:
        form = WeekForm(initial=chosen, today=today)
    wrong = form.is_bound and not form.is_valid()
    context: dict[str, Any] = {
        "form": form,
        "judged": form.judged,
        "stops": _stops(form.judged),
        "confirms": visibility.confirms_law(person),
    }
    return render(request, "planning/law.html", context, status=422 if wrong else 200)


def _stops(judged: list[law.Judged]) -> int:
    """How many people have something in their own country that stops the week."""
    return sum(
        any(said.look == "danger" for land in one.lands if land.own for said in land.said)
        for one in judged
    )


@require_GET
def law_to_verify(request: HttpRequest) -> HttpResponse:
    """The values of the packs that nobody has read in the law itself, with their sources."""
    _asker(request, only_administrator=True)
    return render(request, "planning/law_to_verify.html", {"packs": law.to_be_verified()})
