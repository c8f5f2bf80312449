"""`hemma compile`: compile the simulation's loops ahead of the first day that is played."""

import argparse
import time

import numpy as np

from hemma.core.pipeline.policy_days import Kind, PolicyDay, Span, Worker, play_policy
from hemma.core.routing import Channel, ContactFacts, Mode, PersonFacts, QueueFacts
from hemma.core.simulation import Scenario, play
from hemma.core.simulation.people import Flow
from hemma.run.telling import say


def main(_options: argparse.Namespace) -> int:
    """Play a moment each way; what was compiled is kept on disk. Seconds when it was there already."""
    began = time.monotonic()
    say("Compiling the simulation (a minute or some; only once) ...")
    play(Scenario.one_queue(per_s=0.01, people=1, handling_s=60.0, hours=1.0), 1, seed=1)
    someone = PersonFacts(1, Mode.OFF, queues=frozenset({1}), capacity={Channel.VOICE: 1})
    contact = ContactFacts(0, Channel.VOICE, 1, 0.0, 20.0)
    day = PolicyDay(
        (Worker(someone, (Span(0.0, 3600.0, Mode.READY),)),),
        (Kind(contact, Flow(np.array([0.01]), 60.0)),),
        (QueueFacts(1, True),),
        3600.0,
    )
    play_policy(day, 1, seed=1)
    say(f"Ready after {time.monotonic() - began:.0f} s.")
    return 0
