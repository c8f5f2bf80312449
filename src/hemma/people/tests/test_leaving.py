"""After somebody has left: what goes when, by whose law, and what stays without a name."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client

from hemma.journal.actions import ensure_partitions
from hemma.journal.models import Event, Retention
from hemma.journal.queries import events_about
from hemma.lib import clock
from hemma.people.access import log_look
from hemma.people.actions import (
    add_person,
    end_employment,
    erase,
    join_team,
    keep_no_longer,
    send_invitation,
    set_skill,
)
from hemma.people.models import (
    Departure,
    Look,
    Membership,
    Person,
    PersonSkill,
    Role,
    SentLink,
    Site,
    Skill,
    Team,
)
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "winter apples 7 in a bowl"


@pytest.fixture(autouse=True)
def _monday():
    with clock.moved_to(MONDAY):
        ensure_partitions()
        yield


@pytest.fixture
def imran():
    return add_person(
        actor=SYSTEM,
        email="imran@example.org",
        name="Imran",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
        language="en",
    )


def hire(country, imran):
    site = Site.objects.create(name=country, country=country)
    amanda = add_person(
        actor=imran,
        email=f"amanda-{country.lower()}@example.org",
        name="Amanda Nyström",
        password=PASSWORD,
        site=site,
        language="en",
    )
    team = Team.objects.create(name=f"Team {country}", site=site)
    join_team(actor=SYSTEM, person=amanda, team=team)
    skill, _new = Skill.objects.get_or_create(code="invoices", name="Invoices")
    set_skill(actor=SYSTEM, person=amanda, skill=skill, level=7)
    send_invitation(actor=imran, person=amanda, base="http://localhost/")
    log_look(imran, amanda, "people.account")
    log_look(amanda, imran, "people.account")
    return amanda


def again(person):
    return Person.objects.get(pk=person.pk)


def test_after_ninety_days_only_the_name_and_the_record_are_left(imran):
    amanda = hire("SE", imran)
    Authenticator.objects.create(user=amanda, type=Authenticator.Type.TOTP, data={})
    end_employment(actor=imran, person=amanda)
    clock.advance(timedelta(days=89))
    keep_no_longer()
    assert again(amanda).email == "amanda-se@example.org"
    clock.advance(timedelta(days=2))
    assert keep_no_longer()["leavers"] == 1
    amanda = again(amanda)
    assert (amanda.name, amanda.email) == ("Amanda Nyström", f"left-{amanda.pk}@hemma.invalid")
    for model in (PersonSkill, SentLink):
        assert not model.objects.filter(person=amanda).exists()
    assert not Look.objects.filter(subject=amanda).exists()
    assert Look.objects.filter(viewer=amanda, subject=imran).exists(), "Imran may see who looked"
    assert keep_no_longer()["leavers"] == 0


@pytest.mark.parametrize(("country", "years"), [("SE", 2), ("NO", 2), ("ES", 4), ("DK", 5)])
def test_the_name_goes_when_the_law_of_the_country_no_longer_asks_for_it(country, years, imran):
    amanda = hire(country, imran)
    key = amanda.journal_key
    end_employment(actor=imran, person=amanda)
    clock.advance(timedelta(days=365 * years - 5))
    keep_no_longer()
    assert again(amanda).name == "Amanda Nyström"
    clock.advance(timedelta(days=10))
    keep_no_longer()
    amanda = again(amanda)
    assert amanda.name == "Former colleague"
    assert amanda.journal_key != key
    assert Departure.objects.get().forgotten_at is not None


def test_the_figures_are_the_same_after_somebody_is_forgotten(imran):
    amanda = hire("SE", imran)
    end_employment(actor=imran, person=amanda)

    def figures():
        return (
            Membership.objects.count(),
            Person.objects.filter(site__country="SE").count(),
            Event.objects.filter(kind="people.joined_team").count(),
            list(
                Event.objects.filter(kind="people.added").values_list("at", "data").order_by("at")
            ),
        )

    before = figures()
    clock.advance(timedelta(days=800))
    keep_no_longer()
    assert again(amanda).name == "Former colleague"
    assert figures() == before
    keys = set(Event.objects.values_list("subject_key", flat=True))
    assert again(amanda).journal_key not in keys, "nobody can say whose the events were"


def test_amanda_asks_and_does_not_have_to_wait(imran):
    amanda = hire("ES", imran)
    with pytest.raises(ValidationError):
        erase(actor=imran, person=amanda)
    end_employment(actor=imran, person=amanda)
    client = Client(headers={"accept-language": "en"})
    client.force_login(imran)
    client.post("/confirm/", {"password": PASSWORD})
    assert "Erase now" in client.get(f"/people/{amanda.pk}/leaving/").content.decode()
    client.post(f"/people/{amanda.pk}/erased/")
    page = client.get(f"/people/{amanda.pk}/leaving/").content.decode()
    assert "Erase now" not in page
    assert "2030" in page
    assert not PersonSkill.objects.exists()
    until = erase(actor=imran, person=amanda)
    assert until is not None
    assert f"{until:%Y-%m-%d}" == "2030-11-23"


def test_who_comes_back_is_not_erased(imran):
    amanda = hire("SE", imran)
    end_employment(actor=imran, person=amanda)
    Person.objects.filter(pk=amanda.pk).update(is_active=True)
    clock.advance(timedelta(days=1000))
    keep_no_longer()
    assert again(amanda).name == "Amanda Nyström"


def test_looks_are_kept_for_two_years_and_no_longer(imran):
    hire("SE", imran)
    clock.advance(timedelta(days=730))
    assert keep_no_longer()["looks"] == 0
    clock.advance(timedelta(days=2))
    assert keep_no_longer()["looks"] == 2
    assert not Look.objects.exists()


def test_the_working_time_record_is_kept_as_long_as_each_country_asks(imran):
    from hemma.journal.actions import record

    for country in ("SE", "ES", "DK"):
        amanda = hire(country, imran)
        record(
            kind="worked", retention=Retention.RECORD, actor=amanda, subject=amanda, about=country
        )

    def left():
        keep_no_longer()
        return {one for one in ("SE", "ES", "DK") if events_about(SYSTEM, one).exists()}

    assert left() == {"SE", "ES", "DK"}
    clock.advance(timedelta(days=2 * 366))
    assert left() == {"ES", "DK"}
    clock.advance(timedelta(days=2 * 366))
    assert left() == {"DK"}
    clock.advance(timedelta(days=366))
    assert left() == set()


def export(person) -> dict[str, dict]:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    assert "/confirm/" in client.get("/me/everything/").headers["Location"], "a proof first"
    client.post("/confirm/", {"password": PASSWORD})
    answer = client.get("/me/everything/")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_amanda_takes_everything_about_her_along_and_no_secret_and_nobody_elses_name(imran):
    amanda = hire("SE", imran)
    files = export(amanda)
    assert files["people.skills.json"]["rows"]["people.PersonSkill.person"][0]["level"] == 7
    [account] = files["people.account.json"]["rows"]["people.Person.pk"]
    assert account["email"] == "amanda-se@example.org"
    [look] = files["people.looks.json"]["rows"]["people.Look.subject"]
    assert (look["subject"], look["viewer"]) == ("you", "somebody else")
    text = json.dumps(files)
    for secret in (amanda.password, "session_key", "Imran"):
        assert secret not in text
    assert set(files["index.json"]) == {name[:-5] for name in files} - {"index"}
    assert files["index.json"]["people.skills"]["rows"] == 1
