"""How near the forecast of a real bank's calls comes, one week ahead.

    HEMMA_TEST_DATA=DIR ./hemma bench forecast

Trained to the Friday before each of the weeks from 29 September, 6, 13 and 20 October 2003, which
were not used to choose anything. WAPE at 5 minutes and, added up, at 30; beside the simple ways on
the same weeks; bands and pinball loss over weekly origins from June to September.
"""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

from hemma.core.forecast import forecast
from hemma.core.forecast.tests import bank


def wape(came: np.ndarray, expected: np.ndarray) -> float:
    """In per cent, over slots where something is known."""
    known = ~np.isnan(came)
    return round(100 * float(np.abs(came - expected)[known].sum() / came[known].sum()), 2)


def same_weekdays(table: np.ndarray, start: int, weeks: int) -> np.ndarray:
    """The mean of the last so many same weekdays, for the week from `start`."""
    found = np.zeros((7, table.shape[1]))
    for at in range(5):
        past = [n for n in range(start + at - 7, -1, -7) if not np.isnan(table[n]).any()]
        found[at] = np.mean(table[past[:weeks]], axis=0)
    return found.ravel()


def weeks(table: np.ndarray) -> dict[str, np.ndarray]:
    """What came and what each way expected, (slots of four weeks,)."""
    told: dict[str, list[np.ndarray]] = {"came": [], "hemma": [], "last week": [], "mean of 4": []}
    first = (bank.TEST_FIRST - bank.FIRST).days
    for start in range(first, first + 28, 7):
        told["came"].append(table[start : start + 7].ravel())
        told["hemma"].append(forecast(bank.history(table, start), 7).queues[0].expected)
        told["last week"].append(same_weekdays(table, start, 1))
        told["mean of 4"].append(same_weekdays(table, start, 4))
    return {name: np.concatenate(parts) for name, parts in told.items()}


def main() -> int:
    """Print one JSON object."""
    root = os.environ.get("HEMMA_TEST_DATA")
    if not root:
        sys.stderr.write("HEMMA_TEST_DATA is not set: the bank's calls are not here.\n")
        return 1
    file = Path(root) / "calls" / "bank_calls.csv"
    table = bank.read(file, 5)
    began = time.process_time()
    made = weeks(table)
    cpu = time.process_time() - began
    came = made.pop("came")
    halves = {name: x.reshape(-1, 6).sum(axis=1) for name, x in made.items()}
    told: dict[str, object] = {
        "wape_5_min": {name: wape(came, x) for name, x in made.items()},
        "wape_30_min": {n: wape(came.reshape(-1, 6).sum(axis=1), x) for n, x in halves.items()},
        "cpu_s_a_forecast_with_backtest": round(cpu / 4, 2),
    }
    days = (bank.TEST_FIRST - bank.FIRST).days
    for slot_min in (5, 30):
        known = bank.history(bank.read(file, slot_min), days)
        back = forecast(known, 7, since=date(2003, 6, 1)).queues[0].backtest
        told[f"backtest_from_june_{slot_min}_min"] = {
            "origins": len(back.origins),
            "wape": round(100 * back.blend.wape, 2),
            "covered_by_80_band": round(back.covered, 3),
            "pinball_to_naive": round(back.pinball / back.naive_pinball, 3),
        }
    print(json.dumps(told, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
