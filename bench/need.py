"""How fast the least number of people is found, and whether it is the least.

    ./hemma bench need [--cells 10000] [--rounds 5]

Distinct cells of random load, handling time and patience; processor time of this process,
and the wall's with two processes. Every cell is checked by trying one person fewer,
and a part of them by counting up from one. The peer, pyworkforce, is asked the same when it can be
imported (it is no dependency).
"""

import argparse
import importlib.util
import json
import statistics
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from hemma.core.need import Load, Target, least_people, meets, service

TARGET = Target(within=0.8, within_s=20.0, occupancy=None)


def cells(number: int, seed: int) -> Load:
    """Loads from a contact a quarter of an hour to about 500 in hand."""
    chance = np.random.default_rng(seed)
    rate = np.exp(chance.uniform(np.log(0.001), np.log(1.6), number))
    return Load.of(rate, chance.uniform(60, 312, number), chance.uniform(30, 600, number))


def asked(load: Load) -> np.ndarray:
    """The least people, for a pool of processes."""
    return least_people(load, TARGET)


def in_two(load: Load, pool: ProcessPoolExecutor) -> np.ndarray:
    """The same in two processes, the sending to and fro included."""
    half = load.per_s.size // 2
    parts = [load.part(np.arange(half)), load.part(np.arange(half, load.per_s.size))]
    return np.concatenate(list(pool.map(asked, parts)))


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


def peer(load: Load, people: np.ndarray, number: int) -> dict[str, object] | None:
    """pyworkforce 0.5.4 on the first so many cells: seconds a cell, and how often it asks more."""
    if importlib.util.find_spec("pyworkforce") is None:
        return None
    from pyworkforce.queuing import ErlangA

    began, more = time.process_time(), 0
    for at in range(number):
        asked = ErlangA(
            transactions=load.per_s[at] * 1800,
            aht=load.handling_s[at] / 60,
            interval=30,
            asa=TARGET.within_s / 60,
            patience=load.patience_s[at] / 60,
        ).required_positions(service_level=0.8)
        more += int(asked["raw_positions"] > people[at])
    return {"cpu_s_a_cell": (time.process_time() - began) / number, "asks_more": more, "of": number}


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    cpu, wall = [], []
    with ProcessPoolExecutor(2) as pool:
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
        "cells_per_s_in_two_processes": round(statistics.median(wall)),
        "not_the_least": faults(load, people),
        "not_the_least_by_counting_of_500": counted_faults(load, people, 500),
        "largest_load": round(float(load.erlangs.max()), 1),
        "peer": peer(load, people, 20),
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
