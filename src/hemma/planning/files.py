"""Schedules in files: CSV and iCalendar, read into plain rows. Nothing is stored here."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemma.people.models import Place
from hemma.planning.models import ActivityKind

# What a column may be called; the second words are those of `hemma plan`.
COLUMNS = {
    "email": ("email", "name"),
    "date": ("date", "day"),
    "start": ("start",),
    "end": ("end",),
}
PARTS = {
    "pause": ActivityKind.PAUSE, "paus": ActivityKind.PAUSE, "rast": ActivityKind.RAST,
    "fika": ActivityKind.FIKA, "recess": ActivityKind.RECESS, "friminut": ActivityKind.RECESS,
    "focus": ActivityKind.FOCUS, "fokus": ActivityKind.FOCUS, "coaching": ActivityKind.COACHING,
    "warmup": ActivityKind.WARMUP, "shutdown": ActivityKind.SHUTDOWN, "queue": ActivityKind.QUEUE,
    "meeting": ActivityKind.MEETING, "huddle": ActivityKind.MEETING, "training": ActivityKind.MEETING,
}  # fmt: skip
LABELS = {"huddle": gettext_lazy("Huddle"), "training": gettext_lazy("Training")}
PART = re.compile(r"\s*(\w+)\s+(\d\d:\d\d)[-–](\d\d:\d\d)")
MOST_ROWS = 20_000


class Unreadable(ValueError):
    """What is wrong with the file, and where, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Row:
    """One shift of a file. `email`, or `name`, is empty where the file does not name anybody by it.

    Times without a zone of their own are the person's: `starts_at` is then naive, and so are those of
    `parts` (kind, start, end, label): what lies in the shift beside the queue, in order.
    """

    line: int
    email: str
    starts_at: datetime
    ends_at: datetime
    place_type: str = ""
    name: str = ""
    parts: tuple[tuple[str, datetime, datetime, str], ...] = ()


def read(name: str, content: bytes) -> list[Row]:
    """The shifts of a file, by its ending (.ics, else CSV). Raises Unreadable."""
    rows = list(_ical(content) if name.lower().endswith(".ics") else _csv(content))
    if not rows:
        raise Unreadable(_("The file holds no shifts."))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("The file holds more than %(most)s shifts.") % {"most": MOST_ROWS})
    return rows


def _csv(content: bytes) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_("The file is not text in UTF-8.")) from None
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    missing = [one for one, words in COLUMNS.items() if not names.keys() & set(words)]
    if missing:
        raise Unreadable(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    for line, record in enumerate(reader, start=2):
        cells = {name: (record.get(key) or "").strip() for name, key in names.items()}
        try:
            day = date.fromisoformat(cells.get("date") or cells.get("day", ""))
            start, end = time.fromisoformat(cells["start"]), time.fromisoformat(cells["end"])
            place = Place(cells.get("place") or Place.OFFICE)
        except ValueError:
            raise Unreadable(
                _("Line %(line)d: a date, a time or a place can't be read.") % {"line": line}
            ) from None
        first, last = span(day, start, end)
        parts = tuple(_parts(line, first, cells.get("breaks", "")))
        yield Row(line, cells.get("email", ""), first, last, place, cells.get("name", ""), parts)


def _parts(line: int, begins: datetime, said: str) -> Iterator[tuple[str, datetime, datetime, str]]:
    """`huddle 09:00-09:15 paus 10:30-10:45 …`; what begins before the shift does is the next day's."""
    at = 0
    while said[at:].strip():
        found = PART.match(said, at)
        kind = PARTS.get(found[1].lower()) if found else None
        if found is None or kind is None:
            raise Unreadable(
                _("Line %(line)d: “%(part)s” is no part of a day. Known are %(known)s.")
                % {"line": line, "part": said[at:].strip()[:30], "known": ", ".join(PARTS)}
            )
        try:
            start, end = (time.fromisoformat(found[n]) for n in (2, 3))
        except ValueError:
            raise Unreadable(
                _("Line %(line)d: a date, a time or a place can't be read.") % {"line": line}
            ) from None
        day = begins.date() + timedelta(days=int(start < begins.time()))
        label = LABELS.get(found[1].lower())
        yield kind.value, *span(day, start, end), str(label or "")
        at = found.end()


def span(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Naive start and end of a shift; one that ends at or before its start ends the next day."""
    return (
        datetime.combine(day, start),
        datetime.combine(day + timedelta(days=int(end <= start)), end),
    )


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """`moment` in UTC, read in `zone` if it names none. Raises Unreadable for a skipped hour."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    found = moment.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != moment:
        raise Unreadable(
            _("%(time)s does not exist: the clocks go forward that night.")
            % {"time": f"{moment:%Y-%m-%d %H:%M}"}
        )
    return found


def _ical(content: bytes) -> Iterator[Row]:
    import icalendar  # read when a file is imported, not when a page is shown

    try:
        calendar = icalendar.Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError):
        raise Unreadable(_("The file is not an iCalendar file.")) from None
    for number, event in enumerate(calendar.walk("VEVENT"), start=1):
        row = _event(number, event)
        if row is not None:
            yield row


def _event(number: int, event: Any) -> Row | None:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    if "RRULE" in event:
        raise Unreadable(
            _("Event %(number)d repeats. Export the single days.") % {"number": number}
        )
    try:
        start, end = event.start, event.end
    except (ValueError, KeyError, AttributeError):
        start = end = None
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None  # a whole day is no shift
    return Row(number, _person_of(event), start, end, _place_of(event))


def _person_of(event: Any) -> str:
    people = event.get("ATTENDEE", [])
    first = people[0] if isinstance(people, list) and people else people
    return str(first or "").lower().removeprefix("mailto:")


def _place_of(event: Any) -> str:
    said = str(event.get("LOCATION", "")).strip().lower()
    return said if said in Place.values else ""
