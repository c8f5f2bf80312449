"""The grid against a clock read minute by minute, and the nights people lose or gain an hour."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.grid import (
    SLOT_LENGTHS_MIN,
    Interval,
    OutsideGrid,
    TimeGrid,
    day_start,
    instant_of,
    instants_of,
    local_interval,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
ZONES = [
    "Europe/Stockholm",
    "Europe/Madrid",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
    "America/Havana",
    "Atlantic/Azores",
    "Asia/Beirut",
    "UTC",
]
days_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 28))
change_days = st.sampled_from(
    [SPRING, AUTUMN, date(2026, 4, 5), date(2026, 10, 4), date(2026, 9, 6), date(2026, 4, 4)]
)
grids = st.builds(
    TimeGrid,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.one_of(days_2026, change_days, change_days.map(lambda d: d - timedelta(days=1))),
    st.integers(1, 3),
    st.sampled_from(SLOT_LENGTHS_MIN),
)


def minutes(grid):
    at = grid.span.start
    while at < grid.span.end:
        yield at
        at += timedelta(minutes=1)


@settings(max_examples=50, deadline=None)
@given(grids)
def test_every_minute_has_the_slot_that_a_person_would_read_off_the_clock(grid):
    """Brute force: a new slot begins where the clock jumps or shows a multiple of the length."""
    slot, previous = -1, None
    for at in minutes(grid):
        local = at.astimezone(grid.zone)
        jumped = previous is not None and local.utcoffset() != previous.utcoffset()
        if previous is None or jumped or local.minute % grid.slot_min == 0:
            slot += 1
        assert grid.slot_of(at) == slot
        assert grid.day_of(slot) == local.date()
        previous = local
    assert len(grid) == slot + 1


@given(grids)
def test_slots_and_days_follow_each_other_without_gap(grid):
    slots = list(grid)
    assert [slot.index for slot in slots] == list(range(len(grid)))
    assert all(a.end == b.start for a, b in itertools.pairwise(slots))
    assert all(timedelta() < s.end - s.start <= timedelta(minutes=grid.slot_min) for s in slots)
    spans = [grid.day_span(day) for day in grid.dates]
    assert all(a.end == b.start for a, b in itertools.pairwise(spans))
    assert (spans[0].start, spans[-1].end) == (grid.span.start, grid.span.end)
    assert [i for day in grid.dates for i in grid.day_slots(day)] == list(range(len(grid)))
    assert all(slot.local.astimezone(UTC) == slot.start for slot in slots)
    assert all(slot.local.tzinfo is grid.zone for slot in slots)


@settings(deadline=None)
@given(grids, st.data())
def test_what_covers_a_stretch_adds_up_to_the_stretch(grid, data):
    span_s = int(grid.span.duration.total_seconds())
    start, length = data.draw(st.integers(-9000, span_s)), data.draw(st.integers(0, 100_000))
    start_at = grid.span.start + timedelta(seconds=start)
    stretch = Interval(start_at, start_at + timedelta(seconds=length))
    overlaps = grid.overlaps(stretch)
    inside = stretch.intersection(grid.span)
    expected = inside.duration.total_seconds() if inside else 0
    assert sum(o.seconds for o in overlaps) == pytest.approx(expected)
    for overlap in overlaps:
        slot = grid.bounds(overlap.slot)
        assert slot.overlaps(stretch)
        assert 0 < overlap.fraction <= 1
        assert overlap.fraction * slot.duration.total_seconds() == pytest.approx(overlap.seconds)


@settings(deadline=None)
@given(grids, st.lists(st.integers(-5000, 300_000), max_size=30))
def test_no_counted_call_is_lost(grid, offsets):
    calls = [grid.span.start + timedelta(seconds=s) for s in offsets]
    counted = grid.counts(calls)
    assert sum(counted.per_slot) + counted.before + counted.after == len(calls)
    for index, count in enumerate(counted.per_slot):
        assert count == sum(grid.bounds(index).contains(call) for call in calls)


@settings(deadline=None)
@given(grids, st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0)))
def test_a_local_time_means_what_the_clock_shows(grid, clock):
    local = datetime.combine(grid.first_day, clock)
    shown = [
        at
        for at in minutes(TimeGrid(grid.zone, grid.first_day, 1))
        if at.astimezone(grid.zone).replace(tzinfo=None, fold=0) == local
    ]
    assert list(instants_of(local, grid.zone)) == shown
    if shown:
        assert instant_of(local, grid.zone) == shown[0]
        assert instant_of(local, grid.zone, later=True) == shown[-1]


@settings(deadline=None)
@given(grids, st.lists(st.times(), min_size=2, max_size=2).map(sorted))
def test_an_earlier_local_time_is_never_a_later_instant(grid, clocks):
    early, late = (datetime.combine(grid.first_day, c).replace(fold=0) for c in clocks)
    assert instant_of(early, grid.zone) <= instant_of(late, grid.zone)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
def test_amandas_day_has_the_hours_the_clock_change_leaves(day, hours):
    grid = TimeGrid(STOCKHOLM, day, 1, 60)
    assert grid.day_span(day).duration == timedelta(hours=hours)
    assert len(grid) == hours


def test_the_night_with_two_two_oclocks_tells_them_apart():
    grid = TimeGrid(STOCKHOLM, AUTUMN, 1, 60)
    twos = [slot for slot in grid if slot.local.hour == 2]
    assert [(s.local.fold, s.local.isoformat()) for s in twos] == [
        (0, "2026-10-25T02:00:00+02:00"),
        (1, "2026-10-25T02:00:00+01:00"),
    ]


def test_the_night_that_skips_two_oclock_goes_on_at_three():
    labels = [slot.local.hour for slot in TimeGrid(STOCKHOLM, SPRING, 1, 60)]
    assert labels == [0, 1, *range(3, 24)]
    assert instants_of(datetime(2026, 3, 29, 2, 30), STOCKHOLM) == ()
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert instant_of(datetime(2026, 3, 29, 2, 30), STOCKHOLM) == change
    assert instant_of(datetime(2026, 3, 29, 2, 45), STOCKHOLM) == change


def test_lord_howes_half_hour_leaves_one_short_slot_and_full_hours_after_it():
    zone = ZoneInfo("Australia/Lord_Howe")
    spring = TimeGrid(zone, date(2026, 10, 4), 1, 60)
    short = [s for s in spring if s.end - s.start < timedelta(hours=1)]
    assert [s.local.strftime("%H:%M") for s in short] == ["02:30"]
    assert spring.day_span(spring.first_day).duration == timedelta(hours=23, minutes=30)
    assert [s.local.minute for s in spring if s.local.hour > 2] == [0] * 21


def test_kathmandus_day_begins_at_a_quarter_past_in_utc():
    grid = TimeGrid(ZoneInfo("Asia/Kathmandu"), date(2026, 5, 1), 1, 60)
    assert grid.span.start == datetime(2026, 4, 30, 18, 15, tzinfo=UTC)
    assert [slot.local.minute for slot in grid] == [0] * 24


def test_the_date_that_samoa_skipped_has_no_slots():
    grid = TimeGrid(ZoneInfo("Pacific/Apia"), date(2011, 12, 29), 3, 60)
    assert [len(grid.day_slots(day)) for day in grid.dates] == [24, 0, 24]
    assert grid.day_of(24) == date(2011, 12, 31)


def test_bengts_shift_over_the_spring_night_is_an_hour_shorter_than_it_looks():
    shift = local_interval(date(2026, 3, 28), time(22), time(6), STOCKHOLM)
    assert shift.duration == timedelta(hours=7)
    autumn = local_interval(date(2026, 10, 24), time(22), time(6), STOCKHOLM)
    assert autumn.duration == timedelta(hours=9)


def test_two_shifts_that_meet_at_half_past_two_meet_on_every_night():
    for night in (SPRING, AUTUMN, date(2026, 7, 1)):
        first = local_interval(night, time(0), time(2, 30), STOCKHOLM)
        second = local_interval(night, time(2, 30), time(8), STOCKHOLM)
        assert first.end == second.start


def test_opening_hours_until_midnight_hold_the_last_minute():
    evening = local_interval(date(2026, 6, 1), time(8), time(0), STOCKHOLM)
    assert evening.contains(datetime(2026, 6, 1, 23, 59, 59, tzinfo=STOCKHOLM))
    assert local_interval(AUTUMN, time(0), time(0), STOCKHOLM).duration == timedelta(hours=25)


def test_a_grid_covering_a_stretch_holds_its_whole_local_days():
    evening = local_interval(date(2026, 6, 1), time(20), time(0), STOCKHOLM)
    assert TimeGrid.covering(STOCKHOLM, evening).dates == (date(2026, 6, 1),)
    night = local_interval(date(2026, 6, 1), time(20), time(4), STOCKHOLM)
    assert TimeGrid.covering(STOCKHOLM, night).days == 2


def test_some_days_of_a_grid_are_the_same_slots():
    week = TimeGrid(STOCKHOLM, date(2026, 10, 19), 7)
    sunday = week.part(AUTUMN, 1)
    assert [s.start for s in sunday] == [week.slot(i).start for i in week.day_slots(AUTUMN)]


def test_what_lies_outside_is_refused_and_naive_times_too():
    grid = TimeGrid(STOCKHOLM, SPRING, 1)
    for wrong in (grid.span.end, grid.span.start - timedelta(microseconds=1)):
        with pytest.raises(OutsideGrid):
            grid.slot_of(wrong)
    with pytest.raises(OutsideGrid):
        grid.part(AUTUMN, 1)
    with pytest.raises(OutsideGrid):
        grid.bounds(-1)
    with pytest.raises(ValueError, match="no time zone"):
        grid.slot_of(datetime(2026, 3, 29, 12))
    with pytest.raises(ValueError, match="choose one of"):
        TimeGrid(STOCKHOLM, SPRING, 1, 45)
    with pytest.raises(ValueError, match="at least one"):
        TimeGrid(STOCKHOLM, SPRING, 0)
    with pytest.raises(ValueError, match="before it starts"):
        Interval(grid.span.end, grid.span.start)


def test_a_day_begins_at_its_first_instant_even_when_midnight_is_skipped():
    zone = ZoneInfo("Asia/Beirut")
    begins = day_start(date(2026, 3, 29), zone).astimezone(zone)
    assert (begins.date(), begins.hour) == (date(2026, 3, 29), 1)
