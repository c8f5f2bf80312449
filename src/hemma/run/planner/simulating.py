"""`hemma simulate`: play days, and tell what service customers meet."""

import argparse

import numpy as np

from hemma.core.simulation import Estimate, Scenario, TooLong, play
from hemma.run.telling import Refusal, say


def main(options: argparse.Namespace) -> int:
    """Play, tell. Raises `Refusal`."""
    if options.contacts is None or not options.people:
        raise Refusal(
            "Say how many come and how many work: --contacts 240 --per 30m --people 47.", 2
        )
    if options.days < 2 or options.hours <= 0:
        raise Refusal("--days is 2 or more, --hours above 0.", 2)
    scenario = Scenario.one_queue(
        per_s=options.contacts / options.per,
        people=options.people,
        handling_s=options.handling,
        patience_s=options.patience or np.inf,
        within_s=options.within[1],
        hours=options.hours,
    )
    try:
        told = play(scenario, options.days, options.seed)
    except TooLong as error:
        raise Refusal(f"{error}.") from error
    say(f"{options.days} days of {options.hours:g} hours from empty, {told.events:,} events")
    say(f"  answered within {options.within[1]:g} s  {_share(told.within())}")
    say(f"  give up                {_share(told.gave_up())}")
    wait = told.wait_s()
    say(f"  mean wait              {wait.mean:.2f} ± {wait.half:.2f} s")
    say(f"  time in contacts       {_share(told.occupancy())}")
    return 0


def _share(found: Estimate) -> str:
    return f"{found.mean:.2%} ± {found.half:.2%}"
