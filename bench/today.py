"""Changes within a day: breaks of everybody, a site planned anew, volunteers. Warm medians.

    ./hemma bench today [--people 1100] [--weeks 4] [--times 30]

The company of `_firm.py` with a first roster. At 09:00 of the second Tuesday 30 people are away and two
skills need 12 % more from 11:00. Processor milliseconds of this process, the median of so many
times, each from the same plan; making `Today` ready is told by itself.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from _firm import firm
from _verdict import ended

from hemma.core.pipeline.plan import Planner
from hemma.core.pipeline.plan_today import Today
from hemma.core.roster import faults


def timed(times, ready, work):
    """Median processor milliseconds of `work` after `ready`."""
    took = []
    for _ in range(times):
        ready()
        began = time.process_time()
        work()
        took.append(1000 * (time.process_time() - began))
    return round(statistics.median(took), 2)


def wrong(planner, roster, but=()):
    """What the checker finds; whoever is away today lacks a day and is left out."""
    company = planner.company
    found = faults(company.problem, roster, company.limits, company.before)
    return [fault for fault in found if fault.person not in but]


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1100)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--times", type=int, default=30)
    options = parser.parse_args()
    company = firm(options.people, options.weeks)
    planner = Planner(company)
    planner.first()
    planner.search.sweep(0.01)
    roster, day = planner.search.roster(), 8
    now = day * 96 + 36
    began = time.process_time()
    today = Today(planner.company, roster, now)
    ready_s = time.process_time() - began
    chance = np.random.default_rng(3)
    working = np.flatnonzero(roster.start[:, day] >= 0)
    need = company.problem.need.copy()
    rest = slice(now + 8, (day + 1) * 96)
    need[:2, rest] = np.ceil(need[:2, rest] * 1.12).astype(np.int64)
    before = today.missing()
    gone = chance.choice(working, 30 * options.people // 1100, replace=False)
    today.away(gone)
    today.demand(need)
    after, plan = today.missing(), today.search.roster()
    crew = working[:850]

    def back():
        today.search.take(plan)

    breaks_ms = timed(options.times, back, lambda: today.replace_breaks(crew))
    replaced, after_breaks = today.missing(), today.whole()
    at = np.bincount(company.site, minlength=5)
    site = np.flatnonzero(company.site == int(np.argmin(np.abs(at - 220))))[:220]
    replan_ms = timed(options.times, back, lambda: today.replan(site))
    changed, replanned = int((today.search.roster().start != plan.start).sum()), today.missing()
    after_site = today.whole()
    back()
    began = time.process_time()
    offers = today.volunteers(now + 8, now + 40)
    told = {
        "people": options.people, "working_that_day": int(working.size), "ready_cpu_s": round(ready_s, 2),
        "breaks_of": int(crew.size), "breaks_cpu_ms": breaks_ms, "site_of": int(site.size),
        "site_cpu_ms": replan_ms, "days_changed": changed,
        "missing_slots": {"before": before, "after_what_happened": after, "breaks_replaced": replaced, "site_planned_anew": replanned},
        "volunteers_cpu_s": round(time.process_time() - began, 2), "offers": len(offers),
        "best_offer": None if not offers else {"helps": offers[0].helps, "gives": round(offers[0].gives, 1), "costs": round(offers[0].costs, 1)},
    }  # fmt: skip
    away = set(gone.tolist())
    return ended(
        told,
        {
            "plan": wrong(planner, roster), "breaks": wrong(planner, after_breaks, away),
            "site": wrong(planner, after_site, away),
            "hours_changed_by_breaks": int((after_breaks.start != today.whole().start).sum()),
        },
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
