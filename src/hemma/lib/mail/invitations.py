"""What a calendar invitation (iTIP, RFC 5546) asks for, so that it can be read without a calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from hemma.lib.mail import charsets
from hemma.lib.mail.incoming import Attachment

MOST_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Invitation:
    """The first event of a calendar file. Times in UTC; a whole day begins and ends at 00:00."""

    method: str
    uid: str
    summary: str
    location: str
    organizer: str
    starts_at: datetime | None
    ends_at: datetime | None
    is_whole_day: bool


def find(files: tuple[Attachment, ...]) -> Invitation | None:
    """The invitation among a mail's files, or None. Never raises: calendars are often broken."""
    for file in files:
        is_calendar = file.content_type == "text/calendar" or file.name.lower().endswith(".ics")
        if is_calendar and file.size <= MOST_BYTES and (found := _read(file.content)):
            return found
    return None


def _read(data: bytes) -> Invitation | None:
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(charsets.guess(data))
        events = calendar.walk("VEVENT")
        return _event(str(calendar.get("METHOD") or ""), events[0]) if events else None
    except Exception:  # the parser raises many things; the file itself is still handed on
        return None


def _event(method: str, event: Any) -> Invitation:
    begins = event.decoded("DTSTART") if "DTSTART" in event else None
    ends = event.decoded("DTEND") if "DTEND" in event else None
    if ends is None and begins is not None and "DURATION" in event:
        ends = begins + event.decoded("DURATION")
    return Invitation(
        method=_line(method)[:20].upper() or "PUBLISH",
        uid=_line(event.get("UID"))[:300],
        summary=_line(event.get("SUMMARY"))[:300],
        location=_line(event.get("LOCATION"))[:300],
        organizer=_organizer(event)[:254],
        starts_at=_moment(begins),
        ends_at=_moment(ends),
        is_whole_day=isinstance(begins, date) and not isinstance(begins, datetime),
    )


def _organizer(event: Any) -> str:
    text = _line(event.get("ORGANIZER"))
    return text[7:] if text.lower().startswith("mailto:") else text


def _line(value: Any) -> str:
    return " ".join(charsets.storable(str(value or "")).split())


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        # A floating time means the reader's own; without knowing that, UTC is said.
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return datetime.combine(value, time(0), UTC) if isinstance(value, date) else None
