"""Who is away from the fair share of late shifts and weekends, and what binds them there."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hemma.core.pipeline.company import Company
from hemma.core.roster import FORBIDDEN, Fairness, shares
from hemma.core.roster.fair import KINDS, LATE
from hemma.core.roster.search import Search


class Binds(StrEnum):
    """What keeps somebody from the fair share."""

    WISH = "wish"
    """Their own wishes; without them they would come nearer."""
    AWAY = "absence"
    """They are away on days on which others have their share."""
    FIXED = "fixed_shifts"
    CARRIED = "carried"
    """What they carry from earlier plans is more than one plan can even out."""
    NEED = "need"
    """Evening it out would cost more in people missing than the unfairness does."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """`had` since the horizon began, of which `fair` would be the share; `wish_price` is what the
    binding wishes are worth (0: no wish binds)."""

    person: int
    kind: str
    had: float
    fair: float
    because: Binds
    wish_price: float = 0.0


def pools(company: Company) -> np.ndarray:
    """(people,) among whom late shifts and weekends are shared: those with the same skills and
    contract."""
    problem = company.problem
    _, pool = np.unique(problem.group * len(problem.forms) + problem.form, return_inverse=True)
    return np.asarray(pool, np.int64)


def sizes(company: Company) -> np.ndarray:
    """(people, 2) how much of late shifts and weekends each can have: the days they work at most, and
    of those on weekends no more than they are there."""
    problem = company.problem
    days = problem.most.sum(axis=1).astype(float)
    weekend = (np.arange(problem.days) % 7 >= 5)[None]
    there = (problem.free & weekend).sum(axis=1).astype(float)
    return np.stack([days, np.minimum(days, there)], axis=1)


def uneven(company: Company, search: Search) -> list[Uneven]:
    """Everybody more than one away from the fair share of what their pool had together. The pool is
    those with the same skills and contract; its share follows how many days each can work."""
    if search.problem.fairness is None:
        return []
    fairness, form = search.problem.fairness, search.problem.form
    had = fairness.counts(form, search.roster().start) + fairness.carried
    fair = shares(had, sizes(company), pools(company))
    found = []
    for person, kind in np.argwhere(np.abs(had - fair) > 1.0 + 1e-9).tolist():
        told = float(had[person, kind]), float(fair[person, kind])
        because, wish = _because(company, search, person, kind, told)
        found.append(Uneven(person, KINDS[kind], *told, because, wish))
    return found


def _because(
    company: Company, search: Search, person: int, kind: int, told: tuple[float, float]
) -> tuple[Binds, float]:
    """What binds: found by asking the search again without it."""
    problem, (had, fair) = search.problem, told
    fairness = problem.fairness
    if fairness is None:
        return Binds.NEED, 0.0
    if fairness.carried[person, kind] - fair > 1:
        return Binds.CARRIED, 0.0
    if problem.must is not None and problem.must[person].any():
        return Binds.FIXED, 0.0
    wishes = _wishes(company, person)
    if wishes and abs(_without_wishes(search, fairness, person, kind) - fair) < abs(had - fair):
        return Binds.WISH, wishes
    weekend = np.arange(problem.days) % 7 >= 5
    away = ~problem.free[person]
    if had < fair and (away[weekend] if kind != LATE else away).any():
        return Binds.AWAY, 0.0
    return Binds.NEED, 0.0


def _wishes(company: Company, person: int) -> float:
    problem = company.problem
    starts = problem.start_price[person]
    real = starts[starts < FORBIDDEN / 2]
    return float(np.abs(problem.day_price[person]).sum() + np.abs(real).max(initial=0.0))


def _without_wishes(search: Search, fairness: Fairness, person: int, kind: int) -> float:
    """What the person would have had without any wish of their own."""
    tour, people = search.tour(person), search.people
    day, start = people.day_price[person].copy(), people.start_price[person].copy()
    people.day_price[person] = 0
    people.start_price[person] = np.where(start >= FORBIDDEN / 2, start, 0)
    search.respond_once(person)
    mine = np.array([person])
    had = fairness.counts(search.problem.form[mine], search.tour(person)[0][None])[0, kind]
    people.day_price[person], people.start_price[person] = day, start
    search.put(person, tour)
    return float(had + fairness.carried[person, kind])
