"""The two ways in: a whole timeline, and changes one thinks of."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from hemma.core.rules.breaks import break_in_time
from hemma.core.rules.flags import Flag
from hemma.core.rules.law import Law
from hemma.core.rules.packs import Packs
from hemma.core.rules.rest import daily_rest, rest_between_shifts
from hemma.core.rules.timeline import CandidateChange, Timeline, changed


class Rule(Protocol):
    """One rule: looks at a whole timeline, flags every place where it is broken."""

    def __call__(self, timeline: Timeline, law: Law) -> Iterable[Flag]: ...


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "daily_rest": daily_rest,
        "rest_between_shifts": rest_between_shifts,
        "break_in_time": break_in_time,
    }
)
"""Every rule by the id its flags carry. A new rule is one function and one line here."""


def check(timeline: Timeline, packs: Packs) -> tuple[Flag, ...]:
    """Everything that is wrong with a timeline, by time, then rule. Raises `KeyError` for an
    unknown pack."""
    law = Law(packs, timeline.pack, timeline.zone)
    flags = [flag for rule in RULES.values() for flag in rule(timeline, law)]
    return tuple(sorted(flags, key=lambda flag: (flag.at, flag.rule, flag.pack)))


def judge(
    timeline: Timeline, changes: Sequence[CandidateChange], packs: Packs
) -> list[tuple[Flag, ...]]:
    """For each change by itself: everything that would be wrong with the changed timeline.

    Equal to `check(changed(timeline, change), packs)` for every change, however it is computed.
    """
    return [check(changed(timeline, change), packs) for change in changes]
