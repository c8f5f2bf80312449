"""The company's directory and sign-in service, as the administrator connects them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemma.people import actions, forms, queries
from hemma.people.models import DirectoryToken, GroupRule
from hemma.people.queries import Organisation
from hemma.people.views.my_sign_in import signed_in, step_up
from hemma.ui.toasts import say


@never_cache
def directory(request: HttpRequest) -> HttpResponse:
    """Keys for the directory, and what groups mean."""
    return _directory(request, queries.organisation(request.user))


def _directory(
    request: HttpRequest, parts: Organisation, key: str = "", rule_form: object = None
) -> HttpResponse:
    return render(
        request,
        "people/directory.html",
        {
            "tokens": queries.directory_tokens(request.user),
            "rules": queries.group_rules(request.user),
            "token_form": forms.TokenForm(),
            "rule_form": rule_form or forms.GroupRuleForm(teams=parts.teams),
            "address": request.build_absolute_uri("/scim/v2"),
            "key": key,
        },
    )


@require_POST
@never_cache
def make_token(request: HttpRequest) -> HttpResponse:
    """A new key: shown in this answer and never again."""
    return _make_token(request, queries.organisation(request.user))


@step_up
def _make_token(request: HttpRequest, parts: Organisation) -> HttpResponse:
    form = forms.TokenForm(request.POST)
    if not form.is_valid():
        return redirect("people:directory")
    _row, key = actions.make_token(actor=signed_in(request), name=form.cleaned_data["name"])
    return _directory(request, parts, key)


@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """From now on the key opens nothing."""
    return _revoke_token(request, queries.directory_token(request.user, token_id))


@step_up
def _revoke_token(request: HttpRequest, token: DirectoryToken) -> HttpResponse:
    actions.revoke_token(actor=signed_in(request), token=token)
    say(request, _("The key opens nothing any more."))
    return redirect("people:directory")


@require_POST
def add_group_rule(request: HttpRequest) -> HttpResponse:
    """A group means a role or a team."""
    return _add_group_rule(request, queries.organisation(request.user))


@step_up
def _add_group_rule(request: HttpRequest, parts: Organisation) -> HttpResponse:
    form = forms.GroupRuleForm(request.POST, teams=parts.teams)
    if not form.is_valid():
        return _directory(request, parts, rule_form=form)
    actions.add_group_rule(actor=signed_in(request), **form.cleaned_data)
    say(request, _("Saved."))
    return redirect("people:directory")


@require_POST
def remove_group_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """The group means nothing any more."""
    return _remove_group_rule(request, queries.group_rule(request.user, rule_id))


@step_up
def _remove_group_rule(request: HttpRequest, rule: GroupRule) -> HttpResponse:
    actions.remove_group_rule(actor=signed_in(request), rule=rule)
    say(request, _("Removed."))
    return redirect("people:directory")
