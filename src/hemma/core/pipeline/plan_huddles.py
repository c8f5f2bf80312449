"""When teams meet: a decision of the plan. A team looks for the hour at which the most people are to
spare, and moves there if the whole plan gets cheaper."""

import numpy as np

from hemma.core.pipeline.company import Company
from hemma.core.roster.search import Search


def move_huddles(company: Company, search: Search) -> int:
    """Each team in turn; how many moved. A team meets at the same local time on all days."""
    times, moved = company.huddles, 0
    if times is None:
        return 0
    for team in range(int(company.team.max(initial=-1)) + 1):
        who = np.flatnonzero(company.team == team)
        if who.size:
            moved += _move(company, search, who)
    return moved


def _move(company: Company, search: Search, who: np.ndarray) -> int:
    problem, times = search.problem, company.huddles
    if times is None:
        return 0
    now = problem.huddle[who].copy()
    old, tours = search.cost().total, [search.tour(p) for p in who.tolist()]
    spare = search.spare()
    room = []
    for n in range(times.count):
        at = problem.midnight[who] + times.first + n * times.step
        room.append(float(spare[np.clip(at[0], 0, spare.size - 1)].mean()))
    best = int(np.argmax(room))
    slots = problem.midnight[who] + times.first + best * times.step
    if (slots == now).all():
        return 0
    search.huddle(who, slots)
    if search.cost().total < old - 1e-6:
        return 1
    search.huddle(who, now)
    for person, tour in zip(who.tolist(), tours, strict=True):
        search.put(person, tour)
    return 0
