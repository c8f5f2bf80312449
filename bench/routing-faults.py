"""Many hours of faults around the router, from seeds; the first that breaks a promise is named.

    ./hemma bench routing-faults [--hours 10000] [--from 0]

Plays of 24 hours each, every one from its own seed: `--from N --hours 24` plays seed N again.
"""

import argparse
import json
import random
import sys
import time

from hemma.core.routing import faults

DAY = 24.0


def main() -> int:
    """Print one JSON object; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=10_000.0)
    parser.add_argument("--from", type=int, default=0, dest="first")
    options = parser.parse_args()
    began = time.process_time()
    sums = {"hours": 0.0, "offers": 0, "accepted": 0, "moved": 0, "faults": 0}
    seed, broken = options.first, []
    while sums["hours"] < options.hours:
        try:
            told = faults.play(random.Random(seed).random, DAY)
        except faults.Broken as found:
            broken.append({"seed": seed, "what": str(found)})
            break
        for name in sums:
            sums[name] += getattr(told, name)
        seed += 1
    print(json.dumps(sums | {"broken": broken, "cpu_s": round(time.process_time() - began, 1)}))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
