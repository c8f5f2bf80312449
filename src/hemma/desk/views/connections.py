"""Where leaders connect other programs: keys, and addresses that are told what happens."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemma.desk import actions, queries
from hemma.desk.forms.connections import KeyForm, WebhookForm
from hemma.desk.views.cases import me
from hemma.people.models import Person
from hemma.ui import toasts


def _shown(
    request: HttpRequest, person: Person, status: int = 200, **bound: object
) -> HttpResponse:
    context = {
        "tokens": queries.tokens_of(person),
        "webhooks": queries.webhooks_of(person),
        "key_form": KeyForm(auto_id="key_%s"),
        "hook_form": WebhookForm(auto_id="hook_%s"),
        "address": request.build_absolute_uri("/api/v1"),
        **bound,
    }
    return render(request, "desk/connections.html", context, status=status)


@require_GET
@never_cache
def connections(request: HttpRequest) -> HttpResponse:
    """Keys and addresses of one's own."""
    return _shown(request, me(request))


@require_POST
@never_cache
def make_key(request: HttpRequest) -> HttpResponse:
    """A new key: shown in this answer and never again."""
    person = me(request)
    queries.must_lead(person)
    form = KeyForm(request.POST, auto_id="key_%s")
    if not form.is_valid():
        return _shown(request, person, 422, key_form=form)
    _row, key = actions.make_api_token(actor=person, **form.cleaned_data)
    return _shown(request, person, key=key)


@require_POST
def end_key(request: HttpRequest, api_token_id: int) -> HttpResponse:
    """From now on the key opens nothing."""
    actions.end_api_token(actor=me(request), token_id=api_token_id)
    toasts.say(request, _("The key opens nothing any more."))
    return redirect("desk:connections")


@require_POST
@never_cache
def add_hook(request: HttpRequest) -> HttpResponse:
    """An address to tell; the secret that signs is shown in this answer and never again."""
    person = me(request)
    queries.must_lead(person)
    form = WebhookForm(request.POST, auto_id="hook_%s")
    if form.is_valid():
        try:
            _row, secret = actions.add_webhook(actor=person, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("url", refused)
        else:
            return _shown(request, person, secret=secret)
    return _shown(request, person, 422, hook_form=form)


@require_POST
def end_hook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """The address hears nothing more."""
    actions.end_webhook(actor=me(request), webhook_id=webhook_id)
    toasts.say(request, _("The address hears nothing more."))
    return redirect("desk:connections")
