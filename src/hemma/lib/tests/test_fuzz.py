"""Mails nobody has thought of: mutated and made up, none raises, none holds what can't be stored."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemma.lib.mail import guard, invitations, quotes, spam
from hemma.lib.mail.parse import parse

WHOLE = (
    b"From: =?utf-8?q?Kim_H=C3=B6lm?= <kim@example.org>\r\nTo: a@b.example\r\n"
    b"Subject: =?iso-8859-1?Q?f=F6r?= sent\r\nMessage-ID: <1@kim>\r\nDate: Thu, 19 Nov 2026\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain;"
    b" charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVqIQ==\r\n--c\r\n"
    b"Content-Type: text/html\r\n\r\n<p onclick=x>Hej<svg onload=y>\r\n--c--\r\n--b\r\n"
    b"Content-Type: text/calendar\r\nContent-Disposition: attachment; filename*=utf-8''%C3%A5.ics"
    b"\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261119T080000Z\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n--b--\r\n"
)
BITS = st.sampled_from(
    [b"\r\n", b"\n\n", b"\x00", b"\xff", b"--b", b"=?", b"?=", b"<", b">", b'"', b";", b"base64",
     b"Content-Type: message/rfc822\r\n\r\n", b"\xed\xa0\x80", b"charset=x-unknown"]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 60), BITS | st.binary(max_size=20)),
    max_size=12,
)


def check(raw: bytes) -> None:
    mail = parse(raw, key=b"k" * 32)
    for text in (mail.text, mail.subject, mail.html or "", mail.new_text, mail.quoted_text):
        assert "\x00" not in text
        text.encode()
    assert quotes.split(mail.text, mail.subject) == (mail.new_text, mail.quoted_text)
    for file in mail.attachments:
        guard.judge(file)
    invitations.find(mail.attachments)
    spam.words_of(mail)
    assert "onclick" not in (mail.html or "")
    assert "<svg" not in (mail.html or "")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EDITS)
def test_a_mail_cut_and_patched_anywhere_is_still_read(edits):
    raw = WHOLE
    for at, length, patch in edits:
        raw = raw[:at] + patch + raw[at + length :]
    check(raw)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_a_mail_to_be_read(raw):
    check(raw)
