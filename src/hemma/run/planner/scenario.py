"""A folder that says who may work when and how many are needed, as a problem for the planner.

`scenario.toml` (first day, weeks, zone, country, contracts), `people.csv`, `need.csv`, and if there are
any `absence.csv` and `wishes.csv`. Whatever is wrong is told with file, row and remedy.
"""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from hemma.core.grid import OutsideGrid, TimeGrid, instant_of
from hemma.core.roster import Activity, Before, DayForm, Extra, LawfulDays, Limits, Prices, Problem
from hemma.core.rules import builtin
from hemma.run.telling import Refusal

_DAY, _SLOT = 96, 15


@dataclass(frozen=True)
class Scenario:
    """The problem, and what its numbers are called."""

    problem: Problem
    grid: TimeGrid
    country: str
    names: tuple[str, ...]
    skills: tuple[str, ...]
    limits: Limits
    before: tuple[Before, ...]


def read(folder: Path) -> Scenario:
    """Raises `Refusal`."""
    told = _toml(folder / "scenario.toml")
    try:
        first, weeks = told["first_day"], int(told["weeks"])
        grid = TimeGrid(ZoneInfo(told["zone"]), first, 7 * weeks, _SLOT)
        contracts = {one["name"]: one for one in told["contract"]}
        forms = tuple(_form(one) for one in contracts.values())
        prices = Prices(**told.get("prices", {}))
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(
            f"scenario.toml: {error}. `hemma plan --example DIR` writes one to copy."
        ) from error
    if first.weekday() != 0:
        raise Refusal("scenario.toml: first_day is not a Monday; a roster is made for whole weeks.")
    limits = _limits(told, first)
    rows = _rows(folder / "people.csv", ("name", "contract", "skills"))
    need, skills = _need(folder / "need.csv", grid)
    names = {row["name"]: n for n, (_, row) in enumerate(rows)}
    if len(names) < len(rows):
        raise Refusal("people.csv: two people have the same name; tell them apart.")
    free = np.ones((len(rows), 7 * weeks), bool)
    for number, row in _rows(folder / "absence.csv", ("name", "day"), is_needed=False):
        free[_person(names, row, "absence.csv", number), _day(row, grid, "absence.csv", number)] = (
            False
        )
    wish = np.zeros((len(rows), 7 * weeks), np.float32)
    for number, row in _rows(folder / "wishes.csv", ("name", "day", "price"), is_needed=False):
        person = _person(names, row, "wishes.csv", number)
        wish[person, _day(row, grid, "wishes.csv", number)] = float(row["price"])
    problem = _problem(rows, contracts, forms, (need, skills), grid, free, wish, (limits, prices))
    before = tuple(Before() for _ in rows)
    return Scenario(problem, grid, told["country"], tuple(names), skills, limits, before)


def _limits(told: dict[str, Any], first: date) -> Limits:
    """What the country's law says, in slots."""
    packs, found = builtin(), {}
    for name in ("daily_rest_h", "weekly_rest_h"):
        try:
            value = packs.value(str(told.get("country")), name, first)
        except KeyError:
            raise Refusal("scenario.toml: country is one of se, no, es, dk, fi, eu.") from None
        found[name] = int(value.number * 60 / _SLOT) if value else 0
    row = int(told.get("days_in_a_row", 5))
    return Limits(found["daily_rest_h"], found["weekly_rest_h"], row)


def _problem(
    rows: list[tuple[int, dict[str, str]]],
    contracts: dict[str, Any],
    forms: tuple[DayForm, ...],
    wanted: tuple[Any, tuple[str, ...]],
    grid: TimeGrid,
    free: Any,
    wish: Any,
    terms: tuple[Limits, Prices],
) -> Problem:
    (need, skills), (limits, prices), kinds = wanted, terms, list(contracts)
    form, own = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    for n, (number, row) in enumerate(rows):
        if row["contract"] not in contracts:
            raise Refusal(
                f"people.csv, row {number}: no contract {row['contract']!r}; there are: {', '.join(kinds)}."
            )
        form[n] = kinds.index(row["contract"])
        for name in row["skills"].split():
            if name not in skills:
                raise Refusal(
                    f"people.csv, row {number}: nobody needs {name!r}; need.csv has: {', '.join(skills)}."
                )
            own[n] |= 1 << skills.index(name)
    masks, group = np.unique(own, return_inverse=True)
    week = free.reshape(len(rows), -1, 7).sum(axis=2)
    asked = np.array([one["days_a_week"] for one in contracts.values()])[form]
    lost = 7 - week
    least = np.clip(asked[:, 0, None] - lost, 0, None)
    most = np.clip(np.where(asked[:, :1] == asked[:, 1:], least, asked[:, 1, None]), 0, week)
    book = LawfulDays(limits.rest, limits.weekly_rest, limits.in_a_row)
    midnight = np.array(
        [grid.day_first[d + 1] - _DAY for d in range(grid.days)]
    )  # starts lie past a change
    return Problem(
        need, masks, forms, (book,), group, form, np.zeros(len(rows), np.int64),
        np.tile(midnight, (len(rows), 1)), free, np.minimum(least, most), most, wish,
        np.zeros((len(rows), 24), np.float32), np.full(free.shape, -1), (book.starts()[0],) * len(rows),
        prices,
    )  # fmt: skip


def _form(told: dict[str, Any]) -> DayForm:
    first, last = _slot(told["first"]), _slot(told["last"])
    step = int(told.get("step_min", 30)) // _SLOT
    breaks = tuple(
        Activity(b["kind"], *(int(b[x]) // _SLOT for x in ("minutes", "earliest", "latest")))
        for b in told["breaks"]
    )
    extras = tuple(
        Extra(x["kind"], int(x["minutes"]) // _SLOT, int(x["a_week"]))
        for x in told.get("extras", ())
    )
    length, paid = int(told["minutes"]) // _SLOT, int(told["paid_minutes"]) // _SLOT
    return DayForm(length, first, step, (last - first) // step + 1, paid, breaks, extras)


def _slot(text: str) -> int:
    at = time.fromisoformat(text)
    return (at.hour * 60 + at.minute) // _SLOT


def _need(file: Path, grid: TimeGrid) -> tuple[Any, tuple[str, ...]]:
    rows = _rows(file, ("time", "skill", "people"))
    skills = tuple(sorted({row["skill"] for _, row in rows}))
    need = np.zeros((len(skills), max(len(grid), grid.days * _DAY)), np.int64)
    for number, row in rows:
        try:
            at = grid.slot_of(instant_of(datetime.fromisoformat(row["time"]), grid.zone))
            need[skills.index(row["skill"]), at] = int(row["people"])
        except (ValueError, OutsideGrid) as error:
            raise Refusal(
                f"{file.name}, row {number}: {error}. Write a time of the planned weeks as "
                "2026-11-02 08:15 and a whole number of people."
            ) from error
    return need, skills


def _person(names: dict[str, int], row: dict[str, str], file: str, number: int) -> int:
    if row["name"] not in names:
        raise Refusal(f"{file}, row {number}: {row['name']!r} is not in people.csv.")
    return names[row["name"]]


def _day(row: dict[str, str], grid: TimeGrid, file: str, number: int) -> int:
    try:
        day = (date.fromisoformat(row["day"]) - grid.first_day) // timedelta(days=1)
    except ValueError:
        day = -1
    if not 0 <= day < grid.days:
        raise Refusal(
            f"{file}, row {number}: {row['day']!r} is no planned day; write it as 2026-11-02."
        )
    return day


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal(
            f"{file} cannot be read ({error.strerror}). `hemma plan --example DIR` writes a folder to begin with."
        ) from error
    except ValueError as error:
        raise Refusal(f"{file.name}: {error}.") from error


def _rows(
    file: Path, columns: tuple[str, ...], *, is_needed: bool = True
) -> list[tuple[int, dict[str, str]]]:
    if not is_needed and not file.exists():
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(enumerate(csv.DictReader(opened), start=2))
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} cannot be read ({error}). Save it as CSV in UTF-8.") from error
    for number, row in rows:
        lacking = [name for name in columns if not row.get(name)]
        if lacking:
            raise Refusal(
                f"{file.name}, row {number}: nothing in {', '.join(lacking)}. The columns are: {','.join(columns)}."
            )
    if is_needed and not rows:
        raise Refusal(f"{file.name} has no rows below its first line.")
    return rows
