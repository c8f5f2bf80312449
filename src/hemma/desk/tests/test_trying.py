"""A mailbox is tried the whole way: a letter to itself leaves, arrives, and becomes nobody's case."""

import pytest

from hemma.desk.actions import store, take_in, trying
from hemma.desk.models import Case, Mailbox, RawMail
from hemma.lib import sealing
from hemma.lib.mail.imap import ImapServer, fetch_since
from hemma.lib.mail.local_server import LocalMailServer
from hemma.lib.mail.smtp import Security
from hemma.people.actions import add_person
from hemma.people.models import Role, SetUp
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
ADDRESS = "kundservice@bjorkvik.example"


@pytest.fixture
def server(tmp_path):
    with LocalMailServer(tmp_path) as running:
        yield running


@pytest.fixture
def box(server):
    return Mailbox(
        address=ADDRESS, user=ADDRESS, sealed_password=sealing.seal(server.password),
        imap_host=server.host, imap_port=server.imap_port, imap_security="none",
        smtp_host=server.host, smtp_port=server.smtp_port, smtp_security="none",
    )  # fmt: skip


def letters(server):
    inside = ImapServer(server.host, server.imap_port, ADDRESS, server.password, Security.NONE)
    return list(fetch_since(inside, None, 0))


def test_a_letter_to_oneself_leaves_and_is_seen_to_arrive(server, box):
    tried = trying.try_whole_way(actor=SYSTEM, mailbox=box)
    assert tried.works
    assert tried.arrived_s is not None
    assert len(letters(server)) == 1


def test_the_letter_becomes_no_case_and_nobody_has_to_look_at_it(server, box, room):
    trying.try_whole_way(actor=SYSTEM, mailbox=box)
    [(validity, uid, raw)] = letters(server)
    kept = store(mailbox_id=room.mailbox.pk, uidvalidity=validity, uid=uid, content=raw)
    before = Case.objects.count()
    take_in(raw_id=kept)
    assert Case.objects.count() == before
    assert RawMail.objects.get(pk=kept).state == RawMail.State.TAKEN


def test_a_letter_that_the_server_takes_and_never_delivers_is_missed(server, box, monkeypatch):
    from hemma.lib.mail.local_server import Intake

    async def lose(*_said):
        return "250 kept"

    monkeypatch.setattr(Intake, "handle_DATA", lose)
    tried = trying.try_whole_way(actor=SYSTEM, mailbox=box, arrives_within_s=0.5)
    assert (tried.imap, tried.smtp, tried.arrived_s) == ("", "", None)
    assert "has not arrived" in tried.way


def test_a_letter_that_the_server_does_not_take_is_told_in_its_own_words(server, box, monkeypatch):
    from hemma.lib.mail.local_server import Intake

    async def refuse(*_said):
        return "554 not from here"

    monkeypatch.setattr(Intake, "handle_DATA", refuse)
    tried = trying.try_whole_way(actor=SYSTEM, mailbox=box)
    assert not tried.works
    assert "554 not from here" in tried.way


@pytest.mark.parametrize("lost", [True, False])
def test_imran_is_told_whether_the_letter_came_before_anything_is_kept(
    server, room, client, monkeypatch, lost
):
    from hemma.desk.views import setting_up
    from hemma.lib.mail.local_server import Intake

    async def lose(*_said):
        return "250 kept"

    if lost:
        monkeypatch.setattr(Intake, "handle_DATA", lose)
        monkeypatch.setattr(setting_up, "ARRIVES_S", 0.5)
    imran = add_person(
        actor=SYSTEM, email="imran@x.example", name="Imran", roles=[Role.ADMINISTRATOR]
    )
    SetUp.objects.create(began_at=room.now if hasattr(room, "now") else "2026-11-26T09:00Z")
    client.force_login(imran)
    said = {
        "address": ADDRESS, "password": server.password, "queue": room.queue.pk,
        "imap_host": server.host, "imap_port": server.imap_port,
        "smtp_host": server.host, "smtp_port": server.smtp_port,
    }  # fmt: skip
    answer = client.post("/cases/mailboxes/first/", said)
    there = Mailbox.objects.filter(address=ADDRESS)
    if not lost:
        assert answer.status_code == 302
        assert there.exists()
        return
    page = answer.content.decode()
    assert "has not arrived" in page
    assert not there.exists()
    client.post("/cases/mailboxes/first/", said | {"anyway": "1"})
    assert there.exists(), "some servers are slow: it can be kept all the same"
