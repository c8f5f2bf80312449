"""Why it is short here, why this tour, why not this wish: codes with numbers, found by counting and by
asking the search what the other way would cost."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hemma.core.roster import FORBIDDEN, Cost, Roster
from hemma.core.roster.checking import laid_out
from hemma.core.roster.search import Search

_MUST = -1e5  # the price that makes somebody work a day if they can at all


class Elsewhere(StrEnum):
    """Why somebody who could help is not there at that time."""

    BREAK = "on_break"
    EXTRA = "focus_or_training"
    HUDDLE = "huddle"
    OTHER_HOURS = "other_hours"
    """They work that day at other times."""
    ABSENT = "absent"
    DAYS_DONE = "days_done"
    """The week's days of their contract are worked on other days."""


@dataclass(frozen=True, slots=True)
class Short:
    """One slot at which people are missing. `needed` and `there` count the worst set of `skills`
    (bits) alone; `elsewhere` how many who have one of them are not there, by reason. `saves` is
    what one person more would save, `costs` what it would cost at least to have `person` come
    then (inf: nobody can)."""

    slot: int
    skills: int
    needed: int
    there: int
    elsewhere: tuple[tuple[Elsewhere, int], ...]
    saves: float
    costs: float
    person: int


@dataclass(frozen=True, slots=True, eq=False)
class Instead:
    """What another tour would cost more, and of what it is made: hours of people missing and too
    many (in slots), pay, wishes, places where somebody is alone, unfairness. `tour` (days,) are the
    starts it would have."""

    more: float
    under: int
    over: int
    pay: float
    wishes: float
    alone: float
    unfair: float
    tour: np.ndarray | None = None


class Answer(StrEnum):
    """Why a wish is not in the plan."""

    GRANTED = "granted"
    DEARER = "costs_more_than_it_is_worth"
    IMPOSSIBLE = "impossible"
    CHEAPER_LATER = "could_be_had"
    """It would cost less than it is worth: a longer search would grant it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`worth` is the wish's price, `instead` what granting it changes besides; `rules` are in
    conflict if it is impossible; `kind` what was wished: off, early, late."""

    person: int
    day: int
    answer: Answer
    worth: float
    instead: Instead | None
    rules: tuple[str, ...] = ()
    kind: str = "off"


def why_short(search: Search, slot: int, tries: int = 8) -> Short:
    """Why people are missing at that slot; `tries` of those who could come are asked for a price."""
    problem, roster = search.problem, search.roster()
    there, state = _whereabouts(search, roster, slot)
    worst, deepest = 0, -(10**6)
    for subset in range(1, 1 << problem.need.shape[0]):
        able = (problem.skills & subset) != 0
        of = [s for s in range(problem.need.shape[0]) if subset >> s & 1]
        short = int(problem.need[of, slot].sum()) - int(there[able[problem.group]].sum())
        if short > deepest:
            worst, deepest = subset, short
    able = (problem.skills[problem.group] & worst) != 0
    counts = [
        (why, sum(1 for p in np.flatnonzero(able) if state.get(int(p)) is why)) for why in Elsewhere
    ]
    of = [s for s in range(problem.need.shape[0]) if worst >> s & 1]
    needed = int(problem.need[of, slot].sum())
    costs, person = _cheapest(search, slot, (able, state), tries)
    saves = problem.prices.under
    if problem.steps is not None and deepest > 0:
        saves = float(problem.steps[slot, min(deepest, problem.steps.shape[1]) - 1])
    return Short(
        slot, worst, needed, int(there[able].sum()),
        tuple((why, n) for why, n in counts if n), saves if deepest > 0 else 0.0, costs, person,
    )  # fmt: skip


def _whereabouts(
    search: Search, roster: Roster, slot: int
) -> tuple[np.ndarray, dict[int, Elsewhere]]:
    """(people,) who is there then, and why the others are not."""
    problem = search.problem
    there, state = np.zeros(problem.people, bool), {}
    for person in range(problem.people):
        today = int(np.searchsorted(problem.midnight[person], slot, side="right")) - 1
        why = Elsewhere.DAYS_DONE if problem.free[person, max(0, today)] else Elsewhere.ABSENT
        for day in range(max(0, today - 1), today + 1):
            if roster.start[person, day] < 0:
                continue
            base, taken = laid_out(problem, roster, person, day)
            if base <= slot < base + taken.size:
                there[person] = not taken[slot - base]
                why = _inside(search, roster, person, day, slot)
            elif day == today:
                why = Elsewhere.OTHER_HOURS
        if not there[person]:
            state[person] = why
    return there, state


def _inside(search: Search, roster: Roster, person: int, day: int, slot: int) -> Elsewhere:
    problem = search.problem
    if problem.huddle[person, day] == slot:
        return Elsewhere.HUDDLE
    form = problem.forms[problem.form[person]]
    base = laid_out(problem, roster, person, day)[0]
    extra, at = int(roster.extra[person, day]), int(roster.at[person, day, -1])
    if extra and at <= slot - base < at + form.extras[extra - 1].slots:
        return Elsewhere.EXTRA
    return Elsewhere.BREAK


def _cheapest(
    search: Search, slot: int, who: tuple[np.ndarray, dict[int, Elsewhere]], tries: int
) -> tuple[float, int]:
    """The least price of having one of those who are not at work at that slot come then. Who is at work
    and not with customers is not counted: their breaks and huddles lie where the search put them."""
    able, state = who
    idle = (Elsewhere.OTHER_HOURS, Elsewhere.DAYS_DONE)
    could = [p for p, why in state.items() if able[p] and why in idle]
    best, found = float("inf"), -1
    problem = search.problem
    for person in could[:: max(1, len(could) // tries)][:tries]:
        day = int(np.searchsorted(problem.midnight[person], slot, side="right")) - 1
        form = problem.forms[problem.form[person]]
        base = problem.midnight[person, day] + form.first + form.step * np.arange(form.count)
        covers = (base <= slot) & (slot < base + form.length)
        instead = if_then(search, person, day, covers)
        if instead is not None and instead.more < best:
            best, found = instead.more, person
    return best, found


def why_this_tour(search: Search, person: int) -> list[tuple[int, Instead | None]]:
    """For each working day of the person: what it would cost to have it free instead (`None`: it
    cannot be)."""
    start = search.tour(person)[0]
    none = np.zeros(search.people.start_price.shape[2], bool)
    return [
        (day, if_then(search, person, day, none)) for day in np.flatnonzero(start >= 0).tolist()
    ]


def why_not(search: Search, person: int, day: int) -> Wish:
    """Why a wish to be free on a day is not in the plan."""
    worth = float(search.problem.day_price[person, day])
    if search.tour(person)[0][day] < 0:
        return Wish(person, day, Answer.GRANTED, worth, None)
    none = np.zeros(search.people.start_price.shape[2], bool)
    instead = if_then(search, person, day, none)
    if instead is None:
        return Wish(person, day, Answer.IMPOSSIBLE, worth, None, _rules(search, person, day))
    answer = Answer.DEARER if instead.more >= 0 else Answer.CHEAPER_LATER
    return Wish(person, day, answer, worth, instead)


def why_not_at(search: Search, person: int, day: int, kind: str, price: np.ndarray) -> Wish:
    """Why a wish for other hours is not in the plan: `price` (starts,) what each start of that day
    costs of the wish. A start at less than half of the dearest one's price grants it."""
    start, half = int(search.tour(person)[0][day]), float(price.max(initial=0.0)) / 2
    worth = float(price[start]) if start >= 0 else 0.0
    if worth <= half:
        return Wish(person, day, Answer.GRANTED, worth, None, kind=kind)
    instead = if_then(search, person, day, price <= half)
    if instead is None:
        return Wish(person, day, Answer.IMPOSSIBLE, worth, None, kind=kind)
    answer = Answer.DEARER if instead.more >= 0 else Answer.CHEAPER_LATER
    return Wish(person, day, answer, worth, instead, kind=kind)


def _rules(search: Search, person: int, day: int) -> tuple[str, ...]:
    from dataclasses import replace

    from hemma.core.roster.conflicts import smallest

    problem = search.problem
    free = problem.free.copy()
    free[person, day] = False
    week = day // 7
    found = smallest(replace(problem, free=free), person, (week, week))
    return found or smallest(replace(problem, free=free), person, (0, problem.days // 7 - 1))


def if_then(search: Search, person: int, day: int, allowed: np.ndarray) -> Instead | None:
    """What it would change if the person worked that day only with one of the `allowed` starts
    (starts,), and with one of them if any is allowed; the best tour of all that do. The search is
    left as it was. `None` if there is no such tour."""
    people, tour, old = search.people, search.tour(person), search.cost()
    price, starts = float(people.day_price[person, day]), people.start_price[person, day].copy()
    wide = np.zeros(starts.size, bool)
    wide[: allowed.size] = allowed
    people.start_price[person, day] = np.where(wide, starts, FORBIDDEN)
    if wide.any():
        people.day_price[person, day] = _MUST
    possible = search.respond_once(person)
    new, other = search.cost(), search.tour(person)[0]
    people.day_price[person, day], people.start_price[person, day] = price, starts
    search.put(person, tour)
    if not possible or (wide.any() and (other[day] < 0 or not wide[other[day]])):
        return None
    return _difference(old, new, other)


def _difference(old: Cost, new: Cost, tour: np.ndarray) -> Instead:
    return Instead(
        new.total - old.total, new.under - old.under, new.over - old.over, new.pay - old.pay,
        new.wishes - old.wishes, new.alone - old.alone, new.unfair - old.unfair, tour,
    )  # fmt: skip
