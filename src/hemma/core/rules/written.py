"""A week as somebody wrote it, in CSV or JSON, made timelines; bad rows are named by code.

Columns (CSV, first line) or keys (JSON, a list of objects, or one under `"rows"`):

    person,country,kind,start,end,place,announced,free_to_leave,minor,training_contract

`kind`, `start` and `end` are needed. Times are the workplace's own: `2026-12-02 08:00`; an end may
be `17:00` alone, on the same day or, when not later, the next. `country` is se, no, es, dk, fi or
eu, and may be given for all rows at once. `minor` and `training_contract` are said of a person: one
row with yes is enough. The words for faults stand in `lib.law_words`.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
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
_OPTIONAL = (
    "person",
    "country",
    "place",
    "announced",
    "free_to_leave",
    "minor",
    "training_contract",
)
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that cannot be read: where (`line` of CSV, `row` of JSON, 0 for the whole), a code
    with words in `lib.law_words`, and what to put into them."""

    origin: str
    place: str
    number: int
    code: str
    told: Mapping[str, str]


class BadRows(ValueError):
    """What was written cannot be read; `faults` has one for each place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.origin} {one.number}: {one.code}" for one in self.faults))


class _Wrong(ValueError):
    """One row's fault, before it is known where."""

    def __init__(self, code: str, **told: str) -> None:
        super().__init__(code)
        self.code, self.told = code, told


class _Item(NamedTuple):
    person: str
    pack: str
    kind: WorkKind
    at: Interval
    place: PlaceType | None
    announced: datetime | None
    free_to_leave: bool
    is_minor: bool
    is_training_contract: bool


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One person's timeline, by the name that was written."""

    name: str
    timeline: Timeline


def read_week(
    text: str,
    origin: str,
    *,
    country: str | None = None,
    zone: str | None = None,
    under: str | None = None,
    most_rows: int = MOST_ROWS,
) -> tuple[WrittenLine, ...]:
    """The people of a text, each with a timeline; JSON when it begins with a bracket, else CSV.

    A person with rows of two countries has a timeline for each, unless `under` lays all rows under
    one country's law, their clock times being that country's. Raises `BadRows`.
    """
    faults: list[Fault] = []
    lines: dict[tuple[str, str], list[_Item]] = {}
    text = text.removeprefix("\ufeff")
    is_json = text.lstrip()[:1] in ("[", "{")
    rows = _json(text, origin) if is_json else _csv(text, origin)
    if len(rows) > most_rows:
        raise _whole(origin, "too_many", most=str(most_rows))
    for number, row in rows:
        try:
            item = _item(row, country, zone, under)
            lines.setdefault((item.person, item.pack), []).append(item)
        except _Wrong as wrong:
            place = "row" if is_json else "line"
            faults.append(Fault(origin, place, number, wrong.code, wrong.told))
    if faults:
        raise BadRows(faults)
    if not lines:
        raise _whole(origin, "no_rows")
    return tuple(
        WrittenLine(name, _timeline(number, pack, zone, items))
        for number, ((name, pack), items) in enumerate(lines.items(), start=1)
    )


def _timeline(number: int, pack: str, zone: str | None, items: list[_Item]) -> Timeline:
    return Timeline(
        number,
        pack,
        ZoneInfo(zone or ZONES[pack]),
        tuple(
            WorkItem(n, one.kind, one.at, one.place, one.announced, one.free_to_leave)
            for n, one in enumerate(items, start=1)
        ),
        is_minor=any(one.is_minor for one in items),
        is_training_contract=any(one.is_training_contract for one in items),
    )


type _Rows = list[tuple[int, Mapping[str, Any]]]


def _whole(origin: str, code: str, number: int = 0, **told: str) -> BadRows:
    return BadRows([Fault(origin, "line", number, code, told)])


def _csv(text: str, origin: str) -> _Rows:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)  # comma first of equals
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    head = [name.strip().lower() for name in next(reader, [])]
    columns = {"needed": ", ".join(_NEEDED), "optional": ", ".join(_OPTIONAL)}
    missing = [name for name in _NEEDED if name not in head]
    if missing:
        raise _whole(origin, "columns_missing", 1, names=", ".join(missing), **columns)
    unknown = sorted({name for name in head if name not in (*_NEEDED, *_OPTIONAL)})
    twice = sorted({name for name in head if head.count(name) > 1})
    if unknown or twice:
        raise _whole(origin, "columns_unknown", 1, names=", ".join(unknown or twice), **columns)
    rows: _Rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) > len(head):
                    counted = {"cells": str(len(cells)), "columns": str(len(head))}
                    raise _whole(origin, "too_many_cells", reader.line_num, **counted)
                rows.append((reader.line_num, dict(zip(head, cells, strict=False))))
    except csv.Error as error:
        raise _whole(origin, "not_csv", reader.line_num, error=str(error)) from error
    return rows


def _json(text: str, origin: str) -> _Rows:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _whole(origin, "not_json", line, error=str(error)) from error
    rows = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _whole(origin, "not_a_list")
    return list(enumerate(rows, start=1))


def _item(
    row: Mapping[str, Any], country: str | None, zone: str | None, under: str | None
) -> _Item:
    told = {key: str(value).strip() for key, value in row.items() if value is not None}
    own = (told.get("country") or country or under or "").lower()
    if own not in ZONES:
        raise _Wrong("country_unknown", value=own, words=", ".join(ZONES))
    pack = under or own
    where = ZoneInfo(zone or ZONES[pack])
    kind = _word(told.get("kind", ""), WorkKind, "kind")
    place = _word(told["place"], PlaceType, "place") if told.get("place") else None
    start = _time(told.get("start", ""), "start", None)
    end = _time(told.get("end", ""), "end", start)
    first, last = instant_of(start, where), instant_of(end, where)
    if last <= first:
        raise _Wrong("ends_early")
    if last - first > timedelta(days=366):
        raise _Wrong("too_long")
    announced = _time(told["announced"], "announced", None) if told.get("announced") else None
    return _Item(
        told.get("person") or "1",
        pack,
        kind,
        Interval(first, last),
        place,
        instant_of(announced, where) if announced else None,
        _answer(told, "free_to_leave", default=True),
        _answer(told, "minor", default=False),
        _answer(told, "training_contract", default=False),
    )


def _answer(told: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = told.get(name, "").lower()
    if text and text not in _YES | _NO:
        raise _Wrong("yes_or_no", column=name, value=text)
    return text in _YES if text else default


def _word[Word: (WorkKind, PlaceType)](text: str, words: type[Word], name: str) -> Word:
    try:
        return words(text.lower())
    except ValueError:
        raise _Wrong("word_unknown", column=name, value=text, words=", ".join(words)) from None


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
        raise _Wrong("no_time", column=name, value=text)
    return local
