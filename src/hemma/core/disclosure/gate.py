"""The gate: a table in, what may be shown of it out."""

from collections.abc import Iterator

from hemma.core.disclosure.linear import determined, small_sums
from hemma.core.disclosure.table import (
    LIMITS,
    Group,
    Hidden,
    PublicCell,
    PublishedTable,
    Relation,
    Table,
    group_of,
    relations,
)


def publish(table: Table, earlier: tuple[PublishedTable, ...] = ()) -> PublishedTable:
    """What may be shown of a table, given all that was published before.

    A cell is hidden when its group is too small; when it was hidden before, or shown with a number
    of people that differs by too few (same source); and when it would give a hidden one away: by
    itself, or as a sum of too few. The smallest neighbour is hidden then, until nothing follows.
    """
    gate = _Gate(table, earlier)
    gate.hide_small()
    gate.hide_by_earlier()
    gate.protect()
    return gate.published()


class _Gate:
    """One table on its way out. `hidden` only ever grows, so it ends."""

    def __init__(self, table: Table, earlier: tuple[PublishedTable, ...]) -> None:
        self.table = table
        self.limits = LIMITS[table.kind]
        self.earlier = tuple(old for old in earlier if old.source == table.source)
        self.number = {group_of(table.dimensions, cell.keys): cell.n for cell in table.cells}
        self.lines = relations(table.dimensions, [cell.keys for cell in table.cells])
        self.hidden: dict[Group, Hidden] = {}
        self.told = {group for old in self.earlier for group in _groups(old, shown=True)}
        self.all_lines = [*self.lines, *(line for old in self.earlier for line in _lines(old))]
        # What follows from earlier tables alone is out already; nothing here can take it back.
        self.lost = determined(self.all_lines, self.told) if self.earlier else set()

    @property
    def known(self) -> set[Group]:
        return self.told | (self.number.keys() - self.hidden.keys())

    def hide_small(self) -> None:
        for group, number in self.number.items():
            if number < self.limits.least:
                self.hidden[group] = Hidden.TOO_FEW

    def hide_by_earlier(self) -> None:
        for old in self.earlier:
            for group in _groups(old, shown=False) & self.number.keys():
                self.hidden.setdefault(group, Hidden.EARLIER)
            if old.measure != self.table.measure:
                continue
            for cell in old.cells:
                group = group_of(old.dimensions, cell.keys)
                if cell.n is None or group not in self.number:
                    continue
                if 0 < abs(self.number[group] - cell.n) < self.limits.differ:
                    self.hidden.setdefault(group, Hidden.EARLIER)

    def protect(self) -> None:
        """Hide neighbours until no hidden group follows, alone or in too small a sum."""
        while True:
            weak = next(self._weak_spots(), None)
            if weak is None or not self._hide_one_of(weak):
                return

    def _weak_spots(self) -> Iterator[list[list[Group]]]:
        """What could be hidden to close a leak: choices in order of preference."""
        known = self.known
        for whole, parts in self.lines:
            unknown = [group for group in (whole, *parts) if group not in known]
            if len(unknown) == 1 and unknown[0] not in self.lost:
                yield [list(parts), [whole]]
        memory: dict[Group, tuple[int, int]] = {}
        for whole, parts in self.lines:
            if whole in known:
                number, unknowns = self._rest_of(parts, known, memory)
                if unknowns and number < self.limits.least:
                    yield [self._inside(whole), [whole]]
        for group in sorted(determined(self.all_lines, known) - self.lost, key=sorted):
            yield [self._near((group,))]
        for union in small_sums(self.all_lines, known, self.number, self.limits.least):
            if self.lost.isdisjoint(union):
                yield [self._near(union)]

    def _near(self, hidden: tuple[Group, ...]) -> list[Group]:
        """The groups that stand in a sum with one of these."""
        lines = [(whole, *parts) for whole, parts in self.all_lines]
        return [group for line in lines if not {*hidden}.isdisjoint(line) for group in line]

    def _rest_of(
        self, parts: tuple[Group, ...], known: set[Group], memory: dict[Group, tuple[int, int]]
    ) -> tuple[int, int]:
        """People and groups left when all that is known inside the parts is taken away: the
        smallest remainder over all ways to part them further."""
        left = [self._rest(part, known, memory) for part in parts if part not in known]
        return sum(number for number, _ in left), sum(unknown for _, unknown in left)

    def _rest(
        self, group: Group, known: set[Group], memory: dict[Group, tuple[int, int]]
    ) -> tuple[int, int]:
        if group not in memory:
            inner = [
                self._rest_of(parts, known, memory) for whole, parts in self.lines if whole == group
            ]
            memory[group] = min([(self.number[group], 1), *(rest for rest in inner if rest[1])])
        return memory[group]

    def _inside(self, whole: Group) -> list[Group]:
        """The groups of the table that are parts of the whole, at any depth."""
        found: list[Group] = []
        for line, parts in self.lines:
            if line == whole:
                for part in parts:
                    found += [part, *self._inside(part)]
        return found

    def _hide_one_of(self, choices: list[list[Group]]) -> bool:
        """Hide the smallest that can still be hidden; when there is none, everything is hidden
        and nothing more can be done (False)."""
        fresh = self.number.keys() - self.hidden.keys() - self.told
        for choice in [*choices, list(fresh)]:
            able = fresh.intersection(choice)
            if able:
                group = min(able, key=lambda one: (self.number[one], sorted(one)))
                self.hidden[group] = Hidden.TOO_FEW
                return True
        for group in self.number:  # only what was told before is left to hide: show nothing
            self.hidden.setdefault(group, Hidden.EARLIER)
        return False

    def published(self) -> PublishedTable:
        table = self.table
        cells = []
        for cell in table.cells:
            reason = self.hidden.get(group_of(table.dimensions, cell.keys))
            if reason:
                cells.append(PublicCell(cell.keys, hidden=reason))
            else:
                cells.append(PublicCell(cell.keys, cell.n, cell.value, cell.low, cell.high))
        return PublishedTable(
            table.kind, table.source, table.dimensions, tuple(cells), table.measure
        )


def _groups(old: PublishedTable, *, shown: bool) -> set[Group]:
    return {
        group_of(old.dimensions, cell.keys) for cell in old.cells if (cell.hidden is None) == shown
    }


def _lines(old: PublishedTable) -> list[Relation]:
    return relations(old.dimensions, [cell.keys for cell in old.cells])
