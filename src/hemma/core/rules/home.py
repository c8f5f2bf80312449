"""Counting work from home: when an agreement, or a proper home workplace, is owed.

These rules forbid nothing: they say what the employer must have in place.
"""

from collections.abc import Iterator

from hemma.core.rules.days import day_of, first_of_month, monday
from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag, Remedy, flag
from hemma.core.rules.law import Law


def home_days(facts: Facts, law: Law) -> Iterator[Flag]:
    """Home days a week on average (NO forskrift 2002-07-05-715 § 1: one or more is no longer
    sporadic; counted over eight weeks).

    A home day is the local date on which a working day with work at home begins. Every run of so
    many local weeks; the weeks of a flagged run are not counted again.
    """
    if not law.says("home_avg_days_week") or not facts.home:
        return
    days, index = _home_days(facts), facts.weeks.start
    while index < facts.weeks.stop:
        start = monday(facts.zone, index)
        value, weeks = law.value("home_avg_days_week", start), law.value("home_ref_weeks", start)
        index += 1
        if value is None or weeks is None:
            continue
        together = int(weeks.number)
        end = monday(facts.zone, index - 1 + together)
        count = sum(start <= day < end for day in days)
        if count >= value.number * together:
            numbers = (("home_days", float(count)), ("most_days", value.number * together))
            yield flag(value, "home_days", (start, end), numbers, Remedy.MAKE_AGREEMENT)
            index += together - 1


def _home_days(facts: Facts) -> list[int]:
    """The start of the first working day with work at home, of each local date."""
    starts: dict[int, int] = {}
    for day in facts.days:
        if facts.home.within(day.start, day.end):
            starts.setdefault(day_of(facts.zone, day.start), day.start)
    return list(starts.values())


def full_home(facts: Facts, law: Law) -> Iterator[Flag]:
    """Weeks in a row with work at home alone (NO forskrift 2002-07-05-715 § 1: four or more are
    not short-term)."""
    if not law.says("full_home_weeks") or not facts.home:
        return
    run: list[int] = []
    for week in [*facts.weeks, facts.weeks.stop]:
        start, end = monday(facts.zone, week), monday(facts.zone, week + 1)
        worked = facts.measured_work.within(start, end)
        if worked and facts.home.within(start, end) == worked:
            run.append(start)
            continue
        value = law.value("full_home_weeks", run[0]) if run else None
        if value and len(run) >= value.number:
            numbers = (("home_days", 7.0 * len(run)), ("most_days", 7 * value.number))
            yield flag(value, "full_home", (run[0], start), numbers, Remedy.MAKE_AGREEMENT)
        run = []


def home_share(facts: Facts, law: Law) -> Iterator[Flag]:
    """The share of working time at home (ES Ley 10/2021 art. 1: regular from 30 % in a reference
    period of three months; told early from 25 %).

    Runs of whole local months; the months of a flagged run are not counted again.
    """
    if not law.says("home_share") or not facts.home:
        return
    index = facts.months.start
    while index < facts.months.stop:
        start = first_of_month(facts.zone, index)
        value, months = law.value("home_share", start), law.value("home_share_months", start)
        early = law.value("home_share_early", start)
        index += 1
        if value is None or months is None:
            continue
        end = first_of_month(facts.zone, index - 1 + int(months.number))
        home, worked = facts.home.within(start, end), facts.measured_work.within(start, end)
        said = value if home >= value.number * worked else early
        if said and home and home >= said.number * worked:
            numbers = (("home_share", home / worked), ("most_share", said.number))
            yield flag(said, "home_share", (start, end), numbers, Remedy.MAKE_AGREEMENT)
            index += int(months.number) - 1


def home_screen_work(facts: Facts, law: Law) -> Iterator[Flag]:
    """Home days a week on average of some months from which the rules for screen work apply whole
    (DK BEK on work at home, 30 April 2022: more than two over a month).

    Runs of whole local months; days absent count, so an average is never made too high.
    """
    if not law.says("home_screen_days_week") or not facts.home:
        return
    days, index = _home_days(facts), facts.months.start
    while index < facts.months.stop:
        start = first_of_month(facts.zone, index)
        value = law.value("home_screen_days_week", start)
        months = law.value("home_screen_months", start)
        index += 1
        if value is None or months is None:
            continue
        end = first_of_month(facts.zone, index - 1 + int(months.number))
        length = day_of(facts.zone, end) - day_of(facts.zone, start)
        count = sum(start <= day < end for day in days)
        if count * 7 > value.number * length:
            numbers = (("home_days", float(count)), ("most_days", value.number * length / 7))
            yield flag(value, "home_screen_work", (start, end), numbers, Remedy.FIT_THE_SCREEN)
            index += int(months.number) - 1


def work_on_site(facts: Facts, law: Law) -> Iterator[Flag]:
    """The least share of work at the workplace for minors and training contracts (ES Ley 10/2021
    art. 3: half, in three months)."""
    line = facts.timeline
    if not (line.is_minor or line.is_training_contract) or not facts.home:
        return
    index = facts.months.start
    while index < facts.months.stop:
        start = first_of_month(facts.zone, index)
        value, months = law.value("on_site_share", start), law.value("home_share_months", start)
        index += 1
        if value is None or months is None:
            continue
        end = first_of_month(facts.zone, index - 1 + int(months.number))
        home, worked = facts.home.within(start, end), facts.measured_work.within(start, end)
        if home > (1 - value.number) * worked:
            numbers = (("home_share", home / worked), ("most_share", 1 - value.number))
            yield flag(value, "work_on_site", (start, end), numbers, Remedy.MORE_ON_SITE)
            index += int(months.number) - 1
