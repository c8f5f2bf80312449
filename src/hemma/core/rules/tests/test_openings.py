"""Where could a shift be put? Open starts stop nothing; the full check says the same."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hemma.core.grid import Interval
from hemma.core.rules import (
    CandidateChange,
    Severity,
    Timeline,
    WorkItem,
    WorkKind,
    changed,
    check,
)
from hemma.core.rules.openings import Openings, ShiftShape
from hemma.core.rules.tests.chances import COUNTRIES
from hemma.core.rules.tests.said import PACKS, day, line, row

RAST = WorkKind.RAST
SHAPES = [
    ShiftShape(480, ((RAST, 240, 30),)),
    ShiftShape(240),
    ShiftShape(570, ((RAST, 120, 45), (RAST, 300, 30))),
    ShiftShape(90),
]
STEP_MIN = 30


def stops(timeline, shape, start):
    change = CandidateChange(add=shape.items(start, 1000))
    flags = check(changed(timeline, change), PACKS)
    return [flag.rule for flag in flags if flag.severity is Severity.STOPS]


def somebody(chance, pack):
    """Shifts on most days of four weeks around the autumn night, sometimes a night or an absence."""
    zone, items = ZoneInfo(COUNTRIES[pack]), []
    hours = chance.choice((4, 6, 8))
    for number in range(28):
        if chance.random() < 0.4:
            continue
        early = chance.choice((7, 9, 13)) if chance.random() < 0.95 else 22
        start = datetime(2026, 10, 5, early, tzinfo=zone) + timedelta(days=number)
        whole = "absence" if chance.random() < 0.1 else "shift"
        for kind, after, long in ((whole, 0, hours * 60), ("rast", hours * 30, 45)):
            begins = start.astimezone(UTC) + timedelta(minutes=after)
            at = Interval(begins, begins + timedelta(minutes=long))
            items.append(WorkItem(len(items), WorkKind(kind), at))
    return Timeline(1, pack, zone, tuple(items))


@pytest.mark.parametrize("pack", COUNTRIES)
def test_an_open_start_stops_nothing_and_hardly_a_closed_one_would_do(pack):
    chance, asked, cautious, opened = random.Random(f"openings {pack}"), 0, 0, 0
    for _ in range(25):
        person, shape = somebody(chance, pack), chance.choice(SHAPES)
        if any(flag.severity is Severity.STOPS for flag in check(person, PACKS)):
            continue
        first = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=chance.randint(0, 600))
        count = 36 * 24 * 60 // STEP_MIN
        found = Openings(person, PACKS).open_starts(shape, first, STEP_MIN, count)
        assert len(found) == count
        for number in chance.sample(range(count), 60):
            start = first + timedelta(minutes=number * STEP_MIN)
            broken = stops(person, shape, start)
            assert not (found[number] and broken), (start, broken)
            asked, opened = asked + 1, opened + found[number]
            touching = any(
                item.at.overlaps(Interval(start, start + timedelta(minutes=shape.length_min)))
                for item in person.items
            )
            cautious += not found[number] and not broken and not touching
    assert opened > 20
    assert cautious < asked / 6


def test_the_first_start_after_bengts_evening_is_eleven_hours_later():
    bengt = line(row("shift", 0, "16:00", "20:00"))
    found = Openings(bengt, PACKS).open_starts(ShiftShape(240), day(0, "20:00"), 1, 24 * 60)
    assert found.index(1) == 11 * 60
    found = Openings(line(row("shift", 0, "16:00", "20:00"), pack="es"), PACKS)
    assert found.open_starts(ShiftShape(240), day(0, "20:00"), 1, 24 * 60).index(1) == 12 * 60


def test_a_shape_that_is_unlawful_by_itself_has_no_open_start():
    nobody = line(row("shift", 0, "16:00", "20:00"))
    assert not any(Openings(nobody, PACKS).open_starts(ShiftShape(301), day(3), 15, 96))


def test_a_plan_that_is_stopped_already_has_no_open_start():
    short = line(row("shift", 0, "16:00", "20:00"), row("shift", 1, "06:00", "08:00"))
    assert not any(Openings(short, PACKS).open_starts(ShiftShape(60), day(5), 15, 96))


def test_what_is_unusual_is_checked_start_by_start():
    watched = line(row("shift", 0, "08:00", "12:00"), row("standby", 5, "12:00", "20:00"))
    found = Openings(watched, PACKS).open_starts(ShiftShape(240), day(5, "00:00"), 60, 48)
    for number, is_open in enumerate(found):
        start = day(5, "00:00") + timedelta(hours=number)
        overlapping = number in range(9, 20)
        assert is_open == (not overlapping and not stops(watched, ShiftShape(240), start))
