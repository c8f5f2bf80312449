"""`hemma need`: how many people it takes, or what service so many give."""

import argparse
import json
from datetime import datetime, time
from pathlib import Path
from typing import Any

import numpy as np

from hemma.core.need import (
    Correction,
    Load,
    NeverEnough,
    Service,
    Target,
    at_once,
    at_quantile,
    least_people_at_once,
    scheduled,
    service,
)
from hemma.core.pipeline.staffing import QueueNeed, Work, as_scenario, queue_need
from hemma.core.simulation import Counted, Outcome, TooLong, play
from hemma.run.planner.progress import Progress
from hemma.run.telling import Refusal, say

_PLAYED = 100


def main(options: argparse.Namespace) -> int:
    """Ask, tell. Raises `Refusal`."""
    if options.handling is None:
        raise Refusal("Say how long a contact takes: --handling 5m.", 2)
    try:
        if options.file:
            return _for_forecast(options)
        if options.contacts is None:
            raise Refusal(
                "Say how many come (--contacts 240 --per 30m), or name a forecast's file.", 2
            )
        return _for_one(options)
    except (NeverEnough, TooLong, ValueError) as error:
        raise Refusal(f"{error}.", 2) from error


def target(options: argparse.Namespace) -> Target:
    """What was asked for."""
    return Target(options.within[0], options.within[1], occupancy=options.occupancy or None)


def load(options: argparse.Namespace) -> Load:
    """The one load that was named."""
    patience = options.patience or np.inf
    return Load.of(options.contacts / options.per, options.handling, patience)


def _for_one(options: argparse.Namespace) -> int:
    asked, wanted = load(options), target(options)
    people = options.people
    if people is None:
        people = int(least_people_at_once(asked, wanted, options.at_once, options.slower)[0])
    slow = at_once(asked, options.at_once, options.slower)
    told = service(slow, people * options.at_once, wanted.within_s)
    planned = float(scheduled(people, options.off_queue))
    if options.json:
        numbers = {"people": people, "planned": planned, **_numbers(told)}
        say(json.dumps(numbers))
        return 0
    say(f"{people} people in the queue ({asked.erlangs[0]:.1f} contacts in hand at a time)")
    if options.off_queue:
        say(
            f"{planned:.1f} people planned, {options.off_queue:.0%} of their time outside the queue"
        )
    say(f"  answered within {wanted.within_s:g} s  {told.within[0]:.1%}")
    say(f"  give up                {told.gives_up[0]:.1%}")
    say(f"  mean wait              {told.wait_s[0]:.1f} s")
    say(f"  time in contacts       {told.occupancy[0]:.1%}")
    return 0


def _numbers(told: Service) -> dict[str, float | None]:
    named = {
        "within": told.within,
        "waits": told.waits,
        "gives_up": told.gives_up,
        "wait_s": told.wait_s,
        "occupancy": told.occupancy,
    }
    return {name: float(x[0]) if np.isfinite(x[0]) else None for name, x in named.items()}


def _for_forecast(options: argparse.Namespace) -> int:
    told = _read(options.file)
    starts = [datetime.fromisoformat(text) for text in told["starts"]]
    slot_s = np.full(len(starts), told["slot_min"] * 60.0)
    work = Work(
        options.handling, options.patience or np.inf, target(options), options.deadline,
        _open(options.open, starts), options.at_once, options.slower, options.off_queue,
    )  # fmt: skip
    found = []
    for queue in told["queues"]:
        demand = np.asarray(queue["expected"], dtype=np.float64)
        if options.quantile is not None:
            demand = at_quantile(
                np.array(told["levels"]), np.array(queue["quantiles"]), options.quantile
            )
        how = Correction(options.correction)
        found.append(queue_need(queue["queue"], demand / slot_s, slot_s, work, how))
    outcome = _played(options, tuple(found), work, float(slot_s[0])) if options.play else None
    if options.html:
        from hemma.run.planner.need_page import page

        _write(options.html, page(starts, found, work, outcome))
    if options.json:
        say(json.dumps(_as_json(told["starts"], found, outcome)))
    else:
        _tell(starts, found, outcome, work)
    return 0


def _open(text: str | None, starts: list[datetime]) -> np.ndarray | None:
    """(slots,) Monday to Friday within the hours named."""
    if text is None:
        return None
    first, _, last = text.partition("-")
    try:
        opens, closes = time.fromisoformat(first.strip()), time.fromisoformat(last.strip())
    except ValueError:
        raise Refusal(f"--open {text!r}: write it as 08:00-17:00.", 2) from None
    return np.array([at.weekday() < 5 and opens <= at.time() < closes for at in starts])


def _played(
    options: argparse.Namespace, found: tuple[QueueNeed, ...], work: Work, slot_s: float
) -> Outcome:
    scenario = as_scenario(found, {one.queue: work for one in found}, slot_s)
    with Progress("times played") as told:
        return play(scenario, _PLAYED, options.seed, told)


def _as_json(
    starts: list[str], found: list[QueueNeed], outcome: Outcome | None
) -> dict[str, object]:
    told: dict[str, object] = {
        "starts": starts,
        "correction": {one.queue: one.correction for one in found},
        "people": {one.queue: one.planned.tolist() for one in found},
    }
    if outcome is not None:
        shares = {}
        for at, one in enumerate(found):
            mean = outcome.by_slot(Counted.IN_TIME, at)[0]
            shares[one.queue] = [None if np.isnan(x) else float(x) for x in mean]
        told["played_within"] = shares
    return told


def _tell(
    starts: list[datetime], found: list[QueueNeed], outcome: Outcome | None, work: Work
) -> None:
    for at, one in enumerate(found):
        how = "levelled to its deadline" if work.due_s else f"correction: {one.correction}"
        say(f"{one.queue} ({how})")
        for start, number in zip(starts, one.planned, strict=True):
            if number:
                say(f"  {start:%a %Y-%m-%d %H:%M}  {number:6.1f}")
        if outcome is not None:
            whole = outcome.within(at)
            say(f"  played: answered in time {whole.mean:.1%} ± {whole.half:.1%} over all")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{file} cannot be written ({error.strerror}).") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {name: told[name] for name in ("starts", "slot_min", "levels", "queues")}
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(f"{file} is not what `hemma forecast --json` writes.", 2) from error
