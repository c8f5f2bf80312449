"""`hemma plan`: a scenario folder in, who works when out, with a proof of how good it is."""

import argparse
import csv
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from hemma.core.roster import Cost, NoSuchWeek, Roster, faults
from hemma.core.roster.bound import Bound
from hemma.core.roster.search import Search
from hemma.run.planner import example, plan_page
from hemma.run.planner.plan_page import Shift
from hemma.run.planner.plan_rules import flags
from hemma.run.planner.scenario import Scenario, read
from hemma.run.telling import Refusal, say, warn

_COLUMNS = ("name", "day", "start", "end", "breaks")


@dataclass(frozen=True)
class Planned:
    """The best roster found, what it costs, and what no roster can undercut (`None`: not asked)."""

    roster: Roster
    cost: Cost
    bound: float | None
    notes: tuple[str, ...]


def main(options: argparse.Namespace) -> int:
    """Write an example, or read, plan, tell. Raises `Refusal`."""
    if options.example:
        example.write(options.example, options.people, options.weeks, options.seed)
        say(f"Written. Plan it with: hemma plan {options.example}")
        return 0
    if options.folder is None:
        raise Refusal("Name a scenario's folder, or write one: hemma plan --example DIR", 2)
    scenario = read(options.folder)
    planned = plan(scenario, options.seconds, options.seed, with_bound=options.bound)
    shifts = shifts_of(scenario, planned.roster)
    wrong = faults(scenario.problem, planned.roster, (scenario.limits,), scenario.before)
    law = flags(scenario, shifts)
    told = as_json(scenario, planned, shifts, len(wrong), law)
    _write(options.folder, shifts, plan_page.page(scenario, planned.roster, shifts, told))
    if options.json:
        say(json.dumps(told, ensure_ascii=False))
        return 0
    _tell(planned, told, options.folder)
    return 0


def plan(scenario: Scenario, seconds: float, seed: int, *, with_bound: bool) -> Planned:
    """So many seconds of work, half of it for the bound if it is asked for. Ctrl-C ends it earlier
    with the best so far."""
    notes = _eased(scenario)
    warn("Making ready (the first time on a machine takes a minute or two) …")
    search = Search(scenario.problem, seed)
    search.first()
    best, cost = search.roster(), search.cost()
    warn(f"A first plan costs {cost.total:,.0f}, {cost.under} intervals of a person missing.")
    bound, began, told = None, time.monotonic(), 0.0
    searching = seconds * (0.5 if with_bound else 1.0)
    try:
        while (gone := time.monotonic() - began) < searching:
            search.step(gone / searching)
            now = search.cost()
            if now.total < cost.total:
                best, cost = search.roster(), now
            if gone - told > 5:
                told = gone
                warn(f"  {gone:4.0f} s  {cost.total:,.0f}")
        proof = Bound(search, seed) if with_bound else None
        while proof and time.monotonic() - began < seconds:
            bound = proof.tighten()
        bound = bound if bound is not None and np.isfinite(bound) else None
    except KeyboardInterrupt:
        warn("Stopped; the best so far is kept.")
    if search.without:
        notes.append(f"{search.without} people have no lawful plan with these days; they are free")
    return Planned(best, cost, bound, tuple(notes))


def _eased(scenario: Scenario) -> list[str]:
    """Take days from weeks that cannot be had, and say whose: a plan in part is better than none."""
    notes, problem = [], scenario.problem
    while True:
        try:
            Search(problem)
        except NoSuchWeek as no:
            wanted = int(problem.least[no.person, no.week])
            problem.least[no.person, no.week] = wanted - 1
            notes.append(
                f"{scenario.names[no.person]}, week {no.week + 1}: {wanted} days cannot be had "
                f"with days_in_a_row {scenario.limits.in_a_row} and the weekly rest; {wanted - 1} tried"
            )
        else:
            return notes


def shifts_of(scenario: Scenario, roster: Roster) -> list[Shift]:
    """All shifts with their breaks, by day, then name."""
    problem, found = scenario.problem, []
    starts = scenario.grid.edges_s
    for person, day in np.argwhere(roster.start >= 0).tolist():
        form = problem.forms[problem.form[person]]
        base = int(problem.midnight[person, day]) + form.first
        base += form.step * int(roster.start[person, day])

        def local(slot: int, base: int = base) -> datetime:
            first = datetime.fromtimestamp(starts[base], scenario.grid.zone)
            return first + timedelta(minutes=15 * slot)

        parts = [
            (part.kind, local(int(at)), local(int(at) + part.slots))
            for part, at in zip(form.breaks, roster.at[person, day].tolist(), strict=False)
        ]
        if roster.extra[person, day]:
            extra, at = form.extras[roster.extra[person, day] - 1], int(roster.at[person, day, -1])
            parts.append((extra.kind, local(at), local(at + extra.slots)))
        parts.sort(key=lambda part: part[1])
        found.append(Shift(scenario.names[person], local(0), local(form.length), tuple(parts)))
    return sorted(found, key=lambda shift: (shift.start.date(), shift.name))


def as_json(
    scenario: Scenario, planned: Planned, shifts: list[Shift], wrong: int, law: list[str]
) -> dict[str, object]:
    """All of it for programs."""
    cost, low, fixed = planned.cost, planned.bound, scenario.problem.fixed_pay
    gaps = None
    if low is not None and low > 0:
        gaps = {
            "total": (cost.total - low) / low,
            "without_fixed_pay": (cost.total - low) / (low - fixed) if low > fixed else None,
        }
    return {
        "price": cost.total,
        "missing_hours": cost.under / 4,
        "spare_hours": cost.over / 4,
        "bound": low,
        "gap": gaps,
        "faults": wrong,
        "law": law,
        "notes": list(planned.notes),
        "shifts": [shift.as_row() for shift in shifts],
    }


def _tell(planned: Planned, told: dict[str, object], folder: Path) -> None:
    say(f"{len(told['shifts'])} shifts, price {planned.cost.total:,.0f}")  # type: ignore[arg-type]
    say(f"  missing  {planned.cost.under / 4:,.2f} hours of a person")
    say(f"  spare    {planned.cost.over / 4:,.2f} hours of a person")
    gap = told["gap"]
    if isinstance(gap, dict):
        say(f"  at most  {gap['total']:.2%} above the best plan that there could be")
        if gap["without_fixed_pay"] is not None:
            say(f"           {gap['without_fixed_pay']:.1%} of what is left without fixed pay")
    for note in planned.notes:
        say(f"  note     {note}")
    for flag in told["law"]:  # type: ignore[attr-defined]
        say(f"  law      {flag}")
    say(f"Written: {folder / 'plan.csv'}, {folder / 'plan.html'}")


def _write(folder: Path, shifts: list[Shift], page: str) -> None:
    try:
        with (folder / "plan.csv").open("w", encoding="utf-8", newline="") as opened:
            out = csv.DictWriter(opened, _COLUMNS)
            out.writeheader()
            out.writerows(shift.as_row() for shift in shifts)
        (folder / "plan.html").write_text(page, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{folder} cannot be written ({error.strerror}).") from error
