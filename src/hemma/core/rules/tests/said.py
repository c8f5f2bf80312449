"""Weeks told in a few words, for the tests of the rules."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hemma.core.grid import Interval
from hemma.core.rules import PlaceType, Timeline, WorkItem, WorkKind, builtin, check

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PACKS = builtin()
MONDAY = datetime(2026, 9, 7, tzinfo=STOCKHOLM)


def day(number, clock="00:00"):
    """A local instant so many days after Monday, 7 September 2026."""
    hours, minutes = clock.split(":")
    local = MONDAY.replace(tzinfo=None) + timedelta(
        days=number, hours=int(hours), minutes=int(minutes)
    )
    return local.replace(tzinfo=STOCKHOLM)


def row(kind, number, start, end, **more):
    """`kind` on the day `number`; an end not after the start is on the next day."""
    first, last = day(number, start), day(number, end)
    if last <= first:
        last = day(number + 1, end)
    return kind, first, last, more


def line(*rows, pack="se", **person):
    items = []
    for kind, first, last, more in rows:
        told = dict(more)
        if "place" in told:
            told["place_type"] = PlaceType(told.pop("place"))
        items.append(WorkItem(len(items), WorkKind(kind), Interval(first, last), **told))
    return Timeline(1, pack, STOCKHOLM, tuple(items), **person)


def found(rule, *rows, packs=PACKS, **more):
    """What one rule says of the rows."""
    return [flag for flag in check(line(*rows, **more), packs) if flag.rule == rule]
