"""Kim writes in every way a mail program can get wrong, and is understood."""

import os
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.lib.mail import addresses
from hemma.lib.mail.incoming import Address, AutoKind, IncomingMail, Problem
from hemma.lib.mail.parse import parse

HEAD = (
    b"From: Kim Holm <kim@example.org>\r\nTo: support@example.com\r\n"
    b"Date: Tue, 1 Sep 2026 10:00:00 +0200\r\nMessage-ID: <1@example.org>\r\nSubject: Hej\r\n"
)


def mail(body: bytes, *headers: bytes) -> IncomingMail:
    return parse(HEAD + b"".join(h + b"\r\n" for h in headers) + b"\r\n" + body)


def part(content_type: str, body: str, *headers: str) -> str:
    return "\r\n".join(["--b", f"Content-Type: {content_type}", *headers, "", body, ""])


def multipart(kind: str, *parts: str) -> IncomingMail:
    body = "".join(parts) + "--b--\r\n"
    return mail(body.encode(), f'Content-Type: multipart/{kind}; boundary="b"'.encode())


def test_kims_plain_mail_is_read():
    read = mail(b"Var \xc3\xa4r mitt paket?\r\n", b"Content-Type: text/plain; charset=utf-8")
    assert read.text.strip() == "Var är mitt paket?"
    assert read.from_ == Address("Kim Holm", "kim@example.org")
    assert read.date == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert (read.message_id, read.subject) == ("1@example.org", "Hej")
    assert (read.auto, read.may_auto_answer, read.problems) == (AutoKind.NONE, True, ())


@pytest.mark.parametrize(
    ("body", "charset", "honest"),
    [
        ("Åsa går".encode(), "utf-8", True),
        ("Åsa går".encode("latin-1"), "iso-8859-1", True),
        ("Åsa går".encode("latin-1"), "utf-8", False),
        ("Åsa går".encode(), "x-unknown", False),
        ("Åsa går".encode("latin-1"), "us-ascii", False),
        ("Åsa går".encode(), "", False),
        ("Åsa går".encode(), "unicode_escape", False),
        ("Åsa går".encode(), "base64", False),
        ("Åsa går".encode("utf-16"), "utf-16", True),
        ("Åsa går".encode(), "utf-8\x00", False),
    ],
)
def test_swedish_letters_survive_a_charset_that_lies(body, charset, honest):
    read = mail(body, f'Content-Type: text/plain; charset="{charset}"'.encode())
    assert read.text.strip() == "Åsa går"
    assert (Problem.BAD_CHARSET not in read.problems) is honest


def test_names_and_subjects_are_decoded_however_they_are_written():
    raw = (
        b"From: =?utf-8?q?Holm=2C_=C3=85sa?= <asa@example.org>\r\n"
        b'To: "Support, kund" <support@example.com>, undisclosed-recipients:;\r\n'
        b"Subject: =?utf-8?b?RsOl?= =?utf-8?q?_hj=C3?= =?utf-8?q?=A4lp?= =?x?b?!!!?= sn\xe4lla\r\n\r\n"
    )
    read = parse(raw)
    assert read.from_ == Address("Holm, Åsa", "asa@example.org")
    assert read.to == (Address("Support, kund", "support@example.com"),)
    assert read.subject.startswith("Få hjälp")
    assert read.subject.endswith("snälla")


def test_a_broken_sender_is_still_found():
    read = parse(b"From: Kim Holm kim@@example.org <kim@example.org\r\n\r\nHej")
    assert read.from_
    assert read.from_.address == "kim@example.org"


def test_a_mail_without_headers_keeps_its_text_and_says_what_is_missing():
    read = parse(b"\r\nBara text")
    assert read.text.strip() == "Bara text"
    assert (read.from_, read.message_id, read.date, read.subject) == (None, None, None, "")
    assert {Problem.MISSING_FROM, Problem.MISSING_MESSAGE_ID, Problem.MISSING_DATE} <= set(
        read.problems
    )


def test_a_missing_date_is_taken_from_the_nearest_server():
    read = parse(
        b"Received: from a by b; Tue, 1 Sep 2026 10:00:00 +0200\r\nDate: i morgon\r\n\r\nHej"
    )
    assert read.date == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert Problem.GUESSED_DATE in read.problems


def test_html_only_becomes_text_and_safe_html():
    read = mail(
        b"<style>p{color:red}</style><p>Hej <b>Amanda</b>,</p><ul><li>ett</li></ul>"
        b"<blockquote>citat</blockquote><a href='https://example.org/x'>se</a><script>1</script>",
        b"Content-Type: text/html",
    )
    assert read.text == "Hej Amanda,\n\n- ett\n\n> citat\n\nse <https://example.org/x>"
    assert read.html
    assert "script" not in read.html
    assert "<b>Amanda</b>" in read.html


def test_an_empty_plain_version_does_not_hide_the_html_one():
    read = multipart("alternative", part("text/plain", " "), part("text/html", "<p>Hej</p>"))
    assert read.text == "Hej"


def test_the_plain_version_is_read_and_the_html_one_shown():
    read = multipart("alternative", part("text/plain", "Hej!"), part("text/html", "<i>Hej!</i>"))
    assert (read.text, read.html) == ("Hej!", "<i>Hej!</i>")


def test_pictures_and_files_come_along():
    read = multipart(
        "related",
        part("text/html", '<p>Se bild</p><img src="cid:p1">'),
        part("image/png; name=x", "aGVq", "Content-Transfer-Encoding: base64", "Content-ID: <p1>"),
        part("text/plain", "rad", 'Content-Disposition: attachment; filename="../kvitto.txt"'),
        part("text/calendar", "BEGIN:VCALENDAR"),
    )
    picture, receipt, meeting = read.attachments
    assert (picture.cid, picture.content, picture.size) == ("p1", b"hej", 3)
    assert receipt.name == "_kvitto.txt"
    assert meeting.content_type == "text/calendar"
    assert read.text == "Se bild"
    assert "img" not in (read.html or "")


def test_a_forwarded_mail_is_kept_whole_as_a_file():
    inner = "From: a@example.org\r\nSubject: inre\r\n\r\nOrden"
    read = multipart("mixed", part("text/plain", "Se bifogat"), part("message/rfc822", inner))
    assert read.text == "Se bifogat"
    assert b"Orden" in read.attachments[0].content
    assert read.attachments[0].content_type == "message/rfc822"


def test_a_mail_cut_off_in_the_middle_keeps_what_arrived():
    read = mail(
        b"--b\r\nContent-Type: text/plain\r\n\r\nHalva",
        b"Content-Type: multipart/mixed; boundary=b",
    )
    assert read.text == "Halva"
    read = mail(b"Helt utan delar", b"Content-Type: multipart/mixed; boundary=b")
    assert read.text == "Helt utan delar"
    assert Problem.TRUNCATED_MIME in read.problems


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", b"SGVq\r\n\r\nListans fot: hej\r\n", "Hej\nListans fot: hej"),
        ("base64", b"Det var inte base64!", "Det var inte base64!"),
        ("base64", b"SGVqIQ", "Hej!"),
        (" Quoted-Printable ;", b"Hej=21 =C3=A5", "Hej! å"),
        ("quoted-printable", b"100=% =ZZ", "100=% =ZZ"),
        ("8-bit", "å".encode(), "å"),
        ("spam", b"Hej", "Hej"),
        ("x-uuencode", b"begin 644 x\r\n#2&5J\r\n`\r\nend\r\n", "Hej"),
    ],
)
def test_a_lying_transfer_encoding_loses_nothing(encoding, body, text):
    read = mail(
        body, b"Content-Type: text/plain; charset=utf-8",
        f"Content-Transfer-Encoding:{encoding}".encode(),
    )  # fmt: skip
    assert read.text.strip() == text


def test_what_the_database_refuses_is_gone():
    read = mail(b"a\x00b +2AA-", b"Content-Type: text/plain; charset=utf-7")
    assert "\x00" not in read.text
    read.text.encode("utf-8")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (b"Auto-Submitted: auto-replied", AutoKind.AUTO_REPLY),
        (b"Auto-Submitted: no", AutoKind.NONE),
        (b"Precedence: auto_reply", AutoKind.AUTO_REPLY),
        (b"X-Autoreply: yes", AutoKind.AUTO_REPLY),
        (b"Return-Path: <>", AutoKind.AUTO_REPLY),
        (b"List-Id: <nyheter.example.org>", AutoKind.LIST),
        (b"Precedence: bulk", AutoKind.LIST),
        (b"X-Failed-Recipients: borta@example.org", AutoKind.BOUNCE),
        (b"X-Auto-Response-Suppress: All", AutoKind.NONE),
    ],
)
def test_machines_are_told_from_people(header, kind):
    read = mail(b"Hej", header)
    assert read.auto is kind
    assert read.may_auto_answer is (header == b"Auto-Submitted: no")


def test_a_delay_is_not_a_final_bounce():
    status = "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; kim@example.org\r\nAction: {}\r\nStatus: 4.4.1\r\n"
    for action, final in (("delayed", False), ("failed", True)):
        read = multipart(
            "report; report-type=delivery-status",
            part("text/plain", "Tyvärr"),
            part("message/delivery-status", status.format(action)),
            part("text/rfc822-headers", "Message-ID: <ut@example.com>"),
        )
        assert read.auto is AutoKind.BOUNCE
        assert read.bounce
        assert read.bounce.is_final is final
        assert read.bounce.original_message_id == "ut@example.com"
        assert read.bounce.recipients[0].address == "kim@example.org"


def test_our_own_mail_coming_back_is_known_and_anothers_is_not():
    own = addresses.message_id(2417, "example.com", b"our key")
    raw = f"From: support@example.com\r\nMessage-ID: <{own}>\r\n\r\nHej".encode()
    assert parse(raw, key=b"our key").auto is AutoKind.OURS
    assert parse(raw, key=b"another house").auto is AutoKind.NONE


def test_a_very_deep_mail_does_not_bring_us_down():
    levels = 3000
    raw = HEAD + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(levels)
    )
    read = parse(raw + b"\r\ninnermost")
    assert "innermost" in read.text or any(b"innermost" in a.content for a in read.attachments)


@given(st.binary(max_size=2000))
def test_any_bytes_at_all_are_taken_in(raw):
    check_promises(parse(raw))


PIECES = [
    b"From: ", b"To: a@b, ", b"\r\n", b"\n", b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=b",
    b"--b\r\n", b"--b--", b"Content-Type: text/html; charset=", b"utf-7", b"idna", b"\xff\xfe", b"\x00",
    b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?b?", b"?=", b"=?x?q?=C3", b"(((", b"<a@b>", b'"',
    b"Content-Type: message/rfc822\r\n\r\n", b"Content-Type: message/delivery-status\r\n\r\n", b"Date: ",
    b"filename*0*=utf-8''%C3", b"; filename*1=x", b"Content-Disposition: attachment", b"Subject: ",
    b"Tue, 1 Sep 99999 25:00:00 +9999", b"Message-ID: <", b"References: <a> <b", b"<p><div><img alt='x'>",
    b"begin 644 x\n", b"Den 1 sep. 2026 skrev Kim:\n> hej\n", b"\xe5\xe4\xf6", "åäö".encode(), b"X" * 100,
]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_any_heap_of_mail_syntax_is_taken_in(raw):
    check_promises(parse(raw))


@given(st.data())
def test_a_real_mail_damaged_anywhere_is_taken_in(data):
    raw = bytearray(
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + (part("text/plain; charset=utf-8", "Hej på dig") + part("text/html", "<p>Hej</p>")).encode()
        + b"--b--\r\n"
    )  # fmt: skip
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
        raw = raw or bytearray(b"x")
    check_promises(parse(bytes(raw)))


def check_promises(read: IncomingMail) -> None:
    for text in (read.text, read.subject, read.html or "", read.message_id or "", read.new_text):
        assert "\x00" not in text
        text.encode("utf-8")
    for address in (read.from_, *read.to, *read.cc, *read.reply_to):
        if address:
            f"{address.name}{address.address}".encode()
            assert "\n" not in address.name + address.address
    whole, halves = ("".join(t.split()) for t in (read.text, read.new_text + read.quoted_text))
    assert whole == halves


def test_the_real_mails_are_not_skipped_by_mistake():
    root = os.environ.get("HEMMA_TEST_DATA")
    assert root is None or os.path.isdir(os.path.join(root, "mail"))
