"""Files of people: what can be read, what can't, and what is written out again."""

import html
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from openpyxl import Workbook, load_workbook

from hemma.people import actions, queries
from hemma.people.actions import add_person
from hemma.people.models import Employment, PeopleImport, Person, Role
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "winter apples 7 in a bowl"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def imran(db):
    return add_person(
        actor=SYSTEM,
        email="imran@example.org",
        name="Imran Malik",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
        language="en",
    )


@pytest.fixture
def amanda(db):
    return add_person(actor=SYSTEM, email="amanda@example.org", name="Amanda Nyström")


def browser(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def read_in(imran, text):
    content = text if isinstance(text, bytes) else text.encode()
    return actions.start_import(actor=imran, file_name="people.csv", content=content)


def applied(imran, text):
    return actions.apply_import(actor=imran, batch=read_in(imran, text))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"name;team\nEva;x\n", "must be email"),
        (b"email;e-post\na;b\n", "Two columns"),
        (b"\x00\x01\x02", "neither CSV nor XLSX"),
        (b"PK\x03\x04 broken", "can't be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(imran, content, reason):
    page = browser(imran).post(
        "/people/lists/", {"file": SimpleUploadedFile("x.csv", content or b"\n")}
    )
    assert reason in html.unescape(page.content.decode())
    assert not PeopleImport.objects.exists()


def test_an_old_spreadsheets_letters_and_swedish_headings_are_read(imran):
    text = "E-post;Namn;Roll\r\nbjorn@example.org;Björn Ström;Teamledare\r\n".encode("cp1252")
    applied(imran, text)
    bjorn = Person.objects.get(email="bjorn@example.org")
    assert (bjorn.name, bjorn.grants.get().role) == ("Björn Ström", Role.TEAM_LEADER)


def test_a_spreadsheet_is_read_and_the_export_can_be_read_in_again(imran, amanda):
    book = Workbook()
    book.active.append(["email", "name", "hours", "country", "since"])
    book.active.append(["bengt@example.org", "Bengt", 37.5, "SE", date(2026, 1, 1)])
    out = io.BytesIO()
    book.save(out)
    applied(imran, out.getvalue())
    assert Employment.objects.get().since == date(2026, 1, 1)
    client = browser(imran)
    for ending in ("csv", "xlsx"):
        content = client.get(f"/people/export/?format={ending}").content
        judged = queries.preview(imran, read_in(imran, content))
        assert (judged.bad, judged.new, judged.changed, judged.same) == ([], [], [], 3)


def test_a_name_cannot_become_a_formula(imran, amanda):
    Person.objects.filter(pk=amanda.pk).update(name="=1+1")
    client = browser(imran)
    content = client.get("/people/export/").content
    assert "'=1+1" in content.decode()
    assert queries.preview(imran, read_in(imran, content)).changed == []
    book = load_workbook(io.BytesIO(client.get("/people/export/?format=xlsx").content))
    (cell,) = [row[1] for row in book.active.iter_rows() if row[0].value == "amanda@example.org"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_nobody_but_an_administrator_finds_the_lists_or_the_export(imran, amanda):
    batch = read_in(imran, "email\namanda@example.org\n")
    client = browser(amanda)
    for path in ("lists/", f"lists/{batch.pk}/", "export/"):
        assert browser(imran).get(f"/people/{path}").status_code == 200
        assert client.get(f"/people/{path}").status_code == 404
    for verb in ("confirm", "undo"):
        assert client.post(f"/people/lists/{batch.pk}/{verb}/").status_code == 404
