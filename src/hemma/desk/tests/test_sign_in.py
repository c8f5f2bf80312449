"""Mailboxes of others: the administrator sets one up with OAuth 2, tries it, and it is read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hemma.desk.actions import signing_in
from hemma.desk.mail_models import MailboxSetup
from hemma.desk.models import Mailbox
from hemma.lib import clock, sealing
from hemma.lib.tests.dovecot import dovecot
from hemma.lib.tests.test_oauth import tokens  # noqa: F401
from hemma.people.actions import add_person
from hemma.people.models import Role
from hemma.people.system import SYSTEM


def fields(room, **more):
    return {
        "address": "ny@bjorkvik.example", "queue": room.queue.pk, "is_active": "on",
        "imap_host": "127.0.0.1", "imap_port": 1, "imap_security": "none",
        "smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_security": "none",
        "user": "", "sign_in": "password", "password": "hemligt", **more,
    }  # fmt: skip


@pytest.fixture
def imran(room, client):
    person = add_person(
        actor=SYSTEM, email="imran@x.example", name="Imran", roles=[Role.ADMINISTRATOR]
    )
    client.force_login(person)
    return person


def test_only_administrators_set_mailboxes_up(room, client):
    client.force_login(room.tina)
    for name in ("desk:mailboxes", "desk:mailbox_new"):
        assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse("desk:mailbox_new"), fields(room)).status_code == 404
    assert Mailbox.objects.count() == 1


def test_a_password_is_sealed_never_shown_and_kept_when_left_empty(room, client, imran):
    assert client.post(reverse("desk:mailbox_new"), fields(room)).status_code == 302
    box = Mailbox.objects.get(address="ny@bjorkvik.example")
    url = reverse("desk:mailbox", args=[box.pk])
    assert "hemligt" not in client.get(url).content.decode()
    client.post(url, fields(room, password="", signature="Hälsningar"))
    box.refresh_from_db()
    assert sealing.unseal(box.sealed_password) == "hemligt"
    assert box.setup.signature == "Hälsningar"


def test_a_connection_that_works_and_one_that_does_not_are_told(room, client, imran, tmp_path):
    with dovecot(tmp_path) as server:
        right = {"imap_port": server.imap_port, "smtp_port": server.smtp_port}
        client.post(reverse("desk:mailbox_new"), fields(room, password=server.password, **right))
        box = Mailbox.objects.get(address="ny@bjorkvik.example")
        url = reverse("desk:mailbox_try", args=[box.pk])
        assert "Båda anslutningarna fungerar." in client.post(url).content.decode()
        Mailbox.objects.filter(pk=box.pk).update(imap_port=1)
        page = client.post(url).content.decode()
    assert "Allt fungerar inte än." in page
    assert "ConnectionRefusedError" in page


def test_a_token_is_kept_until_it_runs_out_and_the_rotated_one_is_used_next(room, tokens):  # noqa: F811
    MailboxSetup.objects.create(
        mailbox=room.mailbox,
        sign_in="oauth2",
        token_url=tokens.url,
        client_id="hemma",
        sealed_client_secret=sealing.seal("secret"),
        sealed_refresh_token=sealing.seal("refresh-0"),
    )
    got = [signing_in.access_token(mailbox_id=room.mailbox.pk) for _ in range(3)]
    assert (got, tokens.count) == (["access-1"] * 3, 1)
    clock.advance(timedelta(minutes=59))
    assert signing_in.access_token(mailbox_id=room.mailbox.pk) == "access-2"
    assert signing_in.imap_server(room.mailbox).token() == "access-2"
    assert signing_in.smtp_server(room.mailbox).token == "access-2"


def test_a_mailbox_without_a_name_signs_in_as_its_address_on_both_sides(room):
    room.mailbox.user, room.mailbox.sealed_password = "", sealing.seal("word")
    assert signing_in.imap_server(room.mailbox).user == room.mailbox.address
    assert signing_in.smtp_server(room.mailbox).user == room.mailbox.address
    room.mailbox.sealed_password = b""
    assert signing_in.smtp_server(room.mailbox).user == ""
