"""Judges any roster, wherever it comes from. Shares no code with the search: it lays every shift out
slot by slot and counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hemma.core.roster.facts import FORBIDDEN, Cost, DayForm, Problem, Roster, Watch

_LONG = 10**6
_LATE = 128  # slots that the last day's shifts may run past it


class FaultKind(StrEnum):
    """What is wrong."""

    NOT_FREE_TO_WORK = "not_free_to_work"
    DAYS_IN_WEEK = "days_in_week"
    START = "start"
    BREAK = "break"
    OVERLAP = "overlap"
    MUST_WORK = "must_work"
    FORBIDDEN_START = "forbidden_start"
    EXTRAS_IN_WEEK = "extras_in_week"
    REST = "rest"
    WEEKLY_REST = "weekly_rest"
    DAYS_IN_A_ROW = "days_in_a_row"
    WEEKENDS = "weekends"
    AVERAGED = "averaged_days"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the checker is told of law and agreements, in slots and days; 0 means no limit.

    A weekly rest counts whole for the week in which it begins, and with its part inside any other;
    with `touching` it counts whole for every week it touches. `every_other_weekend`: who worked on
    one is free on the next. `periods`: least and most days of each `period_weeks` weeks.
    """

    rest: int = 0
    weekly_rest: int = 0
    in_a_row: int = 0
    every_other_weekend: bool = False
    touching: bool = False
    periods: tuple[tuple[int, int], ...] = ()
    period_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """`is_` is what was found, `allowed` the limit it passes; `day` counts from 0."""

    kind: FaultKind
    person: int
    day: int
    is_: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Before:
    """What a person comes with: days worked in a row, and whether the last weekend was worked."""

    in_a_row: int = 0
    worked_weekend: bool = False


def faults(
    problem: Problem, roster: Roster, limits: tuple[Limits, ...], before: tuple[Before, ...]
) -> list[Fault]:
    """Everything that is wrong. `limits` by rule book, `before` by person."""
    found: list[Fault] = []
    for person in range(problem.people):
        form = problem.forms[problem.form[person]]
        found += _days(problem, roster, person, form)
        found += _fixed(problem, roster, person)
        found += _weeks(problem, roster, person, form)
        held = limits[int(problem.rules[person])]
        found += _time_off(problem, roster, person, form, held)
        found += _rows(roster, person, held, before[person])
        found += _periods(roster, person, held)
    return found


def price(problem: Problem, roster: Roster) -> Cost:
    """What the roster costs, counted anew."""
    slots = problem.need.shape[1]
    there = np.zeros((problem.skills.size, slots), np.int64)
    pay = wishes = 0.0
    for person, day in np.argwhere(roster.start >= 0).tolist():
        form = problem.forms[problem.form[person]]
        base, taken = laid_out(problem, roster, person, day)
        at = base + np.flatnonzero(taken == 0)
        there[problem.group[person], at[at < slots]] += 1
        pay += form.paid * problem.prices.paid
        wishes += float(problem.day_price[person, day])
        own = problem.start_price[person]
        wishes += float((own if own.ndim == 1 else own[day])[roster.start[person, day]])
    worst = np.zeros(slots, np.int64)
    for subset in range(1, 1 << problem.need.shape[0]):
        of = [s for s in range(problem.need.shape[0]) if subset >> s & 1]
        able = (problem.skills & subset) != 0
        worst = np.maximum(worst, problem.need[of].sum(axis=0) - there[able].sum(axis=0))
    under = int(worst.sum())
    over = int(there.sum() - problem.need.sum()) + under
    missing = problem.prices.under * under
    if problem.steps is not None:
        missing = sum(_falling(problem.steps[slot], int(n)) for slot, n in enumerate(worst) if n)
    alone = sum(_alone(problem, roster, watch) for watch in problem.watches)
    unfair = _unfair(problem, roster)
    total = missing + problem.prices.over * over + pay + wishes + alone + unfair
    return Cost(total, under, over, pay, wishes, missing, alone, unfair)


def _unfair(problem: Problem, roster: Roster) -> float:
    """The squares of late shifts and weekend days away from fair shares."""
    fairness, total = problem.fairness, 0.0
    if fairness is None:
        return total
    for person in range(problem.people):
        late, weekend = fairness.carried[person].tolist()
        for day in np.flatnonzero(roster.start[person] >= 0).tolist():
            late += bool(fairness.late[problem.form[person], roster.start[person, day]])
            weekend += day % 7 in (5, 6)
        target = fairness.target[person].tolist()
        total += fairness.price * ((late - target[0]) ** 2 + (weekend - target[1]) ** 2)
    return total


def _falling(steps: NDArray[np.float32], missing: int) -> float:
    """The price of so many missing at one slot."""
    return float(sum(steps[min(n, steps.size - 1)] for n in range(missing)))


def _alone(problem: Problem, roster: Roster, watch: Watch) -> float:
    """The price of slots without anybody who should be there."""
    with_them, asking = (np.zeros(watch.open.size + 2 * _LATE, np.int64) for _ in range(2))
    for person, day in np.argwhere(roster.start >= 0).tolist():
        base, taken = laid_out(problem, roster, person, day)
        at = base + np.flatnonzero(taken == 0)
        with_them[at] += int(watch.gives[person])
        asking[at] += int(watch.asks[person] and not watch.gives[person])
    asking[: watch.open.size] += watch.open
    return watch.price * float(asking[with_them == 0].sum())


def laid_out(
    problem: Problem, roster: Roster, person: int, day: int
) -> tuple[int, NDArray[np.int64]]:
    """The slot a shift begins at, and for each of its slots how many things take it."""
    form = problem.forms[problem.form[person]]
    start = form.first + form.step * int(roster.start[person, day])
    base = int(problem.midnight[person, day]) + start
    taken = np.zeros(form.length, np.int64)
    at, extra = roster.at[person, day], int(roster.extra[person, day])
    for place, activity in zip(at, form.breaks, strict=False):
        taken[max(0, place) : max(0, place) + activity.slots] += 1
    if extra:
        taken[max(0, at[-1]) : max(0, at[-1]) + form.extras[extra - 1].slots] += 1
    huddle = int(problem.huddle[person, day]) - base
    if 0 <= huddle < form.length:
        taken[huddle] += 1
    return base, taken


def _days(problem: Problem, roster: Roster, person: int, form: DayForm) -> Iterator[Fault]:
    for day in np.flatnonzero(roster.start[person] >= 0).tolist():
        if not problem.free[person, day]:
            yield Fault(FaultKind.NOT_FREE_TO_WORK, person, day, 1, 0)
        own = problem.start_price[person]
        own = own if own.ndim == 1 else own[day]
        if own[min(roster.start[person, day], own.size - 1)] >= FORBIDDEN:
            yield Fault(FaultKind.FORBIDDEN_START, person, day, int(roster.start[person, day]), 0)
        if roster.start[person, day] >= form.count:
            yield Fault(FaultKind.START, person, day, int(roster.start[person, day]), form.count)
            continue
        at, extra = roster.at[person, day], int(roster.extra[person, day])
        for place, activity in zip(at, form.breaks, strict=False):
            if not activity.earliest <= place <= activity.latest:
                yield Fault(FaultKind.BREAK, person, day, int(place), activity.latest)
        if extra:
            since, until = _between(form, at.tolist())
            if not since <= at[-1] <= until - form.extras[extra - 1].slots:
                yield Fault(FaultKind.BREAK, person, day, int(at[-1]), until)
        most = int(laid_out(problem, roster, person, day)[1].max())
        if most > 1:
            yield Fault(FaultKind.OVERLAP, person, day, most, 1)


def _fixed(problem: Problem, roster: Roster, person: int) -> Iterator[Fault]:
    """Days on which the person had to work and does not."""
    if problem.must is not None:
        for day in np.flatnonzero(problem.must[person] & (roster.start[person] < 0)).tolist():
            yield Fault(FaultKind.MUST_WORK, person, day, 0, 1)


def _between(form: DayForm, at: list[int]) -> tuple[int, int]:
    """Where an extra may lie, given where the breaks are."""
    breaks = len(form.breaks)
    since = at[0] + form.breaks[0].slots if breaks else 1
    return since, at[breaks - 1] if breaks > 1 else form.length - 1


def _weeks(problem: Problem, roster: Roster, person: int, form: DayForm) -> Iterator[Fault]:
    for number in range(problem.days // 7):
        days = slice(number * 7, number * 7 + 7)
        worked = int((roster.start[person, days] >= 0).sum())
        least, most = int(problem.least[person, number]), int(problem.most[person, number])
        if not least <= worked <= most:
            yield Fault(FaultKind.DAYS_IN_WEEK, person, number * 7, worked, most)
        left = most
        for kind, extra in enumerate(form.extras, start=1):
            wanted = extra.a_week
            if problem.owed is not None:
                wanted = int(problem.owed[person, number, kind - 1])
            owed = min(wanted, left)
            left -= owed
            had = int((roster.extra[person, days] == kind).sum())
            if had != owed:
                yield Fault(FaultKind.EXTRAS_IN_WEEK, person, number * 7, had, owed)


def _time_off(
    problem: Problem, roster: Roster, person: int, form: DayForm, held: Limits
) -> Iterator[Fault]:
    """Rest between shifts, and the longest that each week has."""
    spans = []
    for day in np.flatnonzero(roster.start[person] >= 0).tolist():
        start = int(problem.midnight[person, day]) + form.first
        start += form.step * int(roster.start[person, day])
        spans.append((start, start + form.length, day))
    for (_, end, _), (start, _, day) in pairwise(spans):
        if start - end < held.rest:
            yield Fault(FaultKind.REST, person, day, start - end, held.rest)
    ends = [-_LONG, *(end for _, end, _ in spans)]
    free = list(zip(ends, [*(start for start, _, _ in spans), _LONG], strict=True))
    for number in range(problem.days // 7) if held.weekly_rest else ():
        since = int(problem.midnight[person, number * 7])
        until = since + 7 * (problem.need.shape[1] // problem.days)
        longest = max(_counted(stretch, since, until, held) for stretch in free)
        if longest < held.weekly_rest:
            yield Fault(FaultKind.WEEKLY_REST, person, number * 7, longest, held.weekly_rest)


def _periods(roster: Roster, person: int, held: Limits) -> Iterator[Fault]:
    """Days averaged over several weeks; the least only of periods that the plan holds whole."""
    size = held.period_weeks * 7
    for number, (least, most) in enumerate(held.periods):
        days = roster.start[person, number * size : number * size + size] >= 0
        worked = int(days.sum())
        if worked > most or (days.size == size and worked < least):
            allowed = most if worked > most else least
            yield Fault(FaultKind.AVERAGED, person, number * size, worked, allowed)


def _counted(free: tuple[int, int], since: int, until: int, held: Limits) -> int:
    start, end = free
    inside = min(end, until) - max(start, since)
    whole = inside > 0 if held.touching else since <= start < until
    return end - start if whole else max(0, inside)


def _rows(roster: Roster, person: int, held: Limits, before: Before) -> Iterator[Fault]:
    works, run, last = roster.start[person] >= 0, before.in_a_row, before.worked_weekend
    for day, is_working in enumerate(works.tolist()):
        run = run + 1 if is_working else 0
        if held.in_a_row and run > held.in_a_row:
            yield Fault(FaultKind.DAYS_IN_A_ROW, person, day, run, held.in_a_row)
    for day in range(5, works.size, 7):
        now = bool(works[day : day + 2].any())
        if held.every_other_weekend and now and last:
            yield Fault(FaultKind.WEEKENDS, person, day, 2, 1)
        last = now
