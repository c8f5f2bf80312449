"""A forgotten password, and choosing one by a link from a mail."""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from procrastinate.contrib.django import app

from hemma.people import actions, devices, links
from hemma.people.forms import AskResetForm, ChoosePasswordForm
from hemma.ui.toasts import say


@login_not_required
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether or not there is such an account."""
    form = AskResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Too many from one address: the same answer, and no mail.
        if ratelimit.consume(request, app="allauth.account", action="reset_password"):
            app.configure_task("people.send_reset").defer(
                email=form.cleaned_data["email"], base=request.build_absolute_uri("/")
            )
        return redirect("people:reset_asked")
    return render(request, "people/forgot.html", {"form": form})


@login_not_required
def reset_asked(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    return render(request, "people/reset_asked.html")


@login_not_required
@never_cache
def set_password(request: HttpRequest) -> HttpResponse:
    """Choose a password by a link; 404 in words when the link is used, too old or wrong."""
    token = request.POST.get("link") or request.GET.get("link", "")
    person = links.person_behind(token)
    if person is None:
        return render(request, "people/link_gone.html", status=404)
    form = ChoosePasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        actions.choose_password(actor=person, password=form.cleaned_data["password"])
        say(request, _("Your password is set. Sign in with it."))
        found = redirect("account_login")
        # Who reads the person's mail is no stranger: strangers' guesses don't count against them.
        devices.remember(found, person.email)
        return found
    return render(request, "people/set_password.html", {"form": form, "link": token, "one": person})
