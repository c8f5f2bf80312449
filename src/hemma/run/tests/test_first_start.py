"""The address that `serve` tells while nobody is here is the one that lets the first person in."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from hemma.people.actions import add_person
from hemma.people.system import SYSTEM
from hemma.run import first_start

URL = "http://localhost:8000/"


@pytest.fixture
def database(transactional_db, monkeypatch, settings):
    """This test's own database, as a process beside the web process is told of it."""
    told = connection.get_connection_params()
    host, port = quote(str(told.get("host") or ""), safe=""), told.get("port") or ""
    word = f":{quote(told['password'])}" if told.get("password") else ""
    monkeypatch.setenv(
        "HEMMA_DATABASE_URL",
        f"postgresql://{told['user']}{word}@/{told['dbname']}?host={host}&port={port}",
    )
    monkeypatch.setenv("HEMMA_SECRET_KEY", settings.SECRET_KEY)


def test_while_nobody_is_here_serve_tells_the_address_that_opens(database, tmp_path):
    told = first_start.address(tmp_path, URL)
    assert told is not None
    page = Client(headers={"accept-language": "en"}).get(told.removeprefix("http://localhost:8000"))
    assert "You are the first one here" in page.content.decode()


def test_once_somebody_is_here_nothing_is_told(database, tmp_path):
    add_person(actor=SYSTEM, email="imran@example.org", name="Imran Malik")
    assert first_start.address(tmp_path, URL) is None


def test_a_database_that_does_not_answer_stops_nobody_from_starting(tmp_path, monkeypatch):
    monkeypatch.setenv("HEMMA_DATABASE_URL", "postgresql://nobody@localhost:9/none")
    assert first_start.address(tmp_path, URL) is None
