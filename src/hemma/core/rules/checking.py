"""The two ways in: a whole timeline, and changes one thinks of."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from hemma.core.rules import breaks, caps, home, hours, minors, rest
from hemma.core.rules.facts import Facts
from hemma.core.rules.flags import Flag
from hemma.core.rules.law import Law, law_of
from hemma.core.rules.notice import notice
from hemma.core.rules.packs import Packs
from hemma.core.rules.timeline import CandidateChange, Timeline, changed


class Rule(Protocol):
    """One rule: looks at a whole timeline, flags every place where it is broken."""

    def __call__(self, facts: Facts, law: Law) -> Iterable[Flag]: ...


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "daily_rest": rest.daily_rest,
        "rest_between_shifts": rest.rest_between_shifts,
        "night_core": rest.night_core,
        "weekly_rest": rest.weekly_rest,
        "days_in_a_row": rest.days_in_a_row,
        "break_in_time": breaks.break_in_time,
        "break_in_total": breaks.break_in_total,
        "overtime_break": breaks.overtime_break,
        "short_break": breaks.short_break,
        "hours_in_a_day": hours.hours_in_a_day,
        "hours_in_a_week": hours.hours_in_a_week,
        "total_average": hours.total_average,
        "night_work": hours.night_work,
        "overtime_in_a_week": caps.overtime_in_a_week,
        "overtime_in_four_weeks": caps.overtime_in_four_weeks,
        "overtime_in_a_year": caps.overtime_in_a_year,
        "additional_in_a_year": caps.additional_in_a_year,
        "on_call_in_four_weeks": caps.on_call_in_four_weeks,
        "notice": notice,
        "home_days": home.home_days,
        "full_home": home.full_home,
        "home_share": home.home_share,
        "home_screen_work": home.home_screen_work,
        "work_on_site": home.work_on_site,
        "minors_day": minors.minors_day,
        "minors_week": minors.minors_week,
        "minors_rest": minors.minors_rest,
        "minors_break": minors.minors_break,
        "minors_night": minors.minors_night,
    }
)
"""Every rule by the id its flags carry. A new rule is one function and one line here."""


def check(timeline: Timeline, packs: Packs) -> tuple[Flag, ...]:
    """Everything that is wrong with a timeline, by time, then rule. Raises `KeyError` for an
    unknown pack."""
    law, facts = law_of(packs, timeline.pack, timeline.zone), Facts(timeline)
    flags = [flag for rule in RULES.values() for flag in rule(facts, law)]
    if len(flags) > 1:
        flags.sort(key=lambda flag: (flag.at, flag.rule, flag.pack))
    return tuple(flags)


def judge(
    timeline: Timeline, changes: Sequence[CandidateChange], packs: Packs
) -> list[tuple[Flag, ...]]:
    """For each change by itself: everything that would be wrong with the changed timeline.

    Equal to `check(changed(timeline, change), packs)` for every change, however it is computed.
    """
    return [check(changed(timeline, change), packs) for change in changes]
