"""A plan's shifts with names and clock times, for tables and pages."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from hemma.core.pipeline.company import Company
from hemma.core.pipeline.plan import Plan
from hemma.core.roster import Roster
from hemma.core.roster.checking import laid_out
from hemma.run.planner.scenario import Scenario

COLUMNS = ("name", "day", "start", "end", "place", "breaks")


@dataclass(frozen=True)
class Shift:
    """One shift; `parts` kind, start and end of what lies inside it; `place` home or office."""

    name: str
    start: datetime
    end: datetime
    place: str
    parts: tuple[tuple[str, datetime, datetime], ...]

    def as_row(self) -> dict[str, str]:
        """For CSV and JSON."""
        parts = " ".join(f"{kind} {a:%H:%M}-{b:%H:%M}" for kind, a, b in self.parts)
        return {
            "name": self.name,
            "day": f"{self.start:%Y-%m-%d}",
            "start": f"{self.start:%H:%M}",
            "end": f"{self.end:%H:%M}",
            "place": self.place,
            "breaks": parts,
        }


def shifts_of(scenario: Scenario, plan: Plan) -> list[Shift]:
    """All shifts of a plan."""
    company = replace(scenario.company, problem=plan.problem)
    return shifts(scenario, company, plan.roster, plan.places.office)


def shifts(scenario: Scenario, company: Company, roster: Roster, office: np.ndarray) -> list[Shift]:
    """All shifts with their breaks, by day, then name, on the clock of each person's site; `office`
    (people, days)."""
    problem, found = company.problem, []
    for person, day in np.argwhere(roster.start >= 0).tolist():
        form = problem.forms[problem.form[person]]
        base = company.begins(roster, person, day)
        zone = company.sites[company.site[person]].zone

        def local(slot: int, base: int = base, zone: object = zone) -> datetime:
            return company.instant(base + slot).astimezone(zone)  # type: ignore[arg-type]

        parts = [
            (part.kind, local(int(at)), local(int(at) + part.slots))
            for part, at in zip(form.breaks, roster.at[person, day].tolist(), strict=False)
        ]
        if roster.extra[person, day]:
            extra, at = form.extras[roster.extra[person, day] - 1], int(roster.at[person, day, -1])
            parts.append((extra.kind, local(at), local(at + extra.slots)))
        huddle = int(problem.huddle[person, day]) - base
        if 0 <= huddle < form.length:
            parts.append(("huddle", local(huddle), local(huddle + 1)))
        parts.sort(key=lambda part: part[1])
        place = "office" if office[person, day] else "home"
        name = scenario.names[person]
        found.append(Shift(name, local(0), local(form.length), place, tuple(parts)))
    return sorted(found, key=lambda shift: (shift.start.date(), shift.name))


def need_and_plan(scenario: Scenario, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """People needed and people there in each slot, all skills together."""
    return _counted(scenario, plan, plan.roster)


def _counted(scenario: Scenario, plan: Plan, roster: Roster) -> tuple[np.ndarray, np.ndarray]:
    problem, size = plan.problem, len(scenario.grid)
    there = np.zeros(problem.need.shape[1] + 256, int)
    for person, day in np.argwhere(roster.start >= 0).tolist():
        base, taken = laid_out(problem, roster, person, day)
        there[base + np.flatnonzero(taken == 0)] += 1
    return problem.need.sum(axis=0)[:size], there[:size]
