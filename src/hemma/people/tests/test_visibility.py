"""Deny by default, and a refused look is written down."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hemma.journal.models import Retention
from hemma.people import visibility
from hemma.people.actions import add_person, join_team
from hemma.people.models import Look, Role, Site, Team
from hemma.people.queries import looks_at_me, members, skills_of, who_sees_what
from hemma.people.system import SYSTEM
from hemma.people.visibility import (
    Kind,
    NotVisible,
    Registry,
    Relation,
    person_for,
    reads,
    registry,
    visible_people,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    site = Site.objects.create(name="Linköping", country="SE")

    def person(name, *roles):
        return add_person(
            actor=SYSTEM, email=f"{name.lower()}@example.org", name=name, roles=roles, site=site
        )

    people = {
        "amanda": person("Amanda", Role.AGENT),
        "bengt": person("Bengt", Role.AGENT),
        "tina": person("Tina", Role.TEAM_LEADER),
        "charlie": person("Charlie", Role.AGENT),
        "petra": person("Petra", Role.PLANNER),
        "asa": person("Asa", Role.SAFETY_REP),
        "imran": person("Imran", Role.ADMINISTRATOR),
    }
    home = Team.objects.create(name="Björkvik", site=site, leader=people["tina"])
    other = Team.objects.create(name="Tallmo", site=site)
    for name in ("amanda", "bengt", "tina"):
        join_team(actor=SYSTEM, person=people[name], team=home)
    join_team(actor=SYSTEM, person=people["charlie"], team=other)
    return people


@pytest.fixture
def secret(monkeypatch):
    """A kind of data that only the person and their leader see, and whose looks are logged."""
    kind = Kind(
        key="test.secret",
        what="A secret",
        why="To test",
        retention=Retention.ACCESS,
        viewers={Relation.SELF: "all", Relation.LEADER: "all"},
        logged=True,
    )
    monkeypatch.setitem(registry._kinds, kind.key, kind)
    return kind.key


def test_what_nobody_registered_nobody_can_read(company):
    @reads("test.unheard_of")
    def query(_asker):
        return "everything"

    with pytest.raises(ImproperlyConfigured):
        query(company["amanda"])


def test_a_relation_that_is_not_named_sees_nothing(company, secret):
    seen = {
        name: set(visible_people(person, secret).values_list("name", flat=True))
        for name, person in company.items()
    }
    assert seen["amanda"] == {"Amanda"}
    assert seen["tina"] == {"Amanda", "Bengt", "Tina"}
    assert seen["petra"] == {"Petra"}
    assert seen["charlie"] == {"Charlie"}


def test_charlie_cannot_tell_amanda_from_someone_who_does_not_exist(company, secret):
    assert person_for(company["tina"], secret, company["amanda"].pk) == company["amanda"]
    for number in (company["amanda"].pk, 10**9):
        with pytest.raises(NotVisible):
            person_for(company["charlie"], secret, number)


def test_tina_looks_and_amanda_can_see_that_she_looked(company, secret):
    person_for(company["tina"], secret, company["amanda"].pk)
    person_for(company["amanda"], secret, company["amanda"].pk)
    [look] = looks_at_me(company["amanda"])
    assert look.viewer == company["tina"]
    assert look.what == "A secret"
    assert not look.refused


def test_a_refused_look_stands_in_the_log_of_the_person_it_was_about(company, secret, rf):
    from django.http import HttpResponse

    from hemma.people.middleware import DenialMiddleware

    request = rf.get("/")
    request.user = company["charlie"]
    middleware = DenialMiddleware(lambda _request: HttpResponse())
    with pytest.raises(NotVisible) as refusal:
        person_for(company["charlie"], secret, company["amanda"].pk)
    middleware.process_exception(request, refusal.value)
    [look] = looks_at_me(company["amanda"])
    assert (look.viewer, look.refused) == (company["charlie"], True)
    assert looks_at_me(company["bengt"]) == []


def test_the_access_log_cannot_be_edited(company, secret):
    person_for(company["tina"], secret, company["amanda"].pk)
    for change in ("UPDATE people_look SET viewer_id = subject_id", "DELETE FROM people_look"):
        refused = pytest.raises(IntegrityError, match="insert-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert Look.objects.count() == 1


def test_an_ended_membership_ends_what_one_sees(company):
    amanda, bengt = company["amanda"], company["bengt"]
    team = Team.objects.get(name="Björkvik")
    assert bengt in members(amanda, team)
    amanda.memberships.update(until=timezone.now())
    again = type(amanda).objects.get(pk=amanda.pk)
    with pytest.raises(AttributeError):
        _ = again._standing
    assert bengt not in members(again, team)


def test_bengt_cannot_read_amandas_skills_but_the_router_can(company):
    amanda = company["amanda"]
    assert amanda.pk not in skills_of(company["bengt"], [amanda.pk])
    assert visible_people(SYSTEM, "people.skills").filter(pk=amanda.pk).exists()


def test_a_kind_belongs_to_one_room():
    kind = Kind("a", "a", "a", Retention.CASE, {Relation.SELF: "all"})
    own = Registry()
    own.register(kind)
    with pytest.raises(ImproperlyConfigured):
        own.register(kind)


def test_the_page_is_made_of_the_registry(company, client, secret):
    client.force_login(company["amanda"])
    page = client.get("/me/who-sees-what/").content.decode()
    assert "A secret" in page
    assert len(who_sees_what(company["amanda"])) == len(list(visibility.registry))
