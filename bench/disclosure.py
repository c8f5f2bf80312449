"""The gate for small groups against an attacker, and against the best that could be shown.

    ./hemma bench disclosure [--sequences 100000] [--seed N] [--narrow 200] [--tables 200] [--add FILE]

Attack sequences (tables by team, form or both, filters, people who join, leave and move; with and
without records handed in): an attacker who knows who was where solves the linear system. The
first table of one in `--narrow` sequences is also asked how far its hidden numbers can be narrowed down (linear programs, HiGHS).
Two leaky gates meet the same attacker. With `--add` sequences are played in pieces, written to the
file one by one and added up over as many runs as it takes; the seed is drawn once and kept in it.
Then random two-level tables: the people told of, against the most that an integer program may tell
under the same conditions, and under the exact and interval conditions alone (which would let it tell
the sum of three people). Promises: 0 breaches, both leaky gates caught, 90 % of the first in every table.
"""

import argparse
import json
import random
import secrets
import sys
import time
from pathlib import Path

import numpy as np
from _server import print_json
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array

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


class Program:
    """An integer program that is written down row by row: {column: share} between two ends."""

    def __init__(self):
        self.rows, self.low, self.high = [], [], []

    def add(self, row, low, high=np.inf):
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def solve(self, cost, whole, low, high):
        places = [(at, to, share) for at, row in enumerate(self.rows) for to, share in row.items()]
        at, to, share = zip(*places, strict=True)
        matrix = coo_array((share, (at, to)), shape=(len(self.rows), len(cost))).tocsr()
        limits = LinearConstraint(matrix, self.low, self.high)
        options = {"time_limit": 20}
        return milp(
            cost, integrality=whole, bounds=Bounds(low, high), constraints=limits, options=options
        )


def most_told(table, limits, sums):
    """People told of in the best table, and whether that is proven.

    Each hidden cell i needs a table that the attacker cannot rule out, at least `differ` wide (two
    copies of moves per cell; Fischetti & Salazar 2001). `sums`: what is left of a shown cell when
    all that is shown inside it is taken away may not be fewer than `least` either.
    """
    numbers = np.array([cell.n for cell in table.cells], float)
    m, far, moves = len(table.cells), float(numbers.sum() + 50), 2 * len(table.cells) ** 2
    program = Program()
    _moves(program, sums_of(table), numbers, far, float(limits.differ))
    inner = set(table.dimensions[0].parents.values())
    leaves = [at for at, cell in enumerate(table.cells) if cell.keys[0] not in inner]
    if sums:
        _sums(program, table, leaves, m + moves, float(limits.least))
    more = moves + len(leaves)
    done = program.solve(
        np.concatenate([numbers + 1, np.zeros(more)]),
        np.concatenate([np.ones(m), np.zeros(more)]),
        np.concatenate([numbers < limits.least, np.full(moves, -far), np.zeros(len(leaves))]),
        np.concatenate([np.ones(m), np.full(moves, far), np.ones(len(leaves))]),
    )
    if done.x is None:
        return None
    lost = done.mip_dual_bound if done.status else done.fun
    return float(numbers.sum() + m - lost), done.status == 0


def _moves(program, matrix, numbers, far, differ):
    """For every hidden cell a move up and one down, so far apart that its number stays open."""
    m = len(numbers)
    for i in range(m):
        for way in (0, 1):
            at = m + (2 * i + way) * m
            for line in matrix:
                program.add({at + to: share for to, share in enumerate(line) if share}, 0, 0)
            for to in range(m):
                program.add({at + to: 1, to: numbers[to]}, 0)  # move + n*y >= 0
                program.add({at + to: -1, to: far}, 0)  # far*y - move >= 0
        program.add({m + 2 * i * m + i: 1, m + (2 * i + 1) * m + i: -1, i: -differ}, 0)


def _sums(program, table, leaves, first, least):
    """What is hidden of a shown region, and of the whole in its hidden regions, is `least` or more.

    A column from `first` on for each team: whether it and its region are hidden.
    """
    at = {cell.keys[0]: place for place, cell in enumerate(table.cells)}
    parents, number = table.dimensions[0].parents, [cell.n for cell in table.cells]
    region = {leaf: at[parents[table.cells[leaf].keys[0]]] for leaf in leaves}
    for leaf in leaves:
        row = {one: float(number[one]) for one in leaves if region[one] == region[leaf]}
        row[leaf] -= least
        program.add(row | {region[leaf]: least}, 0)
    for column, leaf in enumerate(leaves, first):
        program.add({column: -1, leaf: 1}, 0)
        program.add({column: -1, region[leaf]: 1}, 0)
    both = {column: float(number[leaf]) for column, leaf in enumerate(leaves, first)}
    for one in sorted(set(region.values())):
        program.add(both | {one: -least, at["all"]: least}, 0)


def shares(found):
    """Told of the optimum, over all tables."""
    ordered = sorted(found)
    return {
        "mean_share_of_optimum": round(sum(ordered) / len(ordered), 4),
        "least_share": round(ordered[0], 4),
        "tables_below_90_percent": sum(share < 0.9 for share in ordered),
        "tables_at_the_optimum": sum(share > 1 - 1e-9 for share in ordered),
    }


def kept(number, seed):
    chance = random.Random(seed)
    found, cells, proven, took = {True: [], False: []}, 0, 0, 0.0
    for _ in range(number):
        table = random_table(chance)
        began = time.process_time()
        shown = publish(table).cells
        took += time.process_time() - began
        told = sum(1 + (cell.n or 0) for cell in shown if cell.hidden is None)
        cells += len(table.cells)
        for sums, ones in found.items():
            best = most_told(table, LIMITS[table.kind], sums)
            if best is not None:
                ones.append(told / best[0] if best[0] else 1.0)
                proven += best[1] and sums
    return {
        "tables": number,
        "cells": cells,
        "optimum_proven": proven,
        "gate_ms_a_table": round(1000 * took / number, 2),
        "same_conditions": shares(found[True]),
        "without_sums_of_too_few": shares(found[False]),
    }


PIECE = 250


def added_up(file, sequences, narrow):
    """Pieces of `file` and as many more as are missing, summed; each is written when it is over."""
    pieces = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    first = pieces[0]["first"] if pieces else secrets.randbelow(10**9)
    while (done := sum(one["sequences"] for one in pieces)) < sequences:
        pieces.append({"first": first + done} | attacks(first + done, PIECE, narrow))
        with file.open("a") as out:
            out.write(json.dumps(pieces[-1]) + "\n")
    added = ("sequences", "breaches", "tables_narrowed", "narrow_breaches", "cpu_s")
    lists = ("seeds", "narrow_seeds")
    return {key: sum(one[key] for one in pieces) for key in added} | {
        key: [seed for one in pieces for seed in one[key]][:5] for key in lists
    }


def main():
    parser = argparse.ArgumentParser(prog="hemma bench disclosure", description=__doc__)
    parser.add_argument("--sequences", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=None, help="drawn by chance when not given")
    parser.add_argument("--narrow", type=int, default=200)
    parser.add_argument("--tables", type=int, default=200)
    parser.add_argument("--add", type=Path, help="play in pieces, and add to those in this file")
    words = parser.parse_args()
    seed = secrets.randbelow(10**9) if words.seed is None else words.seed
    print(f"seed {seed}", file=sys.stderr)
    gate = (
        added_up(words.add, words.sequences, words.narrow)
        if words.add
        else attacks(seed, words.sequences, words.narrow)
    )
    told = {"seed": seed, "gate": gate}
    for gate in ("only the small", "forgets"):
        caught = sum(bool(breaches(*run(one, gate))) for one in range(seed, seed + 500))
        told[f"leaky gate: {gate}"] = {"sequences": 500, "caught": caught}
    if words.tables:
        told["information"] = kept(words.tables, seed)
    print_json(told)
    good = not told["gate"]["breaches"] and not told["gate"]["narrow_breaches"]
    good = good and all(one["caught"] > 100 for key, one in told.items() if "leaky" in key)
    if words.tables:
        good = good and not told["information"]["same_conditions"]["tables_below_90_percent"]
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
