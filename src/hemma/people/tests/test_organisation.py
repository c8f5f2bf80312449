"""The organisation: kept in order by administrators, and what follows from it for everybody."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemma.lib import clock
from hemma.people import actions, queries
from hemma.people.actions import add_person, join_team, set_roles
from hemma.people.models import (
    DirectoryToken,
    Employment,
    Grant,
    GroupRule,
    Person,
    Programme,
    Role,
    Site,
    Skill,
    Team,
)
from hemma.people.system import SYSTEM
from hemma.people.visibility import possible_relations, registry, visible_people

pytestmark = pytest.mark.django_db
PASSWORD = "winter apples 7 in a bowl"


@pytest.fixture
def site():
    return Site.objects.create(name="Linköping", country="SE")


@pytest.fixture
def imran(site):
    return add_person(
        actor=SYSTEM, email="imran@example.org", name="Imran Malik", password=PASSWORD,
        roles=[Role.ADMINISTRATOR], language="en", site=site,
    )  # fmt: skip


@pytest.fixture
def amanda(site):
    return add_person(
        actor=SYSTEM, email="amanda@example.org", name="Amanda Nyström", site=site, language="en"
    )


@pytest.fixture
def client(imran):
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(imran)
    browser.post("/confirm/", {"password": PASSWORD})
    return browser


def saved(browser, path, **fields):
    answer = browser.post(path, fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer


def test_imran_sets_up_a_company_from_nothing(client, imran, amanda):
    saved(
        client, "/organisation/sites/new/", name="Barcelona", country="es", zone="Europe/Madrid",
        seats="40",
    )  # fmt: skip
    barcelona = Site.objects.get(name="Barcelona")
    assert (barcelona.country, barcelona.zone, barcelona.seats) == ("ES", "Europe/Madrid", 40)
    saved(client, "/organisation/skills/new/", code="returns", name="Returns")
    saved(
        client, "/organisation/teams/new/", name="Ekefors", site=barcelona.pk, leader=amanda.pk,
        substitute=imran.pk,
    )  # fmt: skip
    team = Team.objects.get(name="Ekefors")
    assert (team.leader, team.substitute) == (amanda, imran)
    saved(
        client, "/organisation/programmes/new/", name="Ekefors Energi", client="Ekefors",
        teams=[team.pk],
    )  # fmt: skip
    assert list(Programme.objects.get().teams.all()) == [team]
    page = client.get("/organisation/").content.decode()
    for word in ("Barcelona", "Returns", "Ekefors Energi", "Amanda Nyström"):
        assert word in page
    saved(client, f"/organisation/sites/{barcelona.pk}/", name="Barcelona", country="ES",
          zone="Europe/Madrid", seats="")  # fmt: skip
    barcelona.refresh_from_db()
    assert barcelona.seats is None


@pytest.mark.parametrize(
    ("noun", "fields"),
    [
        ("sites", {"name": "Linköping", "country": "SE", "zone": "Europe/Stockholm"}),
        ("sites", {"name": "Oslo", "country": "SE", "zone": "Europe/Nowhere"}),
        ("sites", {"name": "Oslo", "country": "Norway", "zone": "Europe/Oslo"}),
        ("teams", {"name": "Without a site"}),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(client, noun, fields):
    answer = client.post(f"/organisation/{noun}/new/", fields)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_person_is_changed_whole_and_a_half_wrong_form_changes_nothing(client, amanda, site):
    team = Team.objects.create(name="Björkvik", site=site)
    skill = Skill.objects.create(code="invoices", name="Invoices")
    said = {
        "name": "Amanda Berg", "email": "amanda@example.org", "phone": "070 1", "language": "nb",
        "site": site.pk, "roles": ["agent", "safety_rep"], "safety_site": site.pk,
        "teams": [team.pk], f"skill_{skill.pk}": "7", "speaks": "sv:9; nb:4", "hours": "30",
        "country": "", "contract": "permanent", "since": "2026-01-01",
    }  # fmt: skip
    wrong = said | {"roles": ["agent"], "email": "imran@example.org"}
    assert client.post(f"/people/{amanda.pk}/", wrong).status_code == 200
    amanda.refresh_from_db()
    assert (amanda.name, amanda.grants.get(until=None).role) == ("Amanda Nyström", "agent")
    saved(client, f"/people/{amanda.pk}/", **said)
    amanda.refresh_from_db()
    whole = queries.whole(Person.objects.get(email="imran@example.org"), amanda)
    assert (amanda.name, amanda.phone, amanda.language) == ("Amanda Berg", "070 1", "nb")
    assert (sorted(whole.roles), whole.safety_site) == (["agent", "safety_rep"], site)
    assert (whole.teams, whole.skills) == ([team], {skill.pk: 7})
    assert whole.speaks == {"sv": 9, "nb": 4}
    assert (whole.employment.hours_per_week, whole.employment.country) == (30, "SE")
    page = client.get(f"/people/{amanda.pk}/").content.decode()
    assert "sv:9" in page
    saved(client, f"/people/{amanda.pk}/", **said)
    assert Employment.objects.count() == 1, "saved again unchanged nothing is added"


def test_nobody_else_finds_these_pages(client, amanda, site):
    charlie = Client()
    charlie.force_login(amanda)
    team = Team.objects.create(name="Björkvik", site=site)
    for path in (
        "/organisation/", "/organisation/teams/new/", f"/organisation/teams/{team.pk}/",
        f"/people/{amanda.pk}/", "/people/directory/",
    ):  # fmt: skip
        assert client.get(path).status_code == 200
        assert charlie.get(path).status_code == 404
    assert client.get("/organisation/secrets/new/").status_code == 404


def test_a_key_for_the_directory_is_shown_once_and_can_be_ended(client):
    page = client.post("/people/directory/keys/", {"name": "Entra"}).content.decode()
    token = DirectoryToken.objects.get()
    key = page.split("hemma_")[1].split("<")[0]
    assert (
        Client(headers={"Authorization": f"Bearer hemma_{key}"}).get("/scim/v2/Users").status_code
        == 200
    )
    assert key not in client.get("/people/directory/").content.decode()
    client.post(f"/people/directory/keys/{token.pk}/end/")
    assert (
        Client(headers={"Authorization": f"Bearer hemma_{key}"}).get("/scim/v2/Users").status_code
        == 401
    )
    assert "Entra" not in client.get("/people/directory/").content.decode()


def test_what_a_group_means_is_said_and_unsaid(client, site):
    team = Team.objects.create(name="Björkvik", site=site)
    both = {"group": "x", "role": "planner", "team": team.pk}
    assert client.post("/people/directory/groups/", both).status_code == 200
    client.post("/people/directory/groups/", {"group": "planners", "role": "planner"})
    assert "planners" in client.get("/people/directory/").content.decode()
    client.post(f"/people/directory/groups/{GroupRule.objects.get().pk}/end/")
    assert not GroupRule.objects.exists()


def test_one_employment_at_a_time_is_kept_by_the_database(amanda):
    first = actions.set_employment(
        actor=SYSTEM, person=amanda, hours=Decimal(40), country="se", since=date(2026, 1, 1)
    )
    actions.set_employment(
        actor=SYSTEM, person=amanda, hours=Decimal(20), country="se", since=date(2026, 6, 1)
    )
    first.refresh_from_db()
    assert first.until == date(2026, 5, 31)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.create(
            person=amanda, hours_per_week=10, country="SE", since=date(2026, 3, 1)
        )


def test_a_clients_programme_and_a_safety_reps_site_hang_on_the_role(amanda, site):
    programme = Programme.objects.create(name="Ekefors Energi", client="Ekefors")
    set_roles(actor=SYSTEM, person=amanda, roles=[Role.CLIENT], programme=programme)
    assert amanda.grants.get(until=None).programme == programme
    set_roles(actor=SYSTEM, person=amanda, roles=[Role.AGENT], programme=programme)
    assert amanda.grants.get(until=None).programme is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(
            person=amanda, role=Role.PLANNER, programme=programme, since=clock.now()
        )


@pytest.mark.requirement("S3-37")
def test_everyone_finds_who_helps_them_and_a_client_does_not(imran, amanda, site):
    tina = add_person(actor=SYSTEM, email="t@example.org", name="Tina", roles=[Role.TEAM_LEADER])
    asa = add_person(actor=SYSTEM, email="a@example.org", name="Åsa", roles=[Role.SAFETY_REP])
    umea = Site.objects.create(name="Umeå", country="SE")
    far = add_person(actor=SYSTEM, email="f@example.org", name="Far", roles=[])
    set_roles(actor=SYSTEM, person=far, roles=[Role.SAFETY_REP], safety_site=umea)
    team = Team.objects.create(name="Björkvik", site=site, leader=tina)
    join_team(actor=SYSTEM, person=amanda, team=team)
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(amanda)
    page = browser.get("/me/helpers/").content.decode()
    assert page.index("Tina") < page.index("Åsa")
    assert "t@example.org" in page
    assert "f@example.org" not in page
    assert "/me/helpers/" in browser.get("/me/who-sees-what/").content.decode(), "from any page"
    kim = add_person(actor=SYSTEM, email="k@example.org", name="Kim", roles=[Role.CLIENT])
    outside = Client()
    outside.force_login(kim)
    assert outside.get("/me/helpers/").content.decode().find("t@example.org") == -1
    assert asa in visible_people(amanda, "people.helper")


ROLES = st.sets(st.sampled_from([role.value for role in Role if role != Role.ADMINISTRATOR]))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(ROLES, st.sets(st.integers(0, 2))), min_size=1, max_size=5))
def test_no_sequence_of_changes_leaves_access_behind(sequence):
    with transaction.atomic():
        site = Site.objects.create(name="Oslo", country="NO")
        teams = [Team.objects.create(name=f"T{number}", site=site) for number in range(3)]
        others = []
        for number, team in enumerate(teams):
            other = add_person(actor=SYSTEM, email=f"o{number}@example.org", name="Other")
            join_team(actor=SYSTEM, person=other, team=team)
            others.append(other)
        bengt = add_person(actor=SYSTEM, email="bengt@example.org", name="Bengt", roles=[])
        fresh = add_person(actor=SYSTEM, email="fresh@example.org", name="Fresh", roles=[])
        for roles, inside in sequence:
            chosen = [teams[number] for number in sorted(inside)]
            set_roles(actor=SYSTEM, person=bengt, roles=roles)
            actions.set_teams(actor=SYSTEM, person=bengt, teams=chosen)
        set_roles(actor=SYSTEM, person=fresh, roles=roles)
        actions.set_teams(actor=SYSTEM, person=fresh, teams=chosen)
        bengt, fresh = (Person.objects.get(pk=one.pk) for one in (bengt, fresh))
        assert possible_relations(bengt) == possible_relations(fresh)
        known = {one.pk for one in others}
        for kind in registry:
            seen, expected = (
                set(visible_people(one, kind.key).values_list("pk", flat=True)) & known
                for one in (bengt, fresh)
            )
            assert seen == expected, kind.key
        transaction.set_rollback(True)


def test_somebody_who_leaves_has_no_employment_from_tomorrow(imran, amanda):
    actions.set_employment(
        actor=SYSTEM, person=amanda, hours=Decimal(40), country="SE", since=date(2026, 1, 1)
    )
    later = clock.now().date() + timedelta(days=90)
    actions.set_employment(
        actor=SYSTEM, person=amanda, hours=Decimal(20), country="SE", since=later
    )
    actions.end_employment(actor=imran, person=amanda)
    assert Employment.objects.get(person=amanda).until <= clock.now().date() + timedelta(days=1)
