"""Why somebody has no plan: the smallest set of rules that cannot be kept together, and the least that
has to give way. Loads the compiler."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import numpy as np

from hemma.core.roster.facts import FORBIDDEN, MOST_STARTS, NoSuchWeek, Problem
from hemma.core.roster.search import Search
from hemma.core.roster.weeks import DayRules, ports

_MOST = 3  # sets up to this size are tried in full; beyond, one that cannot be made smaller


class Asked(StrEnum):
    """What, beside the rule book's own rules, is asked of one person's weeks."""

    DAYS = "contract_days"
    ABSENCE = "absence"
    FIXED = "fixed_shifts"
    STARTS = "forbidden_starts"
    EXTRAS = "focus_and_training"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`rules` of `person` cannot be kept together in `weeks` (first to last, from 0): no smaller set
    is in conflict. `days` asked there, of which `kept` can be had with all other rules."""

    person: int
    weeks: tuple[int, int]
    rules: tuple[str, ...]
    days: int
    kept: int
    fixed_let_go: bool = False


def eased(problem: Problem) -> tuple[Problem, list[Conflict]]:
    """A problem in which everybody has a plan, with as few of the contract's days let go as will do
    (fixed shifts only if that is not enough), and whose rules were in conflict."""
    problem = replace(
        problem,
        least=problem.least.copy(),
        must=None if problem.must is None else problem.must.copy(),
    )
    found, suspects = [], _suspects(problem)
    for person in suspects:
        conflict = _ease(problem, person)
        if conflict is not None:
            found.append(conflict)
    return problem, found


def smallest(problem: Problem, person: int, weeks: tuple[int, int]) -> tuple[str, ...]:
    """The smallest set of rules that cannot be kept together in these weeks; empty if all can."""
    one = _one(problem, person, weeks)
    names = tuple(_names(one))
    if _possible(one, frozenset(names)):
        return ()
    for size in range(1, min(_MOST, len(names)) + 1):
        for kept in combinations(names, size):
            if not _possible(one, frozenset(kept)):
                return kept
    held = frozenset(names)
    for name in names:
        if not _possible(one, held - {name}):
            held -= {name}
    return tuple(name for name in names if name in held)


def _suspects(problem: Problem) -> list[int]:
    """Everybody without a plan, found by asking for everybody's first one."""
    sick: list[int] = []
    easy = replace(problem, least=problem.least.copy())
    if problem.must is not None:
        easy = replace(easy, must=problem.must.copy())
    while True:
        try:
            search = Search(easy)
        except NoSuchWeek as no:
            sick.append(no.person)
            easy.least[no.person] = 0
            if easy.must is not None:
                easy.must[no.person] = False
        else:
            break
    wanting = problem.least.sum(axis=1) > 0
    if problem.must is not None:
        wanting = wanting | problem.must.any(axis=1)
    alone = _plain(easy)
    search = Search(alone)
    search.first()
    idle = (search.roster().start < 0).all(axis=1)
    asked = (alone.least.sum(axis=1) > 0) & idle
    if alone.must is not None:
        asked |= alone.must.any(axis=1) & idle
    sick += np.flatnonzero(asked & wanting).tolist()
    return sorted(set(sick))


def _plain(problem: Problem) -> Problem:
    """The same, with one skill that nobody needs: who may work when is all that is asked."""
    return replace(
        problem,
        need=np.zeros((1, problem.need.shape[1]), np.int64),
        skills=np.ones_like(problem.skills),
        steps=None,
        watches=(),
        fairness=None,
    )


def _ease(problem: Problem, person: int) -> Conflict | None:
    last = problem.days // 7 - 1
    weeks = next(
        ((n, n) for n in range(last + 1) if not _has_plan(problem, person, (n, n))), (0, last)
    )
    rules = smallest(problem, person, weeks)
    if not rules:
        return None
    days = slice(weeks[0] * 7, weeks[1] * 7 + 7)
    asked, let_go = int(problem.least[person, weeks[0] : weeks[1] + 1].sum()), False
    first_least = problem.least[person].copy()
    for lowered in _lower(first_least):
        problem.least[person] = lowered
        if _has_plan(problem, person, (0, last)):
            break
    else:
        problem.least[person], let_go = first_least, True
        if problem.must is not None:
            problem.must[person, days] = False
        if not _has_plan(problem, person, (0, last)):
            return _without_fixed(problem, person, (weeks, rules, asked))
    kept = int(problem.least[person, weeks[0] : weeks[1] + 1].sum())
    return Conflict(person, weeks, rules, asked, kept, let_go)


def _without_fixed(
    problem: Problem, person: int, told: tuple[tuple[int, int], tuple[str, ...], int]
) -> Conflict:
    """The last resort: no fixed shift of the whole plan, and then as few days less as will do."""
    weeks, rules, asked = told
    if problem.must is not None:
        problem.must[person] = False
    for lowered in _lower(problem.least[person].copy()):
        problem.least[person] = lowered
        if _has_plan(problem, person, (0, problem.days // 7 - 1)):
            break
    kept = int(problem.least[person, weeks[0] : weeks[1] + 1].sum())
    return Conflict(person, weeks, rules, asked, kept, fixed_let_go=True)


def _lower(least: np.ndarray) -> Iterator[np.ndarray]:
    """Ever fewer days: one less in each single week first, then two, and so on; at last none."""
    for fewer in range(1, int(least.max(initial=0)) + 1):
        for week in range(least.size):
            if least[week] >= fewer:
                lowered = least.copy()
                lowered[week] -= fewer
                yield lowered
    for fewer in range(1, int(least.max(initial=0)) + 1):
        yield np.maximum(least - fewer, 0)


def _has_plan(problem: Problem, person: int, weeks: tuple[int, int]) -> bool:
    one = _one(problem, person, weeks)
    return _possible(one, frozenset(_names(one)))


def _one(problem: Problem, person: int, weeks: tuple[int, int]) -> Problem:
    """That person's weeks by themselves. What comes before the first of them is not known there."""
    just = slice(person, person + 1)
    days = slice(weeks[0] * 7, weeks[1] * 7 + 7)
    of = slice(weeks[0], weeks[1] + 1)
    slots = problem.need.shape[1] // problem.days
    first = int(problem.midnight[person, weeks[0] * 7])
    count = days.stop - days.start
    own = problem.start_price[just]
    book = problem.rulebooks[problem.rules[person]]
    before = problem.before[person] if weeks[0] == 0 else book.starts()[0]
    return Problem(
        np.zeros((1, count * slots), np.int64), np.ones(1, np.int64),
        (problem.forms[problem.form[person]],), (book,), np.zeros(1, np.int64),
        np.zeros(1, np.int64), np.zeros(1, np.int64), problem.midnight[just, days] - first,
        problem.free[just, days].copy(), problem.least[just, of].copy(),
        problem.most[just, of].copy(), np.zeros((1, count), np.float32),
        (own if own.ndim == 2 else own[:, days]).copy(), np.full((1, count), -1), (before,),
        must=None if problem.must is None else problem.must[just, days].copy(),
        owed=None if problem.owed is None else problem.owed[just, of].copy(),
    )  # fmt: skip


def _names(one: Problem) -> Iterator[str]:
    """What is asked of the one person, the contract first."""
    if one.least.any():
        yield Asked.DAYS
    yield from getattr(one.rulebooks[0], "rules", ())
    if not one.free.all():
        yield Asked.ABSENCE
    if one.must is not None and one.must.any():
        yield Asked.FIXED
    if (one.start_price >= FORBIDDEN).any():
        yield Asked.STARTS
    if one.forms[0].extras:
        yield Asked.EXTRAS


def _possible(one: Problem, kept: frozenset[str]) -> bool:
    """Whether there is a plan that keeps these and nothing else."""
    book = one.rulebooks[0]
    own = frozenset(getattr(book, "rules", ()))
    made = replace(one)
    if own - kept:
        made = replace(made, rulebooks=(book.without(own - kept),), before=())  # type: ignore[attr-defined]
        made = replace(made, before=(_start(made.rulebooks[0], one.before[0]),))
    if Asked.DAYS not in kept:
        made = replace(made, least=np.zeros_like(one.least), most=np.full_like(one.most, 7))
    if Asked.ABSENCE not in kept:
        made = replace(made, free=np.ones_like(one.free))
    if Asked.FIXED not in kept:
        made = replace(made, must=None)
    if Asked.STARTS not in kept:
        made = replace(made, start_price=np.zeros((1, MOST_STARTS), np.float32))
    if Asked.EXTRAS not in kept:
        bare = replace(one.forms[0], extras=())
        made = replace(made, forms=(bare,), owed=None)
    try:
        search = Search(made)
    except NoSuchWeek:
        return False
    search.first()
    return search.without == 0


def _start(book: DayRules, wanted: object) -> object:
    """The state that a relaxed book begins with, nearest to the one before."""
    return wanted if wanted in ports(book) else book.starts()[0]
