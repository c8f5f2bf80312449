"""Counting home days, and who is under eighteen or in training."""

import pytest

from hemma.core.rules import Severity
from hemma.core.rules.tests.said import found, row


def days(numbers, place, start="08:00", end="16:00"):
    return [row("work", number, start, end, place=place) for number in numbers]


def weeks(count, at_home, first=0):
    """Working weeks with the first days of each at home."""
    rows = []
    for week in range(count):
        start = first + 7 * week
        rows += days(range(start, start + at_home), "home")
        rows += days(range(start + at_home, start + 5), "office")
    return rows


def test_one_home_day_a_week_on_average_asks_for_an_agreement_in_norway():
    """FOR-2002-715 § 1, counted over eight weeks."""
    (flag,) = found("home_days", *weeks(8, 1), pack="no")
    assert (flag.number("home_days"), flag.severity) == (8, Severity.WARNS)
    assert not found("home_days", *weeks(7, 1), *weeks(1, 0, first=49), pack="no")
    assert not found("home_days", *weeks(8, 1), pack="se")


def test_a_night_at_home_is_one_home_day():
    nights = days(range(0, 14, 2), "home", "22:00", "06:00")
    assert not found("home_days", *nights, pack="no")
    assert found("home_days", *nights, *days([14], "home", "22:00", "06:00"), pack="no")


def test_cabins_and_trains_are_no_home():
    """The regulation covers the employee's own home alone."""
    assert not found(
        "home_days",
        *[row("work", n, "08:00", "16:00", place="other") for n in range(40)],
        pack="no",
    )


def test_four_weeks_wholly_at_home_are_not_short():
    (flag,) = found("full_home", *weeks(4, 5), pack="no")
    assert flag.paragraph == "FOR-2002-715 § 1"
    assert not found("full_home", *weeks(3, 5), *weeks(1, 4, first=21), pack="no")


def test_thirty_percent_of_three_months_is_regular_in_spain_and_told_from_25():
    """Ley 10/2021 art. 1."""
    office = days(range(14), "office")
    (flag,) = found("home_share", *days(range(14, 20), "home"), *office, pack="es")
    assert (flag.number("home_share"), flag.severity, flag.verified) == (0.3, Severity.WARNS, True)
    (flag,) = found("home_share", *days(range(14, 19), "home"), *office, pack="es")
    assert (flag.number("most_share"), flag.severity) == (0.25, Severity.INFORMS)
    assert not found("home_share", *days(range(14, 18), "home"), *office, pack="es")


def test_an_hour_in_the_office_inside_a_home_shift_is_not_at_home():
    home = row("shift", 0, "08:00", "12:00", place="home")
    meeting = row("work", 0, "09:00", "12:00", place="office")
    rows = [home, meeting, row("work", 1, "08:00", "08:30", place="office")]
    assert not [f for f in found("home_share", *rows, pack="es") if f.number("home_share") > 0.25]


def test_more_than_two_home_days_a_week_over_a_danish_month():
    """BEK on screen work at home: 9 of October's 31 days are more than two a week."""
    october = 24
    assert not found("home_screen_work", *days(range(october, october + 8), "home"), pack="dk")
    (flag,) = found("home_screen_work", *days(range(october, october + 9), "home"), pack="dk")
    assert flag.number("home_days") == 9


def test_minors_and_training_contracts_are_half_on_site_in_spain():
    """Ley 10/2021 art. 3."""
    half = [*days(range(5), "home"), *days(range(5, 10), "office")]
    more = [*days(range(6), "home"), *days(range(6, 11), "office")]
    for person in ({"is_minor": True}, {"is_training_contract": True}):
        assert not found("work_on_site", *half, pack="es", **person)
        (flag,) = found("work_on_site", *more, pack="es", **person)
        assert flag.severity == Severity.STOPS
    assert not found("work_on_site", *more, pack="es")


def minors(rule, *rows, pack="se"):
    assert not found(rule, *rows, pack=pack), "an adult is not asked"
    return found(rule, *rows, pack=pack, is_minor=True)


@pytest.mark.parametrize("pack", ["se", "no", "es", "dk", "fi", "eu"])
def test_a_minors_day_has_eight_hours_and_the_week_forty(pack):
    """94/33/EC art. 8."""
    assert not minors("minors_day", row("work", 0, "08:00", "16:00"), pack=pack)
    (flag,) = minors("minors_day", row("work", 0, "08:00", "16:01"), pack=pack)
    assert flag.paragraph == "94/33/EC art. 8"
    week = days(range(5), "office")
    assert not minors("minors_week", *week, pack=pack)
    assert minors("minors_week", *week, row("work", 6, "08:00", "08:01"), pack=pack)


def test_a_minor_rests_twelve_hours_has_an_early_break_and_free_nights():
    """94/33/EC arts. 9, 10 and 12."""
    late = row("work", 0, "14:00", "20:01"), row("work", 1, "08:00", "12:00")
    (flag,) = minors("minors_rest", *late)
    assert flag.number("missing_min") == 1
    assert not minors("minors_break", row("work", 0, "08:00", "12:30"))
    assert minors("minors_break", row("work", 0, "08:00", "12:31"))
    shift = row("shift", 0, "08:00", "15:00")
    assert minors("minors_break", shift, row("rast", 0, "12:00", "12:29"))
    assert not minors("minors_break", shift, row("rast", 0, "12:00", "12:30"))
    assert not minors(
        "minors_night", row("work", 0, "16:00", "22:00"), row("work", 2, "06:00", "08:00")
    )
    (flag,) = minors("minors_night", row("work", 0, "16:00", "22:01"))
    assert flag.number("worked_min") == 1
    assert minors("minors_night", row("work", 0, "05:59", "08:00"))
