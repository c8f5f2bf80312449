"""Hemma as an app: what is handed to browsers holds nothing of anybody, and changes with a release."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from hemma.ui import phone, static_files


@pytest.fixture
def client():
    return Client(headers={"accept-language": "nb"})


def worker_of(client):
    answer = client.get(reverse("ui:worker"))
    assert answer.status_code == 200
    return answer


def told(answer):
    lines = answer.content.decode().splitlines()[:4]
    return {one.split(" ")[1]: json.loads(one.split(" = ", 1)[1].rstrip(";")) for one in lines}


@pytest.mark.django_db
def test_the_worker_may_look_after_every_page_and_is_asked_for_anew(client):
    answer = worker_of(client)
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_everything_it_keeps_is_there_and_holds_nothing_of_anybody(client):
    kept = told(worker_of(client))
    for address in [*kept["SHELL"], *kept["OFFLINE"].values(), kept["ICON"]]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        assert b"csrf" not in answer.content, address
    assert set(kept["OFFLINE"]) == {"sv", "nb", "en"}


@pytest.mark.django_db
def test_a_new_release_is_another_worker(client, monkeypatch):
    before = worker_of(client).content
    assert worker_of(client).content == before
    old = static_files.catalogue()
    newer = static_files.Catalogue("another", old.files)
    monkeypatch.setattr(phone.static_files, "catalogue", lambda: newer)
    after = worker_of(client)
    assert after.content != before
    assert told(after)["VERSION"] == "another"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Förbindelsen är bruten"), ("nb", "Forbindelsen er brutt"), ("en", "The line is down")],
)
def test_the_page_without_a_line_speaks_the_language_asked_for(language, words, client):
    answer = client.get(reverse("ui:offline"), {"language": language})
    assert words in answer.content.decode()
    assert f'<html lang="{language}">' in answer.content.decode()
    assert "<form" not in answer.content.decode()


@pytest.mark.django_db
def test_the_manifest_names_pictures_that_are_there(client):
    told = client.get(reverse("ui:manifest")).json()
    assert told["lang"] == "nb"
    assert told["display"] == "standalone"
    for icon in told["icons"]:
        answer = client.get(icon["src"])
        assert answer.content.startswith(b"\x89PNG")
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable"}
