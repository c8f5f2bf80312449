"""A week as somebody wrote it, in CSV or JSON, made timelines; bad rows are named with a remedy.

Columns (CSV, first line) or keys (JSON, a list of objects, or one under `"rows"`):

    person,country,kind,start,end,place,announced,free_to_leave

`kind`, `start` and `end` are needed. Times are the workplace's own: `2026-12-02 08:00`; an end may
be `17:00` alone, on the same day or, when not later, the next. `country` is se, no, es, dk, fi or
eu, and may be given for all rows at once.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hemma.core.grid import Interval, instant_of
from hemma.core.rules.timeline import PlaceType, Timeline, WorkItem, WorkKind

ZONES = {
    "se": "Europe/Stockholm",
    "no": "Europe/Oslo",
    "es": "Europe/Madrid",
    "dk": "Europe/Copenhagen",
    "fi": "Europe/Helsinki",
    "eu": "Europe/Brussels",
}
"""The zone of a country's workplaces, unless another is named."""

MOST_ROWS = 100_000

_NEEDED = "kind", "start", "end"
_KNOWN = frozenset({*_NEEDED, "person", "country", "place", "announced", "free_to_leave"})


class BadRows(ValueError):
    """What was written cannot be read; `faults` has a line for each place, with the remedy."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One person's timeline, by the name that was written."""

    name: str
    timeline: Timeline


def read_week(
    text: str, origin: str, *, country: str | None = None, zone: str | None = None
) -> tuple[WrittenLine, ...]:
    """The people of a text, each with a timeline; JSON when it begins with a bracket, else CSV.

    A person with rows of two countries has a timeline for each. Raises `BadRows`.
    """
    faults: list[str] = []
    lines: dict[tuple[str, str], list[WorkItem]] = {}
    text = text.removeprefix("\ufeff")
    rows = _json(text, origin) if text.lstrip()[:1] in ("[", "{") else _csv(text, origin)
    for where, row in rows:
        try:
            key, item = _item(row, country, zone)
            items = lines.setdefault(key, [])
            items.append(WorkItem(len(items) + 1, *item))
        except ValueError as error:
            faults.append(f"{where}: {error}")
    if faults:
        raise BadRows(faults)
    if not lines:
        raise BadRows([f"{origin}: there are no rows; write at least one below the first line"])
    return tuple(
        WrittenLine(name, Timeline(number, pack, ZoneInfo(zone or ZONES[pack]), tuple(items)))
        for number, ((name, pack), items) in enumerate(lines.items(), start=1)
    )


type _Rows = list[tuple[str, Mapping[str, Any]]]
type _Item = tuple[WorkKind, Interval, PlaceType | None, datetime | None, bool]


def _csv(text: str, origin: str) -> _Rows:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)  # comma first of equals
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    head = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in _NEEDED if name not in head]
    unknown = sorted(set(head) - _KNOWN)
    if missing or unknown or len(set(head)) < len(head):
        raise BadRows(
            [
                f"{origin}, line 1: {'missing ' + ', '.join(missing) if missing else 'not known or twice: ' + ', '.join(unknown or head)}; "
                f"write the columns {', '.join(_NEEDED)} and, if you like, {', '.join(sorted(_KNOWN - set(_NEEDED)))}"
            ]
        )
    rows: _Rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            where = f"{origin}, line {reader.line_num}"
            if len(cells) > len(head):
                raise BadRows([f"{where}: has {len(cells)} cells of {len(head)}; take some away"])
            rows.append((where, dict(zip(head, cells, strict=False))))
            _few_enough(rows, origin)
    return rows


def _json(text: str, origin: str) -> _Rows:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise BadRows([f"{origin}, line {line}: no JSON ({error}); correct it there"]) from error
    rows = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadRows([f'{origin}: write a list of objects, or {{"rows": [...]}}'])
    _few_enough(rows, origin)
    return [(f"{origin}, row {number}", row) for number, row in enumerate(rows, start=1)]


def _few_enough(rows: list[Any], origin: str) -> None:
    if len(rows) > MOST_ROWS:
        raise BadRows([f"{origin}: has more than {MOST_ROWS} rows; split it"])


def _item(
    row: Mapping[str, Any], country: str | None, zone: str | None
) -> tuple[tuple[str, str], _Item]:
    told = {key: str(value).strip() for key, value in row.items() if value is not None}
    pack = (told.get("country") or country or "").lower()
    if pack not in ZONES:
        raise ValueError(f"country {pack!r} is not known; write one of {', '.join(ZONES)}")
    where = ZoneInfo(zone or ZONES[pack])
    kind = _word(told.get("kind", ""), WorkKind, "kind")
    place = _word(told["place"], PlaceType, "place") if told.get("place") else None
    start = _time(told.get("start", ""), "start", None)
    end = _time(told.get("end", ""), "end", start)
    first, last = instant_of(start, where), instant_of(end, where)
    if last <= first:
        raise ValueError("ends before it starts; write an end that is later")
    if last - first > timedelta(days=366):
        raise ValueError("is longer than a year; check the dates")
    announced = _time(told["announced"], "announced", None) if told.get("announced") else None
    leave = (told.get("free_to_leave") or "yes").lower()
    if leave not in {"yes", "no", "true", "false", "1", "0"}:
        raise ValueError(f"free_to_leave {leave!r} is not known; write yes or no")
    known = instant_of(announced, where) if announced else None
    at = Interval(first, last)
    return (told.get("person") or "1", pack), (
        kind,
        at,
        place,
        known,
        leave in {"yes", "true", "1"},
    )


def _word[Word: (WorkKind, PlaceType)](text: str, words: type[Word], name: str) -> Word:
    try:
        return words(text.lower())
    except ValueError:
        raise ValueError(f"{name} {text!r} is not known; write one of {', '.join(words)}") from None


def _time(text: str, name: str, start: datetime | None) -> datetime:
    """A local time; after `start`, when that is given, a clock time alone will do."""
    try:
        if start and len(text) <= 5:
            clock = datetime.combine(start, time.fromisoformat(text.zfill(5)))
            return clock if clock > start else clock + timedelta(days=1)
        local = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        local = None
    if local is None or local.tzinfo is not None or not 1971 <= local.year <= 2200:
        raise ValueError(f"{name} {text!r} is no local time; write it as 2026-12-02 08:00")
    return local
