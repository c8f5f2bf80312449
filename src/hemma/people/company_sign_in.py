"""Signing in with the company's own service (OpenID Connect).

The service says who somebody is and, if rules were made, which roles and teams their groups mean
(`people.models.GroupRule`). Nobody gets an account by it: people are invited, read in or sent by the
directory. Nothing of what the service says is kept but its own id of the person.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from hemma.people import actions, queries
from hemma.people.models import Person
from hemma.people.system import SYSTEM

# In the session: who has shown a second proof to the company's service (their id).
PROVED_THERE = "second_step_there"
# What services say of how somebody signed in (RFC 8176), when it was more than a password.
STRONG = {"mfa", "otp", "hwk", "swk", "fpt", "pop", "sc"}


def proved_there(request: HttpRequest, person: Person) -> bool:
    """Whether this session began with two proofs at the company's own service."""
    return bool(request.session.get(PROVED_THERE) == person.pk)


class CompanyAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our people only, found by the service's id or once by a confirmed address."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        said = _said(sociallogin.account.extra_data)
        sociallogin.account.extra_data = {}
        person = sociallogin.user if sociallogin.is_existing else _by_address(said)
        if person is None or not person.is_active:
            _stop(request, "unknown", 403)
        actions.link_sign_in(actor=SYSTEM, person=person, account=sociallogin.account)
        sociallogin.user = person
        actions.follow_groups(actor=SYSTEM, person=person, groups=_groups(said))
        proofs = said.get("amr")
        strong = isinstance(proofs, list) and bool(STRONG & {str(one) for one in proofs})
        request.session[PROVED_THERE] = person.pk if strong or settings.OIDC_STRONG else None

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:  # noqa: ARG002
        """What the service calls somebody is not what we call them."""
        return sociallogin.user

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> NoReturn:
        _stop(request, "failed", 502)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    """The token's claims and those of the service's own page of the person, which are fresher."""
    return {**(data.get("id_token") or {}), **(data.get("userinfo") or {})}


def _by_address(said: Mapping[str, Any]) -> Person | None:
    confirmed = said.get("email_verified") is True or settings.OIDC_TRUST_EMAIL
    email = said.get("email")
    return queries.person_by_email(SYSTEM, email) if confirmed and isinstance(email, str) else None


def _groups(said: Mapping[str, Any]) -> list[str]:
    groups = said.get(settings.OIDC_GROUPS)
    return [str(one) for one in groups] if isinstance(groups, list) else []


def _stop(request: HttpRequest, why: str, status: int) -> NoReturn:
    raise ImmediateHttpResponse(
        render(request, "people/company_stopped.html", {"why": why}, status=status)
    )
