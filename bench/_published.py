"""Published shift rosters (Curtois & Qu 2014): read, and judged by rules and cost as the instances say.
Shares nothing with any search."""

import csv
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class Person:
    """One row of SECTION_STAFF; `most` by shift."""

    name: str
    most: dict[str, int]
    most_min: int
    least_min: int
    most_row: int
    least_row: int
    least_off: int
    weekends: int


@dataclass(frozen=True)
class Instance:
    """`length` by shift in minutes, `after` what may not follow it; requests as (person, day, shift,
    weight); `cover` (day, shift) → need, weight of one missing, weight of one too many."""

    days: int
    length: dict[str, int]
    after: dict[str, frozenset[str]]
    staff: tuple[Person, ...]
    off: dict[str, frozenset[int]]
    on_requests: tuple[tuple[str, int, str, int], ...]
    off_requests: tuple[tuple[str, int, str, int], ...]
    cover: dict[tuple[int, str], tuple[int, int, int]]


def read(file: Path) -> Instance:
    """Raises `ValueError` that says what does not fit together."""
    part = _parts(file)
    try:
        days = int(part["SECTION_HORIZON"][0][0])
        length = {r[0]: int(r[1]) for r in part["SECTION_SHIFTS"]}
        made = Instance(
            days, length,
            {r[0]: frozenset(x for x in "".join(r[2:3]).split("|") if x) for r in part["SECTION_SHIFTS"]},
            tuple(_person(row, dict.fromkeys(length, days)) for row in part["SECTION_STAFF"]),
            {r[0]: frozenset(int(x) for x in r[1:] if x) for r in part.get("SECTION_DAYS_OFF", [])},
            _asked(part.get("SECTION_SHIFT_ON_REQUESTS", [])),
            _asked(part.get("SECTION_SHIFT_OFF_REQUESTS", [])),
            {(int(r[0]), r[1]): (int(r[2]), int(r[3]), int(r[4])) for r in part.get("SECTION_COVER", [])},
        )  # fmt: skip
    except (KeyError, IndexError) as error:
        raise ValueError(f"a part of the file is missing: {error}") from error
    _fits(made)
    return made


def _parts(file: Path) -> dict[str, list[list[str]]]:
    part: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        text = line.strip()
        if text.startswith("SECTION_"):
            rows = part.setdefault(text, [])
        elif text and not text.startswith("#"):
            rows.append([word.strip() for word in text.split(",")])
    return part


def _person(row: list[str], most: dict[str, int]) -> Person:
    """A kind of which nothing is said has no limit."""
    told = (word.split("=") for word in row[1].split("|") if word)
    return Person(row[0], most | {kind: int(n) for kind, n in told}, *map(int, row[2:8]))


def _asked(rows: list[list[str]]) -> tuple[tuple[str, int, str, int], ...]:
    return tuple((r[0], int(r[1]), r[2], int(r[3])) for r in rows)


def _fits(made: Instance) -> None:
    """Raises `ValueError` for names or days that the file does not have."""
    names = {one.name for one in made.staff}
    if not made.length or not names or made.days < 1 or min(made.length.values()) < 1:
        raise ValueError("no days, no shifts, no staff, or a shift without length")
    if len(names) < len(made.staff):
        raise ValueError("two people of one name")
    requests = made.on_requests + made.off_requests
    kinds = {k for one in made.staff for k in one.most} | {k for _, k in made.cover}
    kinds |= {k for _, _, k, _ in requests}
    kinds = {k for after in made.after.values() for k in after} | kinds
    if strange := kinds - set(made.length):
        raise ValueError(f"shifts of no kind: {sorted(strange)}")
    if strange := ({who for who, *_ in requests} | set(made.off)) - names:
        raise ValueError(f"people who are not in the staff: {sorted(strange)}")
    days = {d for d, _ in made.cover} | {d for _, d, _, _ in requests}
    if strange := {d for d in days.union(*made.off.values()) if not 0 <= d < made.days}:
        raise ValueError(f"days outside the horizon: {sorted(strange)}")


def known(folder: Path) -> dict[int, dict[str, int]]:
    """The best known costs, with the sizes by which a file can be checked; nothing without the table."""
    if not (folder / "best_known.csv").exists():
        return {}
    with (folder / "best_known.csv").open(encoding="utf-8") as opened:
        return {
            int(row["inst"]): {k: int(v) for k, v in row.items() if v}
            for row in csv.DictReader(opened)
        }


def sizes_that_differ(made: Instance, told: dict[str, int]) -> dict[str, tuple[int, int]]:
    """What in a file is not as the table of best known costs says."""
    have = {
        "days": made.days, "staff": len(made.staff), "shift_types": len(made.length),
        "requests": len(made.on_requests) + len(made.off_requests),
        "days_off": sum(map(len, made.off.values())), "cover_rows": len(made.cover),
    }  # fmt: skip
    return {name: (n, told[name]) for name, n in have.items() if n != told.get(name, n)}


def broken(made: Instance, plan: dict[str, list[str]]) -> list[str]:
    """Hard rules that a plan (person → shift or "" by day) breaks."""
    found = []
    for one in made.staff:
        row = plan[one.name]
        worked = [d for d, shift in enumerate(row) if shift]
        for shift, most in one.most.items():
            if row.count(shift) > most:
                found.append(f"{one.name}: {row.count(shift)} of {shift}, {most} allowed")
        minutes = sum(made.length[row[d]] for d in worked)
        if not one.least_min <= minutes <= one.most_min:
            found.append(f"{one.name}: {minutes} minutes")
        for day, (a, b) in enumerate(pairwise(row)):
            if a and b and b in made.after[a]:
                found.append(f"{one.name}, day {day}: {b} after {a}")
        found += _runs(made, one, row)
        weekends = sum(any(row[d : d + 2]) for d in range(5, made.days, 7))
        if weekends > one.weekends:
            found.append(f"{one.name}: {weekends} weekends")
        found += [
            f"{one.name}, day {d}: was to be off" for d in made.off.get(one.name, ()) if row[d]
        ]
    return found


def _runs(made: Instance, one: Person, row: list[str]) -> list[str]:
    """Stretches too long or too short; those at the plan's edges may go on outside it."""
    found, start = [], 0
    for day in range(1, made.days + 1):
        if day < made.days and bool(row[day]) == bool(row[start]):
            continue
        length, inside = day - start, start > 0 and day < made.days
        if row[start] and (length > one.most_row or (inside and length < one.least_row)):
            found.append(f"{one.name}, day {start}: {length} shifts in a row")
        if not row[start] and inside and length < one.least_off:
            found.append(f"{one.name}, day {start}: {length} days off in a row")
        start = day
    return found


def cost(made: Instance, plan: dict[str, list[str]]) -> int:
    """As the instance defines it."""
    total = sum(w for who, day, shift, w in made.on_requests if plan[who][day] != shift)
    total += sum(w for who, day, shift, w in made.off_requests if plan[who][day] == shift)
    for (day, shift), (need, under, over) in made.cover.items():
        there = sum(row[day] == shift for row in plan.values())
        total += under * max(0, need - there) + over * max(0, there - need)
    return total
