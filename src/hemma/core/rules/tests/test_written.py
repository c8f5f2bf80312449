"""Weeks that people write: read as meant, or refused row by row with what to do."""

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemma.core.rules import PlaceType, WorkKind
from hemma.core.rules.written import BadRows, read_week

HEAD = "person,country,kind,start,end,place,announced,free_to_leave\n"


def faults(text, **more):
    with pytest.raises(BadRows) as bad:
        read_week(text, "week.csv", **more)
    return bad.value.faults


def test_bengts_evening_is_read_in_the_time_of_his_workplace():
    (line,) = read_week(HEAD + "Bengt,se,shift,2026-12-02 16:00,21:15,home,,\n", "week.csv")
    (item,) = line.timeline.items
    assert (line.name, line.timeline.pack) == ("Bengt", "se")
    assert item.at.start == datetime(2026, 12, 2, 15, tzinfo=UTC)
    assert item.at.end == datetime(2026, 12, 2, 20, 15, tzinfo=UTC)
    assert (item.kind, item.place_type) == (WorkKind.SHIFT, PlaceType.HOME)


def test_a_clock_time_not_later_than_the_start_is_on_the_next_day():
    (line,) = read_week("kind;start;end\nwork;2026-12-02 22:00;6:00\n", "week.csv", country="no")
    assert line.timeline.items[0].at.duration.total_seconds() == 8 * 3600


def test_json_is_read_as_well_and_another_zone_too():
    rows = [
        {
            "kind": "rast",
            "start": "2026-12-02T16:00",
            "end": "2026-12-02T16:30",
            "free_to_leave": False,
        }
    ]
    (line,) = read_week(
        json.dumps({"rows": rows}), "week.json", country="es", zone="Atlantic/Canary"
    )
    assert line.timeline.items[0].at.start == datetime(2026, 12, 2, 16, tzinfo=UTC)
    assert not line.timeline.items[0].free_to_leave


def test_every_bad_row_is_named_with_its_line_and_what_to_write():
    text = HEAD + (
        "Bengt,se,shift,2026-12-02 16:00,21:15,,,\n"
        "Bengt,se,shif,2026-12-02 16:00,21:15,,,\n"
        "Bengt,se,shift,tomorrow,21:15,,,\n"
        "Bengt,xx,shift,2026-12-02 16:00,21:15,,,\n"
        "Bengt,se,shift,2026-12-02 16:00,2026-12-01 21:15,,,\n"
        "Bengt,se,rast,2026-12-02 16:00,17:00,moon,,maybe\n"
    )
    assert [fault.split(": ")[0] for fault in faults(text)] == [
        f"week.csv, line {n}" for n in range(3, 8)
    ]
    assert "write one of shift, work" in faults(text)[0]
    assert "write it as 2026-12-02 08:00" in faults(text)[1]
    assert "write one of se, no" in faults(text)[2]
    assert "write an end that is later" in faults(text)[3]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "missing kind"),
        ("kind,start\n", "missing end"),
        ("kind,start,end,salary\n", "not known or twice: salary"),
        (HEAD, "there are no rows"),
        (HEAD + "a,b,c,d,e,f,g,h,i,j\n", "has 10 cells of 8"),
        ("[1]", "a list of objects"),
        ("{", "line 1: no JSON"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_week_is_refused(text, says):
    assert says in faults(text)[0]


@given(st.text(max_size=200))
def test_whatever_is_dropped_is_read_or_refused(text):
    for start in ("", HEAD, "kind,start,end\n", "[", '[{"kind":'):
        with contextlib.suppress(BadRows):
            assert read_week(start + text, "x", country="se")
