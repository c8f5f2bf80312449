"""Lists of people: nothing happens unseen, every bad row is named, and all of it can be taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people import actions, queries
from hemma.people.actions import add_person, join_team, set_skill
from hemma.people.models import (
    Employment,
    Grant,
    PeopleImport,
    Person,
    PersonLanguage,
    PersonSkill,
    Role,
    Session,
    Site,
    Skill,
    Team,
)
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "winter apples 7 in a bowl"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def company():
    site = Site.objects.create(name="Linköping", country="SE")
    Team.objects.create(name="Björkvik", site=site)
    Team.objects.create(name="Tallmo", site=site)
    Skill.objects.create(code="invoices", name="Invoices")
    return site


@pytest.fixture
def imran(company):
    return add_person(
        actor=SYSTEM,
        email="imran@example.org",
        name="Imran Malik",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
        language="en",
    )


@pytest.fixture
def amanda(company):
    person = add_person(
        actor=SYSTEM, email="amanda@example.org", name="Amanda Nystrom", site=company
    )
    join_team(actor=SYSTEM, person=person, team=Team.objects.get(name="Tallmo"))
    skill = Skill.objects.get(code="invoices")
    set_skill(actor=SYSTEM, person=person, skill=skill, level=2)
    return person


def read_in(imran, text, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return actions.start_import(actor=imran, file_name=name, content=content)


def applied(imran, text):
    return actions.apply_import(actor=imran, batch=read_in(imran, text))


AMANDA_MOVES = (
    "email;name;team;skills;speaks;hours;country\n"
    "AMANDA@example.org;Amanda Nyström;Björkvik;invoices:8;sv:9, en:6;37,5;se\n"
)


def browser(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    client.post("/confirm/", {"password": PASSWORD})
    return client


def test_imran_reads_in_a_list_looks_confirms_and_takes_it_back(imran, amanda):
    client = browser(imran)
    text = AMANDA_MOVES + "bengt@example.org;Bengt Olsson;Björkvik;;;40;SE\n;Nobody;;;;;\n"
    sent = client.post("/people/lists/", {"file": SimpleUploadedFile("staff.csv", text.encode())})
    page = client.get(sent.headers["Location"]).content.decode()
    for words in ("1 person is added", "1 person is changed", "The e-mail address is missing."):
        assert words in page
    assert not Person.objects.filter(email="bengt@example.org").exists()
    client.post(sent.headers["Location"] + "confirm/")
    bengt = Person.objects.get(email="bengt@example.org")
    assert bengt.memberships.get(until=None).team.name == "Björkvik"
    client.post(sent.headers["Location"] + "undo/")
    assert not Person.objects.filter(email="bengt@example.org").exists()
    amanda.refresh_from_db()
    assert amanda.name == "Amanda Nystrom"
    kinds = Event.objects.filter(kind__startswith="people.import").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["people.imported", "people.import_undone"]


def test_confirming_and_taking_back_ask_for_a_proof_first(imran, amanda):
    client = Client()
    client.force_login(imran)
    batch = read_in(imran, AMANDA_MOVES)
    asked = client.post(f"/people/lists/{batch.pk}/confirm/")
    assert asked.headers["Location"].startswith("/confirm/")
    amanda.refresh_from_db()
    assert amanda.name == "Amanda Nystrom"


def test_everything_that_a_row_says_holds_afterwards(imran, amanda):
    applied(imran, AMANDA_MOVES)
    amanda.refresh_from_db()
    assert amanda.name == "Amanda Nyström"
    assert [one.team.name for one in amanda.memberships.filter(until=None)] == ["Björkvik"]
    assert amanda.skills.get().level == 8
    assert dict(amanda.languages.values_list("language", "level")) == {"sv": 9, "en": 6}
    employment = amanda.employments.get()
    assert (employment.hours_per_week, employment.country) == (Decimal("37.50"), "SE")
    assert amanda.grants.get(until=None).role == Role.AGENT, "an empty cell changes nothing"


def test_undone_everything_is_as_it_was(imran, amanda):
    def state():
        return (
            list(Person.objects.order_by("pk").values_list("pk", "name", "site", "phone")),
            list(amanda.memberships.order_by("pk").filter(until=None).values_list("team__name")),
            list(Grant.objects.order_by("pk").filter(until=None).values_list("person", "role")),
            list(PersonSkill.objects.values_list("person", "skill", "level")),
            list(PersonLanguage.objects.values_list("person", "language", "level")),
            list(Employment.objects.values_list("person", "since", "until", "hours_per_week")),
        )

    actions.set_employment(
        actor=SYSTEM, person=amanda, hours=Decimal(30), country="SE", since=date(2020, 1, 1)
    )
    before = state()
    batch = applied(
        imran,
        AMANDA_MOVES.replace("country", "country;roles;phone").replace(
            ";se\n", ";se;team_leader;070\n"
        )
        + "bengt@example.org;Bengt;Tallmo;invoices:3;nb;20;NO;agent;\n",
    )
    assert (batch.added, batch.changed) == (1, 1)
    assert state() != before
    done = actions.undo_import(actor=imran, batch=batch)
    assert (done.removed, done.closed, done.kept) == (1, 0, 0)
    assert state() == before


def test_what_was_changed_since_stays_and_is_told(imran, amanda):
    batch = applied(imran, AMANDA_MOVES)
    set_skill(actor=SYSTEM, person=amanda, skill=Skill.objects.get(), level=9)
    Person.objects.filter(pk=amanda.pk).update(name="Amanda Berg")
    done = actions.undo_import(actor=imran, batch=batch)
    assert done.kept == 2
    amanda.refresh_from_db()
    assert (amanda.name, amanda.skills.get().level) == ("Amanda Berg", 9)


def test_bengt_who_has_been_here_since_is_closed_instead_of_removed(imran):
    batch = applied(imran, "email;name\nbengt@example.org;Bengt Olsson\n")
    bengt = Person.objects.get(email="bengt@example.org")
    Client().force_login(bengt)
    done = actions.undo_import(actor=imran, batch=batch)
    assert (done.removed, done.closed) == (0, 1)
    bengt.refresh_from_db()
    assert not bengt.is_active
    assert not Session.objects.filter(person=bengt).exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("not an address;Eva;;;;;;;", "not an e-mail address"),
        (";Eva;;;;;;;", "e-mail address is missing"),
        ("eva@example.org;;;;;;;;", "name is missing"),
        ("eva@example.org;Eva;Nowhere;;;;;;", "no team called Nowhere"),
        ("eva@example.org;Eva;;boss;;;;;", "no role called boss"),
        ("eva@example.org;Eva;;;juggling:3;;;;", "no skill called juggling"),
        ("eva@example.org;Eva;;;invoices:12;;;;", "from 1 to 9"),
        ("eva@example.org;Eva;;;;xx:3;;;", "not a language"),
        ("eva@example.org;Eva;;;;;60;SE;", "not hours a week"),
        ("eva@example.org;Eva;;;;;NaN;SE;", "not hours a week"),
        ("eva@example.org;Eva;;;;;40;Sweden;", "two letters"),
        ("eva@example.org;Eva;;;;;40;;", "country whose law applies is missing"),
        ("eva@example.org;Eva;;;;;;SE;", "Hours a week are missing"),
        ("eva@example.org;Eva;;;;;;;Atlantis", "no site called Atlantis"),
        ("amanda@example.org;Amanda;;;;;;;", "stands in row 2"),
    ],
)
def test_each_bad_row_is_named_with_its_reason(imran, amanda, row, reason):
    head = "email;name;team;roles;skills;speaks;hours;country;site\namanda@example.org;;;;;;;;\n"
    batch = read_in(imran, f"{head}{row}\n")
    judged = queries.preview(imran, batch)
    (bad,) = judged.bad
    assert bad.line == 3
    assert reason in " ".join(bad.reasons)
    assert actions.apply_import(actor=imran, batch=batch).added == 0


def test_every_reason_of_a_row_is_told_at_once(imran):
    text = "email;name;team;hours\nno;;Nowhere;100\n"
    (bad,) = queries.preview(imran, read_in(imran, text)).bad
    assert len(bad.reasons) == 4


def test_somebody_who_has_left_does_not_come_back_by_a_list(imran, amanda):
    actions.end_employment(actor=imran, person=amanda)
    (bad,) = queries.preview(imran, read_in(imran, AMANDA_MOVES)).bad
    assert "Has left" in bad.reasons[0]


def test_confirming_twice_changes_nothing_and_the_second_look_counts(imran, amanda):
    batch, again = read_in(imran, AMANDA_MOVES), read_in(imran, AMANDA_MOVES)
    actions.apply_import(actor=imran, batch=batch)
    actions.apply_import(actor=imran, batch=batch)
    assert Employment.objects.count() == 1
    assert queries.preview(imran, again).same == 1


def test_a_list_cannot_take_the_last_administrator_away(imran, amanda):
    client = browser(imran)
    batch = read_in(imran, "email;roles\nimran@example.org;agent\namanda@example.org;planner\n")
    client.post(f"/people/lists/{batch.pk}/confirm/")
    assert imran.grants.filter(role=Role.ADMINISTRATOR, until=None).exists()
    assert amanda.grants.get(until=None).role == Role.AGENT, "nothing of it is applied"


def test_a_list_that_nobody_confirms_is_forgotten_and_undoing_ends_after_a_month(imran, amanda):
    read_in(imran, AMANDA_MOVES)
    done = applied(imran, AMANDA_MOVES)
    with clock.moved_to(clock.now() + timedelta(days=31)):
        read_in(imran, AMANDA_MOVES)
        assert PeopleImport.objects.count() == 2
        done.refresh_from_db()
        assert (done.rows, done.before) == ([], {})
        with pytest.raises(Exception, match="can't be undone"):
            actions.undo_import(actor=imran, batch=done)
