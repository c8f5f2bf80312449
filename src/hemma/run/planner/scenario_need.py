"""How many people are needed, with one curve or several, or with what service is worth."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hemma.core.grid import OutsideGrid, TimeGrid, instant_of
from hemma.core.need import Load
from hemma.core.pipeline.demand import scenarios, service_steps
from hemma.core.roster import Prices
from hemma.run.planner import scenario_tables as tables
from hemma.run.planner.scenario_people import DAY
from hemma.run.telling import Refusal


@dataclass(frozen=True, eq=False)
class Needed:
    """`need` (skills, slots); `steps` (slots, depth) what each further one missing costs; `band`
    (slots,) all skills' need when there is less and more demand."""

    need: np.ndarray
    skills: tuple[str, ...]
    steps: np.ndarray | None
    band: tuple[np.ndarray, np.ndarray] | None = None


def read(file: Path, grid: TimeGrid, prices: Prices, told: dict[str, Any]) -> Needed:
    """`people` is the need; `low` and `high`, if there are such columns, that of days with less and
    more demand, with the chances of [demand]; `contacts` an interval, with [service]. Raises
    `Refusal`."""
    rows = tables.rows(file, ("time", "skill", "people"))
    skills = tuple(sorted({row["skill"] for _, row in rows}))
    named = [name for name in ("low", "high", "contacts") if name in rows[0][1]]
    found = {
        name: np.zeros((len(skills), max(len(grid), grid.days * DAY)), float)
        for name in ("people", *named)
    }
    for number, row in rows:
        try:
            at = grid.slot_of(instant_of(tables.local(row["time"]), grid.zone))
            for name, cells in found.items():
                cells[skills.index(row["skill"]), at] = float(row[name] or 0)
        except (ValueError, OutsideGrid) as error:
            raise Refusal(
                f"{file.name}, row {number}: {error}. Write a time of the planned weeks as "
                "2026-11-02 08:15 and a whole number of people."
            ) from error
    need = np.ceil(found["people"]).astype(np.int64)
    try:
        if "low" in found or "high" in found:
            top, steps = _of_scenarios(found, need, told.get("demand", {}), prices)
            band = [found.get(name, found["people"]).sum(axis=0) for name in ("low", "high")]
            return Needed(top, skills, steps, (band[0], band[1]))
        if "contacts" in found and "service" in told:
            return Needed(need, skills, _of_service(found["contacts"], need, told["service"], grid))
    except (KeyError, ValueError, TypeError) as error:
        raise Refusal(
            f"scenario.toml, [demand] or [service]: {error}. `hemma plan --example DIR` has both."
        ) from error
    return Needed(need, skills, None)


def _of_scenarios(
    found: dict[str, np.ndarray], need: np.ndarray, told: dict[str, Any], prices: Prices
) -> tuple[np.ndarray, np.ndarray]:
    chances = {name: float(told.get(f"{name}_chance", 0.25)) for name in ("low", "high")}
    named = [name for name in ("low", "high") if name in found]
    rest = 1 - sum(chances[name] for name in named)
    if rest <= 0:
        raise ValueError("low_chance and high_chance leave nothing for the need itself")
    needs = [need, *(np.ceil(found[name]).astype(np.int64) for name in named)]
    return scenarios(needs, [rest, *(chances[name] for name in named)], prices)


def _of_service(
    contacts: np.ndarray, need: np.ndarray, told: dict[str, Any], grid: TimeGrid
) -> np.ndarray:
    seconds = grid.slot_min * 60.0
    patience = float(told.get("patience_s", np.inf))
    load = [Load.of(row / seconds, float(told["handling_s"]), patience) for row in contacts]
    return service_steps(
        load, need, float(told.get("within_s", 20.0)), float(told.get("late_price", 1.0)), seconds
    )
