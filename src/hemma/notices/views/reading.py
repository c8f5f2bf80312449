"""What one was told, whom one can write to, and the line on every page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.lib import clock
from hemma.notices import actions, queries, words
from hemma.notices.forms import WordForm
from hemma.people.models import Person
from hemma.people.visibility import NotVisible
from hemma.workday import queries as workday


def me(request: HttpRequest) -> Person:
    """Who asks; the frame requires sign-in, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("notices.notice")
    return request.user


@require_GET
def line(request: HttpRequest) -> HttpResponse:
    """Fragment on every page: how many wait to be read. Nothing while one is off or at rest."""
    count = queries.unread_count(me(request))
    return render(request, "notices/line.html", {"count": count})


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What has reached one, and whom one can write to."""
    person, now = me(request), clock.now()
    rows = [(one, words.what(one)) for one in queries.my_notices(person)]
    context = {
        "rows": rows,
        "unread": any(one.read_at is None for one, _said in rows),
        "hour": queries.budget_of(person),
        "people": [(one, words.shortly(one.reach, now)) for one in queries.neighbours(person)],
    }
    return render(request, "notices/mine.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """I have seen them."""
    actions.read_all(actor=me(request))
    return redirect("notices:mine")


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, person_id: int) -> HttpResponse:
    """Leave a colleague a word: the page says whether they work, and when it arrives."""
    actor = me(request)
    to = queries.neighbour(actor, person_id)
    said = words.reached(to.person.first_name, to.reach, clock.now())
    leads = to.reach.state == "busy" and queries.may_break_focus(actor, to.person)
    form = WordForm(request.POST or None, leads=leads)
    if request.method == "POST" and form.is_valid():
        urgent = form.cleaned_data.get("urgent", False)
        actions.write_word(
            actor=actor, person=to.person, text=form.cleaned_data["text"], urgent=urgent
        )
        goes_through = _(
            "Your words go through focus, and are there at once if that is where they are."
        )
        messages.success(request, goes_through if urgent else said)
        return redirect("notices:mine")
    status = 422 if form.errors else 200
    context = {"to": to.person, "said": said, "form": form, "reach": to.reach}
    context["ways"] = words.ways(workday.ways_of(actor, to.person), clock.now())
    return render(request, "notices/write.html", context, status=status)


@require_GET
def after_hours(request: HttpRequest) -> HttpResponse:
    """Fragment for who manages: how many words leaders wrote to people who were off."""
    count = queries.words_after_hours(me(request))
    return render(request, "notices/after_hours.html", {"count": count})
