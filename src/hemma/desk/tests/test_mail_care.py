"""Mail with care: files withheld, spam held, rules, languages."""

import email
import io
import socketserver
import struct
import threading
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from hemma.desk import actions, watching
from hemma.desk.actions import Outcome, spam
from hemma.desk.mail_models import SortingRule, SpamWord, Withheld
from hemma.desk.models import Attachment, Case, Message, OutgoingMail, Queue, RawMail
from hemma.lib import clock, sealing
from hemma.lib.mail import addresses
from hemma.people.actions import add_person
from hemma.people.models import Role
from hemma.people.system import SYSTEM

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def with_file(make_mail, name, content, message_id="file@kim", kind="application/octet-stream"):
    message = email.message.EmailMessage()
    raw = email.message_from_bytes(make_mail())
    for header in ("From", "To", "Subject", "Date"):
        message[header] = raw[header]
    message["Message-ID"] = f"<{message_id}>"
    message.set_content("Se filen.")
    main, _, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes(policy=email.policy.SMTP)


def zipped(name):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("faktura.pdf.exe", b"x"),
        ("Faktura.JS ", b"x"),
        ("kvitto.pdf", b"MZ\x90\x00"),
        ("bilder.zip", zipped("foto.scr")),
        ("avtal.docx", zipped("word/vbaProject.bin")),
    ],
)
def test_a_file_that_would_run_is_kept_back_with_the_reason(room, make_mail, client, name, content):
    raw = with_file(make_mail, name, content)
    assert room.mail_in(raw) is Outcome.CASE
    assert not Attachment.objects.exists()
    assert Withheld.objects.get().reason == "dangerous"
    assert bytes(RawMail.objects.get().content) == raw, "the mail as it came keeps it"
    client.force_login(room.amanda)
    page = client.get(reverse("desk:case", args=[Case.objects.get().number])).content.decode()
    assert "Den kan köras på din dator" in page


def test_a_mail_of_fifty_megabytes_is_a_case_without_its_giant_file(room, make_mail):
    raw = with_file(make_mail, "film.mov", bytes(37 * 2**20))
    assert len(raw) > 50 * 10**6
    assert room.mail_in(raw) is Outcome.CASE
    assert Withheld.objects.get().reason == "too_big"
    assert Message.objects.get().text == "Se filen."


class Clamd(socketserver.ThreadingTCPServer):
    """A scanner that speaks clamd's INSTREAM and knows one virus."""

    allow_reuse_address, daemon_threads = True, True

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            assert self.rfile.read(10) == b"zINSTREAM\0"
            data = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                data += self.rfile.read(size)
            found = b"stream: Eicar-Test-Signature FOUND\0"
            self.wfile.write(found if EICAR in data else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    with Clamd(("127.0.0.1", 0), Clamd.Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_malware_is_kept_back_by_name_and_a_clean_file_is_handed_on(room, make_mail, clamd):
    room.mail_in(with_file(make_mail, "a.txt", b"x" * 200_000 + EICAR, "a@kim"))
    room.mail_in(with_file(make_mail, "b.txt", b"x" * 200_000, "b@kim"))
    withheld = Withheld.objects.get()
    assert (withheld.name, withheld.reason) == ("a.txt", "malware")
    assert withheld.detail == "Eicar-Test-Signature"
    assert Attachment.objects.get().name == "b.txt"


def test_while_the_scanner_is_away_mails_come_in_and_their_files_wait_for_it(
    room, make_mail, settings, clamd
):
    there, settings.CLAMD = settings.CLAMD, "127.0.0.1:1"
    assert room.mail_in(with_file(make_mail, "b.txt", b"hej")) is Outcome.CASE
    assert Withheld.objects.get().reason == "not_scanned"
    assert watching.scan_leftovers() == 0
    settings.CLAMD = there
    assert watching.scan_leftovers() == 1
    assert bytes(Attachment.objects.get().content) == b"hej"
    assert not Withheld.objects.exists()


def test_an_invitation_is_told_in_words(room, make_mail, client):
    ics = (
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@kim\r\n"
        b"DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\nSUMMARY:M\xc3\xb6te om elavtal\r\n"
        b"ORGANIZER:mailto:kim@example.org\r\nLOCATION:Ume\xc3\xa5\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    room.mail_in(with_file(make_mail, "invite.ics", ics, kind="text/calendar"))
    client.force_login(room.amanda)
    page = client.get(reverse("desk:how_it_came", args=[Case.objects.get().number]))
    said = page.content.decode()
    assert "Möte om elavtal" in said
    assert "24 november 2026 10:00" in said


def test_the_language_of_a_case_is_named_in_the_readers(room, client):
    case = room.case_from_kim()
    client.force_login(room.amanda)
    page = client.get(reverse("desk:how_it_came", args=[case.number]))
    assert "Skrivet på svenska" in page.content.decode()


def test_a_broken_calendar_is_only_a_file(room, make_mail):
    room.mail_in(with_file(make_mail, "x.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:no"))
    assert Attachment.objects.get().name == "x.ics"


def test_a_case_says_why_it_is_a_new_one(room, make_mail):
    case = room.case_from_kim()
    assert case.arrival.why == "first"
    assert case.arrival.language == "sv"
    eve = {"sender": "Eve <eve@example.org>"}
    room.mail_in(make_mail(message_id="1@eve", headers=["In-Reply-To: <0@kim>"], **eve))
    forged = f"support+h{case.number}.abcdefghijklmnop@bjorkvik.example"
    room.mail_in(make_mail(message_id="2@eve", to=forged, **eve))
    room.mail_in(make_mail(message_id="3@eve", headers=["In-Reply-To: <gone@x>"], **eve))
    whys = Case.objects.order_by("pk").values_list("arrival__why", flat=True)
    assert list(whys) == ["first", "not_a_party", "bad_signature", "unknown_reference"]


def test_the_language_can_be_corrected_by_those_who_see_the_case(room, client):
    case = room.case_from_kim()
    url = reverse("desk:language", args=[case.number])
    client.force_login(room.charlie)
    assert client.post(url, {"language": "da"}).status_code == 404
    client.force_login(room.amanda)
    client.post(url, {"language": "da"})
    case.arrival.refresh_from_db()
    assert (case.arrival.language, case.arrival.language_by) == ("da", room.amanda)


def test_two_different_mails_with_one_message_id_are_both_kept(room, make_mail):
    assert room.mail_in(make_mail(text="Det första.")) is Outcome.CASE
    assert room.mail_in(make_mail(text="Det andra.")) is Outcome.CASE
    assert Message.objects.count() == 2


def test_a_forged_mail_in_our_own_name_is_never_an_answer_of_ours(room, make_mail):
    case = room.case_from_kim()
    signed = addresses.reply_address(room.mailbox.address, case.number, sealing.derive("mail"))
    forged = make_mail(sender="Björkvik <support@bjorkvik.example>", message_id="f@x", to=signed)
    assert room.mail_in(forged) is Outcome.REPLY
    last = case.messages.order_by("-pk").first()
    assert (last.direction, last.author) == ("in", None)
    assert not OutgoingMail.objects.exists()


# -- sorting


@pytest.fixture
def other_queue(room):
    return Queue.objects.create(
        name="Avtal", programme="Björkvik Energi", team=room.queue.team,
        answer_within=timedelta(hours=2),
    )  # fmt: skip


def test_the_first_rule_that_fits_says_queue_priority_and_tags(room, make_mail, other_queue):
    rule = {"queue": other_queue, "priority": 2, "tags": ["flytt"]}
    SortingRule.objects.create(name="Finska", order=1, language="fi", tags=["suomi"])
    SortingRule.objects.create(
        name="Flytt", order=2, subject="FLYTT", sender="@example.org", **rule
    )
    SortingRule.objects.create(name="Alla", order=3, mailbox=room.mailbox, tags=["alla"])
    room.mail_in(make_mail(subject="Jag ska flytta", message_id="1@k"))
    room.mail_in(make_mail(subject="Faktura", message_id="2@k"))
    text = "Hei, en ole saanut laskua vielä. Voitteko auttaa minua?"
    room.mail_in(make_mail(subject="Lasku", text=text, message_id="3@k"))
    found = [
        (c.queue.name, c.arrival.priority, c.arrival.tags) for c in Case.objects.order_by("pk")
    ]
    assert found == [
        ("Avtal", 2, ["flytt"]),
        ("Björkvik faktura", 0, ["alla"]),
        ("Björkvik faktura", 0, ["suomi"]),
    ]


def test_a_rule_is_tried_on_last_week_before_it_sorts(room, make_mail, client, other_queue):
    with clock.moved_to(clock.now() - timedelta(days=8)):
        room.mail_in(make_mail(subject="Flytt för länge sedan", message_id="0@k"))
    room.mail_in(make_mail(subject="Flytt nu", message_id="1@k"))
    room.mail_in(make_mail(subject="Faktura", message_id="2@k"))
    sara = add_person(actor=SYSTEM, email="sara@x.example", name="Sara", roles=[Role.MANAGER])
    form = {"name": "Flytt", "order": 1, "subject": "flytt", "priority": 0, "queue": other_queue.pk}
    for outsider in (room.amanda, room.charlie):
        client.force_login(outsider)
        assert client.get(reverse("desk:rule_new")).status_code == 404
        assert client.post(reverse("desk:rule_new"), form).status_code == 404
    client.force_login(sara)
    page = client.post(reverse("desk:rule_new"), {**form, "try": "1"}).content.decode()
    assert "1 av förra veckans 2 mejl" in page
    assert "Flytt nu" not in page, "Sara leads no team: she sees how many, not what they say"
    assert not SortingRule.objects.exists()
    assert client.post(reverse("desk:rule_new"), form).status_code == 302
    assert SortingRule.objects.get().queue == other_queue
    assert Case.objects.filter(queue=other_queue).count() == 0, "what is there stays there"


# -- quarantine


def test_what_the_servers_filter_marked_waits_and_tina_lets_it_in(room, make_mail, client):
    assert room.mail_in(make_mail(headers=["X-Spam-Flag: YES"])) is Outcome.ASIDE
    client.force_login(room.charlie)
    assert client.get(reverse("desk:quarantine")).status_code == 404
    client.force_login(room.tina)
    assert "Mejlserverns filter" in client.get(reverse("desk:quarantine")).content.decode()
    raw = RawMail.objects.get()
    client.post(reverse("desk:release_from_quarantine", args=[raw.pk]))
    assert Case.objects.get().arrival.why == "by_hand"
    assert SpamWord.objects.get(word="").ham == 1


def test_hemma_learns_what_spam_looks_like_here_and_never_holds_a_reply(room, make_mail):
    for n in range(10):
        bad = make_mail(
            sender=f"Win <win{n}@lotto.example>", subject="Casino bonus",
            text="Claim your casino bonus jackpot today", message_id=f"{n}@spam",
        )  # fmt: skip
        room.mail_in(bad)
        actions.call_spam(actor=room.amanda, case=Case.objects.order_by("-pk").first())
        spam.learn_from_answer(case=room.case_from_kim(text=f"Min faktura {n} är för hög."))
    casino = {"subject": "Casino bonus", "text": "Your casino jackpot bonus waits"}
    assert room.mail_in(make_mail(sender="W <w@lotto.example>", message_id="x@s", **casino)) is (
        Outcome.ASIDE
    )
    assert RawMail.objects.get(state="set_aside").problem.startswith("spam: ")
    assert (
        room.mail_in(make_mail(text="Min faktura är för hög.", message_id="ok@k")) is Outcome.CASE
    )
    kims = make_mail(message_id="y@k", headers=["In-Reply-To: <ok@k>"], **casino)
    assert room.mail_in(kims) is Outcome.REPLY
