"""Shifts as an iCalendar file (RFC 5545), in UTC, so that no zone can be misread."""

import hashlib
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from hemma.lib import clock
from hemma.people.models import Person
from hemma.planning.models import Shift


def fingerprint(secret: str) -> str:
    """What is kept of the secret in a calendar's address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def write(person: Person, shifts: Iterable[Shift]) -> bytes:
    """The shifts as events in the person's language: working hours and type of place, no more.

    A calendar often lies with somebody else, so it says when one works and nothing about what.
    """
    import icalendar  # read when a calendar asks, not when a page is shown

    with translation.override(person.language):
        calendar = icalendar.Calendar()
        calendar.add("PRODID", "-//Hemma//schedule//")
        calendar.add("VERSION", "2.0")
        calendar.add("X-WR-CALNAME", _("Work"))
        calendar.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
        for shift in shifts:
            event = icalendar.Event()
            event.add("UID", f"shift-{shift.pk}@hemma")
            event.add("DTSTAMP", clock.now())
            event.add("DTSTART", shift.starts_at)
            event.add("DTEND", shift.ends_at)
            event.add("SUMMARY", _("Work: %(place)s") % {"place": shift.get_place_type_display()})
            calendar.add_component(event)
        written: bytes = calendar.to_ical()
        return written
