"""Rows as the API shows them, and bodies as it reads them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from hemma.desk.models import Case, Customer, Message


class Problem(Exception):
    """What a program is told when something is not right (RFC 9457)."""

    def __init__(self, status: int, title: str, detail: str = "") -> None:
        super().__init__(title)
        self.status, self.title, self.detail = status, title, detail


def moment(at: datetime | None) -> str | None:
    """ISO 8601 with its zone."""
    return at.isoformat(timespec="seconds") if at else None


def case(row: Case) -> dict[str, Any]:
    """A case; nothing about whoever has it in hand."""
    return {
        "number": row.number,
        "reference": row.reference,
        "subject": row.subject,
        "state": row.state,
        "channel": row.channel,
        "queue": row.queue_id,
        "customer": row.customer_id,
        "tags": sorted(tag.name for tag in row.tags.all()),
        "opened_at": moment(row.opened_at),
        "promised_at": moment(row.promised_at),
        "solved_at": moment(row.solved_at),
        "merged_into": row.merged_into.number if row.merged_into else None,
    }


def message(row: Message) -> dict[str, Any]:
    """A message; `ours` are told by the programme's name, never a colleague's."""
    return {
        "id": row.pk,
        "direction": row.direction,
        "at": moment(row.at),
        "from_name": row.from_name,
        "from_address": row.from_address,
        "text": row.text,
        "files": [{"name": file.name, "size": file.size} for file in row.attachments.all()],
    }


def customer(row: Customer) -> dict[str, Any]:
    """A customer with every address."""
    return {
        "id": row.pk,
        "name": row.name,
        "email": row.email,
        "language": row.language,
        "addresses": [{"kind": one.kind, "value": one.value} for one in row.addresses.all()],
    }


def text(body: Mapping[str, Any], name: str, *, most: int = 300, needed: bool = False) -> str:
    """A text of the body. Raises Problem."""
    found = body.get(name, "")
    if not isinstance(found, str) or len(found) > most or "\0" in found:
        raise Problem(422, "That cannot be read", f"{name}: text of at most {most} characters")
    if needed and not found.strip():
        raise Problem(422, "Something is missing", name)
    return found


def choice(body: Mapping[str, Any], name: str, among: Any, usual: str = "") -> str:
    """One of several words. Raises Problem."""
    found = body.get(name, usual)
    if found not in list(among):
        raise Problem(422, "That cannot be read", f"{name}: one of {', '.join(among)}")
    return str(found)


def when(body: Mapping[str, Any], name: str) -> datetime | None:
    """A moment with its zone, or None. Raises Problem."""
    found = body.get(name)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found)
    except (TypeError, ValueError):
        at = None
    if at is None or at.tzinfo is None:
        raise Problem(
            422, "That cannot be read", f"{name}: a moment such as 2026-11-19T11:30+01:00"
        )
    return at


def once(body: Mapping[str, Any]) -> UUID:
    """The caller's own id of a message, so that the same one twice arrives once. Raises Problem."""
    try:
        return UUID(str(body.get("once", "")))
    except ValueError:
        raise Problem(422, "Something is missing", "once: a UUID of your own") from None
