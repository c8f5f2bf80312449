"""The schedule by hand and by file, and one's own calendar link."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hemma.lib import clock, pace
from hemma.people.models import Person, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.planning import actions, calendars, queries
from hemma.planning.days import monday_of
from hemma.planning.forms import AbsenceForm, FileForm, ShiftForm
from hemma.ui.toasts import say

# A key is tried by nobody thirty times a minute, and a calendar asked for twice a minute is enough.
WRONG_KEYS = pace.Pace(30, 60)
FETCHES = pace.Pace(30, 900)


def me(request: HttpRequest) -> Person:
    """Who asks; the frame requires sign-in, so it is always a person."""
    if not isinstance(request.user, Person):
        raise NotVisible("planning.shift")
    return request.user


def _monday(request: HttpRequest) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = timezone.localtime(clock.now()).date()
    return monday_of(asked)


@require_GET
def schedule(request: HttpRequest, team_id: int | None = None) -> HttpResponse:
    """A team's week, and the forms that change it."""
    team, teams = queries.planned_team(me(request), team_id)
    return _show(request, team, teams)


def _show(
    request: HttpRequest, team: Team, teams: list[Team], filled: dict[str, Any] | None = None
) -> HttpResponse:
    person, monday = me(request), _monday(request)
    people = list(queries.planned_people(person, team))
    tomorrow = {"day": timezone.localtime(clock.now()).date() + timedelta(days=1)}
    made: dict[str, Any] = {
        "shift_form": ShiftForm(people=people, initial=tomorrow, auto_id="shift_%s"),
        "absence_form": AbsenceForm(people=people, auto_id="absence_%s"),
        "file_form": FileForm(people=people, auto_id="file_%s"),
    }
    context = {
        "team": team,
        "teams": teams,
        "rows": queries.week_of(person, team, monday),
        "days": [monday + timedelta(days=number) for number in range(7)],
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "monday": monday,
    }
    status = 422 if filled else 200
    return render(request, "planning/schedule.html", context | made | (filled or {}), status=status)


def _change(
    request: HttpRequest,
    team_id: int,
    name: str,
    form_class: type[ShiftForm | AbsenceForm | FileForm],
    act: Callable[[Person, dict[str, Any]], str],
) -> HttpResponse:
    person = me(request)
    team, teams = queries.planned_team(person, team_id)
    people = list(queries.planned_people(person, team))
    form: forms.Form = form_class(
        request.POST, request.FILES, people=people, auto_id=f"{name.partition('_')[0]}_%s"
    )
    if form.is_valid():
        try:
            say(request, act(person, form.cleaned_data))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            week = f"?week={_monday(request)}" if "week" in request.GET else ""
            return redirect(reverse("planning:team", args=[team.pk]) + week)
    return _show(request, team, teams, {name: form})


@require_POST
def add_shift(request: HttpRequest, team_id: int) -> HttpResponse:
    """Plan one shift by hand."""

    def act(person: Person, told: dict[str, Any]) -> str:
        names = ("person", "starts_at", "ends_at", "place_type", "activities")
        actions.add_shift(actor=person, **{name: told[name] for name in names})
        return _("The shift is planned.")

    return _change(request, team_id, "shift_form", ShiftForm, act)


@require_POST
def add_absence(request: HttpRequest, team_id: int) -> HttpResponse:
    """Plan that somebody is away."""

    def act(person: Person, told: dict[str, Any]) -> str:
        names = ("person", "starts_at", "ends_at")
        actions.add_absence(actor=person, **{name: told[name] for name in names})
        return _("The absence is planned.")

    return _change(request, team_id, "absence_form", AbsenceForm, act)


@require_POST
def import_file(request: HttpRequest, team_id: int) -> HttpResponse:
    """Plan the shifts of a file."""

    def act(person: Person, told: dict[str, Any]) -> str:
        file = told["file"]
        count = actions.import_shifts(
            actor=person, name=file.name, content=file.read(), person=told["person"]
        )
        said = ngettext("%(count)d shift is planned.", "%(count)d shifts are planned.", count)
        return said % {"count": count}

    return _change(request, team_id, "file_form", FileForm, act)


@require_POST
def remove_shift(request: HttpRequest, team_id: int) -> HttpResponse:
    """Take a shift out of the plan."""
    queries.planned_team(me(request), team_id)
    number = request.POST.get("shift", "")
    if not number.isdecimal():
        raise BadRequest("no number of a shift")
    actions.remove_shift(actor=me(request), shift_id=int(number))
    say(request, _("The shift is gone from the plan."))
    return redirect("planning:team", team_id)


@require_GET
def my_calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar link: what it is, and whether there is one."""
    return _calendar(request, "")


def _calendar(request: HttpRequest, link: str) -> HttpResponse:
    person = me(request)
    feed = queries.feed_of(person, person)
    return render(request, "planning/my_calendar.html", {"feed": feed, "link": link})


@require_POST
def make_link(request: HttpRequest) -> HttpResponse:
    """A new link, shown this once; an earlier one stops working."""
    secret = actions.make_feed(actor=me(request))
    address = f"{reverse('planning:feed')}?key={secret}"
    response = _calendar(request, request.build_absolute_uri(address))
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def end_link(request: HttpRequest) -> HttpResponse:
    """Throw the link away."""
    actions.revoke_feed(actor=me(request))
    say(request, _("The link no longer works."))
    return redirect("planning:my_calendar")


@login_not_required
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """One's shifts for a calendar program; the secret is the only way in."""
    place = pace.place_of(request.META.get("REMOTE_ADDR", ""))
    print_of = calendars.fingerprint(request.GET.get("key", ""))
    if not (WRONG_KEYS.allows(place) and FETCHES.allows(print_of)):
        return HttpResponse(status=429, headers={"Retry-After": "600"})
    found = queries.whose_feed(SYSTEM, print_of)
    if found is None:
        WRONG_KEYS.note(place)
        raise Http404
    FETCHES.note(print_of)
    person = found.person
    content = calendars.write(person, queries.calendar_of(person, person), found.home_since)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
