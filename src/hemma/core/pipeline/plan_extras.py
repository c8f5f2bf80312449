"""Focus, coaching and training when part of a week is behind: what was had there is had, and what is
still owed goes into the days that are open."""

from collections import Counter

import numpy as np

from hemma.core.roster.search import Search

type Tour = tuple[np.ndarray, np.ndarray, np.ndarray]


def put_with_extras(
    search: Search, person: int, tours: tuple[Tour, Tour], open_: np.ndarray
) -> bool:
    """Give the person the second tour with as many of each extra on the `open_` days (days,) as the
    first one has there; whether that can be. The tour's other days are those of the first."""
    old, new = tours
    days = np.flatnonzero(open_).tolist()
    owed = Counter(int(old[1][day]) for day in days if old[1][day])
    for day in days:
        kind = int(new[1][day])
        if kind and owed[kind]:
            owed[kind] -= 1
        elif kind:
            new[1][day], new[2][day, -1] = 0, -1
    missing = list(owed.elements())
    more = _with_room(search, person, new, days) if missing else []
    if len(missing) > len(more):
        return False
    laid = more[: len(missing)]
    for day, kind in zip(laid, missing, strict=True):
        new[1][day], new[2][day, -1] = kind, 0
    search.put(person, new)
    midnight, mine = search.problem.midnight[person], np.array([person])
    return all(search.replace_breaks(mine, day, int(midnight[day])) for day in laid)


def _with_room(search: Search, person: int, tour: Tour, days: list[int]) -> list[int]:
    """The working days without an extra, those on which most people are to spare first."""
    problem, spare = search.problem, search.spare()
    form = problem.forms[problem.form[person]]
    free = [day for day in days if tour[0][day] >= 0 and not tour[1][day]]

    def short(day: int) -> float:
        base = int(problem.midnight[person, day]) + form.first + form.step * int(tour[0][day])
        mine = spare[max(0, base) : base + form.length]
        return -float(mine.mean()) if mine.size else 0.0

    return sorted(free, key=short)
