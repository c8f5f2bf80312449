"""Rules of law at the size of a whole company.

./hemma bench rules [--people 1100] [--weeks 8]
"""

import argparse
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hemma.core.grid import Interval
from hemma.core.rules import PlaceType, Timeline, WorkItem, WorkKind, builtin, check

ZONES = {
    "se": "Europe/Stockholm",
    "no": "Europe/Oslo",
    "es": "Europe/Madrid",
    "dk": "Europe/Copenhagen",
    "fi": "Europe/Helsinki",
}


def person(number, weeks, chance):
    """A person's shifts on five days a week, each with a rast and two pauses."""
    country = chance.choice(list(ZONES))
    zone = ZoneInfo(ZONES[country])
    items = []
    first = datetime(2026, 10, 5, tzinfo=zone)
    for week in range(weeks):
        early = chance.choice((7, 8, 9, 12))
        for day in sorted(chance.sample(range(6), 5)):
            start = (first + timedelta(days=7 * week + day, hours=early)).astimezone(UTC)
            place = PlaceType.HOME if chance.random() < 0.4 else PlaceType.OFFICE
            told = start - timedelta(days=21)
            for kind, begin, length in (
                ("shift", 0, 510),
                ("paus", 120, 15),
                ("rast", 240, 30),
                ("paus", 390, 15),
            ):
                at = Interval(
                    start + timedelta(minutes=begin), start + timedelta(minutes=begin + length)
                )
                items.append(WorkItem(len(items), WorkKind(kind), at, place, told))
    return Timeline(number, country, zone, tuple(items))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=1100)
    options.add_argument("--weeks", type=int, default=8)
    options = options.parse_args()
    chance = random.Random(5)
    people = [person(n, options.weeks, chance) for n in range(options.people)]
    packs = builtin()
    for one in people[:50]:
        check(one, packs)
    begin = time.process_time()
    flags = sum(len(check(one, packs)) for one in people)
    took = time.process_time() - begin
    print(f"{options.people} people, {options.weeks} weeks: {took:.2f} s, {flags} flags")
    return 0


if __name__ == "__main__":
    sys.exit(main())
