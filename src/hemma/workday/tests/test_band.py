import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from hemma.planning.queries import DayPlan, PlannedActivity, PlannedShift
from hemma.ui.svg import day_band
from hemma.workday.band import clock_turn, picture

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def local(day, hour, minute=0, month=10, fold=0):
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM, fold=fold).astimezone(UTC)


def plan(*parts):
    """A day of parts (kind, start, end) in one shift."""
    shift = PlannedShift(parts[0][1], parts[-1][2], "home")
    return DayPlan(
        date(2026, 1, 1), (shift,), tuple(PlannedActivity(k, start, end) for k, start, end in parts)
    )


def drawn(day, now):
    pic = picture(day, now, STOCKHOLM, "i.svg")
    return pic, str(day_band(pic.segments, pic.axis, title="t", title_id="t", now=pic.now))


def ticks(svg):
    return re.findall(r'class="band__tick"[^>]*>(\d\d)<', svg)


def test_amandas_day_lies_between_the_half_hours_around_it():
    day = plan(("queue", local(19, 7, 50, 11), local(19, 16, 35, 11)))
    pic, svg = drawn(day, local(19, 9, 37, 11))
    assert (pic.axis.start, pic.axis.end, pic.now) == (450, 1020, 577)
    assert ">09:37<" in svg
    assert ticks(svg)[0] == "08"
    assert ticks(svg)[-1] == "17"


def test_a_shift_past_midnight_runs_on():
    day = plan(
        ("queue", local(19, 22, 0, 11), local(20, 2, 0, 11)),
        ("rast", local(20, 2, 0, 11), local(20, 6, 0, 11)),
    )
    pic, svg = drawn(day, local(20, 1, 30, 11))
    assert [(s.start, s.end) for s in pic.segments] == [(1320, 1560), (1560, 1800)]
    assert ">01:30<" in svg
    assert ticks(svg) == ["22", "23", "00", "01", "02", "03", "04", "05", "06"]


def test_the_night_of_25_hours_shows_the_hour_between_two_and_three_twice():
    day = plan(
        ("queue", local(24, 22), local(25, 2, 30, fold=1)),
        ("rast", local(25, 2, 30, fold=1), local(25, 6)),
    )
    pic, svg = drawn(day, local(25, 4, 30))
    assert pic.segments[-1].end - pic.segments[0].start == 9 * 60
    assert ticks(svg) == ["22", "23", "00", "01", "02", "02", "03", "04", "05", "06"]
    assert ">04:30<" in svg
    assert "02:30–06:00" in svg


def test_the_night_of_23_hours_has_no_hour_between_two_and_three():
    day = plan(("queue", local(28, 22, month=3), local(29, 6, month=3)))
    pic, svg = drawn(day, local(29, 3, 30, month=3))
    assert pic.segments[0].end - pic.segments[0].start == 7 * 60
    assert ticks(svg) == ["22", "23", "00", "01", "03", "04", "05", "06"]
    assert ">03:30<" in svg


def test_a_day_shift_on_the_day_of_the_change_looks_like_any_other():
    day = plan(("queue", local(25, 8), local(25, 16)))
    pic, svg = drawn(day, local(25, 9))
    assert (pic.segments[0].start, pic.segments[0].end, pic.axis.turn) == (480, 960, None)
    assert ">09:00<" in svg


def test_a_day_without_plan_is_not_drawn():
    assert picture(DayPlan(date(2026, 1, 1)), local(1, 1), STOCKHOLM, "") is None
    hours_only = DayPlan(date(2026, 1, 1), (PlannedShift(local(1, 8), local(1, 9), "home"),))
    assert picture(hours_only, local(1, 8), STOCKHOLM, "") is None


@given(
    start=some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 30)),
    minutes=some.integers(1, 14 * 60),
    after=some.integers(0, 14 * 60),
)
def test_whatever_the_day_the_band_says_what_the_clock_on_the_wall_says(start, minutes, after):
    first = start.replace(second=0, microsecond=0, tzinfo=UTC)
    now = first + timedelta(minutes=min(after, minutes))
    pic = picture(
        plan(("queue", first, first + timedelta(minutes=minutes))), now, STOCKHOLM, "i.svg"
    )
    assert pic.axis.clock(pic.now) == now.astimezone(STOCKHOLM).strftime("%H:%M")
    assert pic.segments[0].end - pic.segments[0].start == minutes


def test_a_zone_that_never_changes_has_no_turn():
    assert clock_turn(local(1, 1), local(30, 1), ZoneInfo("Atlantic/Reykjavik")) is None
