"""Caps on overtime, additional hours and on-call; breaks that are long enough; notice."""

import pytest

from hemma.core.rules import Severity
from hemma.core.rules.tests.said import day, found, row


def overtime(hours, numbers, kind="overtime"):
    return [row(kind, number, "08:00", f"{8 + hours:02}:00") for number in numbers]


def test_ten_hours_of_overtime_a_week_in_norway():
    """aml. § 10-6."""
    assert not found("overtime_in_a_week", *overtime(5, [0, 6]), pack="no")
    (flag,) = found("overtime_in_a_week", *overtime(5, [0, 6]), *overtime(1, [3]), pack="no")
    assert (flag.paragraph, flag.number("over_min"), flag.verified) == ("aml. § 10-6", 60, False)
    assert not found("overtime_in_a_week", *overtime(5, [0, 6, 7]), pack="no")


def test_twenty_five_hours_of_overtime_in_four_weeks_in_norway():
    """aml. § 10-6."""
    assert not found("overtime_in_four_weeks", *overtime(5, [0, 7, 14, 21, 24]), pack="no")
    (flag,) = found("overtime_in_four_weeks", *overtime(5, [0, 7, 14, 21, 24, 27]), pack="no")
    assert flag.number("most_min") == 25 * 60


def test_sweden_counts_four_weeks_or_the_month():
    """ATL 8 §: 48 h in four weeks or 50 h in a calendar month, as the employer chooses."""
    rows = overtime(7, [0, 2, 7, 9, 14, 16, 21])  # 49 hours, all in September
    assert not found("overtime_in_four_weeks", *rows)
    (flag,) = found("overtime_in_four_weeks", *rows, *overtime(2, [23]))
    assert (flag.paragraph, flag.number("worked_min")) == ("ATL 8 §", 51 * 60)
    spread = overtime(7, [14, 16, 18, 21, 24, 28, 30, 32])  # 56 hours, two months
    assert not found("overtime_in_four_weeks", *spread)


def test_overtime_of_a_swedish_year_warns_at_200_and_stops_at_350():
    """ATL 8 § and 8 a §."""
    year = range(-249, -5, 7)
    assert not found("overtime_in_a_year", *overtime(5, range(-240, -200)))
    (warned,) = found("overtime_in_a_year", *overtime(5, range(-240, -200)), *overtime(1, [-190]))
    assert (warned.paragraph, warned.severity) == ("ATL 8 §", Severity.WARNS)
    (stopped,) = found("overtime_in_a_year", *overtime(11, list(year)[:32]))
    assert (stopped.paragraph, stopped.severity) == ("ATL 8 a §", Severity.STOPS)
    assert stopped.number("most_min") == 350 * 60


def test_a_new_year_begins_a_new_count():
    """31 December 2026 is day 115."""
    assert not found("overtime_in_a_year", *overtime(5, range(76, 156)))


def test_eighty_hours_in_spain_and_two_hundred_in_52_norwegian_weeks():
    """ET art. 35.2; aml. § 10-6."""
    assert not found("overtime_in_a_year", *overtime(8, range(10)), pack="es")
    (flag,) = found("overtime_in_a_year", *overtime(8, range(11)), pack="es")
    assert flag.number("over_min") == 8 * 60
    assert found("overtime_in_a_year", *overtime(5, range(96, 137)), pack="no")


def test_additional_hours_of_part_timers_have_a_cap_of_their_own():
    """ATL 10 §."""
    assert not found("additional_in_a_year", *overtime(5, range(40), "additional"))
    (flag,) = found("additional_in_a_year", *overtime(5, range(41), "additional"))
    assert (flag.paragraph, flag.severity) == ("ATL 10 §", Severity.WARNS)
    assert not found("overtime_in_a_year", *overtime(5, range(41), "additional"))


def test_on_call_at_the_workplace_has_a_cap():
    """ATL 6 §."""
    assert not found("on_call_in_four_weeks", *overtime(12, [0, 7, 14, 21], "on_call"))
    (flag,) = found("on_call_in_four_weeks", *overtime(12, [0, 7, 14, 21, 23], "on_call"))
    assert flag.paragraph == "ATL 6 §"


def test_thirty_minutes_of_break_on_a_norwegian_day_of_eight_hours():
    """aml. § 10-9."""
    shift = row("shift", 0, "08:00", "16:20")
    short = [shift, row("rast", 0, "11:00", "11:20")]
    (flag,) = found("break_in_total", *short, pack="no")
    assert flag.number("missing_min") == 10
    assert not found("break_in_total", *short, row("meal_on_duty", 0, "14:00", "14:10"), pack="no")
    less = [row("shift", 0, "08:00", "16:19"), row("rast", 0, "11:00", "11:20")]
    assert not found("break_in_total", *less, pack="no")
    assert not found("break_in_total", *short, pack="se")


def test_long_norwegian_overtime_begins_with_half_an_hour_paid():
    """aml. § 10-9, second paragraph."""
    shift = row("work", 0, "08:00", "16:00")
    assert not found("overtime_break", shift, row("overtime", 0, "16:00", "18:00"), pack="no")
    long = [shift, row("overtime", 0, "16:00", "18:01")]
    (flag,) = found("overtime_break", *long, pack="no")
    assert flag.number("least_min") == 30
    assert not found("overtime_break", *long, row("meal_on_duty", 0, "16:00", "16:30"), pack="no")
    assert found("overtime_break", *long, row("meal_on_duty", 0, "11:00", "11:30"), pack="no")


def test_a_swedish_rast_under_half_an_hour_is_worth_a_word():
    """Guidance of the authority; the Act names no length."""
    shift = row("shift", 0, "08:00", "15:00")
    (flag,) = found("short_break", shift, row("rast", 0, "11:00", "11:20"))
    assert (flag.severity, flag.verified) == (Severity.INFORMS, False)
    assert not found("short_break", shift, row("rast", 0, "11:00", "11:30"))
    assert not found("short_break", shift, row("paus", 0, "11:00", "11:10"))


@pytest.mark.parametrize(("pack", "days"), [("se", 14), ("no", 14), ("es", 5)])
def test_a_change_is_told_in_time(pack, days):
    """ATL 12 §; aml. § 10-3; ET art. 34.2. Whatever the hour of the day."""
    late = row("work", 20, "08:00", "12:00", announced=day(20 - days + 1, "00:00"))
    (flag,) = found("notice", late, pack=pack)
    assert (flag.number("ahead_days"), flag.severity) == (days - 1, Severity.WARNS)
    in_time = row("work", 20, "08:00", "12:00", announced=day(20 - days, "23:59"))
    assert not found("notice", in_time, pack=pack)
    assert not found("notice", row("overtime", 20, "08:00", "12:00", announced=day(20)), pack=pack)
    assert not found("notice", late, pack="dk")
