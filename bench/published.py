"""Published shift rosters: hard rules by a checker of its own, and how near the best known cost.

    HEMMA_TEST_DATA=… ./hemma bench published [--instances 1 2 3 5 7 9] [--seconds 60]

Their rules (minutes, limits by kind of shift, least runs, a whole horizon at once) are not those that
`core.roster` searches with, so the adapter has a search of its own, on the same ideas: the best tour
of each person by dynamic programming given prices, prices from a master programme over tours
(HiGHS), a dive, and a few people at a time anew. It says nothing of how fast `core.roster` is; it says that
its way of taking such problems apart is right. Processor seconds of this process each; the bound is valid (Lagrange).
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from _published import broken, cost, known, read, sizes_that_differ
from _published_search import solved
from _verdict import ended


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, nargs="+", default=[1, 2, 3, 5, 7, 9])
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    data = os.environ.get("HEMMA_TEST_DATA")
    if not data:
        parser.error("HEMMA_TEST_DATA names the folder with roster/Instance*.txt")
    folder = Path(data) / "roster"
    table, told = known(folder), {}
    for number in options.instances:
        made = read(folder / f"Instance{number}.txt")
        about = {"differs_from_table": sizes_that_differ(made, table[number])}
        try:
            plan, low, took = solved(made, options.seconds)
        except ValueError as error:
            told[number] = {**about, "not_solved": str(error)}
            continue
        best, paid = table[number]["best_known_UB"], cost(made, plan)
        told[number] = {
            **about, "cost": paid, "best_known": best, "above_percent": round(100 * (paid - best) / best, 2),
            "bound": round(float(low), 1), "rules_broken": broken(made, plan), "cpu_s": round(took, 1),
        }  # fmt: skip
        print(number, told[number], file=sys.stderr, flush=True)
    wrong = {f"Instance{number}": one.get("rules_broken", []) for number, one in told.items()}
    low = [n for n, one in told.items() if one.get("bound", 0) > one.get("cost", 0) + 1e-6]
    return ended(told, wrong | {"bound_above_a_plan": low})


if __name__ == "__main__":
    sys.exit(main())
