"""What follows from sums: which hidden numbers a system of equations gives away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

from hemma.core.disclosure.table import Group, Relation

Row = dict[Group, Fraction]

_PRIME = 2**61 - 1
_MOST_SETS = 20_000


def determined(relations: Iterable[Relation], known: set[Group]) -> set[Group]:
    """The groups not known whose number follows from the known ones, by elimination.

    Exact. A number follows when reduction leaves an equation that holds nothing else.
    """
    return {pivot for pivot, row in _reduced(relations, known).items() if len(row) == 1}


def small_sums(
    relations: Sequence[Relation], known: set[Group], number: Mapping[Group, int], least: int
) -> Iterator[tuple[Group, ...]]:
    """Sets of up to four hidden groups, fewer than `least` people together, whose sum follows.

    Only groups that have no parts in the table. A sum follows when it does not depend on what
    elimination leaves free; that dependence is kept as one number modulo a prime, so a chance
    agreement can only hide too much. In very large tables smaller sets are looked at.
    """
    reduced = _reduced(relations, known)
    wholes = {whole for whole, _ in relations}
    small = [g for g in number if g not in known and g not in wholes and number[g] < least]
    free = sorted({g for row in reduced.values() for g in row} - reduced.keys(), key=sorted)
    weight = {group: pow(3, at + 1, _PRIME) for at, group in enumerate(free)}
    trace = {g: _trace(g, reduced, weight) for g in small if g in reduced or g in weight}
    for size in range(1, 5):
        if comb(len(trace), size) > _MOST_SETS:
            return
        for union in combinations(sorted(trace, key=sorted), size):
            few = sum(number[group] for group in union) < least
            if few and sum(trace[group] for group in union) % _PRIME == 0:
                yield union


def _trace(group: Group, reduced: Mapping[Group, Row], weight: Mapping[Group, int]) -> int:
    """How a group's number depends on the free ones, as one number."""
    if group in weight:
        return weight[group]
    return sum(
        -share.numerator * pow(share.denominator, -1, _PRIME) * weight[other]
        for other, share in reduced[group].items()
        if other != group
    )


def _reduced(relations: Iterable[Relation], known: set[Group]) -> dict[Group, Row]:
    """The equations in reduced form: one a pivot, which no other holds."""
    reduced: dict[Group, Row] = {}
    for whole, parts in relations:
        row = _equation(whole, parts, known)
        for pivot in [group for group in row if group in reduced]:
            _subtract(row, reduced[pivot], row[pivot])
        if not row:
            continue
        pivot = min(row, key=sorted)
        factor = row[pivot]
        row = {group: share / factor for group, share in row.items()}
        for other in reduced.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        reduced[pivot] = row
    return reduced


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
