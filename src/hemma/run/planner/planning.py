"""`hemma plan`: a scenario folder in, who works when and where out, with a proof of how good it is."""

import argparse
import csv
import json
import time
from dataclasses import dataclass
from pathlib import Path

from hemma.core.pipeline.plan import Plan, Planner
from hemma.core.pipeline.plan_checking import Judged, judge
from hemma.run.planner import course, example, plan_page, plan_telling, plan_why
from hemma.run.planner.course import Course, Taken
from hemma.run.planner.plan_shifts import COLUMNS, Shift, shifts_of
from hemma.run.planner.proving import Proof
from hemma.run.planner.scenario import Scenario, read
from hemma.run.telling import Refusal, say, warn

_EVERY_S = 5.0
_LAST = 0.1  # of the time, for what the law and places take


@dataclass(frozen=True)
class Made:
    """A plan, what no roster can undercut (`None`: not asked), what an independent check says, the
    planner that can be asked why, and the steps that led there."""

    plan: Plan
    bound: float | None
    judged: Judged
    planner: Planner
    first_s: float
    taken: Taken


def main(options: argparse.Namespace) -> int:
    """Write an example, or read, plan, tell. Raises `Refusal`."""
    if options.example:
        example.write(options.example, options.people, options.weeks, options.seed)
        say(f"Written. Plan it with: hemma plan {options.example}")
        return 0
    if options.folder is None:
        raise Refusal("Name a scenario's folder, or write one: hemma plan --example DIR", 2)
    if options.today:
        from hemma.run.planner import today

        return today.main(options)
    scenario = read(options.folder)
    why = plan_why.asked(scenario, options.why)
    made = plan(scenario, _course(options), with_bound=options.bound)
    shifts = shifts_of(scenario, made.plan)
    named = why if options.why else []
    told = plan_telling.as_json(scenario, made, shifts, why, named)
    _write(options.folder, shifts, plan_page.page(scenario, made, shifts, told))
    if options.json:
        say(json.dumps(told, ensure_ascii=False))
        return 0
    plan_telling.tell(scenario, made, told, tours=bool(options.why))
    say(f"Written: {options.folder / 'plan.csv'}, {options.folder / 'plan.html'}")
    return 0


def _course(options: argparse.Namespace) -> Course:
    """What the words on the command line ask for. Raises `Refusal`."""
    if options.again:
        return course.again(options.again)
    if options.steps:
        return course.counted(options.seed, options.steps, with_bound=options.bound)
    return Course(options.seed, options.seconds * (1 - _LAST))


def plan(scenario: Scenario, asked: Course, *, with_bound: bool) -> Made:
    """So many seconds or steps of work, with a proof beside it if it is asked for. Ctrl-C ends it
    earlier with the best so far."""
    warn("Making ready (the first time on a machine takes a few minutes) …")
    began = time.monotonic()
    planner = Planner(scenario.company, asked.seed)
    planner.first()
    cost, first_s = planner.best[1], time.monotonic() - began
    warn(f"A first plan costs {cost.total:,.0f}, {cost.under} intervals of a person missing.")
    for conflict in planner.conflicts:
        warn(f"  {plan_telling.conflict_line(scenario, conflict)}")
    proof = Proof(planner, asked.passes) if with_bound or asked.passes is not None else None
    steps, is_whole, is_stopped = _search(planner, asked, proof)
    finished = planner.finish()
    bound = proof.ended(at_once=is_stopped) if proof else None
    judged = judge(scenario.company, finished.problem, finished.roster, finished.places)
    taken = Taken(asked.seed, tuple(steps), proof.passes if proof else None, is_whole)
    return Made(finished, bound, judged, planner, first_s, taken)


def _search(planner: Planner, asked: Course, proof: Proof | None) -> tuple[list[float], bool, bool]:
    """The steps that were taken, told as they go; whether each came to its end, and whether Ctrl-C
    ended them."""
    began, told, taken = time.monotonic(), 0.0, list[float]()
    with course.stoppable() as stopped:
        try:
            for share in course.shares(asked, stopped):
                planner.step(share)
                taken.append(share)
                if proof:
                    proof.go_on()
                gone = time.monotonic() - began
                if gone - told > _EVERY_S:
                    told = gone
                    low = proof.best if proof else None
                    least = f", no roster below {low:,.0f}" if low is not None else ""
                    warn(f"  {gone:4.0f} s  {planner.best[1].total:,.0f}{least}")
        except KeyboardInterrupt:
            warn("Stopped; the best so far is kept.")
            return taken, False, True
    if stopped.is_set():
        warn("Stopped; the best so far is kept.")
    return taken, True, stopped.is_set()


def _write(folder: Path, shifts: list[Shift], page: str) -> None:
    try:
        with (folder / "plan.csv").open("w", encoding="utf-8", newline="") as opened:
            out = csv.DictWriter(opened, COLUMNS)
            out.writeheader()
            out.writerows(shift.as_row() for shift in shifts)
        (folder / "plan.html").write_text(page, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{folder} cannot be written ({error.strerror}).") from error
