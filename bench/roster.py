"""How soon a legal roster is there, and how near the best it is proven to be.

    ./hemma bench roster [--people 1100] [--weeks 4] [--seconds 60] [--seed 1]

The frozen scenario of `_company.py`. Processor seconds of this process, search first, then
the bound; making the scenario and compiling (once a machine) left out. The
checker, which shares no code, judges the roster and counts its price anew. Gaps are to the bound: of
the whole price, and of what is left without the pay that every legal roster pays.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from _company import company
from _verdict import differs, ended

from hemma.core.roster import Before, Limits, faults, price
from hemma.core.roster.bound import Bound
from hemma.core.roster.search import Search

LIMITS = Limits(rest=44, weekly_rest=144, in_a_row=5, every_other_weekend=True, touching=True)
SEARCHING = 0.45


def warm() -> None:
    """Compile, or read what was compiled."""
    search = Search(company(50, 1))
    search.first()
    search.sweep(0.01, 1.0)
    search.improve(1)
    search.cost()
    bound = Bound(search)
    for _ in range(12):
        bound.tighten()


def gaps(total: float, bound: float, fixed: float) -> dict[str, float]:
    """In per cent of the bound."""
    return {
        "total_percent": round(100 * (total - bound) / bound, 3),
        "without_fixed_pay_percent": round(100 * (total - bound) / (bound - fixed), 2),
    }


def asked() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1100)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    options = asked()
    warm()
    problem = company(options.people, options.weeks)
    before = tuple(Before(0, bool(state[2])) for state in problem.before)
    began = time.process_time()
    search = Search(problem, options.seed)
    search.first()
    first_s = time.process_time() - began
    first, first_faults = search.cost(), faults(problem, search.roster(), (LIMITS,), before)
    began, wall, gone = time.process_time() - first_s, time.perf_counter(), first_s
    while gone < options.seconds * SEARCHING:
        search.step(gone / (options.seconds * SEARCHING))
        gone = time.process_time() - began
    bound = Bound(search, options.seed)
    while time.process_time() - began < options.seconds:
        bound.tighten()
    used, wall = time.process_time() - began, time.perf_counter() - wall
    cost, again = search.cost(), price(problem, search.roster())
    wrong = faults(problem, search.roster(), (LIMITS,), before)
    told = {
        "people": options.people,
        "weeks": options.weeks,
        "first_legal_cpu_s": round(first_s, 2),
        "first_legal_faults": len(first_faults),
        "first_gap": gaps(first.total, bound.best, problem.fixed_pay),
        "cpu_s": round(used, 1),
        "wall_s": round(wall, 1),
        "price": round(cost.total, 1),
        "price_counted_anew": round(again.total, 1),
        "bound": round(bound.best, 1),
        "gap": gaps(cost.total, bound.best, problem.fixed_pay),
        "missing_person_slots": cost.under,
        "faults": len(wrong),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    return ended(
        told,
        {
            "first": first_faults, "roster": wrong, "price": differs(cost.total, again.total),
            "bound_above_a_roster": bound.best > min(cost.total, first.total),
        },
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
