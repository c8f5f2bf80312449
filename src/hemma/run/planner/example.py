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
country = "se"          # whose rest rules hold: se no es dk fi eu
days_in_a_row = 5

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
"""
_NAMES = ("Amanda", "Bengt")


def write(folder: Path, people: int, weeks: int, seed: int) -> None:
    """Write the folder, which must be new or empty. Raises `Refusal`."""
    chance = np.random.default_rng(seed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refusal(f"{folder} is not empty; name a new folder.")
        text = _TOML.format(first=FIRST.isoformat(), weeks=weeks)
        (folder / "scenario.toml").write_text(text, encoding="utf-8")
        names = [_NAMES[n] if n < 2 else f"colleague {n + 1}" for n in range(people)]
        kinds = np.where(chance.random(people) < 0.8, "full", "part").tolist()
        skills = chance.choice(["orders", "invoices", "orders invoices"], people).tolist()
        _write(
            folder / "people.csv", "name contract skills", zip(names, kinds, skills, strict=True)
        )
        _write(folder / "need.csv", "time skill people", _need(people, weeks, chance))
        days = [FIRST + timedelta(days=int(n)) for n in chance.integers(0, 7 * weeks, people)]
        away, wish = slice(0, people // 10), slice(people // 10, people // 3)
        _write(folder / "absence.csv", "name day", zip(names[away], days[away], strict=True))
        asked = zip(names[wish], days[wish], [4] * len(names[wish]), strict=True)
        _write(folder / "wishes.csv", "name day price", asked)
    except OSError as error:
        raise Refusal(f"{folder} cannot be written ({error.strerror}).") from error


def _need(people: int, weeks: int, chance: np.random.Generator) -> list[tuple[str, str, int]]:
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
                rows.append((at, skill, round(level * share * shape)))
    return rows


def _write(file: Path, head: str, rows: object) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened)
        out.writerow(head.split())
        out.writerows(rows)  # type: ignore[arg-type]
