"""What follows from sums: which hidden numbers equations give away, alone, together, or nearly.

Groups are whole numbers here. A line (whole, parts) says that the parts add up to the whole.
Everything is exact: whole numbers, and fractions where a step needs them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb, inf

Line = tuple[int, tuple[int, ...]]
Row = dict[int, int | Fraction]

_PRIME = 2**61 - 1
_MOST_SETS = 20_000


def reduced(lines: Iterable[Line], unknown: set[int]) -> dict[int, Row]:
    """The equations of the unknown in reduced form: one row a pivot, which no other row holds.

    A row is read as: pivot + the sum of share x group over its other groups is known.
    """
    rows: dict[int, Row] = {}
    for whole, parts in lines:
        row: Row = {}
        for group, sign in ((whole, -1), *((part, 1) for part in parts)):
            if group in unknown:
                row[group] = row.get(group, 0) + sign
        add_row(rows, {group: share for group, share in row.items() if share})
    return rows


def add_row(rows: dict[int, Row], row: Row) -> None:
    """One more equation, taken into reduced form. Changes `rows`."""
    for pivot in [group for group in row if group in rows]:
        subtract(row, rows[pivot], row[pivot])
    if not row:
        return
    pivot = min(group for group in row)
    scale(row, row[pivot])
    for other in rows.values():
        if pivot in other:
            subtract(other, row, other[pivot])
    rows[pivot] = row


def subtract(row: Row, other: Row, times: int | Fraction) -> None:
    """row - times x other, in place."""
    for group, share in other.items():
        left = row.get(group, 0) - times * share
        if left:
            row[group] = left
        else:
            row.pop(group, None)


def scale(row: Row, by: int | Fraction) -> None:
    """The row divided, in place; whole numbers stay whole where they can."""
    if by == 1:
        return
    for group, share in row.items():
        if by == -1:
            row[group] = -share
        else:
            exact = Fraction(share) / by
            row[group] = exact.numerator if exact.denominator == 1 else exact


def determined(rows: Mapping[int, Row]) -> set[int]:
    """The groups whose number follows exactly."""
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def small_sums(
    rows: Mapping[int, Row], leaves: Iterable[int], number: Sequence[int], least: int
) -> Iterator[tuple[int, ...]]:
    """Sets of up to four hidden leaves, fewer than `least` people together, whose sum follows.

    A sum follows when it does not depend on what elimination leaves free; that dependence is kept
    as one number modulo a prime, so a chance agreement can only hide too much. In very large
    tables smaller sets are looked at.
    """
    free = sorted({group for row in rows.values() for group in row} - rows.keys())
    weight = {group: pow(3, at + 1, _PRIME) for at, group in enumerate(free)}
    trace = {}
    for leaf in sorted(leaves):
        if number[leaf] < least and (leaf in rows or leaf in weight):
            trace[leaf] = weight[leaf] if leaf in weight else _trace(leaf, rows[leaf], weight)
    for size in range(1, 5):
        if comb(len(trace), size) > _MOST_SETS:
            return
        for union in combinations(trace, size):
            few = sum(number[g] for g in union) < least
            if few and sum(trace[g] for g in union) % _PRIME == 0:
                yield union


def small_pairs(
    rows: Mapping[int, Row], leaves: Iterable[int], number: Sequence[int], differ: int
) -> Iterator[tuple[int, int]]:
    """Two hidden leaves with fewer than `differ` people together of which some combination follows,
    such as their difference: what elimination leaves free moves both in step."""
    there = {group for row in rows.values() for group in row}
    ways: dict[frozenset[tuple[int, int | Fraction]], list[int]] = {}
    for leaf in sorted(leaves):
        if not 0 < number[leaf] < differ or leaf not in there:
            continue
        rest: Row = {leaf: 1}
        if leaf in rows:
            rest = {g: -s for g, s in rows[leaf].items() if g != leaf}
        if rest:
            scale(rest, rest[min(rest)])
            ways.setdefault(frozenset(rest.items()), []).append(leaf)
    for alike in ways.values():
        for one, two in combinations(alike, 2):
            if number[one] + number[two] < differ:
                yield one, two


def _trace(pivot: int, row: Row, weight: Mapping[int, int]) -> int:
    total = 0
    for other, share in row.items():
        if other != pivot:
            total -= share.numerator * pow(share.denominator, -1, _PRIME) * weight[other]
    return total % _PRIME


class Bounds:
    """How far hidden numbers can be narrowed down by one who knows that none is negative.

    The simplex method, begun at the true table: every table on the way is one that the attacker
    cannot rule out, so `low` and `high` only widen, and a group is left as soon as they are wide
    enough.
    """

    def __init__(self, rows: Mapping[int, Row], unknown: set[int], number: Sequence[int]) -> None:
        self.rows = {p: {g: s for g, s in row.items() if g != p} for p, row in rows.items()}
        self.now: dict[int, int | Fraction] = {group: number[group] for group in unknown}
        self.low: dict[int, float | Fraction] = dict(self.now)
        self.high: dict[int, float | Fraction] = dict(self.now)
        for group in sorted(unknown - rows.keys()):
            self._to_a_corner(group)

    def narrow(self, groups: Iterable[int], width: int) -> Iterator[int]:
        """The groups whose number is known to less than `width`."""
        for group in groups:
            if self.high[group] - self.low[group] < width:
                self._stretch(group, width, up=True)
            if self.high[group] - self.low[group] < width:
                self._stretch(group, width, up=False)
            if self.high[group] - self.low[group] < width:
                yield group

    def _stretch(self, group: int, width: int, *, up: bool) -> None:
        while self.high[group] - self.low[group] < width:
            if group not in self.rows:
                if not up or not self._raise(group):
                    return
                continue
            row = self.rows[group]  # a free group's rise by 1 lowers this one by its share
            ways = [g for g, share in row.items() if (share < 0) == up and share]
            if not ways or not self._raise(min(ways)):
                return

    def _raise(self, free: int) -> bool:
        """Raise a free group from 0 until another reaches 0; False where nothing stops it."""
        holding = [p for p, row in self.rows.items() if row.get(free, 0) > 0]
        if not holding:
            for pivot, row in self.rows.items():
                if row.get(free, 0) < 0:
                    self.high[pivot] = inf
            self.high[free] = inf
            return False
        pivot = min(holding, key=lambda p: (Fraction(self.now[p]) / self.rows[p][free], p))
        self._move(free, Fraction(self.now[pivot]) / self.rows[pivot][free])
        self._swap(pivot, free)
        return True

    def _to_a_corner(self, free: int) -> None:
        """Lower a free group to 0, or trade places with the first that gets there before."""
        stops = [p for p, row in self.rows.items() if row.get(free, 0) < 0]
        first = min(stops, key=lambda p: (-self.now[p] / self.rows[p][free], p), default=None)
        reach = Fraction(self.now[free])
        if first is not None and -Fraction(self.now[first]) / self.rows[first][free] < reach:
            self._move(free, Fraction(self.now[first]) / self.rows[first][free])
            self._swap(first, free)
        else:
            self._move(free, -reach)

    def _move(self, free: int, by: Fraction) -> None:
        step: int | Fraction = by.numerator if by.denominator == 1 else by
        if not step:
            return
        self.now[free] += step
        for pivot, row in self.rows.items():
            if free in row:
                self.now[pivot] -= row[free] * step
        for group, value in self.now.items():
            self.low[group] = min(self.low[group], value)
            self.high[group] = max(self.high[group], value)

    def _swap(self, pivot: int, free: int) -> None:
        """The free group is told by the pivot from now on."""
        row = self.rows.pop(pivot)
        row[pivot] = 1
        scale(row, row[free])
        del row[free]
        for other in self.rows.values():
            share = other.pop(free, 0)
            if share:
                subtract(other, row, share)
        self.rows[free] = row
