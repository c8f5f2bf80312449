"""Each rule by the letter of its law, over midnight and both clock-change nights."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hemma.core.grid import Interval
from hemma.core.rules import (
    RULES,
    CandidateChange,
    MalformedPack,
    Severity,
    Timeline,
    WorkItem,
    WorkKind,
    builtin,
    check,
    judge,
    parse,
    with_packs,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PACKS = builtin()


def at(day, clock):
    return datetime.fromisoformat(f"2026-{day}T{clock}").replace(tzinfo=STOCKHOLM)


def item(number, kind, start, end):
    return WorkItem(number, WorkKind(kind), Interval(at(*start.split()), at(*end.split())))


def timeline(*items, pack="se"):
    rows = tuple(item(number, *row) for number, row in enumerate(items))
    return Timeline(1, pack, STOCKHOLM, rows)


def flags(*items, pack="se", rule=None):
    found = check(timeline(*items, pack=pack), PACKS)
    return [flag for flag in found if rule is None or flag.rule == rule]


EVENING = ("work", "12-02 18:00", "12-02 21:15")
MORNING = ("work", "12-03 07:30", "12-03 12:00")


def test_bengts_night_of_ten_hours_and_a_quarter_breaks_the_swedish_eleven():
    (flag,) = flags(EVENING, MORNING)
    assert (flag.rule, flag.paragraph, flag.pack) == ("daily_rest", "ATL 13 §", "se")
    assert (flag.severity, flag.verified) == (Severity.STOPS, True)
    assert (flag.number("rest_min"), flag.number("missing_min")) == (615, 45)
    assert flag.at == Interval(at("12-02", "21:15"), at("12-03", "07:30"))


@pytest.mark.parametrize("pack", ["se", "no", "dk", "fi", "eu"])
def test_eleven_hours_are_enough_and_a_minute_less_is_not(pack):
    evening = ("work", "12-02 17:00", "12-02 20:30")
    assert not flags(evening, MORNING, pack=pack)
    late = ("work", "12-02 17:00", "12-02 20:31")
    assert [f.rule for f in flags(late, MORNING, pack=pack)] == ["daily_rest"]


def test_a_long_midday_break_is_not_the_rest_of_the_day():
    split = [
        ("work", "12-02 08:00", "12-02 12:00"),
        ("work", "12-02 17:00", "12-02 20:00"),
        ("work", "12-03 08:00", "12-03 12:00"),
    ]
    assert not flags(*split)
    assert not flags(*split, pack="es")


def test_fourteen_hours_of_work_leave_too_little_of_the_day_even_before_a_day_off():
    day = [
        ("shift", "12-02 08:00", "12-02 22:00"),
        ("rast", "12-02 12:00", "12-02 12:30"),
        ("rast", "12-02 17:00", "12-02 17:30"),
    ]
    (flag,) = flags(*day)
    assert (flag.rule, flag.number("rest_min")) == ("daily_rest", 600)


def test_the_hour_lost_in_spring_is_lost_to_rest():
    evening, morning = (
        ("work", "03-28 17:00", "03-28 20:00"),
        ("work", "03-29 07:30", "03-29 10:00"),
    )
    (flag,) = flags(evening, morning)
    assert flag.number("rest_min") == 630


def test_the_hour_won_in_autumn_is_won_for_rest():
    evening, morning = (
        ("work", "10-24 18:00", "10-24 20:30"),
        ("work", "10-25 06:30", "10-25 10:00"),
    )
    assert not flags(evening, morning)


def test_stand_by_at_home_is_rest_and_on_call_at_work_is_not():
    watch = "12-02 21:00", "12-03 06:00"
    day = ("work", "12-02 12:00", "12-02 16:00"), ("work", "12-03 08:00", "12-03 12:00")
    assert not flags(*day, ("standby", *watch))
    broken = flags(*day, ("on_call", *watch), rule="daily_rest")
    assert [flag.number("rest_min") for flag in broken] == [300, 540]


def test_marta_has_twelve_hours_between_two_days():
    evening, morning = (
        ("work", "12-03 15:00", "12-03 19:00"),
        ("work", "12-04 07:00", "12-04 11:00"),
    )
    assert not flags(evening, morning, pack="es")
    early = ("work", "12-04 06:59", "12-04 11:00")
    (flag,) = flags(evening, early, pack="es")
    assert (flag.rule, flag.paragraph) == ("rest_between_shifts", "ET art. 34.3")
    assert (flag.number("least_min"), flag.verified) == (720, False)
    assert not flags(evening, early)


def test_yusufs_five_hours_and_a_quarter_without_rast():
    day = [
        ("shift", "12-03 08:00", "12-03 16:45"),
        ("paus", "12-03 10:00", "12-03 10:15"),
        ("rast", "12-03 13:15", "12-03 14:00"),
    ]
    (flag,) = flags(*day)
    assert (flag.rule, flag.paragraph) == ("break_in_time", "ATL 15 §")
    assert (flag.number("worked_min"), flag.number("most_min")) == (315, 300)
    assert flag.at == Interval(at("12-03", "08:00"), at("12-03", "13:15"))


@pytest.mark.parametrize(
    ("pack", "end", "broken"),
    [
        ("se", "13:00", False),
        ("se", "13:01", True),
        ("no", "13:30", False),
        ("no", "13:31", True),
        ("eu", "14:00", False),
        ("eu", "14:01", True),
        ("fi", "14:01", True),
        ("dk", "14:00", False),
        ("dk", "14:01", True),
        ("es", "14:00", False),
        ("es", "14:01", True),
    ],
)
def test_how_long_one_may_work_before_the_break(pack, end, broken):
    found = flags(("work", "12-03 08:00", f"12-03 {end}"), pack=pack)
    assert [f.rule for f in found] == ["break_in_time"] * broken


def test_a_swedish_paus_or_meal_on_duty_is_no_rast():
    shift = ("shift", "12-03 08:00", "12-03 15:00")
    assert flags(shift, ("paus", "12-03 11:00", "12-03 11:30"))
    assert flags(shift, ("meal_on_duty", "12-03 11:00", "12-03 11:30"))
    assert not flags(shift, ("rast", "12-03 11:00", "12-03 11:30"))


def test_a_norwegian_meal_that_counts_as_work_is_a_break_all_the_same():
    shift = ("shift", "12-03 08:00", "12-03 15:00")
    assert not flags(shift, ("meal_on_duty", "12-03 11:00", "12-03 11:30"), pack="no")


def test_a_break_that_is_too_short_parts_nothing():
    shift = ("shift", "12-03 08:00", "12-03 15:00")
    assert not flags(shift, ("paus", "12-03 11:00", "12-03 11:15"), pack="es")
    (flag,) = flags(shift, ("rast", "12-03 11:00", "12-03 11:14"), pack="es")
    assert flag.number("worked_min") == 7 * 60 - 14


def test_five_hours_on_the_clock_are_six_in_the_autumn_night():
    (flag,) = flags(("work", "10-25 00:00", "10-25 05:00"), rule="break_in_time")
    assert flag.number("worked_min") == 360
    assert not flags(("work", "03-29 00:00", "03-29 06:00"), rule="break_in_time")


def test_who_is_absent_does_not_work():
    shift = ("shift", "12-03 08:00", "12-03 15:00")
    assert flags(shift)
    assert not flags(shift, ("absence", "12-03 00:00", "12-04 00:00"))


def test_before_a_packs_day_the_floor_speaks():
    early = datetime(2024, 5, 2, 8, tzinfo=UTC)
    row = WorkItem(1, WorkKind.WORK, Interval(early, early + timedelta(hours=6, minutes=1)))
    (flag,) = check(Timeline(1, "se", STOCKHOLM, (row,)), PACKS)
    assert (flag.pack, flag.verified) == ("eu", False)


AGREEMENT = """
id = "se-agreement"
valid_from = 2026-12-03
base = "se"
[max_without_break_h]
value = 5.5
paragraph = "Avtalet 4 §"
source = "Kollektivavtal"
basis = "P"
severity = "warns"
"""


def test_an_agreement_speaks_first_from_its_day_and_its_country_for_the_rest():
    packs = with_packs(PACKS, [parse(AGREEMENT, "avtal.toml")])
    days = [("work", "12-02 08:00", "12-02 13:45"), ("work", "12-03 08:00", "12-03 13:45")]
    found = check(timeline(*days, pack="se-agreement"), packs)
    assert [(f.pack, f.paragraph) for f in found] == [
        ("se", "ATL 15 §"),
        ("se-agreement", "Avtalet 4 §"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            AGREEMENT.replace("5.5", '"5"'),
            r"avtal.toml, line 6, \[max_without_break_h\]: value is a number",
        ),
        (AGREEMENT.replace("warns", "blocks"), "blocks"),
        (AGREEMENT.replace('basis = "P"', ""), "missing or unknown: basis"),
        (AGREEMENT.replace("valid_from", "valid"), "begin with id"),
        (AGREEMENT.replace("5.5", "5.5.5"), "line 6"),
    ],
)
def test_a_malformed_pack_is_refused_with_place_and_remedy(text, says):
    with pytest.raises(MalformedPack, match=says):
        parse(text, "avtal.toml")


def test_a_pack_nobody_has_is_refused():
    with pytest.raises(KeyError, match="atlantis"):
        flags(EVENING, pack="atlantis")


def test_every_rule_of_the_house_is_there_for_every_country():
    day = date(2026, 12, 1)
    assert len(RULES) == 29
    for name in ("daily_rest_h", "weekly_rest_h", "max_without_break_h", "total_avg_week_h"):
        assert all(PACKS.value(pack, name, day) for pack in ("se", "no", "es", "dk", "fi", "eu"))


def test_taking_away_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no such items"):
        judge(timeline(EVENING), [CandidateChange(frozenset({9}))], PACKS)
