"""A file of counts as a history; whatever is wrong with it is told with the row and the remedy."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from hemma.core.grid import SLOT_LENGTHS_MIN, Interval, TimeGrid, instants_of
from hemma.run.telling import Refusal

_SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as an editor shows it, when, how many, which queue."""

    number: int
    at: datetime
    count: float
    queue: str


@dataclass(frozen=True)
class Counts:
    """`counts` (queues, slots), `nan` where nothing is known, and what the reader should hear."""

    grid: TimeGrid
    queues: tuple[str, ...]
    counts: NDArray[np.float64]
    notes: tuple[str, ...]


def read(file: Path, *, time: str, count: str, queue: str | None, zone_name: str) -> Counts:
    """Read the file. Raises `Refusal` when a row cannot be understood."""
    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refusal(
            f"There is no time zone {zone_name!r}; write for instance Europe/Oslo.", 2
        ) from error
    rows = _rows(_text(file), time, count, queue)
    if not rows:
        raise Refusal(f"{file.name} has no rows below its first line.")
    placed = _instants(rows, zone)
    grid = _grid(placed, zone)
    return _table(placed, grid)


def _text(file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}).") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _rows(text: str, time: str, count: str, queue: str | None) -> list[Row]:
    first = text.partition("\n")[0]
    mark = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    head = [name.strip() for name in next(reader, [])]
    at = {}
    for option, name in (("--time", time), ("--count", count), ("--queue", queue)):
        if name is None:
            continue
        if name not in head:
            raise Refusal(
                f"There is no column {name!r} ({option}). The file has: {', '.join(head)}.", 2
            )
        at[option] = head.index(name)
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        number = reader.line_num
        if len(cells) != len(head):
            raise Refusal(_uneven(number, len(cells), len(head), mark))
        name = cells[at["--queue"]].strip() if "--queue" in at else "all"
        rows.append(
            Row(
                number,
                _time(number, cells[at["--time"]]),
                _count(number, cells[at["--count"]]),
                name,
            )
        )
    return rows


def _uneven(number: int, has: int, wanted: int, mark: str) -> str:
    told = f"Row {number} has {has} cells, the first line {wanted}."
    if mark == "," and has > wanted:
        return (
            told
            + " If its numbers have decimal commas, save the file with semicolons between cells."
        )
    return told + " Is a separator missing or too many?"


def _time(number: int, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(
            f"Row {number}: {text.strip()!r} is no time that can be read for certain. "
            "Write it as 2026-03-02 07:30."
        ) from None


def _count(number: int, text: str) -> float:
    plain = text.strip().replace("\u00a0", "").replace(" ", "")
    if "," in plain and "." in plain:
        raise Refusal(f"Row {number}: {text!r} has both a comma and a point; write 1234.5.")
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise Refusal(
            f"Row {number}: {text.strip()!r} is no number of contacts. "
            "Write 0 where nobody came; leave the row out where it is not known."
        )
    return value


def _instants(rows: list[Row], zone: ZoneInfo) -> list[tuple[Row, datetime]]:
    """When each row was; of two equal local times in a repeated hour, the second row is the later."""
    seen: dict[tuple[str, datetime], int] = {}
    placed = []
    for row in rows:
        times = (row.at,) if row.at.tzinfo else instants_of(row.at, zone)
        if not times:
            raise Refusal(
                f"Row {row.number}: {row.at} was skipped when the clocks were set forward in {zone.key}. "
                "Is the file in another zone? Name it with --zone (UTC if it has no summer time)."
            )
        free = next((t for t in times if (row.queue, t) not in seen), None)
        if free is None:
            other = seen[row.queue, times[0]]
            raise Refusal(
                f"Rows {other} and {row.number} both tell of {row.at} ({row.queue}). Take one out, or add "
                "them up; if they are two queues, name their column with --queue."
            )
        seen[row.queue, free] = row.number
        placed.append((row, free))
    return placed


def _grid(placed: list[tuple[Row, datetime]], zone: ZoneInfo) -> TimeGrid:
    """Whole local days from the first row to the last, cut as the file is."""
    times = sorted({at for _, at in placed})
    steps = Counter((b - a).total_seconds() / 60 for a, b in pairwise(times))
    usual = steps.most_common(1)[0][0] if steps else 0
    if usual not in SLOT_LENGTHS_MIN:
        raise Refusal(
            f"Rows are mostly {usual:g} minutes apart; intervals of "
            f"{', '.join(map(str, SLOT_LENGTHS_MIN))} minutes are understood. Add rows up to one of them."
        )
    grid = TimeGrid.covering(zone, Interval(times[0], times[-1]), int(usual))
    starts = set(grid.edges_s)
    for row, at in placed:
        if at.timestamp() not in starts:
            raise Refusal(
                f"Row {row.number}: {row.at} is not the start of an interval of {usual:g} minutes. "
                "Round the times to the interval."
            )
    return grid


def _table(placed: list[tuple[Row, datetime]], grid: TimeGrid) -> Counts:
    names = tuple(sorted({row.queue for row, _ in placed}))
    counts = np.full((len(names), len(grid)), np.nan)
    for row, at in placed:
        counts[names.index(row.queue), grid.slot_of(at)] = row.count
    notes: list[str] = []
    for name, line in zip(names, counts, strict=True):
        notes += _fill_closed(name, line, grid)
    return Counts(grid, names, counts, tuple(notes))


def _fill_closed(name: str, line: NDArray[np.float64], grid: TimeGrid) -> list[str]:
    """Put 0 where the file never has rows at that time of that weekday; tell of the other gaps."""
    keys = np.array(
        [slot.day.weekday() * 1440 + slot.local.hour * 60 + slot.local.minute for slot in grid]
    )
    known = ~np.isnan(line)
    often = np.bincount(keys[known], minlength=7 * 1440) > 0.5 * np.bincount(
        keys, minlength=7 * 1440
    )
    day = np.repeat(np.arange(grid.days), np.diff(grid.day_first))
    day_has = np.bincount(day[known], minlength=grid.days) > 0
    line[~known & ~often[keys] & day_has[day]] = 0.0
    gaps = np.flatnonzero(np.isnan(line) & often[keys])
    whole = [grid.dates[n] for n in np.unique(day[gaps]).tolist() if not day_has[n]]
    parts = [grid.slot(int(n)).local for n in gaps if day_has[day[n]]]
    told = []
    if whole:
        shown = ", ".join(map(str, whole[:_SHOWN])) + (" …" if len(whole) > _SHOWN else "")
        told.append(
            f"{name}: {len(whole)} days have no rows ({shown}). Taken as not known; "
            "write rows with 0 if nobody could come."
        )
    if parts:
        shown = ", ".join(f"{t:%Y-%m-%d %H:%M}" for t in parts[:_SHOWN])
        told.append(
            f"{name}: {len(parts)} intervals are missing inside days ({shown}"
            f"{' …' if len(parts) > _SHOWN else ''}). Taken as not known; write 0 if nobody came."
        )
    return told
