"""Effects in simulated panels whose truth is known, and against pyfixest on the same rows.

    ./hemma bench effects [--panels 10000] [--peer PYTHON] [--rows 100000] [--seed N]

Panels have a known effect, people who choose it by how good they are, readings that resemble the
one before, and people who leave. Half of the panels have 100 persons, a quarter 20 and a quarter
12. Promises: bias below 3 Monte Carlo errors and 5 % of the spread, the 95 % interval holds the
truth in 94-96 % (within 3 Monte Carlo errors), and a parity test with a true difference at its
margin is passed in 5 % (within 3 as well) where the margin is wide against the estimate's error;
beside it stands how often it is passed at a margin as narrow as the effect, which may be seldom, and
never oftener. `--peer` names a Python that has pyfixest: the same model in one run each.
"""

import argparse
import json
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from _server import print_json

from hemma.core.effects import Counting, equivalent, fit, fit_by_clusters, panel

EFFECT, WEEKS = 0.3, 16
WIDE = 5.0  # a margin of ten errors and more, also with 12 persons
PEER = """
import sys, time, json, resource, numpy as np, pandas as pd, pyfixest as pf
d = np.load(sys.argv[1]); f = pd.DataFrame({k: d[k] for k in d})
t = time.process_time()
m = pf.feols("y ~ a + b | who + week", f, vcov={"CRV1": "who"})
t = time.process_time() - t
print(json.dumps({"values": list(m.coef()), "errors": list(m.se()), "cpu_s": t,
    "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def simulated(chance, persons):
    """One panel: levels decide who goes home and who leaves early; errors resemble the last."""
    level = chance.normal(0, 1, persons)
    start = np.full(persons, WEEKS)
    order = np.argsort(level + chance.normal(0, 1, persons))
    start[order[persons // 2 :]] = chance.integers(4, 12, persons - persons // 2)
    last = np.where(chance.random(persons) < 0.3, chance.integers(6, WEEKS, persons), WEEKS)
    noise = np.zeros((persons, WEEKS))
    noise[:, 0] = chance.normal(0, 1, persons)
    for week in range(1, WEEKS):
        noise[:, week] = 0.5 * noise[:, week - 1] + chance.normal(0, np.sqrt(0.75), persons)
    who, week = np.divmod(np.arange(persons * WEEKS), WEEKS)
    seen = week < last[who]
    who, week = who[seen], week[seen]
    home = (week >= start[who]).astype(float)
    y = level[who] + 0.02 * week + EFFECT * home + noise[who, week]
    return panel(y, home, who, week)


def simulations(number, seed):
    told = {}
    for persons, share in ((100, 2), (20, 4), (12, 4)):
        chance, many = np.random.default_rng(seed + persons), number // share
        values, held, passed, narrow = [], 0, 0, 0
        for _ in range(many):
            one = fit_by_clusters(simulated(chance, persons)).estimates[0]
            values.append(one.value)
            held += one.low <= EFFECT <= one.high
            # More of the outcome for whoever is at home moves the estimate by as much, its error not.
            passed += equivalent(replace(one, value=one.value + WIDE - EFFECT), WIDE).shown
            narrow += equivalent(one, EFFECT).shown
        spread = float(np.std(values, ddof=1))
        bias, error = float(np.mean(values)) - EFFECT, spread / np.sqrt(many)
        told[str(persons)] = {
            "panels": many,
            "bias_in_monte_carlo_errors": round(bias / error, 2),
            "bias_share_of_spread": round(bias / spread, 4),
            "coverage_percent": round(100 * held / many, 2),
            "coverage_error": round(100 * float(np.sqrt(0.95 * 0.05 / many)), 2),
            "parity_passed_at_margin_percent": round(100 * passed / many, 2),
            "parity_passed_at_a_narrow_margin_percent": round(100 * narrow / many, 2),
            "parity_error": round(100 * float(np.sqrt(0.05 * 0.95 / many)), 2),
        }
    return told


def against(peer, rows, seed):
    """The same rows in a process of each; imports are not counted, memory is the whole process."""
    chance = np.random.default_rng(seed)
    who, week = np.divmod(np.arange(rows), 50)
    a, b = (chance.random(rows) < 0.4).astype(float), chance.normal(0, 1, rows)
    y = chance.normal(0, 1, rows // 50 + 1)[who] + 0.1 * week + 0.2 * a - 0.1 * b
    y += chance.normal(0, 1, rows)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.npz"
        np.savez(file, y=y, a=a, b=b, who=who, week=week)
        own = _run([sys.executable, __file__, "--one", str(file)])
        other = _run([peer, "-c", PEER, str(file)])
    gap = max(abs(x - z) for key in ("values", "errors") for x, z in zip(own[key], other[key], strict=True))  # fmt: skip
    return {
        "rows": rows,
        "largest_difference": gap,
        "cpu_s": [own["cpu_s"], other["cpu_s"]],
        "cpu_ratio": own["cpu_s"] / other["cpu_s"],
        "memory_mb": [own["memory_mb"], other["memory_mb"]],
    }


def _run(words):
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def one(file):
    data = dict(np.load(file))
    begin = time.process_time()
    done = fit(
        panel(data["y"], np.column_stack([data["a"], data["b"]]), data["who"], data["week"]),
        counting=Counting.NOT_NESTED,
    )
    took = time.process_time() - begin
    print_json(
        {
            "values": [x.value for x in done.estimates],
            "errors": [x.error for x in done.estimates],
            "cpu_s": took,
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )


def main():
    parser = argparse.ArgumentParser(prog="hemma bench effects", description=__doc__)
    parser.add_argument("--panels", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=None, help="drawn by chance when not given")
    parser.add_argument("--peer", help="a Python that has pyfixest")
    parser.add_argument("--rows", type=int, action="append", default=[])
    parser.add_argument("--one", help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.one:
        one(words.one)
        return 0
    seed = secrets.randbelow(10**6) if words.seed is None else words.seed
    told = {"seed": seed}
    if words.panels:
        told["clusters"] = simulations(words.panels, seed)
    if words.peer:
        told["pyfixest"] = [against(words.peer, rows, seed) for rows in words.rows or [100_000]]
    print_json(told)
    far = [
        abs(x["coverage_percent"] - 95) > 1 + 3 * x["coverage_error"]
        or abs(x["bias_in_monte_carlo_errors"]) > 3
        or abs(x["bias_share_of_spread"]) > 0.05
        or abs(x["parity_passed_at_margin_percent"] - 5) > 3 * x["parity_error"]
        for x in told.get("clusters", {}).values()
    ]
    gaps = [x["largest_difference"] > 1e-8 for x in told.get("pyfixest", [])]
    return int(any(far) or any(gaps))


if __name__ == "__main__":
    raise SystemExit(main())
