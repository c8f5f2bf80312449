"""Mail in: each mail once, to the right case, and a broken one is in nobody's way."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from hemma.desk import actions, watching
from hemma.desk.actions import Outcome
from hemma.desk.models import Case, Customer, Message, OutgoingMail, Queue, RawMail
from hemma.journal.models import Event
from hemma.lib import clock, sealing
from hemma.lib.mail import addresses

DSN = """Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; kim@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: message/rfc822

From: support@bjorkvik.example
Message-ID: <{original}>
Subject: x

x
--b--
"""


def key():
    return sealing.derive("mail")


def test_kims_mail_becomes_a_case_with_a_promise_in_opening_hours(room, make_mail):
    assert room.mail_in(make_mail(subject="Fakturan")) is Outcome.CASE
    case = Case.objects.get()
    assert (case.customer.name, case.subject, case.state) == ("Kim Holm", "Fakturan", "open")
    assert case.waiting_since == case.opened_at
    assert (case.promised_at - datetime(2026, 11, 19, 12, 37, tzinfo=UTC)).total_seconds() < 60
    assert Event.objects.filter(kind="case.opened", about=f"case:{case.pk}").exists()


def test_kims_reply_to_the_signed_address_reopens_the_case_and_amanda_keeps_it(room, make_mail):
    case = room.case_from_kim()
    actions.take(actor=room.amanda, case=case)
    Case.objects.update(state="answered", waiting_since=None, promised_at=None)
    address = addresses.reply_address(room.mailbox.address, case.number, key())
    reply = make_mail(sender="K <other@example.org>", message_id="two@kim", to=address)
    assert room.mail_in(reply) is Outcome.REPLY
    case.refresh_from_db()
    assert case.state == "open"
    assert case.waiting_since is not None
    assert case.promised_at is not None
    assert case.holdings.get(until=None).person == room.amanda
    assert Case.objects.count() == 1


def test_guessing_a_reply_address_makes_a_case_of_its_own(room, make_mail):
    case = room.case_from_kim()
    guess = f"support+h{case.number}.abcdefghijklmnop@bjorkvik.example"
    guessed = make_mail(sender="Eve <eve@example.org>", message_id="e@eve", to=guess)
    assert room.mail_in(guessed) is Outcome.CASE
    assert case.messages.count() == 1


@pytest.mark.parametrize("hint", ["In-Reply-To: <0@kim>", "References: <x@y> <0@kim>", ""])
def test_headers_and_numbers_count_only_from_who_is_a_party(room, make_mail, hint):
    case = room.case_from_kim()
    subject = "Sv: hej" if hint else f"Sv: hej [H-{case.number}]"
    more = {"subject": subject, "headers": [hint] if hint else []}
    stranger = make_mail(sender="Eve <eve@example.org>", message_id="e@eve", **more)
    assert room.mail_in(stranger) is Outcome.CASE
    kim = make_mail(sender="KIM@Example.org", message_id="two@kim", **more)
    assert room.mail_in(kim) is Outcome.REPLY
    assert case.messages.count() == 2


def test_a_reply_to_a_case_that_waits_already_keeps_its_place_in_the_line(room, make_mail):
    case = room.case_from_kim()
    with clock.moved_to(datetime(2026, 11, 19, 10, tzinfo=UTC)):
        room.mail_in(make_mail(message_id="two@kim", headers=["In-Reply-To: <0@kim>"]))
    before = (case.waiting_since, case.promised_at)
    case.refresh_from_db()
    assert (case.waiting_since, case.promised_at) == before


def test_the_same_mail_twice_is_one_message(room, make_mail):
    raw = make_mail()
    assert room.mail_in(raw) is Outcome.CASE
    assert room.mail_in(raw) is Outcome.DUPLICATE
    by_another_way = raw.replace(b"From:", b"Received: by elsewhere\r\nFrom:", 1)
    assert room.mail_in(by_another_way) is Outcome.DUPLICATE
    assert Message.objects.count() == 1
    assert not RawMail.objects.exclude(state="taken").exists()


def test_an_automatic_answer_makes_nobody_wait(room, make_mail):
    case = room.case_from_kim()
    Case.objects.update(state="answered", waiting_since=None)
    auto = ["Auto-Submitted: auto-replied"]
    note = make_mail(message_id="a@kim", headers=[*auto, "In-Reply-To: <0@kim>"])
    assert room.mail_in(note) is Outcome.NOTE
    case.refresh_from_db()
    assert case.state == "answered"
    assert case.messages.order_by("-pk").first().direction == "auto"
    assert room.mail_in(make_mail(message_id="b@kim", headers=auto)) is Outcome.ASIDE
    assert RawMail.objects.get(state="set_aside").problem == "auto_reply"


def test_a_bounce_says_on_the_case_that_the_answer_did_not_arrive(room, make_mail, answer):
    case = room.case_from_kim()
    sent = answer(room.amanda, case).message
    OutgoingMail.objects.update(state="sent")
    dsn = "From: MAILER-DAEMON@mx.example.org\r\nReturn-Path: <>\r\n" + DSN.format(
        original=sent.message_id
    )
    assert room.mail_in(dsn.encode()) is Outcome.NOTE
    sent.outgoing.refresh_from_db()
    assert sent.outgoing.state == "failed"
    assert "550 no such user" in sent.outgoing.problem
    case.refresh_from_db()
    assert case.state == "answered"


def test_a_bounce_of_something_we_never_sent_is_set_aside(room):
    dsn = "From: MAILER-DAEMON@mx.example.org\r\nReturn-Path: <>\r\n" + DSN.format(original="x@y")
    assert room.mail_in(dsn.encode()) is Outcome.ASIDE
    assert not Case.objects.exists()


def test_eight_broken_mails_are_not_in_the_way_of_the_ninth(room, make_mail):
    Queue.objects.update(zone="Nowhere/At all")
    for number in range(8):
        assert room.mail_in(make_mail(message_id=f"{number}@broken")) is Outcome.ASIDE
    Queue.objects.update(zone="Europe/Stockholm")
    assert room.mail_in(make_mail(message_id="9@kim")) is Outcome.CASE
    broken = RawMail.objects.filter(state="set_aside")
    assert broken.count() == 8
    assert all("ZoneInfoNotFoundError" in raw.problem for raw in broken)
    again = actions.take_in_again(actor=room.tina, raw_id=broken.first().pk)
    assert again is Outcome.CASE


def test_a_mail_that_was_stored_before_a_crash_is_taken_in_at_the_next_start(room, make_mail):
    actions.store(mailbox_id=room.mailbox.pk, uidvalidity=1, uid=1, content=make_mail())
    assert not Case.objects.exists()
    assert watching.take_in_leftovers() == 1
    assert Case.objects.count() == 1
    assert watching.take_in_leftovers() == 0


def test_storing_moves_the_position_on_and_never_back(room, make_mail):
    for uid in (3, 2, 3):
        actions.store(mailbox_id=room.mailbox.pk, uidvalidity=7, uid=uid, content=make_mail())
    room.mailbox.refresh_from_db()
    assert (room.mailbox.uidvalidity, room.mailbox.last_uid) == (7, 3)
    assert RawMail.objects.count() == 2


def test_two_pollers_on_one_mailbox_make_each_mail_one_case(lasting_room, make_mail):
    mails = [make_mail(message_id=f"{n}@kim", sender="Kim <kim@example.org>") for n in range(20)]
    start = threading.Barrier(2)

    def poll():
        start.wait()
        for uid, raw in enumerate(mails, 1):
            raw_id = actions.store(
                mailbox_id=lasting_room.mailbox.pk, uidvalidity=1, uid=uid, content=raw
            )
            actions.take_in(raw_id=raw_id)
        connection.close()

    pollers = [threading.Thread(target=poll) for _ in range(2)]
    for poller in pollers:
        poller.start()
    for poller in pollers:
        poller.join(60)
    assert Case.objects.count() == 20
    assert Message.objects.count() == 20
    assert Customer.objects.count() == 1
    assert set(RawMail.objects.values_list("state", flat=True)) == {"taken"}


def test_two_hundred_generated_mails_become_what_they_should(room, tmp_path):
    data = os.environ.get("HEMMA_TEST_DATA")
    if not data:
        pytest.skip("HEMMA_TEST_DATA is not set")
    script = Path(data) / "mail" / "generated" / "generate_mails.py"
    assert script.exists(), f"{script} is missing"
    subprocess.run([sys.executable, script, tmp_path, room.mailbox.address], check=True)
    outcomes = [room.mail_in(p.read_bytes()) for p in sorted(tmp_path.glob("*.eml"))]
    counts = {outcome: outcomes.count(outcome) for outcome in set(outcomes)}
    assert counts == {
        Outcome.CASE: 150,
        Outcome.REPLY: 30,
        Outcome.ASIDE: 15,
        Outcome.DUPLICATE: 5,
    }
    assert Case.objects.filter(state="open").count() == 150
    assert Message.objects.count() == 180
    assert not RawMail.objects.filter(state="new").exists()
    assert {raw.problem for raw in RawMail.objects.filter(state="set_aside")} == {
        "auto_reply",
        "bounce",
    }
