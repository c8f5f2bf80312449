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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
    valid_from: date = date.min

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
    laws: dict[tuple[str, str], object] = field(default_factory=dict, compare=False, repr=False)
    """What `law.law_of` has worked out."""

    def stack(self, pack: str) -> tuple[RulePack, ...]:
        """Every pack of that id and of those it is based on, of any date.

        Raises `KeyError` for a pack nobody has, or one based on itself.
        """
        found, ids = [], [pack]
        for name in ids:
            dated = [known for known in self.packs if known.id == name]
            if not dated:
                raise KeyError(f"no rule pack {name!r}")
            found += dated
            bases = {known.base for known in dated if known.base} - set(ids[1:])
            if bases & set(ids):
                raise KeyError(f"rule pack {name!r} is based on itself")
            ids += sorted(bases)
        return tuple(found)

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


def with_packs(packs: Packs, more: Sequence[RulePack]) -> Packs:
    """The same with more, say a collective agreement."""
    return Packs((*packs.packs, *more))
