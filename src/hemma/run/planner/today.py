"""`hemma plan DIR --today`: a plan that was written down, changed from a moment of its day on."""

import argparse
import csv
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from hemma.core.grid import instant_of
from hemma.core.pipeline.plan_today import Offer, Today
from hemma.run.planner import scenario_tables as tables
from hemma.run.planner.plan_reading import read_plan
from hemma.run.planner.plan_shifts import COLUMNS, Shift, shifts
from hemma.run.planner.scenario import Scenario, read
from hemma.run.planner.scenario_people import SLOT_MIN
from hemma.run.telling import Refusal, say

_HOURS = 60 / SLOT_MIN
_WRITTEN = "plan-today.csv"


@dataclass(frozen=True)
class Changed:
    """Slots of people missing from now to the day's end: as planned, after what happened, with breaks
    placed anew, with shifts planned anew; how many people's breaks and days moved; who could be
    asked."""

    planned: int
    happened: int
    breaks: int
    replanned: int | None
    moved: int
    days: int
    offers: tuple[Offer, ...]


def main(options: argparse.Namespace) -> int:
    """Read the plan, change it, tell. Raises `Refusal`."""
    scenario = read(options.folder)
    company, roster = read_plan(options.folder, scenario)
    now = _slot(scenario, options.today, "--today")
    today = Today(company, roster, now, keep=company.keep)
    names = {name: n for n, name in enumerate(scenario.names)}
    away = np.array([_known(names, name, "--away") for name in options.away], np.int64)
    crew = _crew(scenario, options.replan, names)
    span = _span(scenario, options.ask, options.today) if options.ask else None
    changed = _change(today, (away, _need(scenario, options.more, now)), crew, span)
    rows = shifts(scenario, company, today.whole(), _places(options.folder, scenario))
    file = _write(options.folder, rows)
    told = _told(scenario, changed)
    if options.json:
        moved = [shift.as_row() for shift in rows if shift.name in _differ(scenario, today)]
        say(json.dumps(told | {"shifts": moved}, ensure_ascii=False))
        return 0
    _tell(told)
    say(f"Written: {file}")
    return 0


def _change(
    today: Today, happened: tuple[np.ndarray, np.ndarray | None], crew: np.ndarray,
    span: tuple[int, int] | None,
) -> Changed:  # fmt: skip
    """What happened, then breaks, then shifts if asked for, then who could help."""
    away, need = happened
    planned = today.missing()
    today.away(away)
    if need is not None:
        today.demand(need)
    missing, before = today.missing(), today.search.roster().at
    today.replace_breaks(np.setdiff1d(np.arange(today.roster.start.shape[0]), away))
    moved = int((today.search.roster().at != before).any(axis=(1, 2)).sum())
    breaks, days, after = today.missing(), 0, None
    if crew.size:
        days = today.replan(np.setdiff1d(crew, away))
        after = today.missing()
    offers = tuple(today.volunteers(*span)) if span else ()
    return Changed(planned, missing, breaks, after, moved, days, offers)


def _told(scenario: Scenario, changed: Changed) -> dict[str, object]:
    """For programs."""
    after = changed.replanned
    return {
        "missing_hours": {
            "as_planned": changed.planned / _HOURS, "after_what_happened": changed.happened / _HOURS,
            "breaks_placed_anew": changed.breaks / _HOURS,
            "shifts_planned_anew": None if after is None else after / _HOURS,
        },
        "people_whose_breaks_moved": changed.moved, "days_changed": changed.days,
        "offers": [_offer(scenario, one) for one in changed.offers],
    }  # fmt: skip


def _offer(scenario: Scenario, one: Offer) -> dict[str, object]:
    zone, company = scenario.grid.zone, scenario.company
    since, until = (company.instant(x).astimezone(zone) for x in (one.since, one.until))
    instead = scenario.grid.dates[one.instead].isoformat() if one.instead >= 0 else None
    return {
        "name": scenario.names[one.person], "helps": one.helps.value, "since": f"{since:%H:%M}",
        "until": f"{until:%H:%M}", "saves": round(one.gives, 2), "hours": one.slots / _HOURS,
        "costs": round(one.costs, 2), "free_instead": instead,
    }  # fmt: skip


def _tell(told: dict[str, object]) -> None:
    """The lines on a terminal."""
    missing, offers = told["missing_hours"], told["offers"]
    if not isinstance(missing, dict) or not isinstance(offers, list):
        raise TypeError(told)
    say("Hours of a person missing from now to the day's end")
    for name, hours in missing.items():
        if hours is not None:
            say(f"  {hours:8.2f}  {name.replace('_', ' ')}")
    say(f"Breaks of {told['people_whose_breaks_moved']} people moved; {told['days_changed']} days")
    for one in offers:
        instead = f", free {one['free_instead']} instead" if one["free_instead"] else ""
        say(
            f"  ask {one['name']}: {one['helps'].replace('_', ' ')} {one['since']}-{one['until']}{instead}; "
            f"saves {one['saves']:.1f}, costs {one['costs']:.1f}"
        )


def _differ(scenario: Scenario, today: Today) -> set[str]:
    """Whose plan is another now."""
    old, new = today.roster, today.whole()
    other = (old.start != new.start).any(axis=1) | (old.at != new.at).any(axis=(1, 2))
    return {scenario.names[n] for n in np.flatnonzero(other).tolist()}


def _slot(scenario: Scenario, at: datetime, option: str) -> int:
    edges = scenario.grid.edges_s
    instant = instant_of(at.replace(tzinfo=None), scenario.grid.zone).timestamp()
    found = int(np.searchsorted(edges, instant, side="right")) - 1
    if not 0 <= found < len(edges) - 1:
        raise Refusal(f"{option} {at:%Y-%m-%d %H:%M} is not within the plan.", 2)
    return found


def _span(scenario: Scenario, hours: str, day: datetime) -> tuple[int, int]:
    """Slots of "11:00-15:00" of that day."""
    since, _, until = hours.partition("-")
    try:
        ends = [tables.minutes(x) for x in (since, until)]
    except ValueError as error:
        raise Refusal(f"--ask {hours}: write it as 11:00-15:00.", 2) from error
    at = [day.replace(hour=m // 60, minute=m % 60) for m in ends]
    first, last = (_slot(scenario, x, "--ask") for x in at)
    if last <= first:
        raise Refusal(f"--ask {hours} ends before it begins.", 2)
    return first, last


def _need(scenario: Scenario, more: list[str], now: int) -> np.ndarray | None:
    """The need from now on, with `more` of some skills ("orders=1.2")."""
    need = scenario.problem.need.copy()
    for word in more:
        skill, _, times = word.partition("=")
        if skill not in scenario.skills:
            raise Refusal(f"--more {word}: the skills are {', '.join(scenario.skills)}.", 2)
        try:
            line = need[scenario.skills.index(skill), now:]
            line[:] = np.ceil(line * float(times) - 1e-9)
        except ValueError as error:
            raise Refusal(f"--more {word}: write it as {skill}=1.2.", 2) from error
    return need if more else None


def _crew(scenario: Scenario, asked: list[str], names: dict[str, int]) -> np.ndarray:
    """People by name, or all of a site or team."""
    found: set[int] = set()
    company, sites = scenario.company, [site.name for site in scenario.company.sites]
    for name in asked:
        if name in sites:
            found |= set(np.flatnonzero(company.site == sites.index(name)).tolist())
        elif name in scenario.teams:
            found |= set(np.flatnonzero(company.team == scenario.teams.index(name)).tolist())
        else:
            found.add(_known(names, name, "--replan"))
    return np.array(sorted(found), np.int64)


def _known(names: dict[str, int], name: str, option: str) -> int:
    if name not in names:
        raise Refusal(f"{option} {name}: nobody in people.csv is called that.", 2)
    return names[name]


def _places(folder: Path, scenario: Scenario) -> np.ndarray:
    """(people, days) the office days of the plan; a shift on a new day is in the office."""
    office = np.ones((scenario.problem.people, scenario.problem.days), bool)
    names = {name: n for n, name in enumerate(scenario.names)}
    for number, row in tables.rows(folder / "plan.csv", ("name", "day")):
        day = tables.day(row, scenario.grid, "plan.csv", number)
        office[names[row["name"]], day] = row.get("place") != "home"
    return office


def _write(folder: Path, rows: list[Shift]) -> Path:
    file = folder / _WRITTEN
    try:
        with file.open("w", encoding="utf-8", newline="") as opened:
            out = csv.DictWriter(opened, COLUMNS)
            out.writeheader()
            out.writerows(shift.as_row() for shift in rows)
    except OSError as error:
        raise Refusal(f"{file} cannot be written ({error.strerror}).") from error
    return file
