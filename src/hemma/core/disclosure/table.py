"""Tables of groups: the one that is known, and the one that may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

Group = frozenset[tuple[str, str]]
"""A group of people as (dimension, code) pairs; a dimension that is not named is not narrowed."""


class Kind(StrEnum):
    """What is counted, which decides how many people a shown group needs."""

    SCALE = "scale"
    FREE_TEXT = "free_text"
    ABSENCE = "absence"
    HARASSMENT = "harassment"


@dataclass(frozen=True, slots=True)
class Limits:
    """`least` people in a shown group; two shown groups are the same or `differ` by as many."""

    least: int
    differ: int


LIMITS: Mapping[Kind, Limits] = {
    Kind.SCALE: Limits(5, 3),
    Kind.FREE_TEXT: Limits(10, 10),
    Kind.ABSENCE: Limits(10, 10),
    Kind.HARASSMENT: Limits(20, 10),
}
"""Five for scales is what Swedish survey houses keep; twenty, and the differences of 3 and 10,
are the Danish working-environment authority's."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to part people. `parents` maps every code but `root` to the code it is part of.

    The codes of one parent part its people completely: nobody is in none or in two of them.
    """

    name: str
    parents: Mapping[str, str] = field(default_factory=dict)
    root: str = "all"

    def children(self, code: str) -> tuple[str, ...]:
        return tuple(sorted(child for child, parent in self.parents.items() if parent == code))


@dataclass(frozen=True, slots=True)
class Cell:
    """One group: a code per dimension, how many people, and what is to be told of them.

    `value` is a mean, share or rate of these people, `low`–`high` its interval. A combination that
    has no cell is taken to be impossible, and known to be; nobody having answered is `n=0`.
    `largest` are the shares (0-1) of a sum that the largest and second largest contributor hold.
    """

    keys: tuple[str, ...]
    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    largest: tuple[float, float] | None = None


Record = tuple[str, str]
"""What a number is made of: (person, period), as marks that mean nothing outside; the period is
empty when the source has one number a person."""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that is known, to be kept inside.

    `source` names the answers or records that are counted ("pulse 2026-W47"): tables of one
    source are compared with each other. `measure` names the question asked of them. `records`,
    where they may be known, say in which finest cell each record counts; tables whose people come
    and go are then compared record by record. Values are told in steps of `step`; a mean at one of
    the `ends` of its scale would tell everybody's answer. Raises `ValueError` when a cell is
    doubled or misfit, the parts of a cell do not add up to it, or the records to its people.
    """

    kind: Kind
    source: str
    dimensions: tuple[Dimension, ...]
    cells: tuple[Cell, ...]
    measure: str = ""
    records: Mapping[Record, tuple[str, ...]] | None = None
    step: float | None = None
    ends: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        number_of = {group_of(self.dimensions, cell.keys): cell.n for cell in self.cells}
        if len(number_of) != len(self.cells) or min(number_of.values(), default=0) < 0:
            raise ValueError("a cell comes twice, or counts fewer than nobody")
        for whole, parts in relations(self.dimensions, [cell.keys for cell in self.cells]):
            if sum(number_of[part] for part in parts) != number_of[whole]:
                raise ValueError(f"the parts of {sorted(whole)} do not add up to it")
        if self.records is not None:
            people = people_in(self)
            for cell in self.cells:
                if len({person for person, _ in people.get(cell.keys, ())}) != cell.n:
                    raise ValueError(f"the records of {cell.keys} are not of {cell.n} people")


class Hidden(StrEnum):
    """Why a cell is not shown. Too small and protecting a smaller one are deliberately one code:
    telling them apart would tell the size."""

    TOO_FEW = "too_few"
    """Too few people here, or so few beside it that their number could be worked out."""
    EARLIER = "earlier"
    """Together with what was published before it would tell about too few."""


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A cell anyone may see: either its numbers, or why they are hidden; never both."""

    keys: tuple[str, ...]
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    hidden: Hidden | None = None

    def __post_init__(self) -> None:
        numbers = (self.n, self.value, self.low, self.high)
        if self.hidden is not None and any(number is not None for number in numbers):
            raise ValueError("a hidden cell carries no number")
        if self.hidden is None and self.n is None:
            raise ValueError("a shown cell carries its number of people")


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """What may be shown; keep it, and hand it in as `earlier` for the next one."""

    kind: Kind
    source: str
    dimensions: tuple[Dimension, ...]
    cells: tuple[PublicCell, ...]
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """A table with what was shown of it: the memory to be kept inside and handed in as `earlier`."""

    table: Table
    published: PublishedTable


Relation = tuple[Group, tuple[Group, ...]]


def group_of(dimensions: tuple[Dimension, ...], keys: tuple[str, ...]) -> Group:
    """The group that the keys name, the same in every table with these dimensions.

    Raises `ValueError` for keys that do not fit.
    """
    if len(keys) != len(dimensions):
        raise ValueError(f"{keys}: one code for each of {len(dimensions)} dimensions")
    for dimension, key in zip(dimensions, keys, strict=True):
        if key != dimension.root and key not in dimension.parents:
            raise ValueError(f"{dimension.name} has no {key!r}")
    pairs = zip(dimensions, keys, strict=True)
    return frozenset((dim.name, key) for dim, key in pairs if key != dim.root)


def people_in(table: Table) -> dict[tuple[str, ...], set[Record]]:
    """The records in each cell, whole cells included. Raises `ValueError` for a misfit."""
    found: dict[tuple[str, ...], set[Record]] = {cell.keys: set() for cell in table.cells}
    above: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for record, keys in (table.records or {}).items():
        if keys not in above:
            group_of(table.dimensions, keys)
            ways = [_up(dim, key) for dim, key in zip(table.dimensions, keys, strict=True)]
            above[keys] = [group for group in product(*ways) if group in found]
        for group in above[keys]:
            found[group].add(record)
    return found


def _up(dimension: Dimension, code: str) -> list[str]:
    way = [code]
    while way[-1] != dimension.root:
        way.append(dimension.parents[way[-1]])
    return way


def relations(dimensions: tuple[Dimension, ...], cells: list[tuple[str, ...]]) -> list[Relation]:
    """Which cells are the sum of which: one for each cell and dimension with parts in the table."""
    there, found = set(cells), []
    for keys in cells:
        for at, dimension in enumerate(dimensions):
            parts = [(*keys[:at], code, *keys[at + 1 :]) for code in dimension.children(keys[at])]
            groups = tuple(group_of(dimensions, part) for part in parts if part in there)
            if groups:
                found.append((group_of(dimensions, keys), groups))
    return found
