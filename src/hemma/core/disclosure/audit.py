"""People who come and go: what a table tells together with earlier ones, record by record.

Every shown cell is a sum over records, known to everybody. Records that were always counted in the
same places are taken together (atoms). Whoever knows who was where can add and subtract what was
shown; what they may reach that way must be about enough people, and never a hidden cell.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from hemma.core.disclosure.system import Row, add_row, subtract
from hemma.core.disclosure.table import Limits, Record, Release, Table, people_in

Keys = tuple[str, ...]

_MOST = 12
"""Small cells of a table whose sums are looked at."""


class Audit:
    """One table against the earlier releases of its source that hold records."""

    def __init__(self, table: Table, earlier: tuple[Release, ...], limits: Limits) -> None:
        tables = [*(old.table for old in earlier), table]
        self.limits, self.differ = limits, limits.differ
        self.people: list[set[str]] = []
        atom_of = self._atoms(tables)
        self.now = self._rows(table, atom_of)
        self.shown_before: list[Row] = []
        self.hidden_before: list[Row] = []
        for old in earlier:
            rows = self._rows(old.table, atom_of)
            told = set()
            for cell in old.published.cells:
                if cell.hidden is None:
                    told.add(cell.keys)
                    self.shown_before.append(rows[cell.keys])
            self.hidden_before += self._secrets(rows, set((old.table.records or {}).values()), told)
        self.before: dict[int, Row] = {}
        for row in self.shown_before:
            add_row(self.before, dict(row))
        self.size = len(self.people)
        self.lost = set(self._small(self.before))
        self.secrets = [row for row in self.hidden_before if not spans(self.before, row)]
        self.leaves = set((table.records or {}).values())

    def _atoms(self, tables: list[Table]) -> dict[Record, int]:
        places: dict[Record, list[Keys | None]] = {}
        for at, table in enumerate(tables):
            for record, keys in (table.records or {}).items():
                places.setdefault(record, [None] * len(tables))[at] = keys
        number: dict[tuple[Keys | None, ...], int] = {}
        atom_of = {}
        for record, where in places.items():
            atom = number.setdefault(tuple(where), len(number))
            if atom == len(self.people):
                self.people.append(set())
            self.people[atom].add(record[0])
            atom_of[record] = atom
        return atom_of

    def _rows(self, table: Table, atom_of: dict[Record, int]) -> dict[Keys, Row]:
        return {
            keys: dict.fromkeys({atom_of[record] for record in records}, 1)
            for keys, records in people_in(table).items()
        }

    def _secrets(self, rows: dict[Keys, Row], leaves: set[Keys], told: set[Keys]) -> list[Row]:
        """What must not follow: hidden cells, and sums of two or three that are too few together."""
        hidden = {keys: row for keys, row in rows.items() if row and keys not in told}
        shown = {frozenset(rows[keys]) for keys in told}
        found = [row for row in hidden.values() if frozenset(row) not in shown]
        small = [keys for keys in hidden if keys in leaves]
        small = [keys for keys in sorted(small) if self._count(rows[keys]) < self.limits.least]
        for many in (2, 3):
            for union in combinations(small[:_MOST], many):
                row = {atom: share for keys in union for atom, share in rows[keys].items()}
                if self._count(row) < self.limits.least:
                    found.append(row)
        return found

    def known(self) -> set[Keys]:
        """The cells of now whose number follows from earlier tables already."""
        return {keys for keys, row in self.now.items() if row and spans(self.before, row)}

    def close(self, keys: Keys) -> bool:
        """Whether a cell of now differs from one shown before by too few people, but not by none."""
        for row in self.shown_before:
            apart = self.now[keys].keys() ^ row.keys()
            if apart and self._count(apart) < self.differ:
                return True
        return False

    def leak(self, shown: Iterable[Keys]) -> list[Keys] | None:
        """The shown cells behind the first leak, or None where nothing leaks."""
        order = list(shown)
        rows = {pivot: dict(row) for pivot, row in self.before.items()}
        for at, keys in enumerate(order):  # a mark for each cell tells afterwards who took part
            _add_marked(rows, {**self.now[keys], self.size + at: 1}, self.size)
        plain = {p: {g: s for g, s in row.items() if g < self.size} for p, row in rows.items()}
        told = set(order)
        for atoms in self._small(plain):
            if atoms not in self.lost:
                return self._behind(rows, atoms, order)
        for row in [*self.secrets, *self._secrets(self.now, self.leaves, told)]:
            if spans(plain, row) and not spans(self.before, row):
                return self._behind(rows, frozenset(row), order)
        return None

    def _behind(self, rows: dict[int, Row], atoms: frozenset[int], order: list[Keys]) -> list[Keys]:
        marks = {g - self.size for a in atoms if a in rows for g in rows[a] if g >= self.size}
        return [order[at] for at in sorted(marks)] or order

    def _count(self, atoms: Iterable[int]) -> int:
        return len(set().union(*(self.people[atom] for atom in atoms)))

    def _small(self, rows: dict[int, Row]) -> Iterator[frozenset[int]]:
        """Sets of atoms with fewer than `differ` people of which some combination follows: all sets
        of one or two atoms, and whatever elimination leaves as a row or as the difference of two."""
        rests: dict[frozenset[tuple[int, object]], list[int]] = {}
        for pivot, row in rows.items():
            if self._count(row) < self.differ:
                yield frozenset(row)
            rest = {g: s for g, s in row.items() if g != pivot}
            if not rest:
                continue
            first = rest[min(rest)]
            mark = frozenset((g, s if first == 1 else Fraction(s) / first) for g, s in rest.items())
            for twin in rests.setdefault(mark, []):
                if self._count((twin, pivot)) < self.differ:
                    yield frozenset((twin, pivot))
            rests[mark].append(pivot)


def spans(rows: dict[int, Row], vector: Row) -> bool:
    """Whether the vector is a sum of multiples of the rows (in reduced form)."""
    left = dict(vector)
    for pivot in [group for group in vector if group in rows]:
        subtract(left, rows[pivot], left[pivot])
    return not left


def _add_marked(rows: dict[int, Row], row: Row, size: int) -> None:
    """Like `add_row`, but a row of marks alone says nothing about people and is dropped."""
    for pivot in [group for group in row if group in rows]:
        subtract(row, rows[pivot], row[pivot])
    if any(group < size for group in row):
        add_row(rows, row)
