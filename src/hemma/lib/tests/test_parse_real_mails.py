"""Every mail that other projects found difficult is taken in, and none loses a word."""

import html as entities
import os
import re
import runpy
import sys
from collections import Counter

import pytest

from hemma.lib.mail import quotes
from hemma.lib.mail.incoming import AutoKind, Problem
from hemma.lib.mail.parse import parse
from hemma.lib.tests import real_mail

WORD = re.compile(r"[A-Za-z]{4,}")


def difficult_mails():
    root = real_mail.folder()
    files = [f for kind in ("mikel_mail", "enmime") for f in (root / kind).rglob("*")]
    return [f for f in files if f.is_file() and "LICENSE" not in f.name and f.name[0] != "."]


def test_every_difficult_mail_is_taken_in_as_a_mail_and_not_as_a_last_resort():
    files = difficult_mails()
    assert len(files) >= 200
    for file in files:
        mail = parse(file.read_bytes())
        for text in (mail.text, mail.subject, mail.html or "", mail.new_text, mail.quoted_text):
            assert "\x00" not in text
            text.encode("utf-8")
        assert Problem.UNREADABLE_MIME not in mail.problems, file


def test_no_readable_word_of_a_difficult_mail_is_lost():
    checked = 0
    for file in difficult_mails():
        raw = file.read_bytes()
        mail = parse(raw)
        kept = " ".join([mail.text, mail.subject, mail.html or ""]).lower()
        kept += b" ".join(a.content for a in mail.attachments).decode("latin-1").lower()
        kept = entities.unescape(kept)
        for paragraph in plain_paragraphs(raw):
            checked += 1
            missing = [w for w in WORD.findall(paragraph) if w.lower() not in kept]
            assert not missing, (file, missing[:10])
    assert checked > 100


def plain_paragraphs(raw):
    """Paragraphs of the raw mail that are plainly somebody's words: no headers, HTML, encodings."""
    unix = raw.decode("latin-1").replace("\r\n", "\n")
    for paragraph in unix.partition("\n\n")[2].split("\n\n"):
        head = paragraph.lstrip("\n")
        if re.search(
            r"^[\w-]+:|^--|^\s*boundary=|[<=]|=$|multi-?part|MIME", head, re.MULTILINE | re.I
        ):
            continue
        if len(WORD.findall(head)) >= 4 and head.isascii() and " " in head:
            yield head


def test_the_generated_customers_are_understood_to_the_letter(tmp_path, monkeypatch):
    script = real_mail.folder() / "generated" / "generate_mails.py"
    monkeypatch.setattr(sys, "argv", [str(script), str(tmp_path), "support@hemma.test"])
    made = runpy.run_path(str(script))
    assert callable(made["body"])
    mails = [parse((tmp_path / f"{n:03d}.eml").read_bytes()) for n in range(200)]

    expected = generated_bodies(made)
    for number, text in expected.items():
        assert mails[number].text.strip() == text.replace("\r\n", "\n").strip(), number
    assert len(expected) == 200

    kinds = Counter(mail.auto for mail in mails)
    assert kinds == {AutoKind.NONE: 185, AutoKind.AUTO_REPLY: 10, AutoKind.BOUNCE: 5}
    assert sum(1 for mail in mails if mail.in_reply_to) == 30
    assert len({mail.message_id for mail in mails}) == 195
    assert all(not mail.problems for mail in mails)
    assert all(mail.from_ and mail.from_.name.startswith("Kund Åström") for mail in mails[:180])
    for number, mail in enumerate(mails[:195][190:]):
        assert mail.bounce.original_message_id == f"out-{number}@hemma.test"
        assert [r.address for r in mail.bounce.recipients] == [f"borta{number}@kund.test"]
    for mail in mails[150:180]:
        assert mail.new_text.startswith("Glömde säga:")
        assert "skrev Kund" not in mail.new_text
        assert mail.quoted_text.startswith("Den 1 sep. 2026 skrev Kund:")


def generated_bodies(made):
    """The generator's own texts, drawn again from its seed in the same order."""
    rnd, para, body = made["rnd"], made["para"], made["body"]
    rnd.seed(42)
    texts = {}
    for n in range(150):
        para(4)
        texts[n] = body()
        if 125 <= n < 140:
            para(250)
    for k in range(30):
        texts[150 + k] = (
            f"Glömde säga: {para(12)}\r\n\r\nDen 1 sep. 2026 skrev Kund:\r\n> {para(20)}\r\n> {para(12)}"
        )
    for k in range(10):
        texts[180 + k] = "Jag är på semester till 30/9."
    for k in range(5):
        texts[190 + k] = (
            "This is the mail system. I'm sorry to have to inform you that your message could not "
            "be delivered."
        )
        texts[195 + k] = texts[k]
    return texts


@pytest.mark.parametrize(
    "name",
    [
        "email_headers_1",
        "embedded_email_1",
        "embedded_email_5",
        "embedded_email_german_1",
        "embedded_email_norwegian",
        "embedded_email_spanish_1",
        "embedded_email_swedish",
        "quote_and_text",
        "signatures",
        "text_only",
    ],
)
def test_the_reply_is_told_from_what_it_quotes(name):
    root = real_mail.folder() / "reply_trimmer"
    new, _quoted = quotes.split((root / "emails" / f"{name}.txt").read_text())
    assert new == (root / "trimmed" / f"{name}.txt").read_text().strip()


def test_no_reply_sample_was_forgotten():
    root = real_mail.folder() / "reply_trimmer"
    assert len(os.listdir(root / "emails")) == 10
