"""Shifts as an iCalendar file (RFC 5545), in UTC, so that no zone can be misread."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from hemma.lib import clock
from hemma.people.models import Person
from hemma.planning.models import Shift

if TYPE_CHECKING:
    import icalendar


def fingerprint(secret: str) -> str:
    """What is kept of the secret in a calendar's address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def write(person: Person, shifts: Iterable[Shift], home_since: datetime | None = None) -> bytes:
    """The shifts as events in the person's language: working hours and type of place, no more.

    A calendar often lies with somebody else, so it says when one works and nothing about what. The
    shift in which somebody went home (`home_since`) ends there, and the rest of it is shown as free.
    """
    import icalendar  # read when a calendar asks, not when a page is shown

    with translation.override(person.language):
        calendar = icalendar.Calendar()
        calendar.add("PRODID", "-//Hemma//schedule//")
        calendar.add("VERSION", "2.0")
        calendar.add("X-WR-CALNAME", _("Work"))
        calendar.add("REFRESH-INTERVAL;VALUE=DURATION", "PT15M")
        for shift in shifts:
            ends_at, went = shift.ends_at, home_since
            if went is not None and shift.starts_at <= went < shift.ends_at:
                ends_at = went
                event = _event(f"home-{shift.pk}", went, shift.ends_at, _("Gone home"))
                event.add("TRANSP", "TRANSPARENT")
                calendar.add_component(event)
            if shift.starts_at < ends_at or ends_at == shift.ends_at:
                said = _("Work: %(place)s") % {"place": shift.get_place_type_display()}
                event = _event(f"shift-{shift.pk}", shift.starts_at, ends_at, said)
                event.add("TRANSP", "OPAQUE")
                calendar.add_component(event)
        written: bytes = calendar.to_ical()
        return written


def _event(name: str, starts_at: datetime, ends_at: datetime, said: str) -> "icalendar.Event":
    import icalendar

    event = icalendar.Event()
    event.add("UID", f"{name}@hemma")
    event.add("DTSTAMP", clock.now())
    event.add("DTSTART", starts_at)
    event.add("DTEND", ends_at)
    event.add("SUMMARY", said)
    return event
