"""Build the answer that leaves: threading headers that every mail program follows, plain text."""

import textwrap
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from hemma.lib.mail import charsets

# RFC 5322 asks for the whole chain, but a header must stay sane: the first tells the thread's
# root, the last ones the branch.
MOST_REFERENCES = 20
WIDTH = 76


@dataclass(frozen=True, slots=True)
class Quote:
    """The mail being answered: the line above it in the reader's language, and its words."""

    introduction: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an outgoing mail says. Message-IDs without brackets; `date` aware."""

    from_name: str
    from_address: str
    to: tuple[tuple[str, str], ...]
    subject: str
    text: str
    message_id: str
    date: datetime
    cc: tuple[tuple[str, str], ...] = ()
    reply_to: str = ""
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    is_automatic: bool = False
    quote: Quote | None = None


def build(answer: Answer) -> EmailMessage:
    """The mail as it will be sent.

    Raises ValueError when an address is none, or when a Message-ID or the date is unusable; line
    breaks in names and the subject become spaces, so that nobody can add a header of their own.
    """
    if answer.date.tzinfo is None:
        raise ValueError("the date of a mail needs a time zone")
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(answer.from_name, answer.from_address)
    message["To"] = [_address(name, address) for name, address in answer.to]
    if answer.cc:
        message["Cc"] = [_address(name, address) for name, address in answer.cc]
    if answer.reply_to:
        message["Reply-To"] = _address(answer.from_name, answer.reply_to)
    message["Subject"] = _one_line(answer.subject)
    message["Date"] = format_datetime(answer.date)
    message["Message-ID"] = _bracketed(answer.message_id)
    _thread(message, answer)
    if answer.is_automatic:
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_body(answer), charset="utf-8", cte=_transfer_encoding(answer))
    return message


def reply_subject(subject: str, prefix: str, tag: str = "") -> str:
    """'Re: Where is my order? [H-2417]', with the prefix and the tag once."""
    plain = _one_line(subject)
    known = (f"{prefix}:", "re:", "sv:", "vs:", "aw:")
    if not plain.lower().startswith(tuple(start.lower() for start in known)):
        plain = f"{prefix}: {plain}".strip()
    return plain if not tag or tag.lower() in plain.lower() else f"{plain} {tag}"


def _thread(message: EmailMessage, answer: Answer) -> None:
    parent = answer.in_reply_to
    chain = [reference for reference in answer.references if _is_usable(reference)]
    if parent and _is_usable(parent):
        message["In-Reply-To"] = _bracketed(parent)
        chain = [reference for reference in chain if reference != parent] + [parent]
    if len(chain) > MOST_REFERENCES:
        chain = chain[:1] + chain[-(MOST_REFERENCES - 1) :]
    if chain:
        message["References"] = " ".join(_bracketed(reference) for reference in chain)


def _is_usable(message_id: str) -> bool:
    # Customers' Message-IDs come back in our headers; a strange one is left out, not repaired.
    bare = message_id.strip("<>")
    return (
        bool(bare) and len(bare) < 900 and bare.isascii() and bare.isprintable() and " " not in bare
    )


def _bracketed(message_id: str) -> str:
    if not _is_usable(message_id):
        raise ValueError(f"no Message-ID: {message_id!r}")
    return f"<{message_id.strip('<>')}>"


def _address(name: str, address: str) -> HeaderAddress:
    local, at, domain = address.strip().rpartition("@")
    clean = address.strip()
    if not (local and at and domain) or not clean.isprintable() or set(clean) & set(' ,;<>()"'):
        raise ValueError(f"no mail address: {address!r}")
    return HeaderAddress(display_name=_one_line(name), username=local, domain=domain)


def _one_line(text: str) -> str:
    visible = "".join(c if c.isprintable() else " " for c in charsets.storable(text))
    return " ".join(visible.split())


def _body(answer: Answer) -> str:
    text = _wrapped(charsets.storable(answer.text))
    if answer.quote:
        lines = charsets.storable(answer.quote.text).strip("\n").splitlines()
        quoted = "\n".join(f"> {line}".rstrip() for line in lines)
        text = f"{text}\n\n{_one_line(answer.quote.introduction)}\n{quoted}"
    return text + "\n"


def _wrapped(text: str) -> str:
    """Long lines broken at spaces; words (links above all) stay whole, short lines as written."""
    wrapped: list[str] = []
    for line in text.strip("\n").splitlines():
        pieces = textwrap.wrap(
            line, WIDTH, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
        # RFC 3676 knows a signature by the space after its dashes.
        short = [line if line == "-- " else line.rstrip()]
        wrapped += short if len(line) <= WIDTH else pieces
    return "\n".join(wrapped)


def _transfer_encoding(answer: Answer) -> str:
    # 8bit needs the server's consent (RFC 6152) and 7bit breaks on non-ASCII; this always arrives.
    return "quoted-printable" if not _body(answer).isascii() else "7bit"
