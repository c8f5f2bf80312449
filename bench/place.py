"""How soon home and office are chosen for a finished roster's people, and how near the best.

    ./hemma bench place [--people 390] [--weeks 4] [--seed 1]

One site drawn by chance: five days a week of seven, teams of thirteen, a seat for 55 in a hundred,
agreements of 0 to 5 home days, every third person with fixed home days. Processor seconds of this
process. The checker, which shares no code, counts the price anew. `rounds` of seat prices raise the
bound. Each week's bound holds given the weeks before it.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from _verdict import HARD, differs, ended

from hemma.core.place import Site, faults, place, price


def drawn(people: int, weeks: int, seed: int) -> Site:
    """A site in which who works when is settled."""
    chance = np.random.default_rng(seed)
    shape = (people, 7 * weeks)
    order = np.argsort(chance.random((people, weeks, 7)) + np.array([0.0] * 5 + [0.45] * 2), axis=2)
    works = np.zeros((people, weeks, 7), bool)
    np.put_along_axis(works, order[:, :, :5], True, axis=2)
    most = np.repeat(chance.choice([0, 2, 3, 5], (people, 1), p=[0.08, 0.37, 0.43, 0.12]), weeks, 1)
    least = np.minimum(most, chance.integers(0, 3, (people, 1)))
    may_home = np.repeat(most[:, :1] > 0, shape[1], axis=1)
    weekday = np.where(chance.random(people) < 0.35, chance.integers(0, 5, people), -1)
    fixed = may_home & (np.arange(shape[1])[None] % 7 == weekday[:, None])
    return Site(
        works.reshape(shape), may_home, fixed, np.where(chance.random(shape) < 0.04, 2.0, 0.0), least, most,
        (least + most) / 2, np.arange(people) // 13, np.zeros(people, bool), np.zeros(people),
        np.full(shape[1], int(np.ceil(people * 0.55))),
    )  # fmt: skip


def main() -> int:
    """Print one JSON object; 1 if a checker found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=390)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    site = drawn(options.people, options.weeks, options.seed)
    began = time.process_time()
    found = place(site)
    used = time.process_time() - began
    cost, low = price(site, found.places), float(found.bound.sum())
    wrong = faults(site, found.places)
    told = {
        "people": options.people,
        "weeks": options.weeks,
        "cpu_s": round(used, 2),
        "price": round(float(found.price.sum()), 2),
        "price_counted_anew": round(cost.total, 2),
        "bound": round(low, 2),
        "gap_percent": round(100 * found.gap, 2),
        "days_outside_agreements": cost.frame,
        "people_without_a_seat": cost.seats,
        "colleagues_missing_on_team_days": cost.missing,
        "faults": len(wrong),
        "faults_unexplained": sum(not fault.because for fault in wrong),
    }
    return ended(
        told,
        {
            "places": [fault for fault in wrong if fault.rule in HARD],
            "price": differs(float(found.price.sum()), cost.total),
            "bound_above_the_plan": low > cost.total + 1e-6,
        },
    )


if __name__ == "__main__":
    sys.exit(main())
