"""Rule packs: what the law of a country says, as dated data with paragraph and source.

A pack is a TOML file: `id`, `valid_from`, optionally `base` (the pack that speaks where this one
is silent: a country's base is the EU floor, an agreement's is its country), and one table a value:

    [daily_rest_h]
    value = 11                    # number, or list of words
    paragraph = "ATL 13 §"
    source = "Arbetstidslag (1982:673)"
    basis = "P"                   # P read in the law; P* read about it; T recalled
    severity = "stops"            # stops, warns, informs
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Severity(StrEnum):
    """What a broken value means for a plan."""

    STOPS = "stops"
    WARNS = "warns"
    INFORMS = "informs"


class Basis(StrEnum):
    """What a value rests on."""

    LAW = "P"
    """Read in the law or at the authority."""
    SECONDARY = "P*"
    """Read about it."""
    RECALLED = "T"
    """Remembered, not looked up."""


class MalformedPack(ValueError):
    """A pack that cannot be used; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One value of one pack. `number` for quantities (unit in the name), `words` for lists."""

    name: str
    pack: str
    paragraph: str
    source: str
    basis: Basis
    severity: Severity
    number: float = 0.0
    words: frozenset[str] = frozenset()

    @property
    def verified(self) -> bool:
        """Whether it was read in the law itself; otherwise the administrator is told to check."""
        return self.basis is Basis.LAW


@dataclass(frozen=True, slots=True)
class RulePack:
    """The values in force from a day on, until a later pack of the same `id`."""

    id: str
    valid_from: date
    values: Mapping[str, RuleValue]
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Packs:
    """All packs there are, looked up by id and day."""

    packs: tuple[RulePack, ...]

    def value(self, pack: str, name: str, day: date) -> RuleValue | None:
        """The value in force that day, in the pack or else in what it is based on.

        None when none of them says anything. Raises `KeyError` for a pack nobody has.
        """
        if not any(known.id == pack for known in self.packs):
            raise KeyError(f"no rule pack {pack!r}")
        dated = [known for known in self.packs if known.id == pack]
        in_force = max(
            (known for known in dated if known.valid_from <= day),
            key=lambda known: known.valid_from,
            default=None,
        )
        if in_force and name in in_force.values:
            return in_force.values[name]
        base = (in_force or min(dated, key=lambda known: known.valid_from)).base
        return self.value(base, name, day) if base else None


def parse(text: str, origin: str) -> RulePack:
    """A pack from TOML; `origin` (a file's name) is told in errors. Raises `MalformedPack`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MalformedPack(f"{origin}: {error}") from error
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    pack, valid_from = data.get("id"), data.get("valid_from")
    if not isinstance(pack, str) or not isinstance(valid_from, date):
        raise MalformedPack(f'{origin}: begin with id = "…" and valid_from = YYYY-MM-DD')
    values = {name: _value(name, pack, table, origin) for name, table in tables.items()}
    return RulePack(pack, valid_from, values, data.get("base"))


@cache
def builtin() -> Packs:
    """The packs that come with the product."""
    folder = files("hemma.core.rules") / "packs"
    texts = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir())
    return Packs(tuple(parse(text, name) for name, text in texts if name.endswith(".toml")))


def with_packs(packs: Packs, more: Sequence[RulePack]) -> Packs:
    """The same with more, say a collective agreement."""
    return Packs((*packs.packs, *more))


_FIELDS = frozenset({"value", "paragraph", "source", "basis", "severity"})


def _value(name: str, pack: str, table: Mapping[str, Any], origin: str) -> RuleValue:
    where = f"{origin}, [{name}]"
    if table.keys() != _FIELDS:
        wrong = ", ".join(sorted(table.keys() ^ _FIELDS))
        raise MalformedPack(f"{where}: missing or unknown: {wrong}")
    number, words = _quantity(table["value"], where)
    try:
        basis, severity = Basis(table["basis"]), Severity(table["severity"])
    except ValueError as error:
        raise MalformedPack(f"{where}: {error}") from error
    texts = str(table["paragraph"]), str(table["source"])
    return RuleValue(name, pack, *texts, basis, severity, number, words)


def _quantity(value: object, where: str) -> tuple[float, frozenset[str]]:
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return 0.0, frozenset(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return float(value), frozenset()
    raise MalformedPack(f"{where}: value is a number from 0, or a list of words")
