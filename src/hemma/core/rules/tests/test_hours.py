"""Hours of a day, of a week and on average, and the night's."""

from datetime import timedelta

import pytest

from hemma.core.rules import parse, with_packs
from hemma.core.rules.tests.said import PACKS, day, found, row


def days(numbers, start="08:00", end="16:00", kind="work", **more):
    return [row(kind, number, start, end, **more) for number in numbers]


@pytest.mark.parametrize(("pack", "paragraph"), [("no", "aml. § 10-4"), ("es", "ET art. 34.3")])
def test_nine_ordinary_hours_a_day(pack, paragraph):
    assert not found("hours_in_a_day", row("work", 0, "08:00", "17:00"), pack=pack)
    (flag,) = found("hours_in_a_day", row("work", 0, "08:00", "17:01"), pack=pack)
    assert (flag.paragraph, flag.number("over_min")) == (paragraph, 1)


def test_overtime_and_a_rast_are_not_ordinary_hours():
    shift = row("shift", 0, "08:00", "17:30")
    assert found("hours_in_a_day", shift, pack="no")
    assert not found("hours_in_a_day", shift, row("rast", 0, "12:00", "12:30"), pack="no")
    assert not found("hours_in_a_day", shift, row("overtime", 0, "17:00", "17:30"), pack="no")


def test_a_rast_one_may_not_leave_counts_as_work():
    """aml. § 10-9: the pause is working time when the person cannot leave freely."""
    shift = row("shift", 0, "08:00", "17:30")
    kept = row("rast", 0, "12:00", "12:30", free_to_leave=False)
    (flag,) = found("hours_in_a_day", shift, kept, pack="no")
    assert flag.number("worked_min") == 570
    assert found("break_in_time", row("shift", 0, "08:00", "15:00"), kept, pack="se")
    assert not found("break_in_time", row("shift", 0, "08:00", "15:00"), kept, pack="no")


def test_a_working_day_over_midnight_is_one_day():
    (flag,) = found("hours_in_a_day", row("work", 0, "20:00", "05:30"), pack="no")
    assert flag.number("worked_min") == 570
    assert not found(
        "hours_in_a_day",
        row("work", 0, "20:00", "00:00"),
        row("work", 1, "16:00", "23:00"),
        pack="no",
    )


def test_the_spring_night_makes_a_long_looking_day_lawful():
    """29 March 2027 is past the table; 25 October 2026 (day 48) is the autumn night."""
    assert found("hours_in_a_day", row("work", 47, "21:00", "06:00"), pack="no")
    assert not found("hours_in_a_day", row("work", 40, "21:00", "06:00"), pack="no")


def test_forty_hours_a_week_in_norway_and_on_average_of_four_weeks_in_sweden():
    """aml. § 10-4; ATL 5 §."""
    week = days(range(5))
    assert not found("hours_in_a_week", *week, pack="no")
    long = [*week, row("work", 5, "08:00", "08:01")]
    (flag,) = found("hours_in_a_week", *long, pack="no")
    assert (flag.number("over_min"), flag.paragraph) == (1, "aml. § 10-4")
    assert not found("hours_in_a_week", *long)
    month = [one for start in range(0, 28, 7) for one in days(range(start, start + 5))]
    assert not found("hours_in_a_week", *month)
    (flag,) = found("hours_in_a_week", *month, row("work", 5, "08:00", "08:01"))
    assert (flag.number("most_min"), flag.paragraph) == (160 * 60, "ATL 5 §")


def test_a_seventh_of_norwegian_stand_by_is_work():
    """aml. § 10-4, third paragraph."""
    week = [*days(range(4)), row("work", 4, "08:00", "15:00")]
    assert not found("hours_in_a_week", *week, row("standby", 4, "16:00", "23:00"), pack="no")
    (flag,) = found("hours_in_a_week", *week, row("standby", 4, "16:00", "23:07"), pack="no")
    assert flag.number("worked_min") == pytest.approx(2401)


def months(hours, weeks=17):
    """So many hours on each of the six days of every week."""
    return [
        row("work", 7 * week + number, "08:00", f"{8 + hours:02}:00")
        for week in range(weeks)
        for number in range(6)
    ]


@pytest.mark.parametrize(
    ("pack", "paragraph"),
    [
        ("se", "ATL 10 b §"),
        ("dk", "arbejdstidsloven § 4"),
        ("fi", "2003/88/EC art. 6"),
    ],
)
def test_forty_eight_hours_a_week_on_average_of_four_months(pack, paragraph):
    assert not found("total_average", *months(8), pack=pack)
    (flag,) = found("total_average", *months(8), row("work", 6, "08:00", "08:01"), pack=pack)
    assert (flag.paragraph, flag.number("most_min")) == (paragraph, 48 * 60 * 17)
    assert flag.at.duration == timedelta(weeks=17, hours=1)  # over the autumn night


def test_days_of_absence_are_left_out_of_the_average():
    """2003/88/EC art. 16 b: leave is neutral."""
    worked = months(9, weeks=15)
    assert not found("total_average", *worked)
    away = ("absence", day(105), day(112), {})
    assert found("total_average", *worked, away)


def test_on_call_counts_into_the_total():
    watches = [row("on_call", 7 * week + 5, "17:00", "23:00") for week in range(17)]
    assert found("total_average", *months(8), *watches)


def nights(numbers, end="06:00"):
    return [row("work", number, "21:00", end) for number in numbers]


def test_night_workers_work_eight_hours_on_average_in_spain_and_norway():
    """ET art. 36.1: of fifteen days; aml. § 10-11."""
    fortnight = [n for week in (0, 7) for n in range(week, week + 5)]
    assert not found("night_work", *nights(fortnight), pack="es")
    long = nights(fortnight, end="07:00")
    (flag,) = found("night_work", *long, pack="es")
    assert (flag.number("worked_min"), flag.number("most_min")) == (100 * 60, 96 * 60)
    by_day = [row("work", number, "08:00", "18:00") for number in fortnight]
    assert not found("night_work", *by_day, pack="es")
    assert not found("night_work", *long, pack="no")


def test_swedish_nights_are_averaged_over_four_months():
    """ATL 13 a §."""
    weeks = [7 * week + number for week in range(17) for number in range(5)]
    assert not found("night_work", *nights(weeks))
    assert found("night_work", *nights(weeks, end="07:00"))


def test_the_first_tuesday_after_a_new_pack_has_its_law():
    later = parse(
        'id = "no"\nvalid_from = 2026-09-08\nbase = "eu"\n[day_h]\nvalue = 8\nparagraph = "ny § 1"\n'
        'source = "s"\nbasis = "P"\nseverity = "warns"\n',
        "no.toml",
    )
    packs = with_packs(PACKS, [later])
    rows = [row("work", 0, "08:00", "16:30"), row("work", 1, "08:00", "16:30")]
    (flag,) = found("hours_in_a_day", *rows, packs=packs, pack="no")
    assert (flag.paragraph, flag.at.start) == ("ny § 1", day(1, "08:00"))
