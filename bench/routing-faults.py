"""Many hours of faults around the router, from seeds; the first that breaks a promise is named.

    ./hemma bench routing-faults [--hours 10000] [--from 0] [--processes 2] [--seconds S] [--add FILE]

Plays of 24 hours each, every one from its own seed: `--from N --hours 24` plays seed N again. With
`--add`, what was played is added to FILE, a line a seed, and only what is missing there is played:
so runs of a few minutes (`--seconds`) add up. A line names the digest of the code it was played
with; other code's hours do not count.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from pathlib import Path

from hemma.core.routing import faults

DAY = 24.0
NAMES = ("hours", "offers", "accepted", "moved", "faults", "cpu_s")
AT_ONCE = 4


def digest() -> str:
    """Of all that decides or plays."""
    folder = Path(faults.__file__).parent
    code = b"".join(file.read_bytes() for file in sorted(folder.glob("*.py")))
    return hashlib.sha256(code).hexdigest()[:16]


def play(seed: int) -> dict:
    """One day; what happened in it, or what broke."""
    began = time.process_time()
    try:
        told = faults.play(random.Random(seed).random, DAY)
    except faults.Broken as found:
        return {"seed": seed, "broken": str(found)}
    figures = {name: getattr(told, name) for name in NAMES[:-1]}
    return {"seed": seed, **figures, "cpu_s": round(time.process_time() - began, 3)}


def known(file: Path | None, code: str) -> dict[int, dict]:
    """What was played before by the same code, by seed."""
    if file is None or not file.exists():
        return {}
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return {one["seed"]: one for one in lines if one.pop("code") == code}


def played(seeds: list[int], processes: int, until: float) -> Iterator[dict]:
    """Each seed's day, until the time is up (monotonic seconds)."""
    if processes < 2:
        for seed in seeds:
            yield play(seed)
            if time.monotonic() > until:
                break
        return
    left = iter(seeds)
    with ProcessPoolExecutor(processes) as pool:
        while some := list(islice(left, AT_ONCE * processes)):
            yield from pool.map(play, some)
            if time.monotonic() > until:
                return


def main() -> int:
    """Print one JSON object; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=10_000.0)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--add", type=Path, help="a file that runs add up in")
    options = parser.parse_args()
    until, code = time.monotonic() + options.seconds, digest()
    wanted = list(islice(count(options.first), -int(-options.hours // DAY)))
    done = {seed: one for seed, one in known(options.add, code).items() if seed in set(wanted)}
    for one in played([seed for seed in wanted if seed not in done], options.processes, until):
        done[one["seed"]] = one
        if options.add:
            with options.add.open("a") as file:
                file.write(json.dumps(one | {"code": code}) + "\n")
    broken = [
        {"seed": seed, "what": one["broken"]} for seed, one in done.items() if "broken" in one
    ]
    sums = {name: round(sum(one.get(name, 0) for one in done.values()), 1) for name in NAMES}
    print(json.dumps(sums | {"broken": sorted(broken, key=lambda one: one["seed"])}))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
