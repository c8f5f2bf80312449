"""Mail that arrives at a real Dovecot, and at the demo's own server, reaches us once and at once."""

import contextlib
import imaplib
import shutil
import smtplib
import threading
import time

import pytest
from imap_tools import MailBoxUnencrypted

from hemma.lib.mail.imap import Connection, ImapServer, fetch_since
from hemma.lib.mail.local_server import LocalMailServer
from hemma.lib.mail.smtp import Security
from hemma.lib.mail.watcher import Stop, Watcher
from hemma.lib.tests.dovecot import dovecot

SUPPORT = "support@example.org"
PATIENCE_S = 20


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    with dovecot(tmp_path_factory.mktemp("dovecot")) as server:
        yield server


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    with LocalMailServer(tmp_path_factory.mktemp("mail")) as server:
        server.imap_host = server.smtp_host = server.host
        yield server


@pytest.fixture(params=["real", "local"])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def address(request):
    """A mailbox of the test's own."""
    return f"box{abs(hash(request.node.name))}@example.org"


def mailbox(server, address):
    return ImapServer(server.imap_host, server.imap_port, address, server.password, Security.NONE)


def write(server, address, subject):
    with smtplib.SMTP(server.smtp_host, server.smtp_port, timeout=10) as smtp:
        text = f"From: kim@example.com\r\nSubject: {subject}\r\n\r\nHej på dig\r\n"
        smtp.sendmail("kim@example.com", [address], text.encode())


def wait_until_delivered(server, address, number):
    eventually(lambda: len(list(fetch_since(mailbox(server, address), None, 0))) >= number)


def subject(raw):
    return raw.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode()


def eventually(check):
    end = time.monotonic() + PATIENCE_S
    while not check():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


class Desk:
    """Takes mail in and remembers the position, as the product does."""

    def __init__(self):
        self.taken, self.at, self.fault = [], (None, 0), None
        self.arrived = threading.Event()

    def on_mail(self, uidvalidity, uid, raw):
        if self.fault and subject(raw) == "trouble":
            raise self.fault
        self.taken.append(subject(raw))
        self.at = (uidvalidity, max(uid, self.at[1]))


@contextlib.contextmanager
def watching(desk, server, address):
    stop = threading.Event()
    watcher = Watcher(mailbox(server, address), desk.on_mail, lambda: desk.at, stop)
    thread = threading.Thread(target=watcher.run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=PATIENCE_S)
        assert not thread.is_alive()


def test_everything_newer_than_the_position_is_fetched_and_stays_unread(server, address):
    for n in range(3):
        write(server, address, f"mail {n}")
    mails = list(fetch_since(mailbox(server, address), None, 0))
    assert [subject(raw) for _, _, raw in mails] == ["mail 0", "mail 1", "mail 2"]
    uidvalidity, uid, raw = mails[0]
    assert raw.endswith("Hej på dig\r\n".encode())
    newer = list(fetch_since(mailbox(server, address), uidvalidity, uid))
    assert [subject(raw) for _, _, raw in newer] == ["mail 1", "mail 2"]
    assert list(fetch_since(mailbox(server, address), uidvalidity, mails[-1][1])) == []
    with MailBoxUnencrypted(server.imap_host, server.imap_port).login(
        address, server.password
    ) as box:
        assert len(box.uids("UNSEEN")) == 3


def test_a_mailbox_made_anew_is_read_from_the_start(server, address):
    write(server, address, "old")
    uidvalidity = next(fetch_since(mailbox(server, address), None, 0))[0]
    mails = list(fetch_since(mailbox(server, address), uidvalidity + 1, 10_000))
    assert [(v, subject(raw)) for v, _, raw in mails] == [(uidvalidity, "old")]


def test_a_watched_mailbox_gives_each_mail_once_and_in_order(server, address):
    desk = Desk()
    write(server, address, "before")
    with watching(desk, server, address):
        eventually(lambda: desk.taken == ["before"])
        for n in range(20):
            write(server, address, f"{n}")
        eventually(lambda: len(desk.taken) >= 21)
    assert desk.taken == ["before", *(str(n) for n in range(20))]


def test_a_mail_that_arrives_while_others_are_fetched_is_not_left_until_the_next_look(
    server, address
):
    desk = Desk()
    take_in = desk.on_mail

    def on_mail(uidvalidity, uid, raw):
        if subject(raw) == "first":
            write(server, address, "third")
            wait_until_delivered(server, address, 3)
        take_in(uidvalidity, uid, raw)

    desk.on_mail = on_mail
    write(server, address, "first")
    write(server, address, "second")
    wait_until_delivered(server, address, 2)
    with watching(desk, server, address):
        # Well before the watcher's look at every minute: the answer to a fetch told of the third.
        eventually(lambda: desk.taken == ["first", "second", "third"])


def test_a_mail_nobody_can_take_in_does_not_hold_up_the_next(server, address):
    desk = Desk()
    desk.fault = ValueError("cannot read")
    with watching(desk, server, address):
        write(server, address, "trouble")
        write(server, address, "next")
        eventually(lambda: desk.taken == ["next"])
        desk.fault = None
        eventually(lambda: desk.taken == ["next", "trouble"])


def test_when_nothing_can_be_kept_everything_waits_and_comes_in_order(server, address):
    desk = Desk()
    desk.fault = Stop("the database is away")
    with watching(desk, server, address):
        write(server, address, "first")
        write(server, address, "trouble")
        write(server, address, "last")
        eventually(lambda: desk.taken == ["first"])
        desk.fault = None
        eventually(lambda: len(desk.taken) == 3)
    assert desk.taken == ["first", "trouble", "last"]


def test_the_watcher_comes_back_after_the_server_was_away(address, tmp_path):
    desk = Desk()
    with dovecot(tmp_path) as server, watching(desk, server, address):
        write(server, address, "before")
        eventually(lambda: desk.taken == ["before"])
        server.stop()
        write(server, address, "meanwhile")
        server.start()
        eventually(lambda: desk.taken == ["before", "meanwhile"])


def test_a_server_without_idle_is_asked_now_and_then(server, address, monkeypatch):
    monkeypatch.setattr(Connection, "_capable_of_idle", lambda _self: False)
    desk, stop = Desk(), threading.Event()
    watcher = Watcher(mailbox(server, address), desk.on_mail, lambda: desk.at, stop, poll_s=0.1)
    thread = threading.Thread(target=watcher.run)
    thread.start()
    write(server, address, "hej")
    eventually(lambda: desk.taken == ["hej"])
    stop.set()
    thread.join(timeout=PATIENCE_S)
    assert not thread.is_alive()


def test_a_plain_imap_client_reads_kims_mail_and_idle_wakes_it(local, address):
    write(local, address.replace("@", "+h17.x@"), "Svar")
    client = imaplib.IMAP4(local.host, local.imap_port)
    client.login(address, local.password)
    assert client.list()[1] == [b'(\\HasNoChildren) "/" INBOX']
    assert client.select("INBOX")[1] == [b"1"]
    assert client.search(None, "UNSEEN", "SUBJECT", '"svar"')[1] == [b"1"]
    data = client.fetch("1", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)] RFC822.SIZE)")[1]
    assert data[0][1] == b"Subject: Svar\r\n\r\n"
    assert "Hej på dig".encode() in client.fetch("1", "(RFC822)")[1][0][1]
    assert client.search(None, "UNSEEN")[1] == [b""]
    client.send(b"i1 IDLE\r\n")
    assert client.readline().startswith(b"+")
    write(local, address, "Mer")
    assert client.readline() == b"* 2 EXISTS\r\n"
    client.send(b"DONE\r\n")
    assert client.readline().startswith(b"i1 OK")
    client.store("1", "+FLAGS", "\\Deleted")
    assert client.expunge()[1] == [b"1"]
    assert client.status("INBOX", "(MESSAGES UIDNEXT)")[1] == [b"INBOX (MESSAGES 1 UIDNEXT 3)"]
    client.logout()


def test_a_wrong_password_opens_nothing(local):
    client = imaplib.IMAP4(local.host, local.imap_port)
    with pytest.raises(imaplib.IMAP4.error, match="wrong name or password"):
        client.login(SUPPORT, "guess")
    client.shutdown()


def test_imap_tools_reads_marks_and_deletes(local, address):
    write(local, address, "ett")
    write(local, address, "två")
    with MailBoxUnencrypted(local.host, local.imap_port).login(address, local.password) as box:
        mails = list(box.fetch())
        assert [m.text.strip() for m in mails] == ["Hej på dig", "Hej på dig"]
        box.delete([mails[0].uid])
        assert box.uids() == [mails[1].uid]


def test_the_local_mail_survives_a_restart_with_its_numbers(tmp_path, address):
    seen = []
    for n in range(2):
        with LocalMailServer(tmp_path / "mail") as server:
            server.imap_host = server.smtp_host = server.host
            write(server, address, f"{n}")
            seen.append([(v, u) for v, u, _ in fetch_since(mailbox(server, address), None, 0)])
    assert len(seen[1]) == 2
    assert seen[1][0] == seen[0][0]
    shutil.rmtree(tmp_path / "mail")


def test_a_taken_port_is_said_at_once(local, tmp_path):
    with pytest.raises(OSError, match="address already in use"):
        LocalMailServer(tmp_path, smtp_port=local.smtp_port).start()
