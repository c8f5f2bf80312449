"""What a plan was written down as (`plan.csv`), as a roster again: to go on from it within the day."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from hemma.core.pipeline.company import Company
from hemma.core.roster import DayForm, Roster
from hemma.core.roster.facts import MOST_BREAKS
from hemma.run.planner import scenario_tables as tables
from hemma.run.planner.scenario import Scenario
from hemma.run.planner.scenario_days import start_of
from hemma.run.planner.scenario_people import DAY, SLOT_MIN
from hemma.run.planner.scenario_tables import Row, cell
from hemma.run.telling import Refusal

_FILE = "plan.csv"
_PART = re.compile(r"(\S+) (\d\d:\d\d)-\d\d:\d\d")


def read_plan(folder: Path, scenario: Scenario) -> tuple[Company, Roster]:
    """The company with the hours at which its teams meet in that plan, and the plan's roster. Raises
    `Refusal` where the plan does not fit the scenario any more."""
    company, problem = scenario.company, scenario.problem
    names = {name: n for n, name in enumerate(scenario.names)}
    shape = problem.people, problem.days
    roster = Roster(
        np.full(shape, -1, np.int16), np.zeros(shape, np.int8),
        np.full((*shape, MOST_BREAKS), -1, np.int8),
    )  # fmt: skip
    huddle = problem.huddle.copy()
    if not (folder / _FILE).exists():
        raise Refusal(f"There is no {_FILE} in {folder} yet. Plan first: hemma plan {folder}")
    for number, row in tables.rows(folder / _FILE, ("name", "day", "start")):
        who = tables.person(names, row, _FILE, number)
        day = tables.day(row, scenario.grid, _FILE, number)
        form = problem.forms[problem.form[who]]
        roster.start[who, day] = _start((number, row), form)
        begins = form.first + form.step * int(roster.start[who, day])
        for kind, at in _parts((number, row), begins):
            if kind == "huddle":
                huddle[who, day] = int(problem.midnight[who, day]) + begins + at
            elif not _place(roster, form, (who, day), kind, at):
                raise _unlike(number, kind)
        placed = int((roster.at[who, day, : len(form.breaks)] >= 0).sum())
        if placed < len(form.breaks):
            raise _unlike(number, form.breaks[placed].kind)
    return replace(company, problem=replace(problem, huddle=huddle)), roster


def _start(row: Row, form: DayForm) -> int:
    asked = cell(_FILE, row, "start", tables.minutes, 0, "08:30")
    found = start_of(form, asked // SLOT_MIN)
    if found is None:
        raise Refusal(
            f"{_FILE}, row {row[0]}: {row[1]['name']}'s contract has no start at {row[1]['start']}. "
            "The contract is another since this was planned: plan anew."
        )
    return found


def _parts(row: Row, begins: int) -> list[tuple[str, int]]:
    """What lies inside a shift, and how many slots after its start it begins."""
    found = []
    for kind, clock in _PART.findall(row[1].get("breaks") or ""):
        found.append((kind, (tables.minutes(clock) // SLOT_MIN - begins) % DAY))
    return found


def _place(roster: Roster, form: DayForm, of: tuple[int, int], kind: str, at: int) -> bool:
    """Write one part down as the next break of its kind, or as an extra; whether it is one."""
    for n, part in enumerate(form.breaks):
        if part.kind == kind and roster.at[(*of, n)] < 0:
            roster.at[(*of, n)] = at
            return True
    for n, extra in enumerate(form.extras):
        if extra.kind == kind:
            roster.extra[of], roster.at[(*of, MOST_BREAKS - 1)] = n + 1, at
            return True
    return False


def _unlike(number: int, kind: str) -> Refusal:
    return Refusal(
        f"{_FILE}, row {number}: {kind!r} does not fit the contract any more. Plan anew."
    )
