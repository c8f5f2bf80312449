"""How fast days are played, and how near they come to Erlang A.

    ./hemma bench simulate [--settings 50]

An event is a contact that comes or one that is finished. Processor time of one core, compiling left
out. Plain policy: longest wait by priority, the able group with the fewest queues first.
"""

import argparse
import json
import time

import numpy as np

from hemma.core.need import Load, service
from hemma.core.simulation import Outcome, Scenario, play


def one_skill() -> Scenario:
    """A hundred people, one queue."""
    return Scenario.one_queue(per_s=0.3, people=105, handling_s=360.0, patience_s=180.0, hours=24.0)


def many_skills() -> Scenario:
    """Six queues, eight groups of people with one to four of them, a staffing that changes."""
    chance = np.random.default_rng(0)
    able = np.where(chance.random((8, 6)) < 0.4, 0, -1)
    able[range(6), range(6)] = 0
    per_queue = (chance.uniform(0.05, 0.2, (6, 96)), 900.0, chance.integers(20, 40, (8, 96)))
    six = np.ones(6)
    return Scenario(*per_queue, able, np.ones(8, dtype=int), six * 300, six * 120, six * 20)


def speed(scenario: Scenario, days: int) -> float:
    """Million events a second of one core."""
    play(scenario, 1, seed=0)
    began = time.process_time()
    told = play(scenario, days, seed=1)
    return round(told.events / (time.process_time() - began) / 1e6, 2)


def farthest(settings: int) -> dict[str, float]:
    """Standard errors between played and computed, over random settings."""
    off = []
    for number in range(settings):
        chance = np.random.default_rng(1000 + number)
        handling, patience = chance.uniform(60, 600), chance.uniform(30, 600)
        people = int(chance.integers(2, 120))
        rate = people / handling * chance.uniform(0.7, 1.1)
        told: Outcome = play(
            Scenario.one_queue(
                per_s=rate, people=people, handling_s=handling, patience_s=patience, hours=100.0
            ),
            20,
            seed=number,
        )
        said = service(Load.of(rate, handling, patience), people, 20.0)
        found = told.within()
        off.append(abs(found.mean - said.within[0]) / (found.half / 1.96))
    return {
        "settings": settings,
        "farthest": round(max(off), 2),
        "beyond_3": sum(x > 3 for x in off),
    }


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=int, default=50)
    options = parser.parse_args()
    told = {
        "million_events_a_second_one_skill": speed(one_skill(), 100),
        "million_events_a_second_many_skills": speed(many_skills(), 40),
        "standard_errors_from_erlang_a": farthest(options.settings),
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
