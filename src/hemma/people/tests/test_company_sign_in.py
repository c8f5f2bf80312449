"""Signing in with the company's own service: a real OpenID Connect provider on the other end."""

import re
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import oidc_provider_mock
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from hemma.people import actions
from hemma.people.actions import add_person
from hemma.people.models import GroupRule, Role, Site, Team
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


PROVIDER = build_opener(_Stay)


@pytest.fixture(scope="module")
def provider():
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def company(provider, settings):
    settings.OIDC_URL, settings.OIDC_NAME = provider, "Nordljus"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "SCOPE": ["openid", "profile", "email"],
            "APPS": [
                {
                    "provider_id": "company",
                    "name": "Nordljus",
                    "client_id": "hemma",
                    "secret": "s",
                    "settings": {"server_url": provider},
                }
            ],
        }
    }
    return provider


@pytest.fixture
def amanda(db):
    return add_person(actor=SYSTEM, email="amanda@example.org", name="Amanda", language="en")


def knows(provider: str, sub: str, **said) -> None:
    """Tell the provider about somebody."""
    import json

    body = json.dumps(said).encode()
    request = Request(f"{provider}/users/{sub}", body, {"Content-Type": "application/json"})
    request.method = "PUT"
    PROVIDER.open(request).close()


def open_at(url: str, data: bytes | None = None) -> str:
    """Where the provider sends the browser."""
    from urllib.error import HTTPError

    try:
        PROVIDER.open(url, data).close()
    except HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("the provider did not send the browser back")


def sign_in(sub: str, client: Client | None = None):
    client = client or Client(headers={"accept-language": "en", "host": "localhost"})
    away = client.get("/sign-in/company/").headers["Location"]
    assert parse_qs(urlsplit(away).query)["code_challenge_method"] == ["S256"]
    back = urlsplit(open_at(away, f"sub={sub}".encode()))
    assert back.path == "/sign-in/company/back/"
    return client, client.get(f"{back.path}?{back.query}")


def test_amanda_signs_in_with_her_usual_account_and_is_known_by_its_id_from_then_on(
    company, amanda
):
    door = Client(headers={"accept-language": "en"}).get("/sign-in/").content.decode()
    assert "Sign in with Nordljus" in door
    knows(company, "a-1", email="amanda@example.org", email_verified=True, name="Amanda N")
    client, answer = sign_in("a-1")
    assert answer.headers["Location"] == "/"
    assert client.get("/me/sign-in/").context["user"] == amanda
    (kept,) = SocialAccount.objects.all()
    assert (kept.uid, kept.extra_data) == ("a-1", {}), "nothing else is kept of her"
    knows(company, "a-1", email="other@example.org", email_verified=True)
    client, _answer = sign_in("a-1")
    assert client.get("/me/sign-in/").context["user"] == amanda


@pytest.mark.parametrize(
    "said",
    [
        {"email": "charlie@example.org", "email_verified": True},
        {"email": "amanda@example.org", "email_verified": False},
        {"email": "amanda@example.org"},
        {},
    ],
)
def test_a_stranger_or_an_address_that_nobody_confirmed_opens_nothing(company, amanda, said):
    knows(company, "stranger", **said)
    client, answer = sign_in("stranger")
    assert answer.status_code == 403
    assert "nobody has let you into Hemma" in answer.content.decode()
    assert client.get("/me/sign-in/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_somebody_who_has_left_does_not_come_in_this_way_either(company, amanda):
    knows(company, "a-1", email="amanda@example.org", email_verified=True)
    sign_in("a-1")
    imran = add_person(actor=SYSTEM, email="i@example.org", name="I", roles=[Role.ADMINISTRATOR])
    actions.end_employment(actor=imran, person=amanda)
    _client, answer = sign_in("a-1")
    assert answer.status_code == 403


def test_groups_give_and_take_the_roles_and_teams_that_rules_speak_of(company, amanda):
    site = Site.objects.create(name="Linköping", country="SE")
    team, own = (Team.objects.create(name=name, site=site) for name in ("Björkvik", "Own"))
    actions.set_roles(actor=SYSTEM, person=amanda, roles=[Role.AGENT, Role.SAFETY_REP])
    actions.set_teams(actor=SYSTEM, person=amanda, teams=[own])
    GroupRule.objects.create(group="leaders", role=Role.TEAM_LEADER)
    GroupRule.objects.create(group="bjorkvik", team=team)

    def standing():
        roles = set(amanda.grants.filter(until=None).values_list("role", flat=True))
        teams = set(amanda.memberships.filter(until=None).values_list("team__name", flat=True))
        return roles, teams

    always = {"email": "amanda@example.org", "email_verified": True}
    knows(company, "a-1", **always, groups=["leaders", "bjorkvik", "canteen"])
    sign_in("a-1")
    assert standing() == ({"agent", "safety_rep", "team_leader"}, {"Björkvik", "Own"})
    knows(company, "a-1", **always, groups=["canteen"])
    sign_in("a-1")
    assert standing() == ({"agent", "safety_rep"}, {"Own"})


def test_a_service_that_is_away_is_told_in_words(company, amanda, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://localhost:9"
    )
    answer = Client(headers={"accept-language": "en"}).get("/sign-in/company/")
    assert answer.status_code == 502
    assert "did not answer" in answer.content.decode()


def test_an_answer_that_belongs_to_no_question_is_refused(company, amanda):
    answer = Client(headers={"accept-language": "en"}).get(
        "/sign-in/company/back/?code=x&state=stolen"
    )
    assert answer.status_code in (403, 502)
    assert not re.search(r"sessionid", str(answer.cookies))


def test_without_a_service_there_is_no_such_way(amanda, settings):
    settings.OIDC_URL = ""
    assert "/sign-in/company/" not in Client().get("/sign-in/").content.decode()
    assert Client().get("/sign-in/company/").status_code == 404
    assert Client().get("/sign-in/company/back/").status_code == 404


def test_a_leader_whose_service_asked_for_two_proofs_needs_no_third(company, settings):
    settings.SECOND_STEP_ROLES = ["team_leader"]
    add_person(actor=SYSTEM, email="tina@example.org", name="Tina", roles=[Role.TEAM_LEADER])
    knows(company, "t-1", email="tina@example.org", email_verified=True)
    client, _answer = sign_in("t-1")
    assert client.get("/me/who-sees-what/").headers["Location"] == "/me/sign-in/needed/"
    settings.OIDC_STRONG = True
    client, _answer = sign_in("t-1")
    assert client.get("/me/who-sees-what/").status_code == 200
