"""Programs that Tina connects see what she sees, and addresses hear what happened, signed."""

import hashlib
import hmac
import json
import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

import pytest
from django.urls import reverse

from hemma.desk import actions
from hemma.desk.models import ApiToken, Case, Delivery, OutgoingMail
from hemma.lib import clock, outward

EVERYTHING = [
    "cases:read", "cases:write", "messages:read", "messages:write",
    "customers:read", "customers:write",
]  # fmt: skip


@pytest.fixture
def program(room, client):
    """A program with Tina's key: `program("GET", "/cases")` → (status, body)."""

    def ask(method, path, body=None, scopes=EVERYTHING, person=None):
        _row, key = actions.make_api_token(actor=person or room.tina, name="x", scopes=scopes)
        content = {} if body is None else {"data": json.dumps(body)}
        kind = {"content_type": "application/json"} if body is not None else {}
        at = path if path.startswith("http") else f"/api/v1{path}"
        headers = {"authorization": f"Bearer {key}"}
        answer = client.generic(method, at, headers=headers, **content, **kind)
        return answer.status_code, json.loads(answer.content)

    return ask


def test_a_program_reads_cases_messages_and_customers_page_by_page(room, program):
    for number in range(3):
        room.case_from_kim(f"Fråga {number}")
    status, first = program("GET", "/cases?limit=2")
    assert status == 200
    assert [one["subject"] for one in first["items"]] == ["Fråga 0", "Fråga 1"]
    _status, rest = program("GET", first["next"])
    assert [one["subject"] for one in rest["items"]] == ["Fråga 2"]
    assert rest["next"] is None
    number = first["items"][0]["number"]
    assert program("GET", f"/cases/{number}/messages")[1]["items"][0]["direction"] == "in"
    [kim] = program("GET", "/customers")[1]["items"]
    assert program("GET", f"/customers/{kim['id']}")[1]["email"] == "kim@example.org"
    assert program("GET", "/cases?state=solved")[1]["items"] == []


def test_a_program_opens_answers_and_closes_a_case_once_each(room, program):
    new = {"queue": room.queue.pk, "subject": "Från butiken", "text": "Hej", "once": str(uuid4())}
    status, made = program("POST", "/cases", {**new, "email": "kim@example.org"})
    assert (status, program("POST", "/cases", new)[1]["number"]) == (201, made["number"])
    answer = {"text": "Tack!", "once": str(uuid4())}
    for _turn in range(2):
        assert program("POST", f"/cases/{made['number']}/messages", answer)[0] == 201
    assert OutgoingMail.objects.count() == 1
    change = {"state": "solved", "tags": ["butik"]}
    assert program("PATCH", f"/cases/{made['number']}", change)[1]["state"] == "solved"
    assert Case.objects.get().tags.get().name == "butik"


def test_what_is_not_right_is_told_as_a_problem(room, program, client):
    case = room.case_from_kim()
    at = f"/cases/{case.number}"
    refusals = [
        program("GET", at, scopes=["customers:read"]),
        program("GET", "/cases/999999"),
        program("DELETE", at),
        program("PATCH", at, {"state": "gone"}),
        program("POST", "/cases", {"queue": room.queue.pk}),
        program("GET", "/cases?limit=many"),
    ]
    assert [status for status, _body in refusals] == [403, 404, 405, 422, 422, 422]
    assert all(body["status"] == status and body["title"] for status, body in refusals)
    plain = client.get("/api/v1/cases")
    assert plain.status_code == 401
    assert plain.headers["Content-Type"] == "application/problem+json"
    assert "Bearer" in plain.headers["WWW-Authenticate"]


def test_a_key_dies_when_it_is_ended_and_when_its_maker_leaves(room, client):
    row, key = actions.make_api_token(actor=room.tina, name="x", scopes=EVERYTHING)
    headers = {"authorization": f"Bearer {key}"}
    assert client.get("/api/v1/cases", headers=headers).status_code == 200
    assert key not in str(ApiToken.objects.values())
    room.tina.is_active = False
    room.tina.save()
    assert client.get("/api/v1/cases", headers=headers).status_code == 401
    room.tina.is_active = True
    room.tina.save()
    actions.end_api_token(actor=room.tina, token_id=row.pk)
    assert client.get("/api/v1/cases", headers=headers).status_code == 401


def test_the_description_names_every_address_of_the_api(client):
    told = client.get(reverse("desk_api:description")).json()
    from hemma.desk import api_urls

    # The last one answers for whatever the API does not have.
    served = {str(one.pattern) for one in api_urls.urlpatterns} - {"openapi.json", "<path:rest>"}
    written = {path.strip("/").replace("{", "<int:").replace("}", ">") for path in told["paths"]}
    assert served == written
    assert told["components"]["schemas"]["Problem"]


def test_tina_sees_a_key_once_and_amanda_makes_none(room, client):
    client.force_login(room.amanda)
    at = reverse("desk:make_key")
    fields = {"name": "Butiken", "scopes": ["cases:read"]}
    assert client.post(at, fields).status_code == 404
    client.force_login(room.tina)
    assert "hemma_api_" in client.post(at, fields).content.decode()
    page = client.get(reverse("desk:connections")).content.decode()
    assert "Butiken" in page
    assert "hemma_api_" not in page


class Listener(HTTPServer):
    """A server that keeps what it hears and answers as told."""

    def __init__(self):
        self.heard, self.status = [], 200

        class Hears(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.server.heard.append((dict(self.headers), body))
                self.send_response(self.server.status)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

            def log_message(self, *_words):
                pass

        super().__init__(("127.0.0.1", 0), Hears)


@pytest.fixture
def listener(settings):
    settings.OUTWARD_NETWORKS = ["127.0.0.0/8"]
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def hook(room, listener):
    url = f"http://127.0.0.1:{listener.server_port}/hemma?x=1"
    return actions.add_webhook(actor=room.tina, url=url, events=["case.opened"])


def test_an_address_hears_of_a_new_case_signed_and_without_its_words(room, listener, hook):
    _row, secret = hook
    case = room.case_from_kim("Hemlig fråga")
    assert actions.deliver_due() == 1
    [(headers, body)] = listener.heard
    assert json.loads(body)["case"] == case.number
    assert b"Hemlig" not in body
    parts = dict(one.split("=") for one in headers["Hemma-Signature"].split(","))
    wanted = hmac.new(secret.encode(), parts["t"].encode() + b"." + body, hashlib.sha256)
    assert parts["v1"] == wanted.hexdigest()
    assert actions.deliver_due() == 0
    assert Delivery.objects.get().state == "sent"


def test_an_address_that_does_not_hear_is_told_again_later_and_later(room, listener, hook):
    listener.status = 500
    room.case_from_kim()
    actions.deliver_due()
    actions.deliver_due()
    assert len(listener.heard) == 1
    clock.advance(timedelta(minutes=2))
    actions.deliver_due()
    assert len(listener.heard) == 2
    clock.advance(timedelta(minutes=4))
    actions.deliver_due()
    assert len(listener.heard) == 2
    listener.status = 204
    clock.advance(timedelta(minutes=2))
    assert actions.deliver_due() == 1


def test_a_redirect_is_not_followed_and_after_days_it_ends(room, listener, hook):
    listener.status = 302
    room.case_from_kim()
    for _turn in range(10):
        actions.deliver_due()
        clock.advance(timedelta(days=2))
    assert Delivery.objects.get().state == "failed"
    assert len(listener.heard) == 10


def test_other_teams_cases_are_not_told_and_an_ended_address_hears_nothing(room, listener, hook):
    row, _secret = hook
    room.queue.team.leader = room.bengt
    room.queue.team.save()
    room.case_from_kim()
    assert actions.deliver_due() == 0
    room.queue.team.leader = room.tina
    room.queue.team.save()
    room.case_from_kim()
    actions.end_webhook(actor=room.tina, webhook_id=row.pk)
    assert actions.deliver_due() == 0
    assert listener.heard == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
        "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "224.0.0.1",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused_when_the_socket_opens(address, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", (address, 443))])
    with pytest.raises(outward.Refused):
        outward.post("https://innocent.example/", b"", {})


def test_a_name_that_answers_differently_the_next_time_gains_nothing(monkeypatch):
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    asked, opened = [], []

    def lookup(host, port, **_more):
        asked.append(host)
        return [(2, 1, 6, "", (next(answers), port))]

    def connect(place, *_more, **_words):
        opened.append(place[0])
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(outward.Unreachable):
        outward.post("https://rebinding.example/", b"", {})
    assert opened == ["93.184.215.14"]
    assert len(asked) == 1


@pytest.mark.parametrize("url", ["ftp://x.example/", "https://u:p@x.example/", "https:///", "x"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(outward.Refused):
        outward.check_url(url)
