"""A hybrid contact centre for the rules of law: planned by a search that asks them at every step.

Four sites (Stockholm, Malmö, Oslo, Barcelona), four kinds of contract as contact centres have them
(8.5, 6.5 and 4.25 hours, five days; 6.5 hours on one to three days), holidays, home days. Everybody
begins with one start for all days; then the search takes days away and puts them where most people
are needed, and makes the best move that is allowed.
"""

import random
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from hemma.core.grid import Interval
from hemma.core.grid.local import from_seconds
from hemma.core.rules import PlaceType, ShiftShape, Timeline, WorkKind, builtin, check
from hemma.core.rules.moves import Moves

SITES = (
    ("se", "Europe/Stockholm", 0.35),
    ("se", "Europe/Stockholm", 0.20),
    ("no", "Europe/Oslo", 0.20),
    ("es", "Europe/Madrid", 0.25),
)
RAST, PAUS = WorkKind.RAST, WorkKind.PAUS
SHAPES = (
    ShiftShape(510, ((PAUS, 105, 15), (RAST, 255, 30), (PAUS, 390, 15))),
    ShiftShape(390, ((PAUS, 90, 15), (RAST, 195, 30), (PAUS, 300, 15))),
    ShiftShape(255, ((PAUS, 120, 15),)),
    ShiftShape(390, ((PAUS, 90, 15), (RAST, 195, 30), (PAUS, 300, 15))),
)
SHARE, DAYS, LATEST_H = (0.70, 0.12, 0.08, 0.10), (5, 5, 5, 2), (13, 15, 17, 15)
FIRST, STEP_S = datetime(2026, 10, 5), 900


def person(number: int, weeks: int, chance: random.Random) -> tuple[Timeline, int]:
    """A first plan, lawful everywhere: one start, the first days of every week; and the shape."""
    land, zone_name, _ = chance.choices(SITES, [site[2] for site in SITES])[0]
    shape = chance.choices(range(4), SHARE)[0]
    zone, items, home = ZoneInfo(zone_name), [], chance.choice((0, 2, 3, 5))
    for week in range(weeks):
        free = chance.random()
        days = 0 if free < 0.05 else DAYS[shape] - (free < 0.12)
        for day in range(days):
            local = FIRST.replace(tzinfo=zone) + timedelta(days=7 * week + day, hours=9)
            place = PlaceType.HOME if day < home else PlaceType.OFFICE
            put = replace(SHAPES[shape], place_type=place)
            told = local - timedelta(days=21)
            own = put.items(local.astimezone(UTC), len(items) + 1)
            items += [replace(item, announced=told) for item in own]
    return Timeline(number, land, zone, tuple(items)), shape


def need(weeks: int, people: int) -> np.ndarray:
    """Wanted people by quarter of an hour: a hill before noon, one after, less at weekends."""
    hours = np.arange(96) / 4
    day = np.exp(-(((hours - 9.2) / 1.9) ** 2)) + 0.85 * np.exp(-(((hours - 13.2) / 2.3) ** 2))
    day += 0.33 * np.exp(-(((hours - 17.3) / 2.0) ** 2))
    day[:24], day[84:] = 0, 0
    return np.tile(np.outer((1.2, 1.06, 1, 0.97, 0.93, 0.42, 0.3), day).ravel(), weeks) * people / 2


def moved(plan: Timeline, gone: tuple[int, int], shape: ShiftShape, start: int) -> Timeline:
    kept = [one for one in plan.items if not gone[0] <= one.span[0] < gone[1]]
    was = next(one for one in plan.items if gone[0] <= one.span[0] < gone[1])
    put = replace(shape, place_type=was.place_type).items(from_seconds(start), 10_000)
    items = [*kept, *(replace(one, announced=was.announced) for one in put)]
    items.sort(key=lambda one: one.span)
    return replace(plan, items=tuple(replace(one, id=n) for n, one in enumerate(items, start=1)))


class Search:
    """Counts what is asked and what it costs, apart from the search's own work."""

    def __init__(self, people: int, weeks: int) -> None:
        chance = random.Random(7)
        made = [person(number, weeks, chance) for number in range(people)]
        self.plans, self.shape = [plan for plan, _ in made], [shape for _, shape in made]
        self.begin = int(FIRST.replace(tzinfo=UTC).timestamp())
        self.left, self.weeks, self.chance = need(weeks, people), weeks, chance
        for plan in self.plans:
            for item in plan.items:
                if item.kind is WorkKind.SHIFT:
                    self._count(item.at, -1)
        begin = time.process_time()
        self.moves = Moves(self.plans, SHAPES, builtin())
        self.ready_s = time.process_time() - begin
        self.asked, self.asked_s, self.opened, self.made, self.renewed_s = 0, 0.0, 0, 0, 0.0

    def _count(self, at: Interval, by: int) -> None:
        low = (int(at.start.timestamp()) - self.begin) // STEP_S
        self.left[low : low + int(at.duration.total_seconds()) // STEP_S] += by

    def round(self) -> None:
        """One day of everybody: every start of that week, between 06 and the contract's latest."""
        rows = []
        for who, plan in enumerate(self.plans):
            days = self.moves.days(who)
            if days:
                taken = self.chance.randrange(len(days))
                monday = (days[taken][0] - self.begin) // (7 * 86_400)
                offset = int(FIRST.replace(tzinfo=plan.zone).utcoffset().total_seconds())
                for day in range(7):
                    low = self.begin + (7 * monday + day) * 86_400 + 6 * 3600 - offset
                    high = low + (LATEST_H[self.shape[who]] - 6) * 3600
                    rows += [(who, taken, self.shape[who], at) for at in range(low, high + 1, 900)]
        asked = np.array(rows, np.int64)
        begin = time.process_time()
        answers = np.concatenate(
            [
                self.moves.allowed(*part.T)
                for part in np.array_split(asked, len(asked) // 50_000 + 1)
            ]
        )
        self.asked_s += time.process_time() - begin
        self.asked, self.opened = self.asked + len(asked), self.opened + int(answers.sum())
        self._make(asked[answers])

    def _make(self, fine: np.ndarray) -> None:
        sums = np.concatenate([[0], np.cumsum(self.left)])
        low = (fine[:, 3] - self.begin) // STEP_S
        length = np.array([shape.length_min * 60 // STEP_S for shape in SHAPES])[fine[:, 2]]
        worth = sums[np.clip(low + length, 0, len(sums) - 1)] - sums[np.clip(low, 0, len(sums) - 1)]
        for who in np.unique(fine[:, 0]):
            mine = np.flatnonzero(fine[:, 0] == who)
            _, taken, shape, start = fine[mine[np.argmax(worth[mine])]].tolist()
            gone = self.moves.days(int(who))[taken]
            self._count(Interval(*(from_seconds(at) for at in gone)), 1)
            plan = moved(self.plans[who], gone, SHAPES[shape], start)
            begin = time.process_time()
            self.moves.renew(int(who), plan)
            self.renewed_s += time.process_time() - begin
            self.plans[who] = plan
            self._count(
                Interval(from_seconds(start), from_seconds(start + SHAPES[shape].length_min * 60)),
                -1,
            )
            self.made += 1


def planned(people: int, weeks: int, rounds: int) -> dict[str, object]:
    """The search, then the full check of what it made; processor seconds of one core."""
    search = Search(people, weeks)
    for _ in range(rounds):
        search.round()
    begin = time.process_time()
    flags = [flag for plan in search.plans for flag in check(plan, builtin())]
    return {
        "people": people,
        "weeks": weeks,
        "ready_s": round(search.ready_s, 2),
        "asked": search.asked,
        "open": search.opened,
        "asked_s": round(search.asked_s, 2),
        "moves_a_second": round(search.asked / search.asked_s),
        "made": search.made,
        "renew_ms": round(search.renewed_s / max(1, search.made) * 1000, 1),
        "check_s": round(time.process_time() - begin, 2),
        "severities": dict(Counter(str(flag.severity) for flag in flags)),
        "rules": dict(Counter(flag.rule for flag in flags)),
    }
