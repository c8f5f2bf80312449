"""When customers write: the shape of a real centre's contacts, from a few stated numbers.

Counts a day vary more than chance alone would have it (overdispersed): the whole company and each
programme have better and worse days, gamma-distributed with mean 1. Mondays bring most; a day has a
peak before lunch, a lower one after, and a tail in the evening.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

DAYS = 90
# Share of an ordinary day by weekday, Monday first.
WEEKDAYS = (1.32, 1.08, 1.0, 0.97, 0.93, 0.28, 0.22)
# Shape of the gamma factors: coefficient of variation 1/√shape, so about 9 % and 18 %.
COMPANY_SHAPE, PROGRAMME_SHAPE = 120.0, 30.0
# (hour, width in hours, height) of the day's peaks, over a small floor all night.
PEAKS = ((10.1, 1.7, 1.0), (14.2, 2.0, 0.8), (19.4, 1.6, 0.25))
FLOOR = 0.01
SLOT = timedelta(minutes=15)
SLOTS = 96


def profile() -> list[float]:
    """Share of a day's contacts by quarter of an hour; the sum is 1."""
    hours = [(slot + 0.5) / 4 for slot in range(SLOTS)]
    height = [
        FLOOR + sum(h * math.exp(-(((hour - at) / width) ** 2)) for at, width, h in PEAKS)
        for hour in hours
    ]
    whole = sum(height)
    return [one / whole for one in height]


@dataclass(frozen=True, slots=True)
class Contact:
    """That somebody wrote to the `unit`-th team at `at` (aware)."""

    at: datetime
    unit: int


def contacts(wanted: int, zones: Sequence[str], now: datetime, rng: random.Random) -> list[Contact]:
    """Exactly `wanted` contacts of the 90 days before `now`, oldest first.

    `zones`: each team's time zone. The same `rng` state gives the same contacts.
    """
    days = [now.date() - timedelta(days=back) for back in range(DAYS, -1, -1)]
    shares = profile()
    weights: list[float] = []
    for day in days:
        whole = rng.gammavariate(COMPANY_SHAPE, 1 / COMPANY_SHAPE) * WEEKDAYS[day.weekday()]
        for zone in zones:
            own = rng.gammavariate(PROGRAMME_SHAPE, 1 / PROGRAMME_SHAPE)
            weights.append(whole * own * _gone(day, zone, now, shares))
    cells = rng.choices(range(len(weights)), cum_weights=list(accumulate(weights)), k=wanted)
    rises = list(accumulate(shares))
    found = []
    for cell in cells:
        day, unit = days[cell // len(zones)], cell % len(zones)
        at = now
        while at >= now:  # today's ends now
            slot = rng.choices(range(SLOTS), cum_weights=rises)[0]
            at = _midnight(day, zones[unit]) + slot * SLOT + rng.random() * SLOT
        found.append(Contact(at, unit))
    return sorted(found, key=lambda one: one.at)


_MIDNIGHTS: dict[tuple[date, str], datetime] = {}


def _midnight(day: date, zone: str) -> datetime:
    known = _MIDNIGHTS.get((day, zone))
    if known is None:
        known = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
        _MIDNIGHTS[day, zone] = known
    return known


def _gone(day: date, zone: str, now: datetime, shares: list[float]) -> float:
    """How much of the day's contacts have come by `now`: 1 for all days but the last."""
    slots = (now - _midnight(day, zone)) // SLOT
    return sum(shares[: max(0, min(SLOTS, slots))])
