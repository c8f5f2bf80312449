"""What the desk remembers, by noun."""

from hemma.desk.models.base import (
    Attachment,
    Case,
    Customer,
    Holding,
    Mailbox,
    Message,
    OpeningSpan,
    OutgoingMail,
    Queue,
    RawMail,
    Security,
)

__all__ = [
    "Attachment",
    "Case",
    "Customer",
    "Holding",
    "Mailbox",
    "Message",
    "OpeningSpan",
    "OutgoingMail",
    "Queue",
    "RawMail",
    "Security",
]
