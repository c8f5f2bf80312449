"""Weeks that people write: read as meant, or refused row by row with what to do."""

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemma.core.rules import PlaceType, WorkKind, builtin, check
from hemma.core.rules.written import BadRows, read_week
from hemma.lib import law_words

HEAD = "person,country,kind,start,end,place,announced,free_to_leave\n"


def faults(text, **more):
    with pytest.raises(BadRows) as bad:
        read_week(text, "week.csv", **more)
    return [
        law_words.fault("en", one.origin, one.place, one.number, one.code, one.told)
        for one in bad.value.faults
    ]


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


def test_a_row_may_say_that_somebody_is_under_eighteen_or_in_training():
    text = (
        "person,country,kind,start,end,place,minor,training_contract\n"
        "Lisa,es,work,2026-12-02 08:00,16:01,office,,\n"
        "Lisa,es,work,2026-12-03 08:00,12:00,home,yes,\n"
        "Marta,es,work,2026-12-02 08:00,12:00,home,,YES\n"
        "Bengt,es,work,2026-12-02 08:00,12:00,home,no,0\n"
    )
    lisa, marta, bengt = (line.timeline for line in read_week(text, "week.csv"))
    assert (lisa.is_minor, lisa.is_training_contract) == (True, False)
    assert "minors_day" in {flag.rule for flag in check(lisa, builtin())}
    assert (marta.is_minor, marta.is_training_contract) == (False, True)
    assert "work_on_site" in {flag.rule for flag in check(marta, builtin())}
    assert (bengt.is_minor, bengt.is_training_contract) == (False, False)
    assert "write yes or no" in faults(text.replace("YES", "perhaps"))[0]


@pytest.mark.parametrize("kind", WorkKind)
def test_every_kind_of_time_can_be_written(kind):
    (line,) = read_week(f"kind,start,end\n{kind},2026-12-02 08:00,12:00\n", "w", country="se")
    assert line.timeline.items[0].kind is kind


def test_overtime_and_standby_that_are_written_are_judged():
    rows = "".join(f"work,2026-12-{n:02} 08:00,16:00\n" for n in range(7, 12))
    nights = "".join(f"standby,2026-12-{n:02} 16:00,08:00\n" for n in range(7, 13))
    text = "kind,start,end\n" + rows + nights + "standby,2026-12-13 08:00,2026-12-14 08:00\n"
    (line,) = read_week(text, "week.csv", country="se")
    assert {flag.rule for flag in check(line.timeline, builtin())} >= {"weekly_rest"}
    late = "kind,start,end\n" + "".join(
        f"overtime,2026-12-{n:02} 16:00,18:30\n" for n in range(7, 12)
    )
    (line,) = read_week(late, "week.csv", country="no")
    assert "overtime_in_a_week" in {flag.rule for flag in check(line.timeline, builtin())}


def test_all_rows_can_be_laid_under_another_countrys_law():
    text = (
        HEAD + "Bengt,se,shift,2026-12-02 16:00,21:15,,,\nBengt,no,shift,2026-12-03 8:00,9:00,,,\n"
    )
    text = text.replace(" 8:00", " 08:00")
    (line,) = read_week(text, "week.csv", under="fi")
    assert (line.timeline.pack, line.timeline.zone.key) == ("fi", "Europe/Helsinki")
    assert line.timeline.items[0].at.start == datetime(2026, 12, 2, 14, tzinfo=UTC)
    assert len(read_week(text, "week.csv")) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "missing kind"),
        ("kind,start\n", "missing end"),
        ("kind,start,end,salary\n", "not known or twice: salary"),
        (HEAD, "there are no rows"),
        (HEAD + "a,b,c,d,e,f,g,h,i,j\n", "has 10 cells of 8"),
        ("kind,start,end,end\n", "twice: end"),
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
