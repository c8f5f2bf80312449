"""Day templates: kept from a day, put on the weekdays of a week."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hemma.lib import clock
from hemma.people.models import Person, Team
from hemma.planning import actions, queries
from hemma.planning.days import monday_of
from hemma.planning.forms import ApplyForm, TemplateForm
from hemma.planning.models import DayTemplate
from hemma.planning.views.schedule import me
from hemma.ui.toasts import say


@require_GET
def templates(request: HttpRequest, team_id: int) -> HttpResponse:
    """A team's day templates, and the forms to keep and to use them."""
    team, _teams = queries.planned_team(me(request), team_id)
    return _show(request, team)


def _show(
    request: HttpRequest,
    team: Team,
    kept: TemplateForm | None = None,
    wrong: tuple[int, ApplyForm] | None = None,
) -> HttpResponse:
    person = me(request)
    people = list(queries.planned_people(person, team))
    today = timezone.localtime(clock.now()).date()
    coming = today + timedelta(days=7 - today.weekday())
    rows = []
    for one in queries.templates_of(person, team):
        form = ApplyForm(
            people=_whose(one, people), initial={"week": coming}, auto_id=f"t{one.pk}_%s"
        )
        rows.append((one, wrong[1] if wrong and wrong[0] == one.pk else form))
    context = {
        "team": team,
        "rows": rows,
        "form": kept or TemplateForm(people=people, initial={"day": today}),
    }
    status = 422 if kept or wrong else 200
    return render(request, "planning/templates.html", context, status=status)


def _whose(template: DayTemplate, people: Iterable[Person]) -> list[Person]:
    return [one for one in people if template.person_id in (None, one.pk)]


@require_POST
def keep_template(request: HttpRequest, team_id: int) -> HttpResponse:
    """Keep a planned day as a template."""
    person = me(request)
    team, _teams = queries.planned_team(person, team_id)
    form = TemplateForm(request.POST, people=list(queries.planned_people(person, team)))
    if form.is_valid():
        try:
            actions.save_template(actor=person, team=team, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            say(request, _("It is kept."))
            return redirect("planning:templates", team.pk)
    return _show(request, team, kept=form)


@require_POST
def use_template(request: HttpRequest, team_id: int, template_id: int) -> HttpResponse:
    """Put a template on the weekdays of a week, for some people; the law is asked first."""
    person = me(request)
    team, _teams = queries.planned_team(person, team_id)
    template = queries.template_of(person, team, template_id)
    people = _whose(template, list(queries.planned_people(person, team)))
    form = ApplyForm(request.POST, people=people, auto_id=f"t{template_id}_%s")
    if form.is_valid():
        told = form.cleaned_data
        monday = monday_of(told["week"])
        chosen = [one for one in people if one.pk in told["people"]]
        try:
            made = actions.apply_template(
                actor=person, template=template, people=chosen, monday=monday
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = ngettext("%(count)d day is planned.", "%(count)d days are planned.", made)
            say(request, said % {"count": made})
            return redirect(reverse("planning:team", args=[team.pk]) + f"?week={monday}")
    return _show(request, team, wrong=(template_id, form))


@require_POST
def drop_template(request: HttpRequest, team_id: int, template_id: int) -> HttpResponse:
    """Throw a template away."""
    person = me(request)
    team, _teams = queries.planned_team(person, team_id)
    template = queries.template_of(person, team, template_id)
    actions.drop_template(actor=person, template=template)
    say(request, _("The template is gone; what was planned from it stays."))
    return redirect("planning:templates", team.pk)
