"""Night, week and days in a row, by the letter of each law."""

import pytest

from hemma.core.rules import Severity
from hemma.core.rules.tests.said import found, row


def days(numbers, start="08:00", end="16:00", kind="work"):
    return [row(kind, number, start, end) for number in numbers]


def test_swedish_rest_holds_the_hours_from_midnight_to_five():
    """ATL 13 §, second paragraph."""
    (flag,) = found("night_core", row("work", 0, "20:00", "00:30"))
    assert (flag.paragraph, flag.severity, flag.number("worked_min")) == (
        "ATL 13 §",
        Severity.WARNS,
        30,
    )
    assert not found(
        "night_core", row("work", 0, "20:00", "00:00"), row("work", 2, "05:00", "09:00")
    )
    assert not found(
        "night_core", row("standby", 0, "20:00", "08:00"), row("work", 0, "10:00", "11:00")
    )
    assert not found("night_core", row("work", 0, "20:00", "00:30"), pack="no")


def test_the_core_of_the_autumn_night_is_six_hours_long():
    """25 October 2026 is day 48."""
    (flag,) = found("night_core", row("work", 48, "00:00", "05:00"))
    assert flag.number("worked_min") == 360


@pytest.mark.parametrize(
    ("pack", "enough", "short"),
    [
        ("se", "20:00", "20:01"),
        ("no", "21:00", "21:01"),
        ("fi", "21:00", "21:01"),
        ("eu", "21:00", "21:01"),
    ],
)
def test_the_longest_rest_of_the_week(pack, enough, short):
    """ATL 14 §: 36 h; aml. § 10-8, arbetstidslagen 27 § and 2003/88/EC art. 5: 35 h.

    Every day is worked until the evening of the Saturday; the next Monday begins at eight.
    """
    rows = [*days(range(5), "08:00", "20:00"), *days([7], "08:00", "09:00")]
    assert not found("weekly_rest", *rows, row("work", 5, "16:00", enough), pack=pack)
    (flag,) = found(
        "weekly_rest",
        *rows,
        row("work", 5, "16:00", short),
        row("work", 6, "08:00", "08:01"),
        pack=pack,
    )
    assert flag.paragraph in (
        "ATL 14 §",
        "aml. § 10-8",
        "arbetstidslagen 27 §",
        "2003/88/EC art. 5",
    )


def test_one_minute_less_than_thirty_six_hours_is_too_little():
    rows = [*days(range(6), "08:00", "20:00"), *days(range(7, 12))]
    assert not found("weekly_rest", *rows)
    late = [
        *days(range(5), "08:00", "20:00"),
        row("work", 5, "08:00", "20:01"),
        *days(range(7, 12)),
    ]
    (flag,) = found("weekly_rest", *late)
    assert (flag.number("rest_min"), flag.number("missing_min")) == (36 * 60 - 1, 1)


def test_swedish_stand_by_at_home_breaks_the_week_but_not_the_night():
    """ATL 14 §: time of stand-by is no weekly rest."""
    week = [
        *days(range(5)),
        row("standby", 5, "12:00", "20:00"),
        row("standby", 6, "12:00", "20:00"),
    ]
    assert found("weekly_rest", *week, *days([7]))
    assert not found("weekly_rest", *week, *days([7]), pack="no")
    assert not found("daily_rest", *week, *days([7]))


def test_a_free_sunday_and_monday_serve_their_weeks():
    rows = [*days([1, 2, 3, 4, 5]), *days([8, 9, 10, 11, 12]), *days([15, 16])]
    assert not found("weekly_rest", *rows)


def test_spain_lets_a_day_and_a_half_be_saved_up_over_a_fortnight():
    """ET art. 37.1. Two weeks are taken together; 14 September 2026 begins such a fortnight."""
    worked = [*days(range(7, 18)), *days([21])]
    assert not found("weekly_rest", *worked, pack="es")
    short = [*days(range(7, 19)), *days([21])]
    (flag,) = found("weekly_rest", *short, pack="es")
    assert (flag.paragraph, flag.verified) == ("ET art. 37.1", False)
    assert found("weekly_rest", *worked, pack="no")


@pytest.mark.parametrize(("pack", "most"), [("dk", 6), ("eu", 12), ("se", 12)])
def test_days_in_a_row(pack, most):
    """DK arbejdsmiljøloven § 51; C-306/16 for the floor."""
    assert not found("days_in_a_row", *days(range(most)), pack=pack)
    (flag,) = found("days_in_a_row", *days(range(most + 1)), pack=pack)
    assert flag.number("worked_days") == most + 1
    assert not found(
        "days_in_a_row", *days(range(most)), *days(range(most + 1, most + 3)), pack=pack
    )


def test_a_night_past_midnight_is_work_on_both_dates():
    nights = [row("work", number, "22:00", "06:00") for number in range(6)]
    assert found("days_in_a_row", *nights, pack="dk")
    assert not found("days_in_a_row", *nights[:5], pack="dk")
