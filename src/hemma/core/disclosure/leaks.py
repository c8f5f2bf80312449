"""Where a table would give a hidden cell away, by its own sums and by those of earlier tables."""

from collections.abc import Iterator, Set

from hemma.core.disclosure.system import Bounds, Line, determined, reduced, small_pairs, small_sums
from hemma.core.disclosure.table import (
    Group,
    Limits,
    PublishedTable,
    Table,
    group_of,
    relations,
)

_TELLING = 400
"""Hidden cells up to which narrowing down is looked for."""


class Leaks:
    """The sums of a table, numbered: its cells first, then groups that only earlier tables had."""

    def __init__(
        self,
        table: Table,
        others: tuple[PublishedTable, ...],
        moved: set[Group],
        limits: Limits,
        known: Set[tuple[str, ...]] = frozenset(),
    ) -> None:
        self.limits = limits
        self.number = [cell.n for cell in table.cells]
        self.size = len(table.cells)
        self.names: dict[object, int] = {}
        for cell in table.cells:
            self.names[group_of(table.dimensions, cell.keys)] = len(self.names)
        own = relations(table.dimensions, [cell.keys for cell in table.cells])
        self.own = self._lines(own, None, set())
        self.wholes = {whole for whole, _ in self.own}
        self.inside: dict[int, list[tuple[int, ...]]] = {}
        for whole, parts in self.own:
            self.inside.setdefault(whole, []).append(parts)
        self.alias = self._aliases()
        self.told = {at for at, cell in enumerate(table.cells) if cell.keys in known}
        self.lines = list(self.own)
        for at, old in enumerate(others):
            self._take_in(old, at, moved)
        every = {group for whole, parts in self.lines for group in (whole, *parts)}
        self.every = every | set(range(self.size))
        told_rows = reduced(self.lines, self.every - self.told) if self.told else {}
        self.lost = determined(told_rows)

    def _aliases(self) -> list[set[int]]:
        """For each cell the cells that are the same people: all of a whole are in one part."""
        alias = [{at} for at in range(self.size)]
        for whole, parts in self.own:
            for part in parts:
                if self.number[part] == self.number[whole] and alias[part] is not alias[whole]:
                    together = alias[part] | alias[whole]
                    for at in together:
                        alias[at] = together
        return alias

    def _take_in(self, old: PublishedTable, at: int, moved: set[Group]) -> None:
        """Groups whose people changed since are others than today's, and so is what was hidden
        beside them."""
        groups = {group_of(old.dimensions, cell.keys): cell for cell in old.cells}
        changed = bool(moved & groups.keys())
        apart = {g for g, cell in groups.items() if changed and (g in moved or cell.hidden)}
        found = relations(old.dimensions, [cell.keys for cell in old.cells])
        self.lines += self._lines(found, at, apart)
        for group, cell in groups.items():
            if cell.hidden is None:
                self.told.add(self._name((at, group) if group in apart else group))

    def _name(self, group: object) -> int:
        return self.names.setdefault(group, len(self.names))

    def _lines(
        self, found: list[tuple[Group, tuple[Group, ...]]], at: int | None, apart: set[Group]
    ) -> list[Line]:
        def name(group: Group) -> int:
            return self._name((at, group) if group in apart else group)

        return [(name(whole), tuple(name(part) for part in parts)) for whole, parts in found]

    def weak(self, hidden: frozenset[int]) -> list[int] | None:
        """The cells of which one must be hidden as well to close the first leak; None without."""
        unknown = (self.every - self.told) - (set(range(self.size)) - hidden)
        spot = next(self._spots(hidden, unknown), None)
        if spot is None:
            return None
        fresh = set(range(self.size)) - hidden - self.told
        for choice in (spot, range(self.size)):
            able = sorted(fresh.intersection(choice))
            if able:
                return able
        return []

    def _spots(self, hidden: frozenset[int], unknown: set[int]) -> Iterator[list[int]]:
        for whole, parts in self.lines:
            left = [group for group in (whole, *parts) if group in unknown]
            if len(left) == 1 and left[0] not in self.lost:
                yield [whole, *parts]
        memory: dict[int, tuple[int, int]] = {}
        for whole, parts in self.own:
            if whole not in unknown:
                number, unknowns = self._rest_of(parts, unknown, memory)
                if unknowns and number < self.limits.least:
                    yield [whole, *self._below(whole)]
        yield from self._exactly(hidden, unknown, self.lost)
        yield from self._nearly(hidden - self.told)
        empty = {group for group in hidden if not self.number[group]}
        if empty:  # colleagues know where nobody is
            shown = set(range(self.size)) - hidden
            known_anyway = {group for group in hidden if self.alias[group] & shown}
            yield from self._exactly(hidden, unknown - empty, self.lost | known_anyway)

    def _exactly(
        self, hidden: frozenset[int], unknown: set[int], lost: set[int]
    ) -> Iterator[list[int]]:
        """Hidden groups, sums and differences of too few that follow from equations."""
        rows = reduced(self.lines, unknown)
        for group in sorted(determined(rows) - lost):
            yield self._near((group,))
        leaves = (hidden - self.wholes) & unknown
        for union in small_sums(rows, leaves, self.number, self.limits.least):
            if lost.isdisjoint(union):
                yield self._near(union)
        for pair in small_pairs(rows, leaves, self.number, self.limits.differ):
            yield self._near(pair)

    def _nearly(self, hidden: frozenset[int]) -> Iterator[list[int]]:
        """Numbers that are narrowed down to fewer than `differ` possibilities."""
        if not hidden or len(hidden) > _TELLING:
            return
        bounds = Bounds(reduced(self.own, set(hidden)), set(hidden), self.number)
        for group in bounds.narrow(sorted(hidden - self.lost), self.limits.differ):
            yield self._near((group,))

    def _near(self, hidden: tuple[int, ...]) -> list[int]:
        """The groups that stand in a sum with one of these."""
        lines = [(whole, *parts) for whole, parts in self.lines]
        return [group for line in lines if not {*hidden}.isdisjoint(line) for group in line]

    def _below(self, whole: int) -> list[int]:
        """The groups of the table that are parts of the whole, at any depth."""
        found = []
        for parts in self.inside.get(whole, ()):
            for part in parts:
                found += [part, *self._below(part)]
        return found

    def _rest_of(
        self, parts: tuple[int, ...], unknown: set[int], memory: dict[int, tuple[int, int]]
    ) -> tuple[int, int]:
        """People and groups left when all that is known inside the parts is taken away: the
        smallest remainder over all ways to part them further."""
        left = [self._rest(part, unknown, memory) for part in parts if part in unknown]
        return sum(number for number, _ in left), sum(count for _, count in left)

    def _rest(
        self, group: int, unknown: set[int], memory: dict[int, tuple[int, int]]
    ) -> tuple[int, int]:
        if group not in memory:
            inner = [self._rest_of(p, unknown, memory) for p in self.inside.get(group, ())]
            memory[group] = min([(self.number[group], 1), *(rest for rest in inner if rest[1])])
        return memory[group]
