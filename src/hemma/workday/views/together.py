"""What a team agrees on: how its people can be reached, and lower demands for a while."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemma.lib import clock
from hemma.people import queries as people
from hemma.people.models import Person, Team
from hemma.people.visibility import standing
from hemma.ui.toasts import say
from hemma.workday import actions, queries, teams
from hemma.workday.forms import EasedForm, WayForm
from hemma.workday.models import ReachWay, Way
from hemma.workday.views.day import me

A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, team_id: int) -> HttpResponse:
    """How the people of a team can be reached; who leads it writes down what they agree."""
    person = me(request)
    team, _teams = teams.team_for(person, team_id)
    leads = team.pk in standing(person).led
    rows = queries.ways_of_team(person, team)
    forms = _way_forms(request, rows)
    problems: list[str] = []
    if request.method == "POST" and all(form.is_valid() for _way, form in forms):
        try:
            actions.agree_ways(actor=person, team=team, rows=_agreed(forms))
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            say(request, _("It is written down, and everyone sees it where they write."))
            return redirect("workday:agreement", team.pk)
    context = {"team": team, "rows": rows, "forms": forms, "leads": leads, "problems": problems}
    status = 422 if request.method == "POST" else 200
    return render(request, "workday/agreement.html", context, status=status)


def _way_forms(request: HttpRequest, rows: list[ReachWay]) -> list[tuple[Way, WayForm]]:
    known = {row.way: row for row in rows}
    return [(way, _way_form(request, way, known.get(way))) for way in Way]


def _way_form(request: HttpRequest, way: Way, row: ReachWay | None) -> WayForm:
    initial = (
        {
            "minutes": str(row.answer_within_min),
            "opens": row.opens,
            "closes": row.closes,
            "except_when": row.except_when,
        }
        if row
        else {}
    )
    return WayForm(request.POST or None, prefix=way.value, initial=initial)


def _agreed(forms: list[tuple[Way, WayForm]]) -> list[actions.Agreed]:
    told = [(way, form.cleaned_data) for way, form in forms if form.cleaned_data["minutes"]]
    return [
        actions.Agreed(
            way.value, int(one["minutes"]), one["opens"], one["closes"], one["except_when"]
        )
        for way, one in told
    ]


@require_http_methods(["GET", "POST"])
def eased(request: HttpRequest, team_id: int) -> HttpResponse:
    """Lower demands for a while: who leads the team begins and ends them, with a last day."""
    person = me(request)
    team, _teams = queries.led_team(person, team_id)
    members = people.members(person, team)
    today = timezone.localtime(clock.now()).date()
    form = EasedForm(request.POST or None, people=members, initial={"last_day": today + A_WEEK})
    if request.method == "POST" and form.is_valid():
        try:
            _ease(person, team, members, form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            say(request, _("Less is asked now. It ends by itself, and you are told."))
            return redirect("workday:eased", team.pk)
    context = {"team": team, "form": form, "rows": queries.eased_team(person, team)}
    status = 422 if form.errors else 200
    return render(request, "workday/eased.html", context, status=status)


def _ease(person: Person, team: Team, members: list[Person], told: dict[str, object]) -> None:
    period = {"last_day": told["last_day"], "why": told["why"]}
    if not told["who"]:
        actions.ease_team(actor=person, team=team, **period)  # type: ignore[arg-type]
        return
    chosen = next(one for one in members if str(one.pk) == told["who"])
    actions.ease_person(actor=person, person=chosen, **period)  # type: ignore[arg-type]


@require_POST
def end_eased(request: HttpRequest, eased_id: int) -> HttpResponse:
    """End lower demands before their last day."""
    actions.end_eased(actor=me(request), eased_id=eased_id)
    say(request, _("It has ended."))
    return redirect("workday:team_now")


@require_GET
def eased_now(request: HttpRequest) -> HttpResponse:
    """Fragment of *My day* and *The team now*: that less is asked, and until when."""
    person = me(request)
    return render(request, "workday/eased_now.html", {"rows": queries.eased_now(person)})


@require_POST
def peace(request: HttpRequest) -> HttpResponse:
    """Work in peace, or no longer."""
    person, every = me(request), request.POST.get("every", "")
    if every.isdecimal():
        try:
            actions.work_in_peace(actor=person, every_min=int(every))
        except ValidationError as refusal:
            say(request, refusal.messages[0])
    else:
        actions.end_peace(actor=person)
    return redirect(reverse("workday:rhythm"))
