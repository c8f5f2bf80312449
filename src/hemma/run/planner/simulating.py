"""`hemma simulate`: play days, and tell what service customers meet."""

import argparse
import json
from pathlib import Path

import numpy as np

from hemma.core.simulation import Counted, Estimate, Scenario, TooLong, play
from hemma.run.planner.played import Played, rows, share
from hemma.run.planner.progress import Progress
from hemma.run.telling import Refusal, say


def main(options: argparse.Namespace) -> int:
    """Play, tell. Raises `Refusal`."""
    if options.example:
        return _example(options.example)
    if options.days < 2 or options.hours <= 0:
        raise Refusal("--days is 2 or more, --hours above 0.", 2)
    try:
        with Progress("days played") as told:
            played = _file(options, told) if options.file else _one_queue(options, told)
    except TooLong as error:
        raise Refusal(f"{error}.") from error
    except ValueError as error:
        raise Refusal(f"{error}.", 2) from error
    if options.html:
        from hemma.run.planner.played_page import page

        _write(options.html, page(played))
    if options.json:
        say(json.dumps(as_json(played), ensure_ascii=False))
    else:
        _tell(played)
    return 0


def _one_queue(options: argparse.Namespace, told: Progress) -> Played:
    if options.contacts is None or not options.people or options.handling is None:
        raise Refusal(
            "Say how many come and how many work: --contacts 240 --per 30m --handling 5m --people 47, "
            "or name a file (--example FILE writes one).", 2,
        )  # fmt: skip
    scenario = Scenario.one_queue(
        per_s=options.contacts / options.per,
        people=options.people,
        handling_s=options.handling,
        patience_s=options.patience or np.inf,
        within_s=options.within[1],
        hours=options.hours,
        variation=options.variation,
    )
    outcome = play(scenario, options.days, options.seed, told)
    head = f"{options.days} days of {options.hours:g} hours from empty, {outcome.events:,} events"
    return Played(
        ("all",), (options.within,), 0.0, scenario.slot_s, outcome, outcome.occupancy(), head
    )


def _file(options: argparse.Namespace, told: Progress) -> Played:
    from hemma.core.pipeline.policy_days import play_policy
    from hemma.run.planner import played_files, played_plan

    of_plan = played_plan.is_plan(options.file)
    asked = played_plan.read(options) if of_plan else played_files.read(options.file)
    if asked.day is not None:
        people = play_policy(asked.day, options.days, options.seed, told)
        outcome, busy, how = people.outcome, people.occupancy(), "the live routing policy"
    elif asked.scenario is not None:
        outcome = play(asked.scenario, options.days, options.seed, told)
        busy, how = outcome.occupancy(), "groups, longest wait first by priority"
    head = f"{options.days} days from empty by {how}, {outcome.events:,} events"
    return Played(asked.names, asked.targets, asked.begins_s, asked.slot_s, outcome, busy, head)


def _example(file: Path) -> int:
    from hemma.run.planner.played_files import EXAMPLE

    if file.exists():
        raise Refusal(f"{file} exists; name a new file.")
    _write(file, EXAMPLE)
    say(f"Written: {file}. Play it: hemma simulate {file} --html report.html")
    return 0


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{file} cannot be written ({error.strerror}).") from error


def _tell(played: Played) -> None:
    say(played.head)
    for name, within_s, told in rows(played):
        if len(played.names) > 1:
            say(name)
        say(f"  answered within {within_s:g} s  {share(told['within'])}")
        say(f"  … of those answered    {share(told['within_of_answered'])}")
        say(f"  give up                {share(told['gave_up'])}")
        a_day = told["gave_up_a_day"]
        say(f"  give up, a day         {a_day.mean:.2f} ± {a_day.half:.2f}")
        say(f"  mean wait              {_wait(told['wait_s'])}")
        say(f"  … of those answered    {_wait(told['answered_wait_s'])}")
    say(f"  time in contacts       {share(played.busy)}")


def _wait(found: Estimate) -> str:
    return "nobody" if np.isnan(found.mean) else f"{found.mean:.2f} ± {found.half:.2f} s"


def as_json(played: Played) -> dict[str, object]:
    """Means and half the 95 % intervals; by slot the share answered in time."""
    queues = []
    for at, (name, within_s, told) in enumerate(rows(played)):
        mean, half = played.outcome.by_slot(Counted.IN_TIME, at)
        queues.append(
            {
                "queue": name,
                "within_s": within_s,
                **{key: [_number(x.mean), _number(x.half)] for key, x in told.items()},
                "within_by_slot": [_number(x) for x in mean],
                "within_by_slot_half": [_number(x) for x in half],
            }
        )
    return {
        "slot_s": played.slot_s,
        "events": played.outcome.events,
        "occupancy": [_number(played.busy.mean), _number(played.busy.half)],
        "queues": queues,
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
