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
from pyworkforce.queuing import ErlangA, ErlangC
asked, found = json.load(sys.stdin), []
for rate, handling, patience in asked:
    kind, more = (ErlangA, {"patience": patience / 60}) if patience else (ErlangC, {})
    began = time.process_time()
    told = kind(transactions=rate * 1800, aht=handling / 60, interval=30, asa=20 / 60,
                **more).required_positions(service_level=0.8)
    found.append([told["raw_positions"], time.process_time() - began])
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
    """The same contacts, of whom nobody gives up: Erlang's C."""
    return Load.of(load.per_s, load.handling_s, np.inf)


def theirs(python: str, load: Load) -> tuple[list[int], float]:
    """pyworkforce's answers, and its processor seconds a cell."""
    patience = np.where(np.isinf(load.patience_s), 0.0, load.patience_s)
    asked = json.dumps(np.stack([load.per_s, load.handling_s, patience], 1).tolist())
    words = [python, "-c", PEER]
    told = subprocess.run(words, input=asked, capture_output=True, text=True, check=True).stdout
    answers = json.loads(told)
    return [people for people, _ in answers], sum(cpu for _, cpu in answers) / len(answers)


def beside(python: str) -> dict[str, object]:
    """pyworkforce and we by turns: seconds a cell, and how often its answer is another. Ours with
    patience is timed over 10,000 cells, as over a dozen it would be all overhead."""
    told: dict[str, object] = {}
    for name, number, rounds in (("erlang_c", 2000, 5), ("erlang_a", 12, 3)):
        spent, own, more, fewer = [], [], 0, 0
        for seed in range(rounds):
            load, many = cells(number, 100 + seed), cells(max(number, 10_000), 200 + seed)
            if name == "erlang_c":
                load, many = patient(load), patient(many)
            people, took = theirs(python, load)
            spent.append(took)
            began = time.process_time()
            least_people(many, TARGET)
            own.append((time.process_time() - began) / many.per_s.size)
            found = least_people(load, TARGET)
            more += sum(x > y for x, y in zip(people, found, strict=True))
            fewer += sum(x < y for x, y in zip(people, found, strict=True))
        told[name] = {
            "pyworkforce_cpu_s_a_cell": float(f"{statistics.median(spent):.3g}"),
            "hemma_cpu_s_a_cell": float(f"{statistics.median(own):.3g}"),
            "ratio": round(statistics.median(spent) / statistics.median(own), 1),
            "pyworkforce_asks_more": f"{more} of {number * rounds}",
            "pyworkforce_asks_fewer": f"{fewer} of {number * rounds}",
        }
    return told


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
