"""Rules of law at the size of a whole company, and against counting minutes.

    ./hemma bench rules [--people 1100] [--weeks 8] [--random 100000]

A full check (every rule) of people in five countries, each with five shifts a week, a rast and two
pauses a day, in processor time of one core; candidate starts of one more shift. Then random timelines, each checked by the product and
by the checker of the tests that counts minutes and shares no code. Promises: 1,100 people and 8
weeks within a second; a million starts a second; no difference.

A hybrid contact centre (`rules_centre.py`) is planned by a search that asks the rules before every
move. Counted as one candidate is one answer to "may this person's working day go, and this shift
begin then instead"; making a person ready, at first and after every move made, is told apart.
"""

import argparse
import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from _server import print_json
from rules_centre import planned

from hemma.core.grid import Interval
from hemma.core.rules import PlaceType, Timeline, WorkItem, WorkKind, builtin, check
from hemma.core.rules.openings import Openings, ShiftShape
from hemma.core.rules.tests.chances import COUNTRIES, differences

MOST_CPU_S, LEAST_STARTS, ROUNDS = 1.0, 1_000_000, 5
LANDS = [land for land in COUNTRIES if land != "eu"]
DAY = (("shift", 0, 510), ("paus", 120, 15), ("rast", 240, 30), ("paus", 390, 15))


def person(number: int, weeks: int, chance: random.Random) -> Timeline:
    """Five shifts a week, each with a rast and two pauses; two days in five at home."""
    land = chance.choice(LANDS)
    zone, items = ZoneInfo(COUNTRIES[land]), []
    first = datetime(2026, 10, 5, tzinfo=zone)
    for week in range(weeks):
        early = chance.choice((7, 8, 9, 12))
        for day in sorted(chance.sample(range(6), 5)):
            start = (first + timedelta(days=7 * week + day, hours=early)).astimezone(UTC)
            place = PlaceType.HOME if chance.random() < 0.4 else PlaceType.OFFICE
            for kind, begin, length in DAY:
                begins = start + timedelta(minutes=begin)
                at = Interval(begins, begins + timedelta(minutes=length))
                told = start - timedelta(days=21)
                items.append(WorkItem(len(items), WorkKind(kind), at, place, told))
    return Timeline(number, land, zone, tuple(items))


def company(people: int, weeks: int) -> dict[str, float]:
    """Processor seconds of a full check: the best and the middle of some rounds."""
    chance, packs = random.Random(5), builtin()
    lines = [person(number, weeks, chance) for number in range(people)]
    for line in lines[:50]:
        check(line, packs)
    took, flags = [], 0
    for _ in range(ROUNDS):
        begin = time.process_time()
        flags = sum(len(check(line, packs)) for line in lines)
        took.append(time.process_time() - begin)
    took.sort()
    return {"best_s": round(took[0], 2), "middle_s": round(took[len(took) // 2], 2), "flags": flags}


def starts(people: int, weeks: int) -> tuple[int, float]:
    """Starts a second of processor time, every quarter of an hour of the weeks, making ready
    included; every fifth working day is taken out first, so that there is room."""
    chance, packs, asked, took, quick = random.Random(6), builtin(), 0, 0.0, 0
    shape = ShiftShape(480, ((WorkKind.RAST, 240, 30),))
    for number in range(people):
        line = person(number, weeks, chance)
        kept = tuple(item for item in line.items if item.id // len(DAY) % 5 != number % 5)
        line = Timeline(number, line.pack, line.zone, kept)
        first = datetime(2026, 10, 5, tzinfo=UTC)
        begin = time.process_time()
        quick += sum(Openings(line, packs).open_starts(shape, first, 15, weeks * 7 * 96))
        took += time.process_time() - begin
        asked += weeks * 7 * 96
    return quick, asked / took


def agreement(count: int) -> tuple[int, Counter]:
    """How many of so many random timelines are judged otherwise; and which rules spoke."""
    spoke, different = Counter(), 0
    for seed in range(count):
        pack = list(COUNTRIES)[seed % len(COUNTRIES)]
        only_check, only_minutes, agreed = differences(f"bench {seed}", pack, 6 + seed % 7)
        spoke.update(agreed)
        if only_check or only_minutes:
            different += 1
            print(f"  seed {seed} {pack}: {only_check} {only_minutes}")
    return different, spoke


def main() -> int:
    parser = argparse.ArgumentParser(description="Rules of law: how fast, and how right.")
    parser.add_argument("--people", type=int, default=1100)
    parser.add_argument("--weeks", type=int, default=8)
    parser.add_argument("--random", type=int, default=100_000)
    options = parser.parse_args()
    facts = company(options.people, options.weeks)
    print(f"full check of {options.people} people, {options.weeks} weeks, one core")
    print(f"  processor    best {facts['best_s']} s, middle {facts['middle_s']} s of {ROUNDS}")
    quick = facts["best_s"] <= MOST_CPU_S
    print(f"  <= {MOST_CPU_S:.0f} s: {'kept' if quick else 'NOT kept'}")
    opened, a_second = starts(min(options.people, 300), options.weeks)
    swift = a_second >= LEAST_STARTS
    print(
        f"candidate starts, each person's own state included: {a_second:,.0f} a second, {opened} open"
    )
    print(f"  >= {LEAST_STARTS:,} a second: {'kept' if swift else 'NOT kept'}")
    search = planned(options.people, 4, 3)
    fast = search["moves_a_second"] >= LEAST_STARTS and "stops" not in search["severities"]
    print("a contact centre in Sweden, Norway and Spain, planned by a search over four weeks")
    print(f"  moves asked  {search['asked']:,}, {search['open']:,} open, {search['made']:,} made")
    print(f"  answers      {search['moves_a_second']:,} a second of processor time")
    print(
        f"  making ready {search['ready_s']} s for all, {search['renew_ms']} ms after each move made"
    )
    print(f"  full check   {search['check_s']} s; flags {search['severities']} {search['rules']}")
    print(f"  >= {LEAST_STARTS:,} a second and nothing stops: {'kept' if fast else 'NOT kept'}")
    different, spoke = agreement(options.random)
    print(f"{options.random} random timelines against counting minutes: {different} differ")
    print(f"  flags        {sum(spoke.values())} of {len(spoke)} rules")
    print_json(
        facts
        | {
            "random": options.random,
            "different": different,
            "search": search,
            "rules": len(spoke),
            "starts_a_second": round(a_second),
        }
    )
    return 0 if quick and swift and fast and not different else 1


if __name__ == "__main__":
    sys.exit(main())
