"""Each role at each address by each method gets what was declared, and nothing is undeclared."""

from http.cookies import SimpleCookie

import pytest
from architecture import company as companies
from architecture.access import ACCESS, Who, expected
from architecture.rules.walk import Address, every_address
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from hemma.people.actions import add_person
from hemma.people.models import Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.people.visibility import registry

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]  # every address, by every method

# Where one is let in: what pages use. Where one is not, and for outsiders anywhere: everything a
# program could try.
USUAL = ("GET", "POST")
UNUSUAL = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
REFUSED = {404, 405}
OUTSIDERS = {Who.OUTSIDER, Who.CLIENT}


def addresses() -> list[Address]:
    return list(every_address(get_resolver().url_patterns))


@pytest.fixture
def company():
    return companies.build()


def person_who(is_: Who, company):
    """Somebody who stands so towards Amanda, her team and her case."""
    if is_ in {Who.SELF, Who.LEADER, Who.OUTSIDER, Who.ADMINISTRATOR}:
        return {
            Who.SELF: company.amanda,
            Who.LEADER: company.tina,
            Who.OUTSIDER: company.charlie,
            Who.ADMINISTRATOR: company.imran,
        }[is_]
    role = {Who.OTHER_LEADER: Role.TEAM_LEADER}.get(is_) or Role(is_.value)
    person = add_person(
        actor=SYSTEM,
        email=f"{is_.value}@example.org",
        name="Somebody Else",
        roles=[role],
        site=Site.objects.get(),
    )
    if is_ is Who.OTHER_LEADER:
        Team.objects.filter(name="Others").update(leader=person)
    return person


def ask(cookies, address: Address, method: str, company) -> int:
    """The status. What the request did is undone, and so is what it did to the browser."""
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies)
    with transaction.atomic():
        answer = client.generic(method, address.url(company.arguments()))
        transaction.set_rollback(True)
    if answer.status_code == 302 and "/sign-in/" in answer.headers["Location"]:
        return 401
    return answer.status_code


def test_every_address_is_declared_and_nothing_else():
    names = {one.name for one in addresses()}
    assert names - set(ACCESS) == set(), "say in tests/architecture/access.py who may open it"
    assert set(ACCESS) - names == set()


def test_nobody_is_let_in_by_declaration_whom_the_registry_leaves_out():
    for name, door in ACCESS.items():
        if door.kind:
            kind = registry[door.kind]
            # Whom sums of groups are told may open the page of the sums.
            seen = {str(who) for who in {*kind.viewers, *kind.groups}}
            assert {str(one.relation) for one in door.who} <= seen, name


@pytest.mark.parametrize("who", list(Who))
def test_everybody_gets_what_was_declared_and_no_more(who, company):
    person = person_who(who, company)
    client = Client()
    client.force_login(person)
    cookies = {name: one.value for name, one in client.cookies.items()}
    faults = []
    for address in addresses():
        wanted = expected(ACCESS[address.name], who)
        for method in USUAL if wanted and who not in OUTSIDERS else (*USUAL, *UNUSUAL):
            status = ask(cookies, address, method, company)
            if status >= 500 and address.name != "readyz":
                faults.append(f"{method} {address.name} breaks: {status}")
            elif not wanted and status not in REFUSED:
                faults.append(f"{method} {address.name} lets {who} in: {status}")
            elif who in ACCESS[address.name].who and method == "GET" and status in {401, 403, 404}:
                faults.append(f"{method} {address.name} refuses {who}: {status}")
    assert faults == []


def test_somebody_signed_out_gets_the_door_alone(company):
    faults = []
    for address in addresses():
        for method in (*USUAL, *UNUSUAL):
            status = ask({}, address, method, company)
            if not ACCESS[address.name].public and status not in {401, *REFUSED}:
                faults.append(f"{method} {address.name}: {status}")
    assert faults == []
