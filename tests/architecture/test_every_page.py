"""A GET on every address there is, as everybody: nothing is written, nothing breaks, outsiders get 404."""

import logging

import pytest
from architecture import company as companies
from architecture.access import ACCESS
from architecture.rules.walk import Address, Guard, every_address
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, path

from hemma.people.actions import add_person
from hemma.people.models import Look, Membership, Role, Site
from hemma.people.system import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]  # every address there is

# What may be seen without signing in; `start` only leads to the sign-in.
PUBLIC = {
    "account_inactive",
    "account_login",
    "desk_api:description",
    "healthz",
    "metrics",
    "people:forgot",
    "people:reset_asked",
    "portal:access",
    "portal:find",
    "portal:start",
    "portal:write",
    "readyz",
    "routing:how",
    "start",
    "ui:manifest",
    "ui:offline",
    "ui:worker",
}
NOT_READY = {"readyz": 503}
# 405: a verb, which takes POST alone; 401: for the directory, which comes with a key of its own
REFUSED = {401, 404, 405}
FEATURES = (
    "camera=()",
    "microphone=()",
    "display-capture=()",
    "geolocation=()",
    "idle-detection=()",
)


@pytest.fixture
def company():
    return companies.build()


@pytest.fixture
def addresses() -> list[Address]:
    return list(every_address(get_resolver().url_patterns))


def visit(addresses, company, person, caplog) -> dict[Address, int]:
    """Status by address, as `person` sees it; fails on anything written, broken or unguarded."""
    client = Client()
    if person is not None:
        client.force_login(person)
    seen, faults = {}, []
    for address in addresses:
        guard = Guard()
        with guard.watching(), caplog.at_level(logging.ERROR):
            try:
                response = client.get(address.url(company.arguments()))
            except Exception as error:
                faults.append(f"{address.name}: {type(error).__name__}: {error}")
                continue
        faults += [f"{address.name} writes {sql}" for sql in guard.found]
        faults += [f"{address.name}: {one.getMessage()}" for one in caplog.records if one.exc_info]
        caplog.clear()
        policy = response.headers.get("Permissions-Policy", "")
        faults += [f"{address.name} allows {x[:-3]}" for x in FEATURES if x not in policy]
        if response.status_code >= 500 and NOT_READY.get(address.name) != response.status_code:
            faults.append(f"{address.name} answers {response.status_code}")
        seen[address] = response.status_code
    assert faults == []
    return seen


def test_every_address_has_a_name_and_known_parameters(addresses, company):
    known = set(company.arguments())
    assert len(addresses) > 5
    assert [one.name for one in addresses if "unnamed" in one.name] == []
    unknown = {one.name for one in addresses if not set(one.parameters) <= known}
    assert unknown == set(), "teach tests/architecture/company.py a value for the new parameter"


def test_amandas_pages_read_only_and_break_nothing(addresses, company, caplog):
    assert 200 in visit(addresses, company, company.amanda, caplog).values()


def test_tinas_pages_read_only_and_break_nothing(addresses, company, caplog):
    assert 200 in visit(addresses, company, company.tina, caplog).values()


@pytest.mark.parametrize("demo", [False, True], ids=["in earnest", "in the demo"])
def test_somebody_signed_out_gets_nothing_but_the_door(addresses, company, caplog, settings, demo):
    settings.DEMO = demo
    seen = visit(addresses, company, None, caplog)
    opened = {one.name for one, status in seen.items() if status == 200}
    assert "account_login" in opened
    assert opened <= PUBLIC


def test_charlie_gets_nothing_of_the_other_team_and_each_refusal_is_logged(
    addresses, company, caplog
):
    # What customers may open without signing in is nothing to keep from Charlie.
    about = [one for one in addresses if one.parameters and not ACCESS[one.name].public]
    shown = visit(about, company, company.amanda, caplog)
    led = visit(about, company, company.tina, caplog)
    managed = visit(about, company, company.imran, caplog)
    sara = add_person(
        actor=SYSTEM, email="sara@example.org", name="Sara Berg", roles=[Role.MANAGER]
    )
    overseen = visit(about, company, sara, caplog)
    imran = add_person(
        actor=SYSTEM, email="imran@example.net", name="Imran Malik", roles=[Role.IT_SUPPORT]
    )
    helped = visit(about, company, imran, caplog)
    seen = visit(about, company, company.charlie, caplog)
    let_in = {one.name: status for one, status in seen.items() if status not in REFUSED}
    assert let_in == {}
    hidden = [one for one, status in seen.items() if status == 404]
    visits = (shown, led, managed, overseen, helped)
    nobody = [one.name for one in hidden if 200 not in {statuses[one] for statuses in visits}]
    assert nobody == [], "a page that nobody can open proves nothing about Charlie"
    refusals = Look.objects.filter(viewer=company.charlie, outcome=Look.Outcome.REFUSED)
    for one in hidden:
        before = refusals.count()
        assert visit([one], company, company.charlie, caplog) == {one: 404}
        assert refusals.count() > before, f"{one.name} refuses without a word in the log"


@pytest.mark.parametrize(
    "act",
    [
        lambda: Site.objects.create(name="Luleå", country="SE", zone="Europe/Stockholm"),
        lambda: Site.objects.update(name="Luleå"),
        lambda: Membership.objects.all().delete(),
        lambda: list(Site.objects.select_for_update()),
    ],
    ids=["insert", "update", "delete", "lock"],
)
def test_the_guard_catches_a_page_that_writes(act, company):
    guard = Guard()
    with (
        guard.watching(),
        transaction.atomic(),
        pytest.raises(AssertionError, match="must not write"),
    ):
        act()
    assert guard.found


def test_the_guard_lets_a_look_be_logged_and_pages_read(company):
    guard = Guard()
    with guard.watching():
        assert Site.objects.count() == 1
        Client().get("/")
        company.amanda.looks.create(at="2026-01-01T00:00Z", subject=company.tina, kind="x")
    assert guard.found == []


def test_an_address_without_a_name_is_seen():
    (found,) = every_address([path("secret/<int:person_id>/", lambda _: None)])
    assert found == Address("unnamed secret/<int:person_id>/", ("person_id",))
