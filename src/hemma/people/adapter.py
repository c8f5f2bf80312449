"""What sign-in does our way."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hemma.lib import sealing
from hemma.people import devices


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People are invited, never self-registered."""

    error_messages: Mapping[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("That is not your password now."),
        "incorrect_password": _("That is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count by browser, not by account alone: else anybody could lock anybody out.

        A browser that this person has signed in with has tries of its own; all others at one
        address share theirs (OWASP, device cookies).
        """
        login = str(credentials.get("email", credentials.get("username", ""))).lower()
        known = devices.is_known(request, login)
        where = "known" if known else f"unknown:{request.META.get('REMOTE_ADDR', '')}"
        return f"{login}:{where}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """What tries are counted by. A browser that knows the person counts by itself.

        Else whoever guesses at the office's address would use up the tries of the whole office.
        """
        login = str(request.POST.get("login", "")).lower()
        if request.method == "POST" and login and devices.is_known(request, login):
            return f"known:{devices.mark(request)}"
        address: str = super().get_client_ip(request)
        return address

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(response, user.email)
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library says nothing: our own pages say what happened, in our own words."""


class ProofAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Codes and passkeys: secrets are sealed in the database, and errors are in our words."""

    error_messages: Mapping[str, Any] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Codes change every half minute."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text.encode())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: ARG002
        return str(_("My key"))
