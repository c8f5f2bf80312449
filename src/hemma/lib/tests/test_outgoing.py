"""The answer that leaves arrives whole, in its thread, and carries nobody's extra headers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemma.lib.mail.outgoing import Answer, Quote, build, reply_subject
from hemma.lib.mail.parse import parse

ANSWER = Answer(
    from_name="Amanda hos Exempel",
    from_address="support@example.org",
    to=(("Kim Holm", "kim@example.com"),),
    subject="Sv: Mitt paket [H-2417]",
    text="Hej Kim!\n\nPaketet är på väg.",
    message_id="h2417.x.y@example.org",
    date=datetime(2026, 9, 1, 8, tzinfo=UTC),
    reply_to="support+h2417.abc@example.org",
    in_reply_to="1@example.com",
    references=("0@example.com", "1@example.com"),
)


def test_kim_gets_what_amanda_wrote_in_the_same_thread():
    read = parse(build(ANSWER).as_bytes())
    assert read.text.strip() == ANSWER.text
    assert read.from_ == (ANSWER.from_name, ANSWER.from_address)
    assert read.reply_to[0].address == ANSWER.reply_to
    assert (read.message_id, read.in_reply_to) == (ANSWER.message_id, "1@example.com")
    assert read.references == ("0@example.com", "1@example.com")
    assert (read.subject, read.date) == (ANSWER.subject, ANSWER.date)
    assert read.may_auto_answer


def test_an_automatic_answer_says_so():
    assert parse(build(replace(ANSWER, is_automatic=True)).as_bytes()).auto == "auto_reply"


def test_the_question_is_quoted_below_and_told_apart():
    quote = Quote("Den 1 september 2026 skrev Kim:", "Var är\n\nmitt paket?")
    read = parse(build(replace(ANSWER, quote=quote)).as_bytes())
    assert read.new_text == ANSWER.text
    assert read.quoted_text == "Den 1 september 2026 skrev Kim:\n> Var är\n>\n> mitt paket?"


def test_long_lines_are_broken_and_links_are_not():
    link = "https://example.org/" + "x" * 200
    body = build(replace(ANSWER, text="ord " * 60 + link)).get_content()
    assert link in body
    assert all(len(line) <= 76 or link in line for line in body.splitlines())
    assert body.split() == ["ord"] * 60 + [link]


@given(st.text(), st.text())
def test_nobody_can_add_a_header(name, subject):
    message = build(
        replace(ANSWER, from_name=name, subject=subject, to=((name, "kim@example.com"),))
    )
    raw = message.as_bytes()
    read = parse(raw)
    assert read.text.strip() == ANSWER.text
    assert [a.address for a in read.to] == ["kim@example.com"]
    names = [
        line.partition(b":")[0].lower() for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    ]
    assert b"bcc" not in names


def test_a_line_break_in_a_name_is_a_space():
    message = build(
        replace(ANSWER, from_name="Amanda\r\nBcc: charlie@example.com", subject="a\nBcc: b")
    )
    assert message["Bcc"] is None
    assert message["Subject"] == "a Bcc: b"


@pytest.mark.parametrize("bad", ["", "kim", "kim@example.com\r\nBcc: x@y", "a@b, c@d", "@x"])
def test_what_is_no_address_is_refused(bad):
    with pytest.raises(ValueError, match="no mail address"):
        build(replace(ANSWER, to=(("Kim", bad),)))


def test_a_strange_message_id_of_the_customer_is_left_out():
    message = build(replace(ANSWER, in_reply_to="x\r\nBcc: a", references=("å@x", "", "ok@x")))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<ok@x>"


def test_a_long_thread_keeps_its_root_and_its_latest():
    many = tuple(f"{n}@example.com" for n in range(100))
    references = build(replace(ANSWER, references=many, in_reply_to="99@example.com"))["References"]
    ids = references.split()
    assert len(ids) == 20
    assert (ids[0], ids[-1]) == ("<0@example.com>", "<99@example.com>")


def test_the_subject_gets_its_prefix_and_tag_once():
    once = reply_subject("Mitt paket", "Sv", "[H-17]")
    assert once == "Sv: Mitt paket [H-17]"
    assert reply_subject(f"Re: {once}", "Sv", "[H-17]") == f"Re: {once}"
