"""`hemma need`: how many people it takes, or what service so many give."""

import argparse
import json
from datetime import datetime
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
    corrected,
    least_people_at_once,
    scheduled,
    service,
)
from hemma.run.telling import Refusal, say


def main(options: argparse.Namespace) -> int:
    """Ask, tell. Raises `Refusal`."""
    try:
        if options.file:
            return _for_forecast(options)
        if options.contacts is None:
            raise Refusal(
                "Say how many come (--contacts 240 --per 30m), or name a forecast's file.", 2
            )
        return _for_one(options)
    except (NeverEnough, ValueError) as error:
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
        people = int(least_people_at_once(asked, wanted, options.at_once)[0])
    slow = at_once(asked, options.at_once)
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
    how, wanted = Correction(options.correction), target(options)
    found: dict[str, np.ndarray] = {}
    for queue in told["queues"]:
        demand = np.asarray(queue["expected"], dtype=np.float64)
        if options.quantile is not None:
            demand = at_quantile(
                np.array(told["levels"]), np.array(queue["quantiles"]), options.quantile
            )
        handling = np.full(demand.size, options.handling)
        rate = corrected(demand / slot_s, handling, slot_s, how)
        rate = np.where(rate * options.handling < 1e-3, 0.0, rate)  # what is left of last night
        asked = Load.of(rate, handling, options.patience or np.inf)
        least = least_people_at_once(asked, wanted, options.at_once)
        found[queue["queue"]] = scheduled(least, options.off_queue)
    if options.json:
        say(
            json.dumps(
                {"starts": told["starts"], "people": {n: x.tolist() for n, x in found.items()}}
            )
        )
        return 0
    for name, people in found.items():
        say(f"{name} (correction: {how})")
        for start, number in zip(starts, people, strict=True):
            if number:
                say(f"  {start:%a %Y-%m-%d %H:%M}  {number:6.1f}")
    return 0


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {name: told[name] for name in ("starts", "slot_min", "levels", "queues")}
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(f"{file} is not what `hemma forecast --json` writes.", 2) from error
