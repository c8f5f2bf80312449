"""Read the file, name what cannot be, and take the answers that were given as options."""

import argparse
import csv
import math
import operator
import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from hemma.core.effects import Finding, Odd, check_column, check_pairs, number
from hemma.run.telling import Refusal

LOUD = {Odd.SENTINEL, Odd.AGE, Odd.NEGATIVE}
WORDS = {
    Odd.SENTINEL: "looks like a stand-in for 'missing'",
    Odd.AGE: "is no age of a person at work",
    Odd.NEGATIVE: "is below zero, where it cannot be",
    Odd.NOT_A_NUMBER: "is no number",
    Odd.OVER_MAXIMUM: "is over the maximum",
    Odd.DUPLICATE: "is there more than once",
}
COMPARED = {
    "<=": operator.le, ">=": operator.ge, "!=": operator.ne, "=": operator.eq, "<": operator.lt,
    ">": operator.gt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that are used, as numbers; persons, clusters and text periods as words."""

    numbers: dict[str, list[float]]
    labels: dict[str, list[str]]
    notes: tuple[str, ...]
    read: int


def load(options: argparse.Namespace) -> Table:
    """The columns that the options name. Refuses with a list when a value needs an answer."""
    columns = _read(options.file)
    read = len(next(iter(columns.values()), []))
    used = [*options.outcomes, *options.exposure, *options.control]
    used += [options.event] if options.event else []
    used += [options.weights] if options.weights else []
    used += [options.hours] if options.hours else []
    keys = [x for x in (options.person, options.period, options.cluster, options.by) if x]
    for name in [*used, *keys]:
        if name not in columns:
            raise Refusal(f"The file has no column {name!r}. It has: {', '.join(columns)}.", 2)
    notes: list[str] = []
    columns = _only(columns, options.where, notes)
    columns = _without(columns, options.missing_value, notes)
    maxima = dict(_pair(text, "=") for text in options.maximum)
    _ask(columns, used, options, maxima, notes)
    columns = _complete(columns, used, keys, notes)
    if options.period and options.design not in {"parity", "stay"}:
        twice = check_pairs(columns, options.person, options.period)
        if twice:
            raise Refusal(
                _listed(twice) + "\nOne row per person and period is needed: take the surplus rows"
                " out of the file, or choose them with --where.", 2,
            )  # fmt: skip
    numbers = {name: [number(cell) or 0.0 for cell in columns[name]] for name in used}
    return Table(numbers, {name: columns[name] for name in keys}, tuple(notes), read)


def _read(file: Path) -> dict[str, list[str]]:
    rows = _sheet(file) if file.suffix.lower() == ".xlsx" else _text(file)
    if len(rows) < 2:
        raise Refusal(f"{file} holds no rows below its heading.", 2)
    names = [name.strip() for name in rows[0]]
    for line, row in enumerate(rows[1:], 2):
        if row and len(row) != len(names):
            raise Refusal(f"Line {line} has {len(row)} cells; the heading has {len(names)}.", 2)
    body = [row for row in rows[1:] if row]
    return {name: [row[i].strip() for row in body] for i, name in enumerate(names)}


def _sheet(file: Path) -> list[list[str]]:
    """The first sheet of a workbook as words; what a formula last gave, never the formula."""
    try:
        book = load_workbook(file.expanduser(), read_only=True, data_only=True)
        with closing(book):
            given = list(book.worksheets[0].iter_rows(values_only=True))
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}.", 2) from None
    except (OSError, ValueError, KeyError, IndexError, BadZipFile, InvalidFileException) as problem:
        raise Refusal(f"{file} cannot be read as XLSX: {problem}", 2) from None
    wide = next((len(row) for row in given), 0)
    while wide and all(row[wide - 1] is None for row in given):
        wide -= 1
    rows = [["" if cell is None else str(cell) for cell in row[:wide]] for row in given]
    return [row for row in rows if any(row)]


def _text(file: Path) -> list[list[str]]:
    try:
        text = file.expanduser().read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}.", 2) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise Refusal(f"{file} cannot be read as CSV in UTF-8: {problem}", 2) from None
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    return list(csv.reader(text.splitlines(), delimiter=mark))


def _keep(columns: dict[str, list[str]], rows: list[int]) -> dict[str, list[str]]:
    return {name: [cells[i] for i in rows] for name, cells in columns.items()}


def _pair(text: str, mark: str) -> tuple[str, float]:
    name, _, value = text.partition(mark)
    found = number(value)
    if not name or found is None or math.isnan(found):
        raise Refusal(f"{text!r} should read COLUMN{mark}NUMBER.", 2)
    return name.strip(), found


def _only(
    columns: dict[str, list[str]], conditions: list[str], notes: list[str]
) -> dict[str, list[str]]:
    for text in conditions:
        parts = re.fullmatch(r"\s*(.+?)\s*(<=|>=|!=|=|<|>)\s*(.+?)\s*", text)
        if parts is None or parts[1] not in columns:
            raise Refusal(f"--where {text!r}: write COLUMN, one of < <= = != >= >, and a value.", 2)
        cells, against = columns[parts[1]], number(parts[3])
        compare = COMPARED[parts[2]]
        if against is None or math.isnan(against):
            if parts[2] not in {"=", "!="}:
                raise Refusal(f"--where {text!r}: words can only be = or !=.", 2)
            rows = [i for i, cell in enumerate(cells) if compare(cell, parts[3])]
        else:
            values = [number(cell) for cell in cells]
            rows = [i for i, v in enumerate(values) if v is not None and compare(v, against)]
        notes.append(f"only rows with {text}: {len(rows)} of {len(cells)}")
        columns = _keep(columns, rows)
    return columns


def _without(
    columns: dict[str, list[str]], given: list[str], notes: list[str]
) -> dict[str, list[str]]:
    """Values that were said to stand for 'missing' become empty."""
    out = dict(columns)
    for name, value in (_pair(text, "=") for text in given):
        if name not in out:
            raise Refusal(f"--missing-value: there is no column {name!r}.", 2)
        before = out[name]
        out[name] = ["" if number(cell) == value else cell for cell in before]
        changed = sum(a != b for a, b in zip(before, out[name], strict=True))
        notes.append(f"{name} = {value:g} read as missing, as you said: {changed} times")
    return out


def _ask(
    columns: dict[str, list[str]],
    used: list[str],
    options: argparse.Namespace,
    maxima: dict[str, float],
    notes: list[str],
) -> None:
    ask: list[Finding] = []
    checked = [
        *used,
        *(x for x in columns if x not in {*used, options.person, options.cluster, options.by}),
    ]
    for name in checked:
        found = check_column(name, columns[name], maximum=maxima.get(name))
        if name in used and name not in options.accept:
            ask += [x for x in found if x.odd is not Odd.MISSING]
        elif name == options.period:
            ask += [x for x in found if x.odd is Odd.SENTINEL and name not in options.accept]
        elif name:
            notes += [f"look at {_line(x)} (column not used)" for x in found if x.odd in LOUD]
    if ask:
        raise Refusal(
            _listed(ask) + "\nSay what they are: --missing-value COLUMN=VALUE leaves those rows out,"
            " --accept COLUMN takes its values as they are.", 2,
        )  # fmt: skip


def _line(one: Finding) -> str:
    rows = f", rows {', '.join(map(str, one.rows))}" if one.rows else ""
    more = " …" if one.times > len(one.rows) > 0 else ""
    return f"{one.column}: {one.value!r} {WORDS[one.odd]} ({one.times} times{rows}{more})"


def _listed(found: tuple[Finding, ...] | list[Finding]) -> str:
    shown = [f"  {_line(one)}" for one in found[:20]]
    if len(found) > 20:
        shown.append(f"  … and {len(found) - 20} more")
    return "\n".join(["These values cannot be as they stand; nothing was computed.", *shown])


def _complete(
    columns: dict[str, list[str]], used: list[str], keys: list[str], notes: list[str]
) -> dict[str, list[str]]:
    rows = []
    size = len(next(iter(columns.values()), []))
    for i in range(size):
        empty = any(math.isnan(number(columns[name][i]) or 0.0) for name in used)
        if not empty and all(columns[name][i] for name in keys):
            rows.append(i)
    if not rows:
        raise Refusal("No row is left that has all the columns.", 2)
    if len(rows) < size:
        notes.append(f"{size - len(rows)} rows left out because a cell is empty")
    return _keep(columns, rows)
