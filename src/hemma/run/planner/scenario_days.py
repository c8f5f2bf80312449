"""What is told of single days: absence, wishes with their price, fixed shifts, an existing plan."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hemma.core.grid import TimeGrid
from hemma.core.pipeline.company import NO_SHIFT, Homes
from hemma.core.roster import FORBIDDEN, MOST_STARTS, DayForm, Problem, Watch
from hemma.run.planner import scenario_tables as tables
from hemma.run.planner.scenario_people import DAY, SLOT_MIN
from hemma.run.planner.scenario_tables import Row, cell
from hemma.run.telling import Refusal

WISHES = ("off", "early", "late", "home", "office")
_UNTOLD = -2

__all__ = [
    "WISHES", "AskedFor", "Held", "Watch", "hours_price", "read", "start_of", "starts_of", "with_place_wishes",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AskedFor:
    """One wish: to be free, to begin early or late, to be at home or in the office that day."""

    person: int
    day: int
    kind: str
    price: float


@dataclass(frozen=True, eq=False)
class Held:
    """(people, days): `free` may work, `must` has to, `day_price` of working, `fixed` the start that
    it has to be (−1: free, −2: any), `existing` the same of an existing plan (`None`: there is
    none)."""

    free: np.ndarray
    must: np.ndarray
    day_price: np.ndarray
    fixed: np.ndarray
    existing: np.ndarray | None
    wishes: tuple[AskedFor, ...]


def read(
    folder: Path, names: dict[str, int], grid: TimeGrid, of: tuple[tuple[DayForm, ...], np.ndarray]
) -> Held:
    """`of`: the forms, and (people,) which each has. Raises `Refusal`."""
    free = np.ones((len(names), grid.days), bool)
    for number, row in tables.rows(folder / "absence.csv", ("name", "day"), is_needed=False):
        who = tables.person(names, row, "absence.csv", number)
        free[who, tables.day(row, grid, "absence.csv", number)] = False
    wishes = tuple(_wishes(folder / "wishes.csv", names, grid))
    day_price = np.zeros(free.shape, np.float32)
    for wish in wishes:
        if wish.kind == "off":
            day_price[wish.person, wish.day] += wish.price
    fixed = _starts(folder / "fixed.csv", names, grid, of)
    existing = _starts(folder / "existing.csv", names, grid, of)
    both = (fixed >= 0) & ~free
    if both.any():
        person, day = np.argwhere(both)[0].tolist()
        name = next(name for name, n in names.items() if n == person)
        raise Refusal(
            f"fixed.csv: {name} is absent on {grid.dates[day]} (absence.csv). Take one of the two away."
        )
    told = (existing > _UNTOLD).any()
    return Held(
        free & (fixed != NO_SHIFT), fixed >= 0, day_price, fixed, existing if told else None, wishes
    )


def _wishes(file: Path, names: dict[str, int], grid: TimeGrid) -> list[AskedFor]:
    found = []
    for number, row in tables.rows(file, ("name", "day", "price"), is_needed=False):
        here: Row = (number, row)
        kind = cell("wishes.csv", here, "wish", _kind, "off", f"one of: {', '.join(WISHES)}")
        price = cell("wishes.csv", here, "price", float, 0.0, "4")
        who = tables.person(names, row, "wishes.csv", number)
        found.append(AskedFor(who, tables.day(row, grid, "wishes.csv", number), kind, price))
    return found


def _kind(text: str) -> str:
    return WISHES[WISHES.index(text)]


def _starts(
    file: Path, names: dict[str, int], grid: TimeGrid, of: tuple[tuple[DayForm, ...], np.ndarray]
) -> np.ndarray:
    """(people, days) starts told in a table with name, day and start ("free" or a time)."""
    found = np.full((len(names), grid.days), _UNTOLD, np.int64)
    for number, row in tables.rows(file, ("name", "day", "start"), is_needed=False):
        who = tables.person(names, row, file.name, number)
        day = tables.day(row, grid, file.name, number)
        form = of[0][of[1][who]]
        at = NO_SHIFT
        if row["start"] != "free":
            asked = cell(file.name, (number, row), "start", tables.minutes, 0, "08:30 or free")
            known = start_of(form, asked // SLOT_MIN)
            if known is None:
                raise Refusal(
                    f"{file.name}, row {number}: {row['name']}'s contract has no start at {row['start']}. "
                    "Add it to the contract, or write one of its starts."
                )
            at = known
        found[who, day] = at
    return found


def start_of(form: DayForm, slot: int) -> int | None:
    """Which start of the form is at that slot of the day, on either side of midnight."""
    for start in range(form.count):
        if (form.first + form.step * start - slot) % DAY == 0:
            return start
    return None


def starts_of(problem: Problem, held: Held, base: np.ndarray) -> np.ndarray:
    """(people, days, starts) `base` with wishes, fixed starts, and no night into an absent day."""
    starts = base.copy()
    for wish in held.wishes:
        count = problem.forms[problem.form[wish.person]].count
        if wish.kind in ("early", "late"):
            starts[wish.person, wish.day, :count] += hours_price(wish, count)
    for person, day in np.argwhere(held.fixed >= 0).tolist():
        only = np.arange(MOST_STARTS) != held.fixed[person, day]
        starts[person, day, only] = FORBIDDEN
    over = np.zeros((len(problem.forms), MOST_STARTS), bool)
    for n, form in enumerate(problem.forms):
        over[n, : form.count] = form.first + form.step * np.arange(form.count) + form.length > DAY
    for person, day in np.argwhere(held.free[:, :-1] & ~held.free[:, 1:]).tolist():
        starts[person, day, over[problem.form[person]]] = FORBIDDEN
    return starts


def hours_price(wish: AskedFor, count: int) -> np.ndarray:
    """(count,) what each start costs of a wish to begin early or late."""
    away = np.arange(count) / max(1, count - 1)
    price = away if wish.kind == "early" else 1 - away
    return np.asarray(np.float32(wish.price) * price, np.float32)


def with_place_wishes(homes: Homes, held: Held) -> Homes:
    """Wishes to be at home or to come, as the price of an office day."""
    price = homes.office_price.copy()
    for wish in held.wishes:
        if wish.kind in ("home", "office"):
            price[wish.person, wish.day] += wish.price if wish.kind == "home" else -wish.price
    return replace(homes, office_price=price)
