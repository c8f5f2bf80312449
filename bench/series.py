"""Whether the forecast holds on series that look nothing like the bank's calls it was looked at with.

    ./hemma bench series [--seed N]

Each series has another shape: hours, half hours, quarters; gaps; several queues; days that are closed;
2 to 8 weeks of past; a few contacts a day. The last weeks are kept back; told is the error (sum of
absolute errors over contacts) beside that of the same weekday last week, each week from the past
before it alone, and how many intervals the band from 10 to 90 % held. All are drawn by chance but the
bank's, cut and thinned (`HEMMA_TEST_DATA`). The seed is drawn when none is given.
"""

import argparse
import json
import os
import secrets
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from hemma.core.forecast import History, forecast
from hemma.core.forecast.tests import bank
from hemma.core.grid import TimeGrid

ZONE, FIRST, KEPT = ZoneInfo("UTC"), date(2026, 1, 5), 3


def day_shape(chance, slots, opens, closes):
    """Two humps between the hours, as chance has it."""
    hour = np.arange(slots) * 24 / slots
    first, second = chance.uniform(opens + 1, opens + 3), chance.uniform(closes - 4, closes - 1)
    humps = np.exp(-((hour - first) ** 2) / 3) + chance.uniform(0.4, 1.1) * np.exp(
        -((hour - second) ** 2) / 4
    )
    return np.where((hour >= opens) & (hour < closes), humps + 0.15, 0.0)


def made(chance, weeks, slots, level, *, closed=(5, 6), trend=0.0, scatter=0.08, yearly=0.0):
    """(days, slots) contacts: weekday, shape, days that are busy as a whole, and chance."""
    days = weeks * 7
    week = chance.uniform(0.7, 1.3, 7)
    week[list(closed)] = 0.0
    shape = day_shape(chance, slots, *((0, 24) if not closed else (8, 18)))
    shape = shape / shape.sum() * level
    at = np.arange(days)
    size = week[at % 7] * np.exp(trend * at / 7 + yearly * np.sin(2 * np.pi * at / 365))
    size *= np.exp(chance.normal(0, scatter, days))
    return chance.poisson(size[:, None] * shape).astype(float)


def gaps(chance, table):
    """Some days and some stretches are not known."""
    table = table.copy()
    table[chance.choice(len(table) - 28, max(1, len(table) // 25), replace=False)] = np.nan
    for day in chance.choice(len(table) - 28, max(1, len(table) // 15), replace=False):
        at = chance.integers(0, table.shape[1] * 3 // 4)
        table[day, at : at + table.shape[1] // 6] = np.nan
    return table


def series(chance):
    """Name and (days, slots) of each."""
    found = {
        "hours, around the clock, half a year": made(chance, 26, 24, 900, closed=()),
        "half hours, weekdays, 20 weeks": made(chance, 20, 48, 400),
        "quarters, weekdays, 16 weeks, growing": made(chance, 16, 96, 1500, trend=0.02),
        "half hours with gaps": gaps(chance, made(chance, 20, 48, 400)),
        "closed on Sundays and Mondays": made(chance, 16, 48, 300, closed=(0, 6)),
        "wild days": made(chance, 20, 48, 500, scatter=0.3),
        "two years by the hour, with seasons": made(chance, 104, 24, 500, yearly=0.35),
        "a few a day": made(chance, 26, 24, 6, closed=()),
        "one every other day": made(chance, 40, 24, 0.5, closed=()),
    }
    found |= {f"{n} weeks of past": made(chance, n + KEPT, 48, 300) for n in (2, 3, 4, 6, 8)}
    jump = made(chance, 20, 48, 300)
    jump[63:] *= 2
    found["twice as many since week 10"] = jump
    root = os.environ.get("HEMMA_TEST_DATA")
    if root:
        file = Path(root) / "calls" / "bank_calls.csv"
        real = bank.read(file, 30)
        real = real[: len(real) // 7 * 7]
        calls = np.nan_to_num(real).astype(int)
        thin = chance.binomial(calls, 0.004).astype(float)
        found["the bank's, one in 250"] = np.where(np.isnan(real), np.nan, thin)
        found["the bank's first 8 weeks by the hour"] = real[:77].reshape(77, 24, 2).sum(axis=2)
    return found


def judged(table):
    """Error of the forecast and of last week's, over the weeks kept back."""
    off, naive, come, held, cells = 0.0, 0.0, 0.0, 0, 0
    for start in range(len(table) - 7 * KEPT, len(table), 7):
        past, came = table[:start], table[start : start + 7]
        grid = TimeGrid(ZONE, FIRST, start, 1440 // table.shape[1])
        told = forecast(History(grid, ("x",), past.reshape(1, -1)), 7)
        queue = told.queues[0]
        expected = queue.expected.reshape(came.shape)
        last = past[start - 7 : start]
        known = ~np.isnan(came) & ~np.isnan(last)
        off += np.abs(came - expected)[known].sum()
        naive += np.abs(came - last)[known].sum()
        come += came[known].sum()
        low, high = (queue.quantiles[told.levels.index(x)].reshape(came.shape) for x in (0.1, 0.9))
        open_ = known & (expected > 1e-6)
        held += int(((came >= low) & (came <= high))[open_].sum())
        cells += int(open_.sum())
    return {
        "error": round(off / come, 4),
        "last_week": round(naive / come, 4),
        "ratio": round(off / naive, 3),
        "in_80_band": round(held / max(cells, 1), 3),
    }


def main():
    """Print one JSON object; 1 if any series is forecast worse than by last week."""
    parser = argparse.ArgumentParser(prog="hemma bench series", description=__doc__)
    parser.add_argument("--seed", type=int, default=None)
    words = parser.parse_args()
    seed = secrets.randbelow(10**6) if words.seed is None else words.seed
    found = {name: judged(table) for name, table in series(np.random.default_rng(seed)).items()}
    print(json.dumps({"seed": seed, "series": found}, indent=2))
    return int(any(one["ratio"] > 1 for one in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
