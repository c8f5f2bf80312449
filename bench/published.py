"""Published shift rosters: hard rules by a checker of its own, and how near the best known cost.

    HEMMA_TEST_DATA=… ./hemma bench published [--instances 1 2 3 5 7 9 11 13] [--seconds 300] [--files FILE …]

Their rules (minutes, limits by kind of shift, least runs, a whole horizon at once) are not those that
`core.roster` searches with, so the adapter has a search of its own, on the same ideas: the best tour
of each person by dynamic programming given prices, prices from a master programme over tours
(HiGHS), a dive, and a few people at a time anew. It says nothing of how fast `core.roster` is; it says that
its way of taking such problems apart is right. Processor seconds of this process each; the bound is valid
(Lagrange). `--files` solves others of the same format (`bench/_published_made.py` makes some). Interrupted, it
keeps the best so far. Exit code 1 if a rule is broken or an instance could not be solved.
"""

import argparse
import os
import resource
import signal
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from _published import broken, cost, known, read, sizes_that_differ
from _published_search import Plan
from _verdict import ended


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, nargs="*", default=[1, 2, 3, 5, 7, 9, 11, 13])
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--files", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    data = os.environ.get("HEMMA_TEST_DATA")
    if not data and not options.files:
        parser.error("HEMMA_TEST_DATA names the folder with roster/Instance*.txt")
    folder = Path(data or ".") / "roster"
    table, told, work = known(folder), {}, {}
    if not options.files:
        work = {str(n): (folder / f"Instance{n}.txt", table.get(n, {})) for n in options.instances}
    work |= {file.name: (file, {}) for file in options.files}
    for name, (file, best) in work.items():
        told[name] = _one(name, file, best, options.seconds)
        print(name, told[name], file=sys.stderr, flush=True)
    wrong = {
        f"instance {name}": one.get("rules_broken", one.get("not_solved"))
        for name, one in told.items()
    }
    low = [n for n, one in told.items() if (one.get("bound") or 0) > one.get("cost", 0) + 1e-6]
    return ended(told, wrong | {"bound_above_a_plan": low})


def _one(name, file, known_of_it, seconds):
    """What is told of one instance."""
    try:
        made = read(file)
        work = Plan(made, seconds, partial(_progress, name))
        before = {
            number: signal.signal(number, lambda *_: work.stop())
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            work.solve()
        finally:
            for number, was in before.items():
                signal.signal(number, was)
    except (OSError, ValueError, MemoryError) as error:
        return {"not_solved": str(error) or type(error).__name__}
    plan = work.plan()
    paid, best = cost(made, plan), known_of_it.get("best_known_UB")
    low = float(work.low) if work.low > 0 else None
    told = {"differs_from_table": sizes_that_differ(made, known_of_it), "cost": paid}
    if best:
        told |= {"best_known": best, "above_percent": round(100 * (paid - best) / best, 2)}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told | {
        "bound": low and round(low, 1), "rules_broken": broken(made, plan),
        "cpu_s": round(work.took(), 1), "memory_mb": memory,
    }  # fmt: skip


def _progress(name, line):
    print(f"{name}: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
