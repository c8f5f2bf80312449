"""`hemma compile`: compile the planner's inner loops ahead of the first plan or day that is played."""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hemma.run.planner import kept
from hemma.run.telling import say


def main(options: argparse.Namespace) -> int:
    """Play and plan a moment each way; what was compiled is kept on disk and not compiled again."""
    kept.forget_if_changed()
    if kept.is_complete():
        say("Everything is compiled already.")
        return 0
    if options.polite:
        os.nice(19)
    began = time.monotonic()
    steps: dict[str, Callable[[], None]] = {
        "days by groups": _groups,
        "days by the live policy": _people,
        "rosters, their proof, and changes within a day": _roster,
    }
    for name, step in steps.items():
        say(f"Compiling {name} (a minute or some; only once) ...")
        step()
    kept.note_complete()
    say(f"Ready after {time.monotonic() - began:.0f} s.")
    return 0


def _groups() -> None:
    from hemma.core.simulation import Scenario, play

    play(Scenario.one_queue(per_s=0.01, people=1, handling_s=60.0, hours=1.0), 1, seed=1)


def _people() -> None:
    import numpy as np

    from hemma.core.pipeline.policy_days import Kind, PolicyDay, Span, Worker, play_policy
    from hemma.core.routing import Channel, ContactFacts, Mode, PersonFacts, QueueFacts
    from hemma.core.simulation.people import Flow

    someone = PersonFacts(1, Mode.OFF, queues=frozenset({1}), capacity={Channel.VOICE: 1})
    contact = ContactFacts(0, Channel.VOICE, 1, 0.0, 20.0)
    day = PolicyDay(
        (Worker(someone, (Span(0.0, 3600.0, Mode.READY),)),),
        (Kind(contact, Flow(np.array([0.01]), 60.0)),),
        (QueueFacts(1, True),),
        3600.0,
    )
    play_policy(day, 1, seed=1)


def _roster() -> None:
    import numpy as np

    from hemma.core.pipeline.plan import Planner
    from hemma.core.pipeline.plan_today import Today
    from hemma.run.planner import example, scenario

    with tempfile.TemporaryDirectory() as folder:
        example.write(Path(folder), 6, 1, 1)
        company = scenario.read(Path(folder)).company
    planner = Planner(company, 1)
    planner.first()
    planner.step(0.5)
    planner.bound().tighten()
    roster = planner.search.roster()
    today = Today(planner.company, roster, 36)
    working = np.flatnonzero(roster.start[:, 0] >= 0)
    today.replace_breaks(working)
    today.replan(working)
    today.volunteers(44, 60)
