"""What follows from sums: which hidden numbers a system of equations gives away."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from hemma.core.disclosure.table import Group, Relation

Row = dict[Group, Fraction]


def determined(relations: Iterable[Relation], known: set[Group]) -> set[Group]:
    """The groups not known whose number follows from the known ones, by elimination.

    Exact. A number follows when reduction leaves an equation that holds nothing else.
    """
    reduced: dict[Group, Row] = {}
    for whole, parts in relations:
        row = _equation(whole, parts, known)
        for pivot in [group for group in row if group in reduced]:
            _subtract(row, reduced[pivot], row[pivot])
        if not row:
            continue
        pivot = min(row, key=sorted)
        factor = row[pivot]
        row = {group: number / factor for group, number in row.items()}
        for other in reduced.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        reduced[pivot] = row
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def _equation(whole: Group, parts: Sequence[Group], known: set[Group]) -> Row:
    row: Row = {}
    for group, sign in [(whole, -1), *((part, 1) for part in parts)]:
        if group not in known:
            row[group] = row.get(group, Fraction(0)) + sign
    return {group: number for group, number in row.items() if number}


def _subtract(row: Row, other: Row, times: Fraction) -> None:
    for group, number in other.items():
        left = row.get(group, Fraction(0)) - times * number
        if left:
            row[group] = left
        else:
            row.pop(group, None)
