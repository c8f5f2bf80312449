"""The administrator's organisation, one person whole, and whom anybody can ask."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemma.people import actions, forms, queries
from hemma.people.models import Person
from hemma.people.queries import Organisation
from hemma.people.views.my_sign_in import signed_in, step_up
from hemma.ui.toasts import say


def organisation(request: HttpRequest) -> HttpResponse:
    """Sites, teams, skills and programmes."""
    return render(
        request, "people/organisation.html", {"parts": queries.organisation(request.user)}
    )


def part(request: HttpRequest, noun: str, thing_id: int | None = None) -> HttpResponse:
    """Change one site, team, skill or programme, or add one."""
    row = queries.part_of_organisation(request.user, noun, thing_id)
    return _part(request, noun, row, queries.organisation(request.user))


@step_up
def _part(request: HttpRequest, noun: str, row: Any, parts: Organisation) -> HttpResponse:
    form = _form(request, noun, row, parts)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, noun, row, dict(form.cleaned_data))
        except ValidationError as problem:
            form.add_error(None, " ".join(problem.messages))
        else:
            say(request, _("Saved."))
            return redirect("people:organisation")
    title = str(row) if row.pk else _("Something new")
    return render(request, "people/part.html", {"form": form, "title": title})


def _form(request: HttpRequest, noun: str, row: Any, parts: Organisation) -> Any:
    sent = request.POST or None
    if noun == "sites":
        fields = ("name", "country", "zone", "seats")
        initial = {name: getattr(row, name) for name in fields}
        return forms.SiteForm(sent, initial=initial)
    if noun == "skills":
        return forms.SkillForm(sent, initial={"code": row.code, "name": row.name})
    if noun == "teams":
        initial = {
            "name": row.name,
            "site": row.site_id or "",
            "leader": row.leader_id or "",
            "substitute": row.substitute_id or "",
        }
        people = queries.everybody(request.user)
        return forms.TeamForm(sent, initial=initial, sites=parts.sites, people=people)
    teams = [str(one.pk) for one in row.teams.all()] if row.pk else []
    initial = {"name": row.name, "client": row.client, "teams": teams}
    return forms.ProgrammeForm(sent, initial=initial, teams=parts.teams)


def _save(request: HttpRequest, noun: str, row: Any, said: dict[str, Any]) -> None:
    teams = said.pop("teams", [])
    for name, value in said.items():
        setattr(row, name, value)
    person = signed_in(request)
    if noun == "sites":
        actions.save_site(actor=person, site=row)
    elif noun == "skills":
        actions.save_skill(actor=person, skill=row)
    elif noun == "teams":
        actions.save_team(actor=person, team=row)
    else:
        actions.save_programme(actor=person, programme=row, teams=teams)


def one_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person: account, where they belong, what they can, how they are employed."""
    person = queries.account(request.user, person_id)
    return _one_person(request, person, queries.organisation(request.user))


@step_up
def _one_person(request: HttpRequest, person: Person, parts: Organisation) -> HttpResponse:
    form = forms.PersonForm(
        request.POST or None,
        initial=_initial(person, queries.whole(request.user, person)),
        sites=parts.sites,
        teams=parts.teams,
        skills=parts.skills,
        programmes=parts.programmes,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(actor=signed_in(request), person=person, said=form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, " ".join(problem.messages))
        else:
            say(request, _("Saved."))
            return redirect("people:list")
    return render(request, "people/part.html", {"form": form, "title": person.name})


def _initial(person: Person, whole: queries.Whole) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
        "site": person.site_id or "",
        "roles": whole.roles,
        "programme": whole.programme.pk if whole.programme else "",
        "safety_site": whole.safety_site.pk if whole.safety_site else "",
        "teams": [str(team.pk) for team in whole.teams],
        "speaks": "; ".join(f"{code}:{level}" for code, level in sorted(whole.speaks.items())),
    }
    found |= {f"skill_{pk}": level for pk, level in whole.skills.items()}
    if whole.employment is not None:
        row = whole.employment
        found |= {"hours": row.hours_per_week, "country": row.country, "contract": row.contract}
    return found


def helpers(request: HttpRequest) -> HttpResponse:
    """Whom can I ask?"""
    return render(request, "people/helpers.html", {"helpers": queries.helpers(request.user)})
