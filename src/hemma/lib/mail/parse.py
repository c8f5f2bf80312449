"""A raw mail in, an `IncomingMail` out: it never raises and never loses text.

The standard library builds the tree of parts (under its older, forgiving policy) and nothing more:
header values, transfer encodings and charsets are read here, one by one, because its newer parser
raises on some real mails.
"""

import email
import email.policy
from datetime import datetime
from email.message import Message

from hemma.lib.mail import addresses, bodies, charsets, headers, kinds, quotes
from hemma.lib.mail.headers import Headers
from hemma.lib.mail.incoming import Address, AutoKind, Bounce, IncomingMail, Problem


def parse(raw: bytes, *, key: bytes | None = None) -> IncomingMail:
    """Read a mail. With the installation's `key`, mails we sent ourselves are told apart."""
    try:
        return _read(email.message_from_bytes(raw, policy=email.policy.compat32), raw, key)
    except Exception:  # the promise is to take every mail in; what is unreadable is shown as text
        return _unreadable(raw)


def _read(message: Message, raw: bytes, key: bytes | None) -> IncomingMail:
    head = headers.read(message)
    body = bodies.read(message)
    problems = set(body.problems)
    text = body.text
    if not text and not body.attachments and _has_body(raw):
        text = charsets.guess(raw).replace("\r\n", "\n")
        problems.add(Problem.UNREADABLE_MIME)
    sender = _sender(head, problems)
    subject = headers.line(headers.first(head, "subject"))
    message_id = _message_id(head, problems)
    auto, bounce = _kind(message, head, sender, subject)
    if key and message_id and addresses.read_message_id(message_id, key) is not None:
        auto, bounce = AutoKind.OURS, None
    new_text, quoted_text = quotes.split(text, subject)
    return IncomingMail(
        message_id=message_id,
        from_=sender,
        to=headers.addresses(head.get("to", [])),
        cc=headers.addresses(head.get("cc", [])),
        reply_to=headers.addresses(head.get("reply-to", [])),
        delivered_to=_delivered_to(head),
        subject=subject,
        date=_date(head, problems),
        in_reply_to=next(iter(headers.message_ids(headers.first(head, "in-reply-to"))), None),
        references=headers.message_ids(" ".join(head.get("references", []))),
        text=text,
        new_text=new_text,
        quoted_text=quoted_text,
        html=body.html,
        attachments=tuple(body.attachments),
        auto=auto,
        may_auto_answer=auto is AutoKind.NONE and not kinds.wants_no_answer(head),
        bounce=bounce,
        problems=tuple(sorted(problems)),
    )


def _has_body(raw: bytes) -> bool:
    """Whether anything but white space follows the headers."""
    unix = raw.replace(b"\r\n", b"\n")
    return bool(unix.partition(b"\n\n")[2].strip(b" \t\r\n\x00")) or unix.startswith(b"\n")


def _sender(head: Headers, problems: set[Problem]) -> Address | None:
    found = headers.addresses(head.get("from", [])) or headers.addresses(head.get("sender", []))
    if not found:
        found = headers.addresses(head.get("reply-to", []) + head.get("return-path", []))
        problems.add(Problem.MISSING_FROM)
    return found[0] if found else None


def _message_id(head: Headers, problems: set[Problem]) -> str | None:
    found = headers.message_ids(headers.first(head, "message-id"))
    if not found:
        problems.add(Problem.MISSING_MESSAGE_ID)
        return None
    return charsets.storable(found[0])


def _date(head: Headers, problems: set[Problem]) -> datetime | None:
    if moment := headers.date(headers.first(head, "date")):
        return moment
    # The topmost Received line is from the server nearest to us.
    moment = headers.date(headers.first(head, "received").rpartition(";")[2])
    problems.add(Problem.GUESSED_DATE if moment else Problem.MISSING_DATE)
    return moment


def _delivered_to(head: Headers) -> tuple[str, ...]:
    """The addresses the mail was delivered to, which forwarding and Bcc hide from To."""
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
    values = [value for name in names for value in head.get(name, [])]
    return tuple(dict.fromkeys(found.address for found in headers.addresses(values)))


def _kind(
    message: Message, head: Headers, sender: Address | None, subject: str
) -> tuple[AutoKind, Bounce | None]:
    kind = kinds.kind(message, head, sender, subject)
    return kind, kinds.bounce(message, head) if kind is AutoKind.BOUNCE else None


def _unreadable(raw: bytes) -> IncomingMail:
    text = charsets.guess(raw).replace("\r\n", "\n")
    return IncomingMail(
        message_id=None, from_=None, to=(), cc=(), reply_to=(), delivered_to=(), subject="",
        date=None, in_reply_to=None, references=(), text=text, new_text=text.strip(),
        quoted_text="", html=None, attachments=(), auto=AutoKind.NONE, may_auto_answer=False,
        bounce=None, problems=(Problem.UNREADABLE_MIME,),
    )  # fmt: skip
