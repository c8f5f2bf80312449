"""What two replays of one week say: figures of a queue, never of a person."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from hemma.core.routing.decision import WhyNot
from hemma.core.routing.replay import Fate, Week, length_until

WAITS_S = (900.0, 3600.0, 4 * 3600.0, 24 * 3600.0)
"""Upper edges of the waits that are told apart; beyond the last one, and never, come after."""
LEAST_OPEN_S = 3600.0
"""Whoever was open for less than this says nothing about a fair share."""


@dataclass(frozen=True, slots=True)
class Told:
    """What customers of one queue met. Waits are seconds by the clock, nights among them.

    `waits` counts contacts by `WAITS_S`, then longer ones, then those nobody took. `median_s` and
    `slow_s` (nine of ten within) are None if nobody took any. `kept` of `promised` promises; `met`
    the person they knew, of `known` who knew one. `why` counts contacts by what stopped most people
    the last time that nobody fitted. `spread` is the widest difference from an equal share of
    contacts an hour among those who could (0.1 = 10 %); None where fewer than two were open.
    """

    came: int
    taken: int
    waits: tuple[int, ...]
    median_s: float | None
    slow_s: float | None
    promised: int
    kept: int
    known: int
    met: int
    why: tuple[tuple[WhyNot, int], ...]
    spread: float | None


def told(week: Week, fates: Sequence[Fate], queues: Collection[int]) -> Told:
    """The figures of the contacts of `queues`; the spread is of all, since people are shared."""
    mine = [one for one in fates if one.contact.queue in queues]
    waits = sorted(_wait_s(one) for one in mine if one.taken_s is not None)
    promised = [one for one in mine if one.contact.promised_s is not None]
    known = [one for one in mine if one.contact.earlier_person is not None]
    why = Counter(one.why_not for one in mine if one.why_not is not None)
    return Told(
        came=len(mine),
        taken=len(waits),
        waits=_by_wait(waits, len(mine)),
        median_s=_rank(waits, 0.5),
        slow_s=_rank(waits, 0.9),
        promised=len(promised),
        kept=sum(_is_kept(one) for one in promised),
        known=len(known),
        met=sum(one.person == one.contact.earlier_person for one in known),
        why=tuple(sorted(why.items(), key=lambda pair: (-pair[1], pair[0]))),
        spread=_spread(week, fates),
    )


def _wait_s(fate: Fate) -> float:
    return (fate.taken_s or 0.0) - fate.contact.waiting_since_s


def _is_kept(fate: Fate) -> bool:
    promised = fate.contact.promised_s
    return promised is not None and fate.done_s is not None and fate.done_s <= promised


def _by_wait(waits: Sequence[float], came: int) -> tuple[int, ...]:
    edges = (0.0, *WAITS_S, float("inf"))
    inside = [sum(low <= one < high for one in waits) for low, high in itertools.pairwise(edges)]
    return (*inside, came - len(waits))


def _rank(ordered: Sequence[float], share: float) -> float | None:
    """Nearest rank.

    >>> _rank([1.0, 2.0, 3.0, 4.0], 0.5), _rank([], 0.5)
    (2.0, None)
    """
    if not ordered:
        return None
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _spread(week: Week, fates: Iterable[Fate]) -> float | None:
    got: dict[int | None, int] = defaultdict(int)
    for one in fates:
        got[one.person] += 1
    hours = {p.facts.id: length_until(p.open, week.ends_s) for p in week.people}
    open_s = {person: length for person, length in hours.items() if length >= LEAST_OPEN_S}
    total = sum(got[person] for person in open_s)
    if len(open_s) < 2 or not total:
        return None
    rate = total / sum(open_s.values())
    return max(abs(got[person] / length / rate - 1.0) for person, length in open_s.items())
