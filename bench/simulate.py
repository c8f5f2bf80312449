"""How fast days are played, how near they come to Erlang A and to what others published, and how that
compares with ciw.

    ./hemma bench simulate [--settings 50] [--peer PYTHON]

An event is a contact that comes or one that is finished, for both programs. Processor time of one
core, compiling left out; medians of rounds by turns. `--peer` is the Python of an environment of its
own with ciw in it (it is no dependency): it plays the same day, one queue, customers who give up.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time

import numpy as np

from hemma.core.need import Load, service
from hemma.core.pipeline.policy_days import Kind, PolicyDay, Span, Worker, play_policy
from hemma.core.routing import Channel, ContactFacts, Mode, PersonFacts, QueueFacts
from hemma.core.simulation import Counted, Outcome, Scenario, play
from hemma.core.simulation.people import Flow

PEER = """
import sys, time, ciw
people, rate, handling, patience, length = int(sys.argv[1]), *map(float, sys.argv[2:6])
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(rate)],
    service_distributions=[ciw.dists.Exponential(1 / handling)],
    reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
    number_of_servers=[people],
)
ciw.seed(int(sys.argv[6]))
simulation = ciw.Simulation(network)
began = time.process_time()
simulation.simulate_until_max_time(length)
spent = time.process_time() - began
records = simulation.get_all_records()
served = [r for r in records if r.record_type == "service"]
left = [r for r in records if r.record_type == "renege"]
quick = sum(r.waiting_time <= 20 for r in served)
print(len(records) + len(served), spent, quick / len(records), len(left) / len(records))
"""


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
    """Million events a second of one core: the median of five rounds."""
    play(scenario, 1, seed=0)
    found = []
    for seed in range(1, 6):
        began = time.process_time()
        told = play(scenario, days, seed=seed)
        found.append(told.events / (time.process_time() - began) / 1e6)
    return round(statistics.median(found), 2)


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
                per_s=rate, people=people, handling_s=handling, patience_s=patience, hours=200.0
            ),
            32,
            seed=number,
        )
        said = service(Load.of(rate, handling, patience), people, 20.0)
        found = told.within()
        off.append(abs(found.mean - said.within[0]) / (found.half / 1.96))
    return {
        "settings": settings,
        "farthest": round(max(off), 2),
        "beyond_3": sum(bool(x > 3) for x in off),
    }


def published() -> dict[str, object]:
    """The umontreal contactcenters examples: 480 minutes from empty, with their 95 % intervals."""
    patient = play(Scenario.one_queue(per_s=0.07, people=12, handling_s=120.0), 6000, seed=1)
    hasty = Scenario.one_queue(per_s=0.07, people=12, handling_s=120.0, patience_s=60.0)
    leaving = play(hasty, 6000, seed=2)
    rows = {
        "in time": (patient.within().mean, 0.900, 0.904),
        "mean wait, min": (patient.wait_s().mean / 60, 0.097, 0.102),
        "occupancy": (patient.occupancy().mean, 0.694, 0.697),
        "gave up a day": (leaving.total(Counted.GAVE_UP).mean, 57.66, 59.56),
        "in time of answered": (leaving.within_of_answered().mean, 0.974, 0.975),
        "occupancy, who give up": (leaving.occupancy().mean, 0.674, 0.677),
    }
    return {
        name: {"played": round(x, 4), "published": [low, high], "inside": bool(low <= x <= high)}
        for name, (x, low, high) in rows.items()
    }


def beside(python: str, rounds: int = 3) -> dict[str, object]:
    """The same scenario in ciw and here, by turns: thousands of events a second, and the ratio."""
    setting = (30, 0.1, 300.0, 120.0)
    people, rate, handling, patience = setting
    scenario = Scenario.one_queue(
        per_s=rate, people=people, handling_s=handling, patience_s=patience, hours=100.0
    )
    theirs, ours, said = [], [], []
    for seed in range(rounds):
        words = [python, "-c", PEER, *map(str, (*setting, 100 * 3600.0, seed))]
        told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
        theirs.append(float(told[0]) / float(told[1]))
        said.append([float(told[2]), float(told[3])])
        began = time.process_time()
        played = play(scenario, 20, seed=seed)
        ours.append(played.events / (time.process_time() - began))
    return {
        "ciw_thousand_events_a_second": round(statistics.median(theirs) / 1e3, 1),
        "hemma_thousand_events_a_second": round(statistics.median(ours) / 1e3),
        "ratio": round(statistics.median(ours) / statistics.median(theirs)),
        "ciw_in_time_and_gave_up": np.round(np.mean(said, axis=0), 3).tolist(),
        "hemma_in_time_and_gave_up": [
            round(played.within().mean, 3), round(played.gave_up().mean, 3),
        ],
    }  # fmt: skip


def by_the_live_policy(days: int = 5) -> dict[str, float]:
    """A hundred people with two breaks each, calls and letters, by the live policy, compiled."""
    hour = 3600.0
    modes = (Mode.READY, Mode.RECESS, Mode.READY, Mode.MEAL, Mode.READY)
    workers = []
    for number in range(100):
        at = (number % 5) * 0.25 * hour
        marks = [at, at + 2 * hour, at + 2.25 * hour, at + 4 * hour, at + 4.5 * hour, at + 8 * hour]
        spans = tuple(Span(*x) for x in zip(marks[:-1], marks[1:], modes, strict=True))
        room = {Channel.VOICE: 1, Channel.MAIL: 2}
        facts = PersonFacts(number + 1, Mode.OFF, queues=frozenset({1, 2}), capacity=room)
        workers.append(Worker(facts, spans))
    calls = ContactFacts(0, Channel.VOICE, 1, 0.0, 20.0, handling_s=300.0)
    mails = ContactFacts(0, Channel.MAIL, 2, 0.0, 4 * hour, handling_s=600.0)
    kinds = (
        Kind(calls, Flow(np.full(9, 0.2), 300.0, 180.0)),
        Kind(mails, Flow(np.full(9, 0.02), 600.0, within_s=4 * hour)),
    )
    day = PolicyDay(tuple(workers), kinds, (QueueFacts(1, True), QueueFacts(2, True)), hour)
    play_policy(day, 1, seed=0)
    began = time.process_time()
    told = play_policy(day, days, seed=1)
    spent = time.process_time() - began
    return {
        "people": 100,
        "cpu_ms_a_day": round(1000 * spent / days, 1),
        "events_a_second": round(told.outcome.events / spent),
    }


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=int, default=50)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has ciw")
    options = parser.parse_args()
    parts = {
        "million_events_a_second_one_skill": lambda: speed(one_skill(), 50),
        "million_events_a_second_many_skills": lambda: speed(many_skills(), 10),
        "beside_ciw": lambda: beside(options.peer) if options.peer else None,
        "published": published,
        "standard_errors_from_erlang_a": lambda: farthest(options.settings),
        "by_the_live_policy": by_the_live_policy,
    }
    told = {}
    for name, part in parts.items():
        told[name] = part()
        sys.stderr.write(f"{name}: {json.dumps(told[name])}\n")
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
