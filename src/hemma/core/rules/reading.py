"""Packs from TOML, refused with file, line and remedy when they cannot be used."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from hemma.core.rules.packs import (
    Basis,
    MalformedPack,
    Packs,
    RulePack,
    RuleValue,
    Severity,
    with_packs,
)
from hemma.core.rules.timeline import WorkKind
from hemma.core.rules.values import NUMBERS, WHOLE, WORDS, Better

FLOOR = "eu"
"""The pack that no agreement goes below (2003/88/EC and 94/33/EC)."""

_FIELDS = frozenset({"value", "paragraph", "source", "basis", "severity"})


def parse(text: str, origin: str) -> RulePack:
    """A pack from TOML; `origin` (a file's name) is told in errors. Raises `MalformedPack`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MalformedPack(f"{origin}: {error}. Correct that line.") from error
    _check_head(data, text, origin)
    pack, since = data["id"], data["valid_from"]
    values = {}
    for name, table in data.items():
        if name not in {"id", "valid_from", "base"}:
            where = _Where(origin, text, name)
            values[name] = _value(name, pack, since, _table(table, where), where)
    return RulePack(pack, since, values, data.get("base"))


@cache
def builtin() -> Packs:
    """The packs that come with the product."""
    folder = files("hemma.core.rules") / "packs"
    texts = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir())
    return Packs(tuple(parse(text, name) for name, text in texts if name.endswith(".toml")))


def overlay(packs: Packs, text: str, origin: str) -> Packs:
    """The packs with a collective agreement on top of a country's.

    Raises `MalformedPack` with file, line and remedy when it cannot be read, is based on nothing
    known, or gives people less than the floor of the European Union does.
    """
    pack = parse(text, origin)
    if any(known.id == pack.id and known.base != pack.base for known in packs.packs):
        where = _Where(origin, text, None).at("id")
        raise MalformedPack(f'{where}: there is a pack "{pack.id}" already; choose another id')
    bases = sorted({known.id for known in packs.packs if known.id != FLOOR})
    if pack.base not in bases:
        where = _Where(origin, text, None).at("base")
        raise MalformedPack(f'{where}: write base = "…" with one of: {", ".join(bases)}')
    for name, value in pack.values.items():
        floor = packs.value(FLOOR, name, pack.valid_from)
        if floor:
            _hold_floor(value, floor, packs, _Where(origin, text, name).at("value"))
    return with_packs(packs, [pack])


def _hold_floor(value: RuleValue, floor: RuleValue, packs: Packs, where: str) -> None:
    """Refuse what protects less than the floor."""
    better, least = NUMBERS.get(value.name, Better.EITHER), floor.number
    agreed = packs.value(FLOOR, f"{value.name}_agreed", value.valid_from)
    if agreed:  # article 19: what an agreement, and only that, may stretch
        least, floor = agreed.number, agreed
    if better is Better.MORE and value.number < least:
        raise MalformedPack(
            f"{where}: {value.number:g} is below {floor.paragraph}; write {least:g} or more"
        )
    if better is Better.LESS and value.number > least:
        raise MalformedPack(
            f"{where}: {value.number:g} is above {floor.paragraph}; write {least:g} or less"
        )


class _Where:
    """A place in a file, for errors."""

    def __init__(self, origin: str, text: str, table: str | None) -> None:
        self._origin, self._lines, self._table = origin, text.splitlines(), table

    def at(self, key: str | None = None) -> str:
        """File, line and table of a key; the table's own line when the key is not there."""
        line, inside = 0, self._table is None
        for number, row in enumerate(self._lines, start=1):
            header = re.match(r"\s*\[\s*[\"']?([^\]\"']+?)[\"']?\s*\]", row)
            if header:
                inside = header[1] == self._table
                line = number if inside else line
            elif inside and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", row):
                return self._told(number)
            elif self._table and re.match(rf"\s*{re.escape(self._table)}\s*[.=]", row):
                line = line or number
        return self._told(line or 1)

    def _told(self, line: int) -> str:
        return f"{self._origin}, line {line}" + (f", [{self._table}]" if self._table else "")


def _check_head(data: Mapping[str, Any], text: str, origin: str) -> None:
    where = _Where(origin, text, None)
    if not isinstance(data.get("id"), str) or not data["id"]:
        raise MalformedPack(f'{where.at("id")}: begin with id = "…" and valid_from = YYYY-MM-DD')
    if type(data.get("valid_from")) is not date:
        raise MalformedPack(
            f'{where.at("valid_from")}: begin with id = "…" and valid_from = YYYY-MM-DD'
        )
    base = data.get("base")
    if base is not None and (not isinstance(base, str) or base == data["id"]):
        raise MalformedPack(f'{where.at("base")}: base names another pack, as in base = "se"')


def _table(table: object, where: _Where) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise MalformedPack(f"{where.at()}: make it a table with {', '.join(sorted(_FIELDS))}")
    wrong = sorted(table.keys() ^ _FIELDS)
    if wrong:
        raise MalformedPack(f"{where.at(wrong[0])}: missing or unknown: {', '.join(wrong)}")
    for key in ("paragraph", "source"):
        if not isinstance(table[key], str) or not table[key].strip():
            raise MalformedPack(f'{where.at(key)}: write {key} = "…", where it can be read')
    return table


def _value(name: str, pack: str, since: date, table: Mapping[str, Any], where: _Where) -> RuleValue:
    if name not in NUMBERS and name not in WORDS:
        near = difflib.get_close_matches(name, [*NUMBERS, *WORDS], n=1)
        meant = f"; did you mean {near[0]}?" if near else "; see docs/how/rules.md for those known"
        raise MalformedPack(f"{where.at()}: no rule reads this value{meant}")
    number, words = _quantity(name, table["value"], where.at("value"))
    try:
        severity = Severity(table["severity"])
    except ValueError as error:
        raise MalformedPack(
            f"{where.at('severity')}: {error}; write stops, warns or informs"
        ) from error
    try:
        basis = Basis(table["basis"])
    except ValueError as error:
        raise MalformedPack(f"{where.at('basis')}: {error}; write P, P* or T") from error
    said = str(table["paragraph"]), str(table["source"])
    return RuleValue(name, pack, *said, basis, severity, number, words, since)


def _quantity(name: str, value: object, where: str) -> tuple[float, frozenset[str]]:
    if name in WORDS:
        if not isinstance(value, list) or not set(value) <= set(WorkKind):
            kinds = ", ".join(WorkKind)
            raise MalformedPack(f"{where}: value is a list of these words: {kinds}")
        return 0.0, frozenset(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise MalformedPack(f"{where}: value is a number from 0, without quotation marks")
    if name in WHOLE and (value < 1 or value != int(value)):
        raise MalformedPack(f"{where}: value is a whole number from 1")
    return float(value), frozenset()
