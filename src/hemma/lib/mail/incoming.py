"""What a received mail says, once it is read: plain frozen data, no Django."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Address(NamedTuple):
    """A display name (may be empty) and an address as written in the mail."""

    name: str
    address: str


class AutoKind(StrEnum):
    """Whether a person wrote the mail or a machine did."""

    NONE = "none"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LIST = "list"
    OURS = "ours"


class Problem(StrEnum):
    """What had to be guessed or repaired while reading a mail."""

    BAD_CHARSET = "bad_charset"
    BAD_ENCODING = "bad_encoding"
    BAD_HEADER = "bad_header"
    GUESSED_DATE = "guessed_date"
    MISSING_DATE = "missing_date"
    MISSING_FROM = "missing_from"
    MISSING_MESSAGE_ID = "missing_message_id"
    TRUNCATED_MIME = "truncated_mime"
    UNREADABLE_MIME = "unreadable_mime"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that came with the mail; `content` is decoded, `cid` names an inline picture."""

    name: str
    content_type: str
    content: bytes
    cid: str | None = None

    @property
    def size(self) -> int:
        """Bytes of the decoded content."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient's fate in a delivery report (RFC 3464): action is failed, delayed, …"""

    address: str
    action: str
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report tells; the original's Message-ID links it to what we sent."""

    recipients: tuple[Recipient, ...] = ()
    original_message_id: str | None = None

    @property
    def is_final(self) -> bool:
        """Whether nothing more will be tried (a delay report is not final)."""
        return not self.recipients or any(r.action == "failed" for r in self.recipients)


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """A mail as read. Message-IDs are without angle brackets, `date` is aware UTC.

    `text` is the whole body as plain text; `new_text` and `quoted_text` are its two halves (white
    space at the seam aside), so that nothing the customer wrote can be lost by a wrong cut.
    No string holds NUL or a lone surrogate, which PostgreSQL would refuse.
    """

    message_id: str | None
    from_: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    subject: str
    date: datetime | None
    in_reply_to: str | None
    references: tuple[str, ...]
    text: str
    new_text: str
    quoted_text: str
    html: str | None
    attachments: tuple[Attachment, ...]
    auto: AutoKind
    may_auto_answer: bool
    bounce: Bounce | None
    problems: tuple[Problem, ...]
