"""With a real mail server: written, taken in, answered, fetched, and the reply in the same case."""

import smtplib
import threading
import time
from email import message_from_bytes, policy

from hemma.desk import actions, watching
from hemma.desk.actions import taking_back
from hemma.desk.models import Case, Mailbox, OutgoingMail
from hemma.lib import clock
from hemma.lib.mail import imap
from hemma.lib.mail.smtp import Security
from hemma.lib.tests.dovecot import dovecot

KIM = "kim@example.org"


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return found


def write(server, raw: bytes, to: str):
    with smtplib.SMTP(server.smtp_host, server.smtp_port) as smtp:
        smtp.sendmail(KIM, [to], raw)


def test_kim_writes_is_answered_and_the_reply_is_in_the_same_case(
    lasting_room, make_mail, answer, tmp_path
):
    room, stop = lasting_room, threading.Event()
    with dovecot(tmp_path) as server:
        Mailbox.objects.update(
            imap_port=server.imap_port, smtp_port=server.smtp_port, user="", sealed_password=b""
        )
        box = imap.ImapServer(
            "127.0.0.1", server.imap_port, room.mailbox.address, server.password, Security.NONE
        )
        poller = threading.Thread(target=watching.watch_one, args=(room.mailbox.pk, box, stop))
        poller.start()
        try:
            write(server, make_mail(subject="Fakturan"), room.mailbox.address)
            case = until(Case.objects.first)
            sent = answer(room.amanda, case, "Hej Kim! Pengarna är på väg. Åsa").message
            clock.advance(taking_back.UNDO)
            assert actions.send(message_id=sent.pk) == "sent"
            assert OutgoingMail.objects.get().sent_at is not None
            kims = imap.ImapServer(
                "127.0.0.1", server.imap_port, KIM, server.password, Security.NONE
            )
            [(_v, _uid, raw)] = list(imap.fetch_since(kims, None, 0))
            got = message_from_bytes(raw, policy=policy.default)
            assert got["From"].addresses[0].display_name == "Björkvik Energi"
            assert got["In-Reply-To"] == "<one@kim>"
            assert f"[{case.reference}]" in got["Subject"]
            assert "Pengarna är på väg" in got.get_content()
            reply_to = got["Reply-To"].addresses[0].addr_spec
            write(server, make_mail(message_id="two@kim", subject="Tack", to=reply_to), reply_to)
            until(lambda: case.messages.count() == 3)
        finally:
            stop.set()
            poller.join(10)
    assert Case.objects.count() == 1
    case.refresh_from_db()
    assert case.state == "open"


def test_an_answer_waits_while_the_mail_server_is_away_and_leaves_when_it_is_back(room, answer):
    case = room.case_from_kim()
    sent = answer(room.amanda, case).message  # port 1: nobody listens there
    clock.advance(taking_back.UNDO)
    assert actions.send(message_id=sent.pk) == "queued"
    row = OutgoingMail.objects.get()
    assert row.attempts == 1
    assert row.problem
    assert row.next_try_at > row.queued_at
    assert actions.send(message_id=sent.pk) == "", "it is not tried again before its time"
