"""The product's plan, all rules, places and fair shares on: how soon it is legal, how near the best.

    ./hemma bench plan [--people 1100] [--weeks 4] [--seconds 60] [--seed 1] [--fair 1.0] [--missed 0]

The company of `_firm.py`: the frozen scenario with three countries' law and more, home and office.
Processor seconds of this process; making the company and compiling (once a machine) left out. First:
rules in conflict looked for, a roster, and the law checked. Then half of the time searches, places
take what they take, the rest proves. The checker, which shares no code with the search, judges both
and counts the prices anew. Gaps are the roster's; the places' bound is by week, for that roster. As no
price of places here is below nothing, both together are above the roster's bound by so much at most.
"""

import argparse
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
from _firm import firm
from _verdict import HARD, differs, ended
from roster import gaps

from hemma.core.pipeline.plan import Planner
from hemma.core.pipeline.plan_checking import judge
from hemma.core.pipeline.plan_law import broken
from hemma.core.roster.fair import KINDS
from hemma.core.rules import Severity


def warm() -> None:
    """Compile, or read what was compiled."""
    planner = Planner(firm(40, 1))
    planner.first()
    planner.step(0.0)
    for _ in range(6):
        planner.step(1.0)
    planner.search.improve(1)
    planner.finish(2)
    bound = planner.bound()
    for _ in range(18):
        bound.tighten()


def stops(flags) -> int:
    """How many of them stop a plan."""
    return sum(one.flag.severity is Severity.STOPS for one in flags)


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1100)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fair", type=float, default=1.0, help="of one away from a share, squared")
    parser.add_argument("--missed", type=float, default=0.0, help="of each who misses a huddle")
    options = parser.parse_args()
    warm()
    company = replace(firm(options.people, options.weeks), fair=options.fair)
    if company.huddles is not None:
        times = replace(company.huddles, missed=options.missed)
        company = replace(company, huddles=times)
    began = time.process_time()
    planner = Planner(company, options.seed)
    ready_s = time.process_time() - began
    planner.search.first()
    roster_s = time.process_time() - began
    first_stops = stops(broken(planner.company, planner.search.roster()))
    legal_s = time.process_time() - began
    planner.first()
    began = time.process_time()
    while (gone := time.process_time() - began) < options.seconds * 0.45:
        planner.step(gone / (options.seconds * 0.45))
    searched_s = time.process_time() - began
    apart = planner.best[1].total
    plan = planner.finish(10)
    placed_s = time.process_time() - began - searched_s
    bound = planner.bound()
    while time.process_time() - began < options.seconds or bound.best == float("-inf"):
        bound.tighten()
    judged = judge(planner.company, plan.problem, plan.roster, plan.places)
    late = {
        why: sum(one.because == why for one in plan.uneven)
        for why in {u.because for u in plan.uneven}
    }
    told = {
        "people": options.people, "weeks": options.weeks,
        "conflicts_looked_for_cpu_s": round(ready_s, 2), "first_roster_cpu_s": round(roster_s, 2),
        "first_with_law_checked_cpu_s": round(legal_s, 2), "first_stopped_by_law": first_stops,
        "searched_cpu_s": round(searched_s, 1), "places_and_joining_cpu_s": round(placed_s, 1),
        "cpu_s": round(time.process_time() - began, 1),
        "price": round(plan.cost.total, 1), "price_counted_anew": round(judged.price.total, 1),
        "bound": round(bound.best, 1),
        "gap": gaps(plan.cost.total, bound.best, plan.problem.fixed_pay),
        "roster_before_joining": round(apart, 1), "places_before_joining": round(plan.first_places, 1),
        "places": round(plan.places.price, 1), "places_bound": round(plan.places.bound, 1),
        "both_above_roster_bound_percent": round(100 * (plan.total - bound.best) / bound.best, 2),
        "made_of": {name: round(getattr(plan.cost, name), 1) for name in ("missing", "pay", "wishes", "alone", "unfair")},
        "roster_faults": len(judged.roster), "law_stops": stops(judged.law),
        "law_warns": len(judged.law) - stops(judged.law),
        "place_faults": len(judged.placed), "place_faults_unexplained": sum(not f.because for _, f in judged.placed),
        "huddles_missed": round(plan.missed, 1),
        "conflicts": len(plan.conflicts), "more_than_one_from_fair_share": len(plan.uneven), "because": late,
        "away_by_kind": {kind: sum(one.kind == kind for one in plan.uneven) for kind in KINDS},
        "step_nearer_costs_median": round(median([one.costs for one in plan.uneven if one.costs is not None] or [0.0]), 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip
    return ended(
        told,
        {
            "roster": judged.roster, "law": stops(judged.law),
            "places": [fault for _, fault in judged.placed if fault.rule in HARD],
            "price": differs(plan.cost.total, judged.price.total),
            "price_of_places": differs(plan.places.price, judged.places),
            "bound_above_the_roster": bound.best > plan.cost.total,
            "bound_above_places": plan.places.bound > judged.places + 1e-6,
        },
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
