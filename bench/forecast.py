"""How near the forecast of a real bank's calls comes, one week ahead.

    HEMMA_TEST_DATA=DIR ./hemma bench forecast [--peer PYTHON]

Trained to the Friday before each of the weeks from 29 September, 6, 13 and 20 October 2003, which
were not used to choose anything. WAPE at 5 minutes and, added up, at 30; beside the simple ways on
the same weeks; bands and pinball loss over weekly origins from June to September. `--peer` is the Python of an
environment of its own with statsforecast in it (it is no dependency).
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from hemma.core.forecast import forecast, updated
from hemma.core.forecast.tests import bank

PEER = """
import json, sys, time
import numpy as np, pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import MSTL
asked, day = json.load(sys.stdin)
began, found = time.process_time(), []
for past in asked:
    frame = pd.DataFrame({"unique_id": "bank", "ds": np.arange(len(past)), "y": past})
    made = StatsForecast(models=[MSTL(season_length=[day, day * 5])], freq=1)
    found.append(made.forecast(df=frame, h=day * 5)["MSTL"].tolist())
print(json.dumps([found, time.process_time() - began]))
"""


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


def at_ten(table: np.ndarray) -> dict[str, float]:
    """Error of what comes after 10:00, one week ahead, and when the morning is known."""
    first, ten = (bank.TEST_FIRST - bank.FIRST).days, 120
    came, before, after = [], [], []
    for start in range(first, first + 28, 7):
        queue = forecast(bank.history(table, start), 7).queues[0]
        for day in range(5):
            today = table[start + day]
            if np.isnan(today).any():
                continue
            own = slice(day * 288, day * 288 + 288)
            ahead = replace(
                queue,
                expected=queue.expected[own],
                quantiles=queue.quantiles[:, own],
                follows=None if queue.follows is None else queue.follows[own],
            )
            seen = np.where(np.arange(288) < ten, today, np.nan)
            came.append(today[ten:])
            before.append(ahead.expected[ten:])
            after.append(updated(ahead, seen)[0].expected[ten:])
    told = [np.concatenate(x) for x in (came, before, after)]
    return {"week ahead": wape(told[0], told[1]), "morning known": wape(told[0], told[2])}


def peer(python: str, table: np.ndarray) -> dict[str, object]:
    """statsforecast's MSTL (seasons of a day and of five) on the same weeks, half hours; open slots."""
    first = (bank.TEST_FIRST - bank.FIRST).days
    open_slots = np.flatnonzero(np.nansum(table, axis=0) > 0)
    halves = table[:, open_slots[0] : open_slots[-1] + 1]
    halves = halves[:, : halves.shape[1] // 6 * 6].reshape(len(table), -1, 6).sum(axis=2)
    days = [n for n in range(len(table)) if n % 7 < 5]
    asked, real = [], []
    for start in range(first, first + 28, 7):
        usual = np.nanmean(halves[[n for n in days if n < start]], axis=0)
        past = [np.where(np.isnan(halves[n]), usual, halves[n]) for n in days if n < start]
        asked.append(np.concatenate(past).tolist())
        real.append(halves[start : start + 5].ravel())
    words = [python, "-c", PEER]
    told = subprocess.run(
        words,
        input=json.dumps([asked, halves.shape[1]]),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found, cpu = json.loads(told)
    return {
        "wape_30_min": wape(np.concatenate(real), np.concatenate([np.array(x) for x in found])),
        "cpu_s_a_forecast": round(cpu / 4, 2),
    }


def main() -> int:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has statsforecast")
    options = parser.parse_args()
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
    told["after_ten_o_clock_5_min"] = at_ten(table)
    told["statsforecast_mstl"] = peer(options.peer, table) if options.peer else None
    print(json.dumps(told, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
