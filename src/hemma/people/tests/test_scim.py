"""The company's directory: newcomers arrive, leavers leave, teams are filled, by RFC 7643 and 7644."""

import json
from contextlib import suppress

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemma.people import actions
from hemma.people.actions import add_person
from hemma.people.models import DirectoryToken, Person, Role, Session, Site, Team
from hemma.people.scim import filters, patching
from hemma.people.scim.errors import ScimError
from hemma.people.scim.resources import USER_ATTRIBUTES
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@pytest.fixture
def imran():
    return add_person(
        actor=SYSTEM, email="imran@example.org", name="Imran", roles=[Role.ADMINISTRATOR]
    )


@pytest.fixture
def key(imran):
    Site.objects.create(name="Linköping", country="SE")
    return actions.make_token(actor=imran, name="Directory")[1]


class Directory:
    """The other side, with its token."""

    def __init__(self, key: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {key}"})

    def __call__(self, method, path, body=None, expect=200):
        answer = self.client.generic(
            method,
            f"/scim/v2/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/scim+json",
        )
        assert answer.status_code == expect, answer.content
        return answer.json() if answer.content else None

    def patch(self, path, *operations, expect=200):
        body = {"schemas": [PATCH], "Operations": list(operations)}
        return self("PATCH", path, body, expect)


@pytest.fixture
def directory(key):
    return Directory(key)


@pytest.fixture
def amanda(directory):
    body = {
        "userName": "amanda@example.org",
        "displayName": "Amanda Nyström",
        "externalId": "a-1",
        "preferredLanguage": "nb-NO",
        "phoneNumbers": [{"value": "070 123", "type": "work"}],
        "active": True,
    }
    return directory("POST", "Users", body, 201)


def test_amanda_comes_and_can_be_invited_but_not_sign_in_yet(amanda):
    person = Person.objects.get(email="amanda@example.org")
    assert (person.name, person.language, person.phone) == ("Amanda Nyström", "nb", "070 123")
    assert not person.has_usable_password()
    assert person.grants.get(until=None).role == Role.AGENT
    assert amanda["meta"]["location"].endswith(f"/scim/v2/Users/{person.pk}")


def test_a_leaver_is_let_go_by_one_word_of_the_directory(directory, amanda):
    person = Person.objects.get(email="amanda@example.org")
    Client().force_login(person)
    assert Session.objects.filter(person=person).exists()
    left = directory.patch(
        f"Users/{person.pk}", {"op": "Replace", "path": "active", "value": "False"}
    )
    assert left["active"] is False
    person.refresh_from_db()
    assert not person.is_active
    assert not Session.objects.filter(person=person).exists()
    assert not person.grants.filter(until=None).exists()
    again = directory.patch(f"Users/{person.pk}", {"op": "replace", "value": {"active": True}})
    assert again["active"] is True
    assert person.grants.get(until=None).role == Role.AGENT, "what she was before is not given back"


def test_deleted_somebody_is_gone_for_the_directory_and_kept_for_the_history(directory, amanda):
    directory("DELETE", f"Users/{amanda['id']}", expect=204)
    for method in ("GET", "DELETE"):
        directory(method, f"Users/{amanda['id']}", expect=404)
    assert directory("GET", 'Users?filter=userName eq "amanda@example.org"')["totalResults"] == 0
    assert not Person.objects.get(email="amanda@example.org").is_active
    body = {"userName": "amanda@example.org", "displayName": "Amanda"}
    assert directory("POST", "Users", body, 201)["id"] == amanda["id"], "she comes back as herself"


def test_the_last_administrator_is_not_let_go(directory, imran):
    refused = directory.patch(
        f"Users/{imran.pk}", {"op": "replace", "path": "active", "value": False}, expect=400
    )
    assert refused["scimType"] == "invalidValue"
    imran.refresh_from_db()
    assert imran.is_active


def test_two_people_cannot_have_one_address_or_one_id(directory, amanda):
    for body in (
        {"userName": "AMANDA@example.org", "displayName": "Eva"},
        {"userName": "eva@example.org", "displayName": "Eva", "externalId": "a-1"},
    ):
        assert directory("POST", "Users", body, 409)["scimType"] == "uniqueness"
    assert not Person.objects.filter(email="eva@example.org").exists(), "nothing of it is stored"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('userName eq "AMANDA@example.org"', 1),
        ('userName sw "amanda" and active eq true', 1),
        ('not (active eq true) or externalId eq "A-1"', 1),
        ('urn:ietf:params:scim:schemas:core:2.0:User:userName co "example"', 2),
        ("externalId pr", 1),
        ('displayName ne "Imran"', 1),
        ('id eq "99999999"', 0),
        ('id eq "not a number"', 0),
        ('(userName eq "x" or displayName ew "Nyström") and active eq true', 1),
    ],
)
def test_the_directory_finds_people_by_filter(directory, amanda, asked, found):
    answer = directory.client.get("/scim/v2/Users", {"filter": asked})
    assert answer.json()["totalResults"] == found


@pytest.mark.parametrize(
    "asked",
    ["nonsense", "password pr", 'userName eq "x" and nonsense eq 1', 'userName xx "y"', "(active pr",
     'userName eq "x', "active gt true", "userName eq 7", "(" * 30, 'userName eq "\\u0000"'],
)  # fmt: skip
def test_a_filter_that_is_not_understood_is_refused_instead_of_finding_too_many(directory, asked):
    answer = directory.client.get("/scim/v2/Users", {"filter": asked})
    assert answer.status_code == 400
    assert answer.json()["scimType"] == "invalidFilter"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet='abcuserName eqand not()[]"\\.:1é\n', max_size=60))
def test_any_filter_is_either_a_condition_or_refused(text):
    with suppress(ScimError):  # anything else would be a 500
        filters.condition(text, USER_ATTRIBUTES)


def test_pages_hold_everybody_once(directory, amanda):
    directory("POST", "Users", {"userName": "bengt@example.org"}, 201)
    seen = [
        directory("GET", f"Users?startIndex={start}&count=1")["Resources"][0]["userName"]
        for start in (1, 2, 3)
    ]
    assert seen == ["imran@example.org", "amanda@example.org", "bengt@example.org"]
    none = directory("GET", "Users?count=0")
    assert (none["totalResults"], none["Resources"]) == (3, [])


def test_changes_reach_the_person_by_put_and_by_patch(directory, amanda):
    path = f"Users/{amanda['id']}"
    directory.patch(
        path,
        {"op": "add", "path": 'phoneNumbers[type eq "work"].value', "value": "071"},
        {"op": "replace", "path": "name.familyName", "value": "Berg"},
        {"op": "remove", "path": "externalId"},
        {"op": "replace", "path": "nickName", "value": "unknown here, hence ignored"},
    )
    person = Person.objects.get(pk=amanda["id"])
    assert (person.phone, person.name, person.external_id) == ("071", "Amanda Berg", "")
    directory("PUT", path, {"userName": "amanda.berg@example.org", "displayName": "A. Berg"})
    person.refresh_from_db()
    assert (person.email, person.name, person.phone) == ("amanda.berg@example.org", "A. Berg", "")


def test_groups_are_teams_and_their_members_follow(directory, amanda):
    bengt = directory("POST", "Users", {"userName": "bengt@example.org"}, 201)
    made = directory(
        "POST",
        "Groups",
        {"displayName": "Björkvik", "members": [{"value": amanda["id"]}]},
        201,
    )
    team = Team.objects.get(name="Björkvik")

    def inside():
        rows = team.memberships.filter(until=None).order_by("person_id")
        return [row.person.email.split("@")[0] for row in rows]

    assert inside() == ["amanda"]
    path = f"Groups/{made['id']}"
    directory.patch(path, {"op": "add", "path": "members", "value": [{"value": bengt["id"]}]})
    assert inside() == ["amanda", "bengt"]
    directory.patch(path, {"op": "remove", "path": f'members[value eq "{amanda["id"]}"]'})
    assert inside() == ["bengt"]
    directory.patch(path, {"op": "replace", "path": "displayName", "value": "Granvik"})
    team.refresh_from_db()
    assert (team.name, inside()) == ("Granvik", ["bengt"])
    groups = directory("GET", f"Users/{bengt['id']}")["groups"]
    assert groups == [{"value": made["id"], "display": "Granvik"}]
    assert "members" not in directory("GET", "Groups?excludedAttributes=members")["Resources"][0]
    directory.patch(path, {"op": "remove", "path": "members"})
    assert inside() == []
    refused = directory("PUT", path, {"displayName": "x", "members": [{"value": "9999"}]}, 400)
    assert refused["scimType"] == "invalidValue"
    directory("DELETE", path, expect=204)
    directory("GET", path, expect=404)
    assert Team.objects.filter(pk=team.pk).exists(), "its queues and its history stay"


def test_without_a_token_with_a_wrong_one_or_a_revoked_one_there_is_nothing(directory, key, imran):
    assert key not in str(DirectoryToken.objects.values())
    assert key.encode() not in json.dumps(list(DirectoryToken.objects.values("digest"))).encode()
    for wrong in ("", "Bearer nonsense", f"Basic {key}"):
        answer = Client(headers={"Authorization": wrong}).get("/scim/v2/Users")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    signed_in = Client()
    signed_in.force_login(imran)
    assert signed_in.get("/scim/v2/Users").status_code == 401
    directory("GET", "Users")
    actions.revoke_token(actor=imran, token=DirectoryToken.objects.get())
    directory("GET", "Users", expect=401)


def test_what_the_service_says_of_itself_can_be_read(directory):
    assert directory("GET", "ServiceProviderConfig")["patch"]["supported"] is True
    assert directory("GET", "ResourceTypes")["totalResults"] == 2
    assert {one["name"] for one in directory("GET", "Schemas")["Resources"]} == {"User", "Group"}


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 400), (b'{"userName": "\\ud800@example.org"}', 400), (b"\xff", 400),
     (b'{"userName": "a@example.org", "displayName": "\\u0000"}', 400),
     (b'{"userName": "nobody"}', 400), (b'{"userName": 7}', 400), (b"[" * 100_000, 400)],
)  # fmt: skip
def test_a_broken_body_is_refused_in_the_directorys_language(directory, body, status):
    answer = directory.client.generic("POST", "/scim/v2/Users", body, "application/scim+json")
    assert answer.status_code == status
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.fixed_dictionaries(
            {"op": st.sampled_from(["add", "replace", "remove", "Add", "x"])},
            optional={
                "path": st.sampled_from(
                    ["members", "members[value eq \"1\"]", "name.formatted", "name", "a b", "active"]
                ),
                "value": st.one_of(
                    st.none(), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2),
                    st.dictionaries(st.sampled_from(["value", "name"]), st.text(max_size=3)),
                ),
            },
        ),
        max_size=4,
    )
)  # fmt: skip
def test_any_patch_is_either_done_or_refused(operations):
    now = {"name": {"formatted": "x"}, "members": [{"value": "1"}], "active": True}
    with suppress(ScimError):  # anything else would be a 500
        patching.patched(now, {"Operations": operations}, ("name", "members", "active"))
    assert now == {"name": {"formatted": "x"}, "members": [{"value": "1"}], "active": True}
