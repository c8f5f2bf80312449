"""A folder that says who may work when and where and how many are needed, as a company to plan for.

`scenario.toml` (first day, weeks, zone, sites or country, contracts), `people.csv`, `need.csv`, and if
there are any `absence.csv`, `wishes.csv`, `fixed.csv` and `existing.csv`. Whatever is wrong is told
with file, row and remedy.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from hemma.core.grid import TimeGrid
from hemma.core.pipeline.company import Company, HuddleTimes, SiteFacts
from hemma.core.pipeline.plan_law import limits_of
from hemma.core.place import Prices as PlacePrices
from hemma.core.roster import MOST_STARTS, Before, Extra, Limits, Prices, Problem
from hemma.core.rules import Packs, builtin
from hemma.run.planner import scenario_books as books
from hemma.run.planner import scenario_days as days
from hemma.run.planner import scenario_need, scenario_people
from hemma.run.planner import scenario_tables as tables
from hemma.run.planner.scenario_people import DAY, SLOT_MIN
from hemma.run.planner.scenario_tables import Row, cell
from hemma.run.telling import Refusal

_FILE = "people.csv"


@dataclass(frozen=True)
class Scenario:
    """The company, and what its numbers are called."""

    company: Company
    names: tuple[str, ...]
    skills: tuple[str, ...]
    teams: tuple[str, ...]
    wishes: tuple[days.AskedFor, ...]
    band: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def problem(self) -> Problem:
        return self.company.problem

    @property
    def grid(self) -> TimeGrid:
        return self.company.grid


@dataclass(frozen=True, eq=False)
class _Told:
    """What scenario.toml says."""

    grid: TimeGrid
    sites: tuple[SiteFacts, ...]
    contracts: dict[str, Any]
    prices: Prices
    whole: dict[str, Any]
    packs: Packs


def read(folder: Path) -> Scenario:
    """Raises `Refusal`."""
    told = _scenario(tables.toml(folder / "scenario.toml"))
    people = tables.rows(folder / _FILE, ("name", "contract", "skills"))
    names = {row["name"]: n for n, (_, row) in enumerate(people)}
    if len(names) < len(people):
        raise Refusal("people.csv: two people have the same name; tell them apart.")
    need = scenario_need.read(folder / "need.csv", told.grid, told.prices, told.whole)
    site, team, teams = _groups(people, told)
    made, form = _forms(people, told, site)
    held = days.read(folder, names, told.grid, (made.forms, form))
    problem, limits, before = _problem(people, told, need, (site, made, form), held)
    problem = _huddles(problem, told, team)
    homes = scenario_people.homes(people, told.grid, _place_prices(told.whole))
    homes = days.with_place_wishes(homes, held)
    starts = days.starts_of(problem, held, scenario_people.starts(people, made, form, told.grid))
    problem = replace(problem, start_price=starts, must=held.must if held.must.any() else None)
    problem = replace(problem, watches=_watches(people, told, need.need))
    late = _late(told.whole, made.forms)
    fairness = told.whole.get("fairness", {})
    company = Company(
        problem, told.grid, told.packs, told.sites, site, team, homes, limits, before, late,
        _carried(people), float(fairness.get("price", 0.0)), held.existing,
        float(told.whole.get("keep_price", 4.0)), _huddle_times(told.whole),
    )  # fmt: skip
    return Scenario(company, tuple(names), need.skills, teams, held.wishes, need.band)


def _scenario(told: dict[str, Any]) -> _Told:
    packs = builtin()
    try:
        first, weeks = told["first_day"], int(told["weeks"])
        grid = TimeGrid(ZoneInfo(told["zone"]), first, 7 * weeks, SLOT_MIN)
        contracts = {one["name"]: one for one in told["contract"]}
        for one in contracts.values():
            scenario_people.day_form(one)
        prices = Prices(**told.get("prices", {}))
        listed = told.get("site") or [{"name": "all", "country": told["country"]}]
        sites = tuple(_site(one, grid, packs) for one in listed)
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(
            f"scenario.toml: {error}. `hemma plan --example DIR` writes one to copy."
        ) from error
    if first.weekday() != 0:
        raise Refusal("scenario.toml: first_day is not a Monday; a roster is made for whole weeks.")
    return _Told(grid, sites, contracts, prices, told, packs)


def _site(one: dict[str, Any], grid: TimeGrid, packs: Packs) -> SiteFacts:
    country = str(one["country"])
    try:
        packs.value(country, "daily_rest_h", grid.first_day)
    except KeyError:
        raise Refusal("scenario.toml: country is one of se, no, es, dk, fi, eu.") from None
    seats = np.full(grid.days, int(one.get("seats", 10**6)), np.int64)
    return SiteFacts(str(one["name"]), ZoneInfo(one.get("zone", grid.zone.key)), country, seats)


def _groups(people: list[Row], told: _Told) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """(people,) sites and teams, and what the teams are called."""
    sites = [one.name for one in told.sites]
    site = np.zeros(len(people), np.int64)
    for n, row in enumerate(people):
        site[n] = cell(_FILE, row, "site", sites.index, 0, f"one of: {', '.join(sites)}")
    called = [(row.get("team") or "").strip() for _, row in people]
    teams = tuple(sorted({name for name in called if name}))
    team = np.array([teams.index(name) if name else -1 for name in called], np.int64)
    return site, team, teams


def _forms(
    people: list[Row], told: _Told, site: np.ndarray
) -> tuple[scenario_people.Forms, np.ndarray]:
    keys = []
    for (number, row), at in zip(people, site.tolist(), strict=True):
        if row["contract"] not in told.contracts:
            raise Refusal(
                f"people.csv, row {number}: no contract {row['contract']!r}; there are: {', '.join(told.contracts)}."
            )
        trains = bool(cell(_FILE, (number, row), "training", tables.yes, False, "yes or no"))
        keys.append((row["contract"], told.sites[at].pack, trains))
    training = told.whole.get("training")
    extra = None
    if training is not None:
        extra = Extra(scenario_people.TRAINING, int(training["minutes"]) // SLOT_MIN, 1)
    elif any(trains for _, _, trains in keys):
        raise Refusal("people.csv: somebody has training, but scenario.toml has no [training].")
    made = scenario_people.forms(told.contracts, told.packs, set(keys), told.grid, extra)
    return made, np.array([made.of[key] for key in keys], np.int64)


def _problem(
    people: list[Row], told: _Told, need: scenario_need.Needed,
    of: tuple[np.ndarray, scenario_people.Forms, np.ndarray], held: days.Held,
) -> tuple[Problem, tuple[Limits, ...], tuple[Before, ...]]:  # fmt: skip
    site, made, form = of
    own = np.zeros(len(people), np.int64)
    for n, (number, row) in enumerate(people):
        for name in row["skills"].split():
            if name not in need.skills:
                raise Refusal(
                    f"people.csv, row {number}: nobody needs {name!r}; need.csv has: {', '.join(need.skills)}."
                )
            own[n] |= 1 << need.skills.index(name)
    masks, group = np.unique(own, return_inverse=True)
    contract = [told.contracts[row["contract"]] for _, row in people]
    least, most = books.days_of(contract, held.free, held.must)
    limits = tuple(
        limits_of(
            told.packs, one.pack, told.grid.first_day, SLOT_MIN,
            int(told.whole.get("days_in_a_row", 5)),
            weekends=bool(told.whole.get("every_other_weekend", False)),
        )
        for one in told.sites
    )  # fmt: skip
    made_books = books.books(contract, people, (limits, site), (least, most, held.free))
    midnight = scenario_people.midnights(told.grid, told.sites, site)
    problem = Problem(
        need.need, masks, made.forms, made_books.books, group, form, made_books.of, midnight,
        held.free, least, most, held.day_price, np.zeros((len(people), MOST_STARTS), np.float32),
        np.full(held.free.shape, -1), made_books.states, told.prices, steps=need.steps,
    )  # fmt: skip
    if any(trains for _, _, trains in made.of):
        problem = replace(problem, owed=books.owed(problem, need.need))
    return problem, made_books.limits, made_books.before


def _huddle_times(told: dict[str, Any]) -> HuddleTimes | None:
    if "huddle" not in told:
        return None
    try:
        first, last = (tables.minutes(told["huddle"][x]) // SLOT_MIN for x in ("first", "last"))
    except (KeyError, ValueError) as error:
        raise Refusal(
            f'scenario.toml, [huddle]: {error}. Write first = "08:30" and last = "10:30".'
        ) from error
    price = told["huddle"].get("price", 1.0)
    if isinstance(price, bool) or not isinstance(price, (int, float)) or price < 0:
        raise Refusal(f"scenario.toml, [huddle]: {price!r} in price. Write a number: 1.0")
    if last < first:
        raise Refusal("scenario.toml, [huddle]: last is before first.")
    return HuddleTimes(first, 1, last - first + 1, float(price))


def _huddles(problem: Problem, told: _Told, team: np.ndarray) -> Problem:
    """Teams begin spread over the hours in which they may meet."""
    times = _huddle_times(told.whole)
    if times is None:
        return problem
    huddle = np.full(problem.midnight.shape, -1, np.int64)
    for number in np.unique(team[team >= 0]).tolist():
        at, who = times.first + (3 * number) % times.count, np.flatnonzero(team == number)
        huddle[who] = problem.midnight[who[0]] + at  # on the clock of the first of them
    return replace(problem, huddle=huddle)


def _watches(people: list[Row], told: _Told, need: np.ndarray) -> tuple[days.Watch, ...]:
    """A leader while it is open, and somebody experienced beside newcomers, as far as named."""
    leads, fresh = np.zeros(len(people), bool), np.zeros(len(people), bool)
    for n, row in enumerate(people):
        leads[n] = cell(_FILE, row, "leader", tables.yes, False, "yes or no")
        fresh[n] = cell(_FILE, row, "newcomer", tables.yes, False, "yes or no")
    prices, found = told.whole.get("presence", {}), []
    if leads.any():
        price = float(prices.get("leader", 2.0))
        found.append(days.Watch(leads, np.zeros_like(leads), need.sum(axis=0) > 0, price))
    if fresh.any():
        nobody = np.zeros(need.shape[1], bool)
        found.append(days.Watch(~fresh, fresh, nobody, float(prices.get("newcomer", 3.0))))
    return tuple(found)


def _place_prices(told: dict[str, Any]) -> PlacePrices:
    try:
        return PlacePrices(**told.get("place", {}))
    except TypeError as error:
        raise Refusal(f"scenario.toml, [place]: {error}.") from error


def _late(told: dict[str, Any], forms: tuple[Any, ...]) -> np.ndarray:
    """(forms, starts) which end after the hour from which a shift is a late one."""
    since = tables.minutes(told.get("fairness", {}).get("late_from", "18:00")) // SLOT_MIN
    late = np.zeros((len(forms), MOST_STARTS), bool)
    for n, form in enumerate(forms):
        ends = form.first + form.step * np.arange(form.count) + form.length
        late[n, : form.count] = (ends > since) | (ends > DAY)
    return late


def _carried(people: list[Row]) -> np.ndarray:
    return np.array(
        [
            [
                cell(_FILE, row, name, float, 0.0, "3")
                for name in ("late_carried", "weekend_carried")
            ]
            for row in people
        ]
    )
