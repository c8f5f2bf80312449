"""From a forecast to people, and from people back to the service they would give.

The formulas take every interval by itself, for one skill. What they answer is played, time of day by
time of day, and, where asked, mended until it holds: one person more where it was missed, one fewer
where nobody would notice (iterative staffing; Feldman, Mandelbaum, Massey & Whitt, "Staffing of
time-varying queues to achieve time-stable performance", 2008).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hemma.core.forecast import Forecast
from hemma.core.need import (
    Correction,
    Load,
    NeverEnough,
    Target,
    at_quantile,
    corrected,
    least_people_at_once,
    levelled,
    scheduled,
)
from hemma.core.simulation import Counted, Outcome, Scenario, play

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]

_QUIET = 1e-3  # erlangs: what is left of last night is nobody's work


@dataclass(frozen=True, slots=True)
class Work:
    """What a queue's contacts ask of people. `due_s`: the time to answer within, when it may be
    levelled over open hours instead of waited for (mail, call-backs); then the target is not asked,
    and `is_open` (slots,) says when it is worked on (None: whenever anything comes).
    `at_once` contacts at a time, each then `stretch` times longer; `off_queue` share of the time
    outside the queue."""

    handling_s: float
    patience_s: float = np.inf
    target: Target = field(default_factory=Target)
    due_s: float | None = None
    is_open: NDArray[np.bool_] | None = None
    at_once: int = 1
    stretch: float = 1.0
    off_queue: float = 0.0


@dataclass(frozen=True, slots=True)
class QueueNeed:
    """People of one queue: in it (`people`, slots) and to plan (`planned`, slots), for `per_s`
    contacts a second, by which correction."""

    queue: str
    people: Whole
    planned: Floats
    per_s: Floats
    correction: Correction


def needed(
    told: Forecast,
    work: dict[str, Work],
    *,
    quantile: float | None = None,
    correction: Correction = Correction.OFFERED_LOAD,
) -> tuple[QueueNeed, ...]:
    """The need of every queue that is forecast; `work` by queue. Of a quantile of the demand when
    one is named, else of what is expected. Raises `NeverEnough`, `KeyError` for a queue without
    work."""
    slot_s = np.diff(np.array(told.grid.edges_s, dtype=np.float64))
    found = []
    for queue in told.queues:
        demand = queue.expected
        if quantile is not None:
            demand = at_quantile(np.array(told.levels), queue.quantiles, quantile)
        found.append(
            queue_need(queue.queue, demand / slot_s, slot_s, work[queue.queue], correction)
        )
    return tuple(found)


def queue_need(
    name: str, per_s: Floats, slot_s: Floats, work: Work, correction: Correction
) -> QueueNeed:
    """The need of one queue from `per_s` (slots,) contacts a second over slots of `slot_s`."""
    if work.due_s is not None:
        people = _levelled(per_s, slot_s, work)
        return QueueNeed(name, people, scheduled(people, work.off_queue), per_s, Correction.NONE)
    handling = np.full(per_s.size, work.handling_s * work.stretch)
    rate = corrected(per_s, handling, slot_s, correction)
    rate = np.where(rate * handling < _QUIET, 0.0, rate)
    asked = Load.of(rate, work.handling_s, work.patience_s)
    people = least_people_at_once(asked, work.target, work.at_once, work.stretch)
    return QueueNeed(name, people, scheduled(people, work.off_queue), per_s, correction)


def _levelled(per_s: Floats, slot_s: Floats, work: Work) -> Whole:
    """People who do the work as evenly as its deadline allows in the open slots; the deadline counts
    open time, and what comes while closed is there when it opens. They are busy at most as much as
    the target lets them."""
    due = int((work.due_s or 0.0) // float(np.median(slot_s)))
    if due < 1:
        raise NeverEnough("a deadline is at least one interval; or leave it out and name a target")
    is_open = per_s > 0 if work.is_open is None else work.is_open
    found = np.zeros(per_s.size, dtype=np.int64)
    if not is_open.any():
        if per_s.any():
            raise NeverEnough("work comes, and it is never open")
        return found
    share = (work.target.occupancy or 1.0) * work.at_once
    comes = per_s * slot_s * work.handling_s * work.stretch / share
    last_open = np.cumsum(is_open) - 1
    before = last_open < 0
    come = np.bincount(last_open[~before], comes[~before], minlength=int(is_open.sum()))
    busy = levelled(come, slot_s[is_open], due, backlog_s=float(comes[before].sum()))
    found[is_open] = np.ceil(busy - 1e-9)
    return found


def as_scenario(need: tuple[QueueNeed, ...], work: dict[str, Work], slot_s: float) -> Scenario:
    """Each queue with the people of its own that it needs, to be played. Levelled work is left out:
    nobody waits on the line for it."""
    live = [one for one in need if work[one.queue].due_s is None]
    if not live:
        raise NeverEnough("no queue is waited in; there is nothing to play")
    ways = [work[one.queue] for one in live]
    return Scenario(
        per_s=np.array([one.per_s for one in live]),
        slot_s=slot_s,
        people=np.array([one.people for one in live]),
        able=np.where(np.eye(len(live), dtype=bool), 0, -1).astype(np.int64),
        at_once=np.array([way.at_once for way in ways]),
        handling_s=np.array([way.handling_s * way.stretch for way in ways]),
        patience_s=np.array([way.patience_s for way in ways]),
        within_s=np.array([way.target.within_s for way in ways]),
    )


@dataclass(frozen=True, slots=True)
class Refined:
    """A staffing that was mended by playing it: `people` (groups, slots) and how it fared at last.
    `missed` queues and slots that still miss their target by more than chance, empty when all hold;
    `rounds` how often it was played."""

    people: Whole
    outcome: Outcome
    missed: tuple[tuple[int, int], ...]
    rounds: int


def refined(
    scenario: Scenario,
    targets: tuple[float, ...],
    *,
    days: int = 200,
    seed: int = 1,
    rounds: int = 30,
    least_contacts: float = 5.0,
    told: Callable[[int, int], None] | None = None,
) -> Refined:
    """The people (groups, slots) with which each queue's share in time reaches its target in every
    slot, several skills and all, starting from the scenario's own. `targets` (queues,).

    Each round plays the same customers. Where a queue misses, one person more of the able group that
    helps most of what is missed in the slot, a specialist first; once nothing is missed, one fewer of
    a group where all its queues have something to spare, put back if it was missed. Slots to which
    fewer than `least_contacts` come are left as they are: their share is chance.
    """
    people, outcome = scenario.people.copy(), play(scenario, days, seed)
    fixed_at, number = np.zeros(people.shape, dtype=bool), 0
    for number in range(1, rounds + 1):
        if told is not None:
            told(number, rounds)
        gap = _gaps(outcome, scenario, targets, least_contacts)
        more = _more(gap, scenario.able)
        fewer = np.zeros_like(more)
        if not more.any():
            fewer = _fewer(gap, scenario, people, fixed_at)
            if not fewer.any():
                break
        trial = people + more - fewer
        tried = play(replace(scenario, people=trial), days, seed)
        back = _to_put_back(_gaps(tried, scenario, targets, least_contacts), fewer, scenario.able)
        fixed_at |= back > 0
        if back.any():
            trial = trial + back
            tried = play(replace(scenario, people=trial), days, seed)
        people, outcome = trial, tried
    missed = _still_missed(_gaps(outcome, scenario, targets, least_contacts), outcome)
    return Refined(people, outcome, missed, number)


def _still_missed(gap: Floats, outcome: Outcome) -> tuple[tuple[int, int], ...]:
    """(queue, slot) where more is missed than chance explains."""
    half = np.stack([outcome.by_slot(Counted.IN_TIME, q)[1] for q in range(gap.shape[0])])
    return tuple((int(q), int(s)) for q, s in np.argwhere(gap > np.nan_to_num(half)))


def _gaps(
    outcome: Outcome, scenario: Scenario, targets: tuple[float, ...], least_contacts: float
) -> Floats:
    """(queues, slots) target minus what was reached; −1 where too few come to tell."""
    queues = scenario.per_s.shape[0]
    reached = np.stack([outcome.by_slot(Counted.IN_TIME, q)[0] for q in range(queues)])
    enough = scenario.per_s * scenario.slot_s >= least_contacts
    return np.where(enough, np.array(targets)[:, None] - np.nan_to_num(reached, nan=1.0), -1.0)


def _more(gap: Floats, able: Whole) -> Whole:
    """(groups, slots) one more where a queue misses, of the group that helps most of what is missed.

    A large miss in one slot comes from people missing in the one before, too, which the next round
    finds out; so never more than two at a time."""
    found = np.zeros((able.shape[0], gap.shape[1]), dtype=np.int64)
    takes = able >= 0
    for slot in np.flatnonzero((gap > 0).any(axis=0)):
        missing = np.maximum(gap[:, slot], 0.0)
        helped = takes @ missing - 1e-6 * takes.sum(axis=1)
        found[int(np.argmax(helped)), slot] += 1 + int(missing.max() > 0.15)
    return found


def _fewer(gap: Floats, scenario: Scenario, people: Whole, fixed_at: NDArray[np.bool_]) -> Whole:
    """(groups, slots) one fewer where all of a group's queues have something to spare, in one group
    a slot and not in slots beside each other, so that what is missed then can be told from it."""
    takes = scenario.able >= 0
    spare = np.where(takes[:, :, None], -gap[None], np.inf).min(axis=1)
    spare = np.where((people > 0) & ~fixed_at & (spare < 1.0), spare, -np.inf)
    found = np.zeros_like(people)
    last = -2
    for slot in range(people.shape[1]):
        best = int(np.argmax(spare[:, slot]))
        if spare[best, slot] > 0.01 and slot - last >= 2:
            found[best, slot] = 1
            last = slot
    return found


def _to_put_back(after: Floats, fewer: Whole, able: Whole) -> Whole:
    """(groups, slots) of those taken away, the ones whose queues miss in their slot or the next."""
    back = np.zeros_like(fewer)
    for group, slot in np.argwhere(fewer > 0):
        here = after[able[group] >= 0, slot : slot + 2]
        back[group, slot] = int((here > 0).any())
    return back
