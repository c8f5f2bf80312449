"""Service reached against the target over the day, by the way the load's changes are corrected for.

    HEMMA_TEST_DATA=DIR ./hemma bench varying [--days 200]

The mean Monday of the bank's calls (30 minutes, 07:00 to 21:00), handling time and patience assumed
(5 and 3 minutes; 20 and 3 as well, where the past weighs more), target 80 % within 20 s. Each
staffing is played; told are the share of half hours that reach the target less one point, the worst
and the best half hour, the mean distance from the target, and the hours of people.
"""

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from hemma.core.forecast.tests import bank
from hemma.core.need import Correction, Target
from hemma.core.pipeline.staffing import Work, as_scenario, queue_need, refined
from hemma.core.simulation import Counted, Outcome, play

SHARE, SLOT_S = 0.8, 1800.0


def profile(file: Path) -> np.ndarray:
    """Contacts a second by half hour, of the mean Monday."""
    table = bank.read(file, 30)
    return np.nanmean(table[::7], axis=0) / SLOT_S


def told(outcome: Outcome, people: np.ndarray) -> dict[str, float]:
    """How near the target every half hour came."""
    share, _ = outcome.by_slot(Counted.IN_TIME)
    share = share[~np.isnan(share)]
    return {
        "reach_the_target": round(float(np.mean(share >= SHARE - 0.01)), 3),
        "worst": round(float(share.min()), 3),
        "best": round(float(share.max()), 3),
        "mean_distance": round(float(np.abs(share - SHARE).mean()), 4),
        "whole_day": round(outcome.within().mean, 3),
        "hours_of_people": float(people.sum() / 2),
    }


def ways(per_s: np.ndarray, handling_s: float, days: int) -> dict[str, dict[str, float]]:
    """Each correction, and the one that is mended by playing."""
    work = Work(handling_s, 180.0, Target(SHARE, 20.0, occupancy=None))
    slots, found = np.full(per_s.size, SLOT_S), {}
    for how in Correction:
        need = queue_need("bank", per_s, slots, work, how)
        scenario = as_scenario((need,), {"bank": work}, SLOT_S)
        found[str(how)] = told(play(scenario, days, seed=1), need.people)
    mended = refined(scenario, (SHARE,), days=days, seed=2)
    fresh = play(replace(scenario, people=mended.people), days, seed=1)
    found["mended by playing"] = told(fresh, mended.people)
    return found


def main() -> int:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=200)
    options = parser.parse_args()
    root = os.environ.get("HEMMA_TEST_DATA")
    if not root:
        sys.stderr.write("HEMMA_TEST_DATA is not set: the bank's calls are not here.\n")
        return 1
    per_s = profile(Path(root) / "calls" / "bank_calls.csv")
    per_s = per_s[per_s > 0]
    result = {f"handling {h:g} min": ways(per_s, h * 60, options.days) for h in (5, 20)}
    print(
        json.dumps({"mean_contacts_a_day": round(float(per_s.sum() * SLOT_S)), **result}, indent=2)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
