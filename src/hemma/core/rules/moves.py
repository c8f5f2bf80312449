"""Moves in a planner's search: take one working day away, put one shift in; many at once.

`Moves` holds many people's plans as arrays and answers arbitrary moves, each with its own person,
day, shape and start. An open move is a promise: the full check of the changed plan finds nothing
that stops. A closed one is caution, in the same few cases as in `openings`: a second shift within
the rest of the same day, a shift over Sunday's midnight in a full week, and more hours than a night
worker may have, whoever has them. People whom arrays cannot tell of (`slow`) are checked move by move.

Arrays: not for the web process, so nothing in this package imports it.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from hemma.core.grid.local import from_seconds
from hemma.core.rules.checking import check
from hemma.core.rules.law import law_of
from hemma.core.rules.moves_plans import Horizon, Plans
from hemma.core.rules.openings import ShiftShape
from hemma.core.rules.packs import Packs, Severity
from hemma.core.rules.timeline import CandidateChange, Timeline, changed

type Whole = NDArray[np.int64]
type Truth = NDArray[np.bool_]


class Moves:
    """People's plans, made ready to be asked about moves.

    Starts may lie from four weeks before the first item of all to four weeks after the last.
    Raises `KeyError` for a pack nobody has.
    """

    def __init__(
        self, plans: Sequence[Timeline], shapes: Sequence[ShiftShape], packs: Packs
    ) -> None:
        self.plans, self._shapes, self._packs = list(plans), list(shapes), packs
        spans = [item.span for plan in plans for item in plan.items]
        ends = (min(a for a, _ in spans), max(b for _, b in spans)) if spans else (0, 0)
        self._group = np.zeros(len(plans), np.int64)
        self._place = np.zeros(len(plans), np.int64)
        self._groups: list[Plans] = []
        keyed = sorted(range(len(plans)), key=lambda n: (plans[n].pack, plans[n].zone.key))
        for _, members in groupby(keyed, key=lambda n: (plans[n].pack, plans[n].zone.key)):
            who = list(members)
            first = plans[who[0]]
            law = law_of(packs, first.pack, first.zone)
            known = Plans([plans[n] for n in who], shapes, packs, law, Horizon(first.zone, *ends))
            self._group[who], self._place[who] = len(self._groups), np.arange(len(who))
            self._groups.append(known)

    def days(self, who: int) -> list[tuple[int, int]]:
        """First and last second of the person's working days: `taken` is a place in this list."""
        return self._groups[int(self._group[who])].days(int(self._place[who]))

    def slow(self, who: int) -> bool:
        """Whether this person's moves are checked one by one."""
        return bool(self._groups[self._group[who]].slow[self._place[who]])

    def renew(self, who: int, plan: Timeline) -> None:
        """The person's plan is another from now on (same pack and zone): a move was made.

        Raises `ValueError` when there is no room for it: make `Moves` anew.
        """
        self._groups[self._group[who]].renew(int(self._place[who]), plan)
        self.plans[who] = plan

    def allowed(self, who: Whole, taken: Whole, shape: Whole, start: Whole) -> Truth:
        """For each move whether it leaves a plan in which nothing stops.

        `who`: place of the plan. `taken`: working day that goes (place in `days`), -1 for none.
        `shape`: place of the shape that is put in. `start`: its first second since 1970 UTC. All of
        one length. Raises `ValueError` for a start outside.
        """
        found = np.zeros(len(who), np.bool_)
        for number, group in enumerate(self._groups):
            here = np.flatnonzero(self._group[who] == number) if len(self._groups) > 1 else None
            chosen = slice(None) if here is None else here
            asked = who[chosen], taken[chosen], shape[chosen], start[chosen]
            place = self._place[asked[0]]
            answers = _quick(group, place, *asked[1:])
            for n in np.flatnonzero(group.slow[place]):
                answers[n] = self._checked(*(int(column[n]) for column in asked))
            found[chosen] = answers
        return found

    def _checked(self, who: int, taken: int, shape: int, start: int) -> bool:
        """The slow way: check the changed whole. What is put over something planned is closed."""
        plan = self.plans[who]
        begin, end = self.days(who)[taken] if taken >= 0 else (0, 0)
        gone = {item.id for item in plan.items if item.span[0] < end and item.span[1] > begin}
        until = start + self._shapes[shape].length_min * 60
        kept = [item for item in plan.items if item.id not in gone]
        if any(item.span[0] < until and item.span[1] > start for item in kept):
            return False
        first_id = max((item.id for item in plan.items), default=0) + 1
        put_in = self._shapes[shape].items(from_seconds(start), first_id)
        flags = check(changed(plan, CandidateChange(frozenset(gone), put_in)), self._packs)
        return not any(flag.severity is Severity.STOPS for flag in flags)


def _quick(plans: Plans, who: Whole, taken: Whole, shape: Whole, start: Whole) -> Truth:
    """Moves of people of one law; those of slow people are closed."""
    since = start - plans.horizon.begin
    if len(since) and not (since.min() >= 0 and since.max() < plans.horizon.length):
        raise ValueError("a start lies more than four weeks outside the plans")
    row = who * plans.width + np.where(taken < 0, plans.most_days, taken)
    place = np.searchsorted(plans.keys, since + who * plans.horizon.stride, side="right") - 1
    gone = np.where(taken < 0, -1, who * (plans.most_days + 2) + taken + 1)
    before = place - (place == gone)
    after = place + 1
    after += after == gone
    free, until = plans.ends[before], plans.starts[after]
    end = since + plans.lengths[shape]
    found: Truth = (since - free >= plans.rest_s) & (until - end >= plans.rest_s)
    found &= plans.fine[row] & plans.shape_fine[shape]
    left = np.flatnonzero(found)  # most are closed by now
    gap = free[left], until[left]
    row, since, end = row[left], since[left], end[left]
    week = plans.horizon.week_of[since // 900]
    last = plans.horizon.week_of[(end - 1) // 900]
    good = plans.caps_hold(row, week, last, plans.worked[shape[left]])
    resumed = week + (end >= plans.horizon.mondays[week + 1])
    for one in (plans.end_weeks[before[left]], week, resumed):
        good &= plans.week_rests(row, one, gap, since, end)
    good &= plans.dates_fit(row, since, end) & plans.nobody_away(who[left], since, end)
    found[left] = good
    return found
