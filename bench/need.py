"""How fast the least number of people is found, and whether it is the least.

    ./hemma bench need [--cells 10000] [--rounds 5] [--peer PYTHON]

Distinct cells of random load, handling time and patience; processor time of one core, and the wall's
with two threads (the formulas leave the interpreter free). Every cell is checked by trying one person
fewer, and a part of them by counting up from one; a load of 500 and an hour's target by summing the
density of the wait. `--peer` is the Python of an environment of its own with pyworkforce in it (it is no
dependency): it is asked the same cells, by turns.
"""

import argparse
import json
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from hemma.core.need import Load, Target, least_people, meets, service

TARGET = Target(within=0.8, within_s=20.0, occupancy=None)
PEER = """
import json, sys, time
from pyworkforce.queuing import ErlangC
found = []
for rate, handling in json.load(sys.stdin):
    began = time.process_time()
    asked = ErlangC(transactions=rate * 1800, aht=handling / 60, interval=30,
                    asa=20 / 60).required_positions(service_level=0.8)
    found.append([asked["raw_positions"], time.process_time() - began])
print(json.dumps(found))
"""


def cells(number: int, seed: int) -> Load:
    """Loads from a contact a quarter of an hour to about 500 in hand."""
    chance = np.random.default_rng(seed)
    rate = np.exp(chance.uniform(np.log(0.001), np.log(1.6), number))
    return Load.of(rate, chance.uniform(60, 312, number), chance.uniform(30, 600, number))


def in_two(load: Load, pool: ThreadPoolExecutor) -> np.ndarray:
    """The same on two cores: every other thousand of cells to each thread as it gets free."""
    size = load.per_s.size
    parts = [load.part(np.arange(at, min(at + 1250, size))) for at in range(0, size, 1250)]
    return np.concatenate(list(pool.map(lambda part: least_people(part, TARGET), parts)))


def faults(load: Load, people: np.ndarray) -> int:
    """Cells that miss the target, or would not with one person fewer."""
    held = meets(service(load, people, TARGET.within_s), TARGET)
    fewer = meets(service(load, np.maximum(people - 1, 0), TARGET.within_s), TARGET)
    return int((~held | (fewer & (people > 0))).sum())


def counted_faults(load: Load, people: np.ndarray, number: int) -> int:
    """Of the first so many cells, those that counting up from one answers otherwise."""
    wrong = 0
    for at in range(number):
        upwards = np.arange(1, 1200)
        rate, handling, patience = load.per_s[at], load.handling_s[at], load.patience_s[at]
        many = Load.of(np.full(upwards.size, rate), handling, patience)
        held = meets(service(many, upwards, TARGET.within_s), TARGET)
        wrong += int(upwards[held.argmax()] != people[at])
    return wrong


def patient(load: Load) -> Load:
    """The same contacts, of whom nobody gives up: what Erlang's C is for."""
    return Load.of(load.per_s, load.handling_s, np.inf)


def beside(python: str, number: int = 2000, rounds: int = 5) -> dict[str, object]:
    """pyworkforce, which has Erlang's C alone, and we, by turns: seconds a cell, and whose answer is another."""
    theirs, ours, with_patience, other = [], [], [], 0
    for seed in range(rounds):
        whole = cells(number, 100 + seed)
        load = patient(whole)
        asked = json.dumps(np.stack([load.per_s, load.handling_s], 1).tolist())
        words = [python, "-c", PEER]
        told = subprocess.run(words, input=asked, capture_output=True, text=True, check=True).stdout
        answers = json.loads(told)
        theirs.append(sum(cpu for _, cpu in answers) / number)
        for side, asked_of in ((ours, load), (with_patience, whole)):
            began = time.process_time()
            found = least_people(asked_of, TARGET)
            side.append((time.process_time() - began) / number)
            if side is ours:
                other += sum(x != y for (x, _), y in zip(answers, found, strict=True))
    told = {
        "pyworkforce_cpu_s_a_cell": statistics.median(theirs),
        "hemma_cpu_s_a_cell": statistics.median(ours),
        "hemma_with_patience_cpu_s_a_cell": statistics.median(with_patience),
    }
    peer = told["pyworkforce_cpu_s_a_cell"]
    return {name: float(f"{each:.3g}") for name, each in told.items()} | {
        "ratio": round(peer / told["hemma_cpu_s_a_cell"], 1),
        "ratio_with_patience": round(peer / told["hemma_with_patience_cpu_s_a_cell"], 1),
        "answers_that_differ": f"{other} of {number * rounds}",
    }


def by_integral(rate: float, handling: float, patience: float, people: int, limit: float) -> float:
    """Share answered in time, by the density of the wait one would have (Baccelli & Hebuterne 1981),
    summed over 2 million steps: no gamma functions, and Erlang's B by its recursion."""
    busy = 1.0
    for number in range(1, people):
        busy = 1.0 + busy * number / (rate * handling)
    at = np.linspace(0.0, 40 * patience, 2_000_001)
    left = np.exp(rate * patience * -np.expm1(-at / patience) - people / handling * at)
    step = at[1]
    whole = busy + rate * float((left.sum() - left[0] / 2) * step)
    early = at <= limit
    answered = (left * np.exp(-at / patience))[early]
    return (busy + rate * float((answered.sum() - answered[[0, -1]].sum() / 2) * step)) / whole


def far_out() -> dict[str, object]:
    """A load of 500, within 20 seconds and within an hour: the answer, and one person fewer."""
    told = {}
    for name, within_s in (("within 20 s", 20.0), ("within an hour", 3600.0)):
        load = Load.of(500 / 300, 300.0, 180.0)
        people = int(least_people(load, Target(within=0.8, within_s=within_s, occupancy=None))[0])
        exact = [by_integral(500 / 300, 300.0, 180.0, n, within_s) for n in (people, people - 1)]
        told[name] = {"people": people, "by_integral": np.round(exact, 5).tolist()}
    return told


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has pyworkforce")
    options = parser.parse_args()
    cpu, wall = [], []
    with ThreadPoolExecutor(2) as pool:
        in_two(cells(100, 0), pool)
        for seed in range(options.rounds):
            load = cells(options.cells, seed)
            began = time.process_time()
            people = least_people(load, TARGET)
            cpu.append(options.cells / (time.process_time() - began))
            started = time.perf_counter()
            in_two(load, pool)
            wall.append(options.cells / (time.perf_counter() - started))
    told = {
        "cells": options.cells,
        "cells_per_cpu_s": round(statistics.median(cpu)),
        "cells_per_s_on_two_cores": round(statistics.median(wall)),
        "fastest_cells_per_s_on_two_cores": round(max(wall)),
        "not_the_least": faults(load, people),
        "not_the_least_by_counting_of_500": counted_faults(load, people, 500),
        "largest_load": round(float(load.erlangs.max()), 1),
        "far_out": far_out(),
        "beside_pyworkforce": beside(options.peer) if options.peer else None,
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
