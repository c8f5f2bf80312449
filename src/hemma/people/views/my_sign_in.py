"""*My sign-in*: password, codes, passkeys, and where one is signed in.

The library checks the proofs; before anything is changed it asks for one again (step-up).
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.views import AccountInactiveView, PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.recovery_codes.internal import flows as codes_flows
from allauth.mfa.totp.internal import flows as totp_flows
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import flows as passkey_flows
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
)
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemma.people import actions, queries
from hemma.people.models import Person
from hemma.people.session_store import SessionStore
from hemma.ui.toasts import say


def step_up[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Ask for a proof again before `view`, unless one was just given; then go on with it."""
    guarded: Callable[P, HttpResponse] = reauthentication_required(app="allauth.mfa")(view)
    return guarded


def signed_in(request: HttpRequest) -> Person:
    """The person behind a page that only signed-in people reach."""
    if not isinstance(request.user, Person):
        raise TypeError("signed-in people only")
    return request.user


@never_cache
def my_sign_in(request: HttpRequest) -> HttpResponse:
    """Everything about how one signs in, on one page."""
    here = request.session.number() if isinstance(request.session, SessionStore) else None
    return render(
        request,
        "people/my_sign_in.html",
        {
            "strength": queries.strength(request.user),
            "passkeys": queries.my_passkeys(request.user),
            "sessions": queries.my_sessions(request.user),
            "here": here,
        },
    )


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """A new password; whoever was signed in elsewhere with the old one is signed out."""

    template_name = "people/change_password.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not signed_in(request).has_usable_password():
            return redirect("mfa_index")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        person = signed_in(self.request)
        actions.note_sign_in_change(actor=person, what="password_changed")
        actions.end_other_sessions(actor=person, keep=self.request.session.session_key)
        say(self.request, _("Your password is changed. Other places are signed out."))
        return response

    def get_success_url(self) -> str:
        return reverse("mfa_index")


class ActivateTotp(ActivateTOTPView):  # type: ignore[misc]
    """Scan a picture, type the first code."""

    template_name = "people/totp_on.html"

    def get_success_url(self) -> str:
        return reverse("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["picture"] = _as_markup(context["totp_svg"])
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        actions.note_sign_in_change(actor=signed_in(self.request), what="totp_on")
        say(self.request, _("Codes from your app are on. Keep your recovery codes somewhere safe."))
        return response


def _as_markup(svg: str) -> SafeString:
    """The picture without its XML declaration, so that it can stand in the page (strict CSP)."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308  made by us, of our own text


@require_POST
@step_up
def turn_off_totp(request: HttpRequest) -> HttpResponse:
    """Stop asking for codes."""
    authenticator = queries.my_authenticator(request.user, "totp")
    totp_flows.deactivate_totp(request, authenticator)
    actions.note_sign_in_change(actor=signed_in(request), what="totp_off")
    say(request, _("Codes from your app are off."))
    return redirect("mfa_index")


@require_POST
@never_cache
@step_up
def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that are left."""
    codes = queries.my_authenticator(request.user, "recovery_codes").wrap().get_unused_codes()
    return render(request, "people/recovery_codes.html", {"codes": codes})


@require_POST
@never_cache
@step_up
def make_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes instead of the old ones, which stop working."""
    if not codes_flows.can_generate_recovery_codes(signed_in(request)):
        return redirect("mfa_index")
    made = codes_flows.generate_recovery_codes(request)
    actions.note_sign_in_change(actor=signed_in(request), what="codes_made")
    codes = made.wrap().get_unused_codes()
    return render(request, "people/recovery_codes.html", {"codes": codes})


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Let this computer, phone or key sign in."""

    template_name = "people/passkey_add.html"

    def get_success_url(self) -> str:
        return reverse("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["options"] = json.dumps(context["js_data"]["creation_options"])
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        actions.note_sign_in_change(actor=signed_in(self.request), what="passkey_added")
        say(self.request, _("The passkey is added."))
        return response


@require_POST
@step_up
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Forget a passkey."""
    passkey_flows.remove_authenticator(
        request, queries.my_authenticator(request.user, "webauthn", passkey_id)
    )
    actions.note_sign_in_change(actor=signed_in(request), what="passkey_removed")
    say(request, _("The passkey is removed."))
    return redirect("mfa_index")


@require_POST
def end_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Sign out in one other place, or here."""
    actions.end_session(actor=signed_in(request), number=session_id)
    say(request, _("Signed out there."))
    return redirect("mfa_index")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    actions.end_other_sessions(actor=signed_in(request), keep=request.session.session_key)
    say(request, _("Signed out everywhere but here."))
    return redirect("mfa_index")


class _WithOptions:
    """Hands the challenge to the page's script as text in an attribute: nothing is inline."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if "js_data" in context:
            context["options"] = json.dumps(context["js_data"]["request_options"])
        return context


class Reauthenticate(ReauthenticateView):  # type: ignore[misc]
    """The password once more."""

    template_name = "people/confirm.html"


class ReauthenticateByCode(ReauthenticateByCodeView):  # type: ignore[misc]
    """A code once more."""

    template_name = "people/confirm.html"


class ReauthenticateByPasskey(_WithOptions, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey once more."""

    template_name = "people/confirm_by_passkey.html"


@method_decorator(login_not_required, name="dispatch")
class SecondStep(_WithOptions, AuthenticateView):  # type: ignore[misc]
    """After the password: a code or a passkey."""

    template_name = "people/second_step.html"


@method_decorator(login_not_required, name="dispatch")
class SignInByPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """A passkey alone. GET by script gives the challenge."""


@method_decorator(login_not_required, name="dispatch")
class Inactive(AccountInactiveView):  # type: ignore[misc]
    """The password was right, but the account is closed."""

    template_name = "people/inactive.html"
