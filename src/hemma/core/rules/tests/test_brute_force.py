"""Random timelines around both clock changes, against counting quarter by quarter."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.grid import Interval
from hemma.core.rules import (
    CandidateChange,
    Timeline,
    WorkItem,
    WorkKind,
    builtin,
    changed,
    check,
    judge,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PACKS = builtin()

# Random weeks around the clock changes, in steps of a quarter.
STARTS = [datetime(2026, 3, 28, 4, tzinfo=UTC), datetime(2026, 10, 24, 4, tzinfo=UTC)]
kinds = st.sampled_from(["work", "shift", "rast", "paus", "meal_on_duty", "on_call", "standby"])
rows = st.lists(st.tuples(kinds, st.integers(0, 200), st.integers(1, 50)), max_size=6)


def random_timeline(start, drawn, pack):
    quarter = timedelta(minutes=15)
    items = [
        WorkItem(n, WorkKind(kind), Interval(start + a * quarter, start + (a + b) * quarter))
        for n, (kind, a, b) in enumerate(drawn)
    ]
    return Timeline(1, pack, STOCKHOLM, tuple(items))


timelines = st.builds(
    random_timeline, st.sampled_from(STARTS), rows, st.sampled_from(["se", "no", "es", "eu", "fi"])
)


def quarters(line):
    """What is done in each quarter, as sets of kinds: the brute-force view."""
    if not line.items:
        return []
    first = min(i.at.start for i in line.items)
    last = max(i.at.end for i in line.items)
    count = int((last - first) / timedelta(minutes=15))
    moments = [first + n * timedelta(minutes=15) for n in range(count)]
    return [{str(i.kind) for i in line.items if i.at.contains(m)} for m in moments]


def is_work(kinds):
    return bool(kinds & {"work", "shift", "paus", "meal_on_duty"}) and "rast" not in kinds


LIMITS = {
    "se": (300, {"rast"}),
    "no": (330, {"rast", "meal_on_duty"}),
    "eu": (360, {"rast", "meal_on_duty"}),
}


@settings(deadline=None)
@given(timelines)
def test_counting_quarter_by_quarter_finds_the_same_missing_breaks(line):
    if line.pack not in LIMITS:
        line = Timeline(1, "se", line.zone, line.items)
    limit, break_kinds = LIMITS[line.pack]
    expected, run = [], 0
    for kinds_now in [*quarters(line), set()]:
        if is_work(kinds_now) and not kinds_now & break_kinds:
            run += 15
        else:
            expected += [run] * (run > limit)
            run = 0
    found = [f.number("worked_min") for f in check(line, PACKS) if f.rule == "break_in_time"]
    assert found == expected


@settings(deadline=None)
@given(timelines)
def test_counting_quarter_by_quarter_finds_the_same_short_rest(line):
    line = Timeline(1, "se", line.zone, line.items)
    busy = [is_work(kinds) or "on_call" in kinds for kinds in quarters(line)] + [False] * 96
    expected, at_quarter = [], 0
    while True in busy[at_quarter:]:
        begin = busy.index(True, at_quarter)
        window, best, best_end, run = busy[begin : begin + 96], 0, begin + 96, 0
        for offset, working in enumerate(window):
            run = 0 if working else run + 1
            if run > best:
                best, best_end = run, begin + offset + 1
        expected += [best * 15] * (best * 15 < 660)
        at_quarter = best_end
    found = [f.number("rest_min") for f in check(line, PACKS) if f.rule == "daily_rest"]
    assert found == expected


@settings(deadline=None)
@given(timelines, st.lists(st.tuples(st.sets(st.integers(0, 5)), rows), max_size=4))
def test_judging_changes_is_checking_the_changed_whole(line, drawn):
    ids = {i.id for i in line.items}
    changes = [
        CandidateChange(
            frozenset(removed & ids),
            tuple(
                WorkItem(i.id + 100, i.kind, i.at)
                for i in random_timeline(STARTS[0], added, "se").items
            ),
        )
        for removed, added in drawn
    ]
    whole = [check(changed(line, change), PACKS) for change in changes]
    assert judge(line, changes, PACKS) == whole
