"""The first person comes in, and is led by the hand until there is a customer service."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.mail import mailers
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app

from hemma.lib import first_start
from hemma.people import actions, devices, queries
from hemma.people.forms import CompanyForm, FirstTeamForm, InviteForm, WelcomeForm
from hemma.people.forms.beginning import ZONES
from hemma.people.models import Person, Site
from hemma.people.system import SYSTEM
from hemma.people.views.my_sign_in import signed_in, step_up
from hemma.ui.toasts import say


@login_not_required
@never_cache
def welcome(request: HttpRequest, key: str) -> HttpResponse:
    """The very first page: whoever started Hemma makes the first account."""
    if not constant_time_compare(key, first_start.key_of(settings.SECRET_KEY)):
        raise Http404
    if not queries.nobody_is_here(SYSTEM):
        return redirect("start")
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            language = translation.get_language() or settings.LANGUAGE_CODE
            person = actions.begin(actor=SYSTEM, language=language, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            say(request, _("Your account is made. Sign in with it, and we go on."))
            found = redirect("account_login")
            devices.remember(found, person.email)
            return found
    return render(request, "people/welcome.html", {"form": form, "key": key})


@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """All steps, what is there already, and the next one."""
    taken = queries.steps_taken(request.user)
    return render(
        request,
        "people/set_up.html",
        {"going": queries.set_up(request.user), "taken": taken, "left": [t for t in taken if not t.there]},
    )  # fmt: skip


@require_safe
def set_up_steps(request: HttpRequest, here: str) -> HttpResponse:
    """The guide beside the page of a step; nothing once it is over."""
    if queries.set_up(request.user) is None:
        return HttpResponse(status=204)
    taken = queries.steps_taken(request.user, here)
    return render(request, "people/set_up_steps.html", {"taken": taken})


def set_up_company(request: HttpRequest) -> HttpResponse:
    """The company and its first site."""
    going, site = queries.set_up(request.user), queries.first_site(request.user)
    initial = {"company": going.company if going else ""}
    if site is not None:
        initial |= {"site": site.name, "country": site.country}
    form = CompanyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        site = site or Site()
        if site.country != said["country"]:
            site.zone = ZONES[said["country"]]
        site.name, site.country = said["site"], said["country"]
        try:
            actions.name_company(actor=signed_in(request), company=said["company"], site=site)
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            return _on(request, "company")
    return _step(request, "company", form)


def set_up_team(request: HttpRequest) -> HttpResponse:
    """The first team and its leader."""
    site = queries.first_site(request.user)
    if site is None:
        say(request, _("First say where you are: a team sits somewhere."))
        return redirect("people:set_up_company")
    return _team(request, site)


@step_up
def _team(request: HttpRequest, site: Site) -> HttpResponse:
    form = FirstTeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (form.leader() is None or _can_write(form)):
        me = signed_in(request)
        try:
            _made, head = actions.first_team(
                actor=me,
                name=form.cleaned_data["name"],
                site=site,
                leader=form.leader(),
                language=me.language,
            )
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            if head.pk != me.pk:
                _invite(request, [head])
            return _on(request, "team")
    return _step(request, "team", form, there=queries.teams_there(signed_in(request)))


def set_up_invite(request: HttpRequest) -> HttpResponse:
    """Colleagues are invited, a line each."""
    sites, teams = queries.places_to_belong(request.user)
    form = InviteForm(request.POST or None, teams=teams)
    return _invite_some(request, form, sites[0] if sites else None)


@step_up
def _invite_some(request: HttpRequest, form: InviteForm, site: Site | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _can_write(form):
        me, said = signed_in(request), form.cleaned_data
        team = said["team"]
        try:
            people = actions.employ_together(
                actor=me,
                newcomers=said["addresses"],
                role=said["role"],
                team=team,
                site=team.site if team else site,
                language=me.language,
            )
        except ValidationError as refusal:
            form.add_error("addresses", " ".join(refusal.messages))
        else:
            _invite(request, people)
            return _on(request, "invite")
    return _step(request, "invite", form, there=_how_many(request))


def _how_many(request: HttpRequest) -> str:
    number = queries.colleagues_there(signed_in(request))
    if not number:
        return ""
    return ngettext("%(number)d colleague", "%(number)d colleagues", number) % {"number": number}


def _can_write(form: Form) -> bool:
    """Whether letters can leave; if not, the form says what is missing and nobody is added."""
    try:
        with mailers.default:
            return True
    except OSError as failure:  # and what the mail library raises is one
        mailer: Any = settings.MAILERS["default"]
        server = mailer["OPTIONS"]
        form.add_error(
            None,
            _(
                "Hemma can't send letters yet: %(host)s, port %(port)s, says “%(why)s”. Set"
                " HEMMA_SMTP_HOST, HEMMA_SMTP_PORT and HEMMA_FROM, start Hemma again and come"
                " back here; what you have done stays."
            )
            % {"host": server["host"], "port": server["port"], "why": failure},
        )
        return False


def _invite(request: HttpRequest, people: list[Person]) -> None:
    for one in people:
        app.configure_task("people.send_invitation").defer(
            person_id=one.pk, base=request.build_absolute_uri("/")
        )
    said = ngettext(
        "%(number)d invitation is on its way.", "%(number)d invitations are on their way.", len(people)
    )  # fmt: skip
    say(request, said % {"number": len(people)})


def _on(request: HttpRequest, key: str) -> HttpResponse:
    return redirect(queries.next_step(request.user, key) or "people:organisation")


def _step(request: HttpRequest, key: str, form: object, there: str = "") -> HttpResponse:
    return render(request, f"people/set_up_{key}.html", {"form": form, "there": there})


@require_POST
def end_set_up(request: HttpRequest) -> HttpResponse:
    """Put the guide away."""
    queries.set_up(request.user)
    actions.end_set_up(actor=signed_in(request))
    say(request, _("The guide is put away. Everything in it is in the menu as well."))
    return redirect("start")
