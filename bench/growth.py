"""How the roster's time and memory grow with people and weeks.

    ./hemma bench growth [--people 50 200 1100 5500] [--weeks 1 4 8]

The frozen scenario of `_company.py` in other sizes; below 200 people it has two skills instead of six.
Processor seconds of a process of its own for each size: set-up with a first roster, and one sweep
(everybody once more). The exponents are fitted over all sizes of 200 people and more by least
squares: seconds = c · people^a · weeks^b.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from _verdict import ended


def one(people: int, weeks: int) -> dict[str, float]:
    """One size, in this process."""
    from _company import company
    from roster import LIMITS

    from hemma.core.roster import Before, faults
    from hemma.core.roster.search import Search

    small = Search(company(50, 1))
    small.first()
    small.sweep(0.01)
    problem = company(people, weeks)
    began = time.process_time()
    search = Search(problem)
    search.first()
    first = time.process_time() - began
    search.sweep(0.01)
    both = time.process_time() - began
    before = tuple(Before(0, bool(state[2])) for state in problem.before)
    return {
        "people": people, "weeks": weeks, "first_cpu_s": round(first, 3), "sweep_cpu_s": round(both - first, 3),
        "faults": len(faults(problem, search.roster(), (LIMITS,), before)),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def fitted(rows, name: str) -> dict[str, float]:
    """The exponents of people and weeks."""
    rows = [row for row in rows if row["people"] >= 200]
    if len(rows) < 3:
        return {}
    left = np.array([[1.0, np.log(row["people"]), np.log(row["weeks"])] for row in rows])
    found = np.linalg.lstsq(left, np.log([row[name] for row in rows]), rcond=None)[0]
    return {"people": round(float(found[1]), 2), "weeks": round(float(found[2]), 2)}


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[50, 200, 1100, 5500])
    parser.add_argument("--weeks", type=int, nargs="+", default=[1, 4, 8])
    parser.add_argument("--one", action="store_true", help="measure one size in this process")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.people[0], options.weeks[0])))
        return 0
    rows = []
    for people in options.people:
        for weeks in options.weeks:
            words = [
                sys.executable,
                __file__,
                "--one",
                "--people",
                str(people),
                "--weeks",
                str(weeks),
            ]
            done = subprocess.run(words, check=True, capture_output=True, text=True)
            rows.append(json.loads(done.stdout))
            print(rows[-1], file=sys.stderr, flush=True)
    exponents = {name: fitted(rows, name) for name in ("first_cpu_s", "sweep_cpu_s", "memory_mb")}
    wrong = {f"{row['people']} x {row['weeks']}": row["faults"] for row in rows}
    return ended({"sizes": rows, "exponents": exponents}, wrong)


if __name__ == "__main__":
    sys.exit(main())
