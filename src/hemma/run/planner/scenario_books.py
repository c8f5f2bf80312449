"""Which days each person's contract and law let follow each other, and what is owed in which week."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from hemma.core.pipeline.plan_law import book_of
from hemma.core.roster import (
    AveragedDays,
    Before,
    DayRules,
    Limits,
    Problem,
    RuleState,
)
from hemma.core.roster.lawful import Days
from hemma.run.planner import scenario_tables as tables
from hemma.run.planner.scenario_people import TRAINING
from hemma.run.planner.scenario_tables import Row, cell

_FILE = "people.csv"


@dataclass(frozen=True, eq=False)
class Books:
    """`books` with their `limits` for the checker; (people,) `of`, `states` and `before` how each
    comes into the first week."""

    books: tuple[DayRules, ...]
    limits: tuple[Limits, ...]
    of: np.ndarray
    states: tuple[RuleState, ...]
    before: tuple[Before, ...]


def days_of(
    contract: list[dict[str, Any]], free: np.ndarray, must: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(people, weeks) least and most days: the contract's, less what absence takes."""
    week = free.reshape(len(contract), -1, 7).sum(axis=2)
    asked = np.array([one["days_a_week"] for one in contract])
    lost = 7 - week
    least = np.clip(asked[:, 0, None] - lost, 0, None)
    most = np.clip(np.where(asked[:, :1] == asked[:, 1:], least, asked[:, 1, None]), 0, week)
    fixed = must.reshape(len(contract), -1, 7).sum(axis=2)
    most = np.maximum(most, np.minimum(fixed, asked[:, 1, None]))
    return np.minimum(least, most), most


def books(
    contract: list[dict[str, Any]],
    people: list[Row],
    of: tuple[tuple[Limits, ...], np.ndarray],
    days: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> Books:
    """One book for each country's limits, and one more for each way of averaging days over weeks."""
    (limits, site), (_, _, free) = of, days
    known: dict[DayRules, int] = {}
    held: list[Limits] = []
    which, states, before = np.zeros(len(people), np.int64), [], []
    for n, row in enumerate(people):
        own = limits[site[n]]
        book: Any = book_of(own)
        weeks = int(contract[n].get("average_weeks", 0))
        if weeks:
            own, book = _averaged(contract[n], own, weeks, free[n])
        if book not in known:
            known[book] = len(held)
            held.append(own)
        which[n] = known[book]
        run = cell(_FILE, row, "days_before", int, 0, "3")
        weekend = cell(_FILE, row, "worked_last_weekend", tables.yes, False, "yes or no")
        before.append(Before(run, weekend))
        states.append(_state(book, run, weekend=weekend))
    return Books(tuple(known), tuple(held), which, tuple(states), tuple(before))


def _averaged(
    contract: dict[str, Any], own: Limits, weeks: int, free: np.ndarray
) -> tuple[Limits, AveragedDays]:
    """The contract's `average_days` (least, most) of so many weeks, less what absence takes."""
    from dataclasses import replace

    least, most = contract["average_days"]
    periods = []
    for first in range(0, free.size, weeks * 7):
        days = free[first : first + weeks * 7]
        lost = round(int((~days).sum()) * 5 / 7)
        periods.append((max(0, int(least) - lost), max(0, int(most) - lost)))
    book = AveragedDays(book_of(own), weeks, tuple(periods))
    return replace(own, periods=tuple(periods), period_weeks=weeks), book


def _state(book: Any, run: int, *, weekend: bool) -> RuleState:
    """How somebody comes in who worked `run` days up to the Sunday before."""
    weekend = weekend and book.rules.count("every_other_weekend") > 0
    first = book.starts()[0]
    inner = first if isinstance(first, Days) else first.own
    asked = bool(inner.rested)
    days = (
        Days(run, 0, asked, owed=False, weekend=weekend) if run else inner._replace(weekend=weekend)
    )
    return days if isinstance(first, Days) else first._replace(own=days)


def owed(problem: Problem, need: np.ndarray) -> np.ndarray:
    """(people, weeks, extras) how many of each: the contract's own each week, training once: in the
    week in which the least are missing for the person's skills, each taking a place there."""
    weeks = problem.days // 7
    found = np.zeros((problem.people, weeks, 3), np.int64)
    wanted = need.reshape(need.shape[0], weeks, -1).sum(axis=2).astype(float)
    could = np.zeros((need.shape[0], weeks))
    for person in range(problem.people):
        for skill in range(need.shape[0]):
            if problem.skills[problem.group[person]] >> skill & 1:
                could[skill] += problem.most[person] * problem.forms[problem.form[person]].paid
    tight = wanted / np.maximum(could, 1.0)
    for person in range(problem.people):
        form = problem.forms[problem.form[person]]
        for kind, extra in enumerate(form.extras):
            if extra.kind != TRAINING:
                found[person, :, kind] = extra.a_week
                continue
            own = [
                s for s in range(need.shape[0]) if problem.skills[problem.group[person]] >> s & 1
            ]
            there = problem.most[person] > sum(x.a_week for x in form.extras if x.kind != TRAINING)
            load = np.where(there, tight[own].max(axis=0), np.inf)
            week = int(np.argmin(load))
            found[person, week, kind] = 1
            for skill in own:
                tight[skill, week] += extra.slots / np.maximum(could[skill, week], 1.0)
    return found
