"""Decisions and trials."""

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.insight import actions, queries
from hemma.insight.forms import DecisionForm, PilotForm
from hemma.insight.measures import MEASURE
from hemma.insight.models import Pilot
from hemma.insight.telling import tell_pilot
from hemma.insight.views.figures import me
from hemma.insight.visibility import evaluates
from hemma.people.models import Person
from hemma.ui.toasts import say


def _refused(form: Form, problem: ValidationError) -> None:
    """The action's refusal at the fields it names."""
    form.add_error(None, problem)


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """What was decided, on what grounds, and when it is looked at again."""
    person = me(request)
    context = {"decisions": queries.decisions(person), "evaluates": evaluates(person)}
    return render(request, "insight/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest) -> HttpResponse:
    """Write one down, or one that follows another."""
    person = me(request)
    after = request.GET.get("after", "")
    follows = queries.decision_for(person, int(after)) if after.isdecimal() else None
    queries.teams_to_try(person)  # for those who evaluate alone
    initial = {"question": follows.question} if follows else {}
    form = DecisionForm(request.POST or None, readings=queries.readings(person), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        reading = data.pop("reading")
        try:
            actions.decide(
                actor=person, said=actions.Said(**data), reading=reading, follows=follows
            )
        except ValidationError as problem:
            _refused(form, problem)
        else:
            say(request, _("The decision is written down."))
            return redirect("insight:decisions")
    status = 422 if form.is_bound else 200
    return render(
        request, "insight/decision.html", {"form": form, "follows": follows}, status=status
    )


@require_GET
def pilots(request: HttpRequest) -> HttpResponse:
    """Trials that are prepared, under way and ended."""
    person = me(request)
    context = {"pilots": queries.pilots(person), "evaluates": evaluates(person)}
    return render(request, "insight/pilots.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_new(request: HttpRequest) -> HttpResponse:
    """Prepare a trial."""
    return _write(request, me(request), None)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_change(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """Change a trial that has not started."""
    person = me(request)
    pilot = queries.pilot_for(person, pilot_id)
    if pilot.state != Pilot.State.DRAFT:
        say(request, _("This trial has started: what it measures is fixed."))
        return redirect("insight:pilot", pilot_id)
    return _write(request, person, pilot)


def _write(request: HttpRequest, person: Person, pilot: Pilot | None) -> HttpResponse:
    known = {}
    if pilot:
        names = ("name", "question", "measures", "starts_on", "ends_on")
        known = {name: getattr(pilot, name) for name in names} | {"teams": list(pilot.teams.all())}
    form = PilotForm(request.POST or None, teams=queries.teams_to_try(person), initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_pilot(actor=person, pilot=pilot, **form.cleaned_data)
        except ValidationError as problem:
            _refused(form, problem)
        else:
            return redirect("insight:pilot", made.pk)
    status = 422 if form.is_bound else 200
    return render(
        request, "insight/pilot_write.html", {"form": form, "pilot": pilot}, status=status
    )


@require_GET
def pilot(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """What a trial asks, what it could find, who is where, and what it found."""
    person = me(request)
    found = queries.pilot_for(person, pilot_id)
    arranging = evaluates(person) and found.state == Pilot.State.RUNNING
    context = {
        "pilot": found,
        "told": {
            "told": tell_pilot(found),
            "measures": [str(MEASURE[key].name) for key in found.measures],
        },
        "evaluates": evaluates(person),
        "people": queries.who_tries(person, found) if arranging else [],
    }
    return render(request, "insight/pilot.html", context)


@require_POST
def pilot_start(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """Draw the lot and lock it."""
    person = me(request)
    found = queries.pilot_for(person, pilot_id)
    try:
        actions.start_pilot(actor=person, pilot=found)
    except ValidationError as problem:
        say(request, " ".join(problem.messages))
    else:
        say(request, _("The lot is drawn. What is measured is fixed from now on."))
    return redirect("insight:pilot", pilot_id)


@require_POST
def pilot_end(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """End it; the groups are compared."""
    person = me(request)
    found = queries.pilot_for(person, pilot_id)
    try:
        actions.end_pilot(actor=person, pilot=found)
    except ValidationError as problem:
        say(request, " ".join(problem.messages))
    return redirect("insight:pilot", pilot_id)
