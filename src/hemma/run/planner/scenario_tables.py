"""Reads a scenario's tables; whatever is wrong is told with file, row and remedy."""

import csv
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hemma.core.grid import TimeGrid
from hemma.run.telling import Refusal

type Row = tuple[int, dict[str, str]]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def toml(file: Path) -> dict[str, Any]:
    """The file's tables. Raises `Refusal`."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal(
            f"{file} cannot be read ({error.strerror}). `hemma plan --example DIR` writes a folder to begin with."
        ) from error
    except ValueError as error:
        raise Refusal(f"{file.name}: {error}.") from error


def rows(file: Path, columns: tuple[str, ...], *, is_needed: bool = True) -> list[Row]:
    """The rows with their numbers; none if the file is not needed and not there. Raises `Refusal`."""
    if not is_needed and not file.exists():
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            found = list(enumerate(csv.DictReader(opened), start=2))
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} cannot be read ({error}). Save it as CSV in UTF-8.") from error
    for number, row in found:
        lacking = [name for name in columns if not row.get(name)]
        if lacking:
            raise Refusal(
                f"{file.name}, row {number}: nothing in {', '.join(lacking)}. The columns are: {','.join(columns)}."
            )
    if is_needed and not found:
        raise Refusal(f"{file.name} has no rows below its first line.")
    return found


def person(names: dict[str, int], row: dict[str, str], file: str, number: int) -> int:
    """The number of the row's person. Raises `Refusal`."""
    if row["name"] not in names:
        raise Refusal(f"{file}, row {number}: {row['name']!r} is not in people.csv.")
    return names[row["name"]]


def day(row: dict[str, str], grid: TimeGrid, file: str, number: int) -> int:
    """The number of the row's day. Raises `Refusal`."""
    try:
        found = (date.fromisoformat(row["day"]) - grid.first_day) // timedelta(days=1)
    except ValueError:
        found = -1
    if not 0 <= found < grid.days:
        raise Refusal(
            f"{file}, row {number}: {row['day']!r} is no planned day; write it as 2026-11-02."
        )
    return found


def cell[T](file: str, row: Row, name: str, make: Callable[[str], T], otherwise: T, like: str) -> T:
    """One cell that may be empty. Raises `Refusal` with an example of what to write."""
    number, cells = row
    text = (cells.get(name) or "").strip()
    if not text:
        return otherwise
    try:
        return make(text)
    except (ValueError, KeyError) as error:
        raise Refusal(
            f"{file}, row {number}: {text!r} in {name}. Write it as {like}, or leave it empty."
        ) from error


def yes(text: str) -> bool:
    """ "yes" or "no"."""
    return {"yes": True, "no": False}[text.lower()]


def weekdays(text: str) -> tuple[int, ...]:
    """ "mon thu" as (0, 3)."""
    return tuple(WEEKDAYS.index(word) for word in text.lower().split())


def frame(text: str) -> tuple[int, int]:
    """ "1-3" as (1, 3)."""
    least, _, most = text.partition("-")
    return int(least), int(most or least)


def minutes(text: str) -> int:
    """ "08:15" as minutes after midnight."""
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute


def local(text: str) -> datetime:
    """ "2026-11-02 08:15"."""
    return datetime.fromisoformat(text)
