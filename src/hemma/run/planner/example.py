"""A scenario folder to look at and to copy."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from hemma.run.telling import Refusal

FIRST = date(2026, 11, 2)
_TOML = """# A Monday, and for how many weeks.
first_day = {first}
weeks = {weeks}
zone = "Europe/Stockholm"
days_in_a_row = 5
every_other_weekend = false
keep_price = 4.0        # of each day that differs from existing.csv, if there is one

# Sites: whose law holds there (se no es dk fi eu), and seats in the office.
[[site]]
name = "Malmö"
country = "se"
seats = {seats[0]}

[[site]]
name = "Oslo"
country = "no"
zone = "Europe/Oslo"
seats = {seats[1]}

# Starts every step_min from first to last; minutes after the start for breaks.
[[contract]]
name = "full"
minutes = 510
paid_minutes = 480
first = "07:00"
last = "11:30"
step_min = 30
days_a_week = [5, 5]
breaks = [
  {{ kind = "paus", minutes = 15, earliest = 45, latest = 150 }},
  {{ kind = "rast", minutes = 30, earliest = 180, latest = 285 }},
  {{ kind = "paus", minutes = 15, earliest = 330, latest = 465 }},
]
extras = [{{ kind = "focus", minutes = 60, a_week = 1 }}, {{ kind = "coaching", minutes = 30, a_week = 1 }}]

[[contract]]
name = "part"
minutes = 270
paid_minutes = 270
first = "07:00"
last = "15:30"
step_min = 30
days_a_week = [5, 5]
breaks = [{{ kind = "paus", minutes = 15, earliest = 75, latest = 165 }}]

# Hours averaged: 3 to 5 days a week, 8 in any two weeks.
[[contract]]
name = "averaged"
minutes = 510
paid_minutes = 480
first = "07:00"
last = "11:30"
days_a_week = [3, 5]
average_weeks = 2
average_days = [8, 8]
breaks = [
  {{ kind = "paus", minutes = 15, earliest = 45, latest = 150 }},
  {{ kind = "rast", minutes = 30, earliest = 180, latest = 285 }},
  {{ kind = "paus", minutes = 15, earliest = 330, latest = 465 }},
]

# A split day, for those who wished for it: free in the middle.
[[contract]]
name = "split"
minutes = 660
paid_minutes = 420
first = "07:00"
last = "08:30"
days_a_week = [5, 5]
breaks = [
  {{ kind = "paus", minutes = 15, earliest = 75, latest = 150 }},
  {{ kind = "rast", minutes = 240, earliest = 210, latest = 270 }},
]

# A quarter of an hour in which a team meets, at an hour that the plan chooses.
[huddle]
first = "09:00"
last = "10:45"
price = 1.0             # of each who works that day and is not there

[training]
minutes = 120

[presence]              # price of a quarter without a leader, and with a newcomer alone
leader = 2.0
newcomer = 3.0

[fairness]              # one late shift or weekend day away from the fair share, squared
price = 1.0
late_from = "18:30"

[place]                 # prices: see docs/how/place.md
frame = 20.0
seat = 50.0
together = 3.0
fair = 0.5

[demand]                # chances of the columns low and high of need.csv
low_chance = 0.2
high_chance = 0.2
"""
_NAMES = ("Amanda", "Bengt")
_HEAD = (
    "name contract skills site team home home_fixed own_seat leader newcomer training "
    "late_carried weekend_carried home_lacking"
)


def write(folder: Path, people: int, weeks: int, seed: int) -> None:
    """Write the folder, which must be new or empty. Raises `Refusal`."""
    chance = np.random.default_rng(seed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refusal(f"{folder} is not empty; name a new folder.")
        share = [max(2, round(people * part * 0.6)) for part in (0.7, 0.3)]
        text = _TOML.format(first=FIRST.isoformat(), weeks=weeks, seats=share)
        (folder / "scenario.toml").write_text(text, encoding="utf-8")
        names = [_NAMES[n] if n < len(_NAMES) else f"colleague {n + 1}" for n in range(people)]
        _write(folder / "people.csv", _HEAD, _people(names, weeks, chance))
        _write(folder / "need.csv", "time skill people low high", _need(people, weeks, chance))
        days = [FIRST + timedelta(days=int(n)) for n in chance.integers(0, 7 * weeks, people)]
        away, wish = slice(0, people // 10), slice(people // 10, people // 3)
        _write(folder / "absence.csv", "name day", zip(names[away], days[away], strict=True))
        kinds = chance.choice(["off", "off", "early", "late", "home"], people).tolist()
        asked = zip(names[wish], days[wish], kinds[wish], [4] * len(names[wish]), strict=True)
        _write(folder / "wishes.csv", "name day wish price", asked)
    except OSError as error:
        raise Refusal(f"{folder} cannot be written ({error.strerror}).") from error


def _people(names: list[str], weeks: int, chance: np.random.Generator) -> list[tuple[object, ...]]:
    """Teams of about a dozen, each with a leader; agreements of all sorts; some carry more."""
    people = len(names)
    kinds = chance.choice(["full", "part", "averaged", "split"], people, p=[0.74, 0.16, 0.06, 0.04])
    if weeks % 2:  # hours are averaged over two weeks
        kinds[kinds == "averaged"] = "full"
    kinds[:3] = "full"
    skills = chance.choice(["orders", "invoices", "orders invoices"], people).tolist()
    homes = chance.choice(["", "0-2", "1-3", "2-4"], people, p=[0.15, 0.25, 0.4, 0.2])
    rows: list[tuple[object, ...]] = []
    for n, name in enumerate(names):
        site = "Malmö" if n < 0.7 * people else "Oslo"
        team = f"team {n * max(1, round(people / 12)) // people + 1}"
        fixed = ("mon", "wed", "fri")[int(chance.integers(3))] if chance.random() < 0.3 else ""
        home = homes[n] if n else "2-4"
        rows.append(
            (
                name, kinds[n], skills[n], site, team, home, fixed if home else "",
                "yes" if name == "Bengt" else "", "yes" if n % 12 == 2 else "",
                "yes" if n % 15 == 7 else "", "yes" if n % 9 == 4 else "",
                int(chance.integers(0, 3)), int(chance.integers(0, 3)), round(chance.normal(), 1),
            )
        )  # fmt: skip
    return rows


def _need(
    people: int, weeks: int, chance: np.random.Generator
) -> list[tuple[str, str, int, int, int]]:
    rows = []
    for day in range(7 * weeks):
        level = people * (0.42 if day % 7 < 5 else 0.14) * chance.uniform(0.9, 1.1)
        for slot in range(28, 80):
            hour = slot / 4
            shape = np.exp(-(((hour - 10.2) / 2.5) ** 2)) + 0.8 * np.exp(
                -(((hour - 14.2) / 2.8) ** 2)
            )
            at = f"{FIRST + timedelta(days=day)} {slot // 4:02d}:{slot % 4 * 15:02d}"
            for skill, share in (("orders", 0.6), ("invoices", 0.4)):
                wanted = level * share * shape
                low, high = round(wanted * 0.9), round(wanted * 1.12)
                rows.append((at, skill, round(wanted), low, high))
    return rows


def _write(file: Path, head: str, rows: object) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened)
        out.writerow(head.split())
        out.writerows(rows)  # type: ignore[arg-type]
