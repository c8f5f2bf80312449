"""The gate for small groups against an attacker, and against the best that could be shown.

    ./hemma bench disclosure [--sequences 100000] [--seed N] [--narrow 200] [--tables 200]

Attack sequences (tables by team, form or both, filters, people who join, leave and move; with and
without records handed in): an attacker who knows who was where solves the linear system. The
first table of one in `--narrow` sequences is also asked how far its hidden numbers can be narrowed down (linear programs, HiGHS).
Two leaky gates meet the same attacker. Then random two-level tables: the people told of, against
the most that an integer program may tell under the exact and interval conditions alone (it ignores
sums of too few, so it is an upper bound). Promises: 0 breaches, both leaky gates caught, 90 %.
"""

import argparse
import random
import secrets
import sys
import time

import numpy as np
from _server import print_json
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from hemma.core.disclosure import LIMITS, Cell, Dimension, Kind, Table, publish
from hemma.core.disclosure.table import group_of, relations
from hemma.core.disclosure.tests.attack import breaches, run


def attacks(first, number, narrow):
    """Breaches of the gate in a run of seeds, and the first of them to be looked at again."""
    found, looked, narrowed, took = [], 0, [], time.process_time()
    for seed in range(first, first + number):
        kind, steps, records = run(seed)
        if breaches(kind, steps, records):
            found.append(seed)
        if seed % narrow == 0:
            looked += 1  # the first table: later ones are judged by what the equations tell
            if steps and too_narrow(steps[0], LIMITS[kind]):
                narrowed.append(seed)
    return {
        "sequences": number,
        "breaches": len(found),
        "seeds": found[:5],
        "tables_narrowed": looked,
        "narrow_breaches": len(narrowed),
        "narrow_seeds": narrowed[:5],
        "cpu_s": round(time.process_time() - took, 1),
    }


def sums_of(table):
    """The sums of a table as a matrix over its cells."""
    place = {group_of(table.dimensions, cell.keys): at for at, cell in enumerate(table.cells)}
    lines = relations(table.dimensions, [cell.keys for cell in table.cells])
    matrix = np.zeros((len(lines), len(place)))
    for at, (whole, parts) in enumerate(lines):
        matrix[at, place[whole]] = -1
        for part in parts:
            matrix[at, place[part]] = 1
    return matrix


def too_narrow(step, limits):
    """Whether a hidden number of one table is known to fewer than `differ` possibilities."""
    table = step.table
    matrix = sums_of(table)
    numbers = [cell.n for cell in table.cells]
    hidden = [at for at, cell in enumerate(table.cells) if cell.keys not in step.shown]
    span = [(0, None) if at in set(hidden) else (n, n) for at, n in enumerate(numbers)]
    if len(hidden) == len(numbers):
        return False
    for at in hidden:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(numbers))
            aim[at] = sign
            done = linprog(aim, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=span)
            ends.append(sign * done.fun if done.status == 0 else -sign * np.inf)
        if ends[1] - ends[0] < limits.differ - 1e-6:
            return True
    return False


def two_level(chance):
    """Regions with teams; some tables also part by form."""
    tree = {}
    for region in range(chance.randint(2, 4)):
        tree[f"r{region}"] = "all"
        for team in range(chance.randint(2, 5)):
            tree[f"r{region}t{team}"] = f"r{region}"
    return Dimension("team", tree)


def random_table(chance):
    """Team sizes as teams have them: most between 4 and 15, some tiny."""
    dim = two_level(chance)
    inner = set(dim.parents.values())
    sizes = dict.fromkeys(["all", *dim.parents], 0)
    for code in dim.parents:
        if code not in inner:
            sizes[code] = chance.choice([1, 2, 3, 4, *range(4, 16)])
            above = dim.parents[code]
            while True:
                sizes[above] += sizes[code]
                if above == "all":
                    break
                above = dim.parents[above]
    return Table(Kind.SCALE, "x", (dim,), tuple(Cell((code,), n) for code, n in sizes.items()))


def most_told(table, limits):
    """People told of in the best table: each hidden cell i needs a table that the attacker cannot
    rule out, at least `differ` wide (two copies of moves per cell; Fischetti & Salazar 2001)."""
    numbers = np.array([cell.n for cell in table.cells], float)
    matrix, m, far = sums_of(table), len(table.cells), float(numbers.sum() + 50)
    small = numbers < limits.least
    width = m + 2 * m * m  # y, then up and down moves for every cell
    cost = np.concatenate([numbers + 1, np.zeros(2 * m * m)])
    low = np.concatenate([small.astype(float), np.full(2 * m * m, -far)])
    high = np.concatenate([np.ones(m), np.full(2 * m * m, far)])
    blocks, floor, roof = [], [], []
    for i in range(m):
        for way in (0, 1):
            at = m + (2 * i + way) * m
            part = np.zeros((len(matrix), width))
            part[:, at : at + m] = matrix
            blocks.append(part)
            floor += [0.0] * len(matrix)
            roof += [0.0] * len(matrix)
            rows = np.zeros((2 * m, width))
            rows[np.arange(m), at + np.arange(m)] = 1  # move + n*y >= 0
            rows[np.arange(m), np.arange(m)] = numbers
            rows[m + np.arange(m), at + np.arange(m)] = -1  # far*y - move >= 0
            rows[m + np.arange(m), np.arange(m)] = far
            blocks.append(rows)
            floor += [0.0] * (2 * m)
            roof += [np.inf] * (2 * m)
        row = np.zeros((1, width))
        row[0, m + 2 * i * m + i], row[0, m + (2 * i + 1) * m + i] = 1, -1
        row[0, i] = -limits.differ
        blocks.append(row)
        floor.append(0.0)
        roof.append(np.inf)
    done = milp(
        cost,
        integrality=np.concatenate([np.ones(m), np.zeros(2 * m * m)]),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(np.vstack(blocks), floor, roof),
        options={"time_limit": 20},
    )
    if done.x is None:
        return None
    return float(
        numbers.sum() + m - (done.mip_dual_bound if done.status else done.fun)
    ), done.status == 0


def kept(number, seed):
    chance = random.Random(seed)
    shares, cells, proven = [], 0, 0
    for _ in range(number):
        table = random_table(chance)
        best = most_told(table, LIMITS[table.kind])
        told = sum(1 + (cell.n or 0) for cell in publish(table).cells if cell.hidden is None)
        cells += len(table.cells)
        if best is None:
            continue
        proven += best[1]
        shares.append(told / best[0] if best[0] else 1.0)
    shares.sort()
    return {
        "tables": number,
        "cells": cells,
        "optimum_proven": proven,
        "mean_share_of_optimum": round(sum(shares) / len(shares), 4),
        "least_share": round(shares[0], 4),
        "tables_below_90_percent": sum(share < 0.9 for share in shares),
    }


def main():
    parser = argparse.ArgumentParser(prog="hemma bench disclosure", description=__doc__)
    parser.add_argument("--sequences", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=None, help="drawn by chance when not given")
    parser.add_argument("--narrow", type=int, default=200)
    parser.add_argument("--tables", type=int, default=200)
    words = parser.parse_args()
    seed = secrets.randbelow(10**9) if words.seed is None else words.seed
    print(f"seed {seed}", file=sys.stderr)
    told = {"seed": seed, "gate": attacks(seed, words.sequences, words.narrow)}
    for gate in ("only the small", "forgets"):
        caught = sum(bool(breaches(*run(one, gate))) for one in range(seed, seed + 500))
        told[f"leaky gate: {gate}"] = {"sequences": 500, "caught": caught}
    if words.tables:
        told["information"] = kept(words.tables, seed)
    print_json(told)
    good = not told["gate"]["breaches"] and not told["gate"]["narrow_breaches"]
    good = good and all(one["caught"] > 100 for key, one in told.items() if "leaky" in key)
    good = good and told.get("information", {}).get("mean_share_of_optimum", 1) >= 0.9
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
