"""A plan's week and the one after it as a problem of their own, in which all before `now` is fixed."""

from dataclasses import replace
from typing import Any

import numpy as np

from hemma.core.pipeline.company import Company
from hemma.core.roster import FORBIDDEN, MOST_STARTS, Problem, Roster
from hemma.core.roster.weeks import DayRules, RuleState, ports


def window(company: Company, roster: Roster, now: int, keep: float) -> tuple[Problem, slice, int]:
    """The problem, which of the plan's days it has, and which slot its first one is. Days that have
    begun are as they are, and so is the week after; the open ones cost `keep` each if they change."""
    problem = company.problem
    today = int(np.searchsorted(problem.midnight[0], now, side="right")) - 1
    week = today // 7
    days = slice(week * 7, min(problem.days, week * 7 + 14))
    weeks = slice(days.start // 7, days.stop // 7)
    slots = problem.need.shape[1] // problem.days
    first = days.start * slots
    span = slice(first, first + (days.stop - days.start) * slots)
    start, midnight = roster.start[:, days].astype(np.int64), problem.midnight[:, days] - first
    forms = np.array([(f.first, f.step) for f in problem.forms])[problem.form]
    begins = midnight + forms[:, :1] + forms[:, 1:] * start
    past = midnight + slots <= now - first
    fixed = past | ((start >= 0) & (begins < now - first))
    fixed[:, 7:] = True
    price = _prices(problem, start, fixed, days, keep)
    late = midnight[:, :, None] + forms[:, :1, None] + forms[:, 1:, None] * np.arange(MOST_STARTS)
    open_ = ~fixed[:, :, None] & (late < now - first)  # too late to begin then
    price[open_] = FORBIDDEN
    worked = (start >= 0).reshape(problem.people, -1, 7).sum(axis=2)
    part = replace(
        problem,
        need=problem.need[:, span],
        midnight=midnight,
        free=np.where(fixed, start >= 0, problem.free[:, days]),
        must=fixed & (start >= 0),
        least=np.minimum(problem.least[:, weeks], worked),
        most=np.maximum(problem.most[:, weeks], worked),
        day_price=problem.day_price[:, days],
        start_price=price,
        huddle=np.where(problem.huddle[:, days] >= 0, problem.huddle[:, days] - first, -1),
        before=tuple(state_after(problem, roster, p, week) for p in range(problem.people)),
        owed=_owed(problem, roster, days),
        steps=None if problem.steps is None else problem.steps[span],
        watches=tuple(replace(w, open=w.open[span]) for w in problem.watches),
        fairness=None,
    )  # fmt: skip
    return part, days, first


def _prices(
    problem: Problem, start: np.ndarray, fixed: np.ndarray, days: slice, keep: float
) -> np.ndarray:
    own = problem.start_price
    if own.ndim == 2:
        own = np.repeat(own[:, None, :], problem.days, axis=1)
    price = np.zeros((problem.people, days.stop - days.start, MOST_STARTS), np.float32)
    price[:, :, : own.shape[2]] = own[:, days]
    price[start < 0] += np.float32(keep)
    who, day = np.nonzero(start >= 0)
    price[who, day, start[who, day]] -= np.float32(keep)
    held = np.nonzero(fixed & (start >= 0))
    kept = price[(*held, start[held])]
    price[held] = FORBIDDEN
    price[(*held, start[held])] = kept
    return price


def _owed(problem: Problem, roster: Roster, days: slice) -> np.ndarray:
    """(people, weeks, 3) the extras that each has in the plan."""
    extra = roster.extra[:, days].reshape(problem.people, -1, 7)
    return np.stack([(extra == kind).sum(axis=2) for kind in (1, 2, 3)], axis=2)


def state_after(problem: Problem, roster: Roster, person: int, weeks: int) -> RuleState:
    """The state of the person's rule book after so many weeks of the roster: one that the roster's
    own gaps allow. A roster that the book does not allow leads to the book's first state."""
    book: DayRules = problem.rulebooks[problem.rules[person]]
    known = ports(book)
    states: dict[Any, None] = {problem.before[person]: None}
    for week in range(weeks):
        for weekday in range(7):
            states = _next(problem, roster, (person, week * 7 + weekday), states)
        states = dict.fromkeys(new for state in states for new in book.close(state))
    return next((state for state in states if state in known), book.starts()[0])


def _next(
    problem: Problem, roster: Roster, at: tuple[int, int], states: dict[Any, None]
) -> dict[Any, None]:
    person, day = at
    book: DayRules = problem.rulebooks[problem.rules[person]]
    if roster.start[person, day] < 0:
        return dict.fromkeys(new for state in states for new in book.off(state, day % 7))
    form = problem.forms[problem.form[person]]
    worked = np.flatnonzero(roster.start[person, :day] >= 0)
    rest = 10**6
    if worked.size:
        last = int(worked[-1])
        ends = problem.midnight[person, last] + form.step * int(roster.start[person, last])
        begins = problem.midnight[person, day] + form.step * int(roster.start[person, day])
        rest = int(begins - ends) - form.length
    return dict.fromkeys(
        new
        for state in states
        for new, gap in book.work(state, day % 7)
        if rest >= book.gaps[gap].slots
    )
