"""The gate: a table in, what may be shown of it out."""

from hemma.core.disclosure.audit import Audit
from hemma.core.disclosure.crossing import crossed
from hemma.core.disclosure.leaks import Leaks
from hemma.core.disclosure.search import least_lost
from hemma.core.disclosure.table import (
    LIMITS,
    Cell,
    Group,
    Hidden,
    PublicCell,
    PublishedTable,
    Release,
    Table,
    group_of,
)

DOMINANT = 0.15
"""A sum is hidden when the second largest contributor could guess the largest one's part to within
this share of it (the p% rule of Hundepool et al., Statistical Disclosure Control, 2012)."""

Earlier = tuple["PublishedTable | Release", ...]


def publish(table: Table, earlier: Earlier = ()) -> PublishedTable:
    """What may be shown of a table, given all that was published before.

    A cell is hidden when its group is too small or one person rules its value; when together with
    earlier tables of its source it would tell about too few; and when it would give a hidden one
    away: exactly, as a sum of too few, or nearly. Of all ways to do so one that loses little is
    taken. Hand in `Release`s as `earlier` where records are known; after a mere
    `PublishedTable` only what was shown is known: once people came or went, nothing new is shown.
    """
    gate = _Gate(table, tuple(old for old in earlier if _shown(old).source == table.source))
    gate.hide_small()
    gate.hide_by_earlier()
    gate.protect()
    return gate.published()


def release(table: Table, earlier: Earlier = ()) -> Release:
    """Like `publish`, with the memory to keep inside for the next one of the same source."""
    return Release(table, publish(table, earlier))


def _shown(old: PublishedTable | Release) -> PublishedTable:
    return old.published if isinstance(old, Release) else old


class _Gate:
    """One table on its way out. `hidden` only ever grows, so it ends."""

    def __init__(self, table: Table, earlier: Earlier) -> None:
        self.table, self.limits = table, LIMITS[table.kind]
        self.groups = [group_of(table.dimensions, cell.keys) for cell in table.cells]
        self.place = {group: at for at, group in enumerate(self.groups)}
        known = [old for old in earlier if isinstance(old, Release) and old.table.records]
        self.known = tuple(known) if table.records is not None else ()
        self.others = tuple(_shown(old) for old in earlier if old not in self.known)
        self.audit = Audit(table, self.known, self.limits) if self.known else None
        self.hidden: dict[int, Hidden] = {}
        self.by_earlier: set[int] = set()
        self.moved: set[Group] = set()

    def hide_small(self) -> None:
        for at, cell in enumerate(self.table.cells):
            if cell.n < self.limits.least or _ruled(cell) or self._alike(cell):
                self.hidden[at] = Hidden.TOO_FEW

    def _alike(self, cell: Cell) -> bool:
        ends = self.table.ends
        return ends is not None and cell.value is not None and not ends[0] < cell.value < ends[1]

    def hide_by_earlier(self) -> None:
        for old in self.others:
            told = {group_of(old.dimensions, cell.keys): cell for cell in old.cells}
            now = zip(self.groups, self.table.cells, strict=True)
            same = {group for group, cell in now if self._same(cell, told.get(group), old)}
            # People came or went, or it cannot be seen: new groups could be set against the old.
            shown = {group for group, cell in told.items() if cell.hidden is None}
            changed = frozenset() not in same or bool(shown & self.place.keys() - same)
            for at, group in enumerate(self.groups):
                if group not in same and (changed or group in told):
                    self.hidden.setdefault(at, Hidden.EARLIER)
            self.moved |= shown - same
        self._hide_crossed()
        if self.audit:
            for at, cell in enumerate(self.table.cells):
                if self.audit.close(cell.keys):
                    self.hidden.setdefault(at, Hidden.EARLIER)

    def _hide_crossed(self) -> None:
        """Where nobody counted how earlier tables cut across, no group is told for the first time
        unless the numbers alone make sure that enough people are between any two."""
        if crossed(self.table, self.others, self.limits.differ, alone=not self.known):
            old_cells = [(old, cell) for old in self.others for cell in old.cells]
            told = {group_of(o.dimensions, c.keys) for o, c in old_cells if c.hidden is None}
            for at, group in enumerate(self.groups):
                if group not in told:
                    self.hidden.setdefault(at, Hidden.EARLIER)

    def _same(self, now: Cell, before: PublicCell | None, old: PublishedTable) -> bool:
        """Without records a group is the same only while all that was told of it is."""
        if before is None or before.hidden or now.n != before.n:
            return False
        return old.measure != self.table.measure or self._told(now.value) == before.value

    def protect(self) -> None:
        """Hide neighbours until no hidden group follows, alone, in too small a sum, or nearly."""
        told = self.audit.known() if self.audit else set()
        self.leaks = Leaks(self.table, self.others, self.moved, self.limits, told)
        cost = [1 + cell.n for cell in self.table.cells]
        start = frozenset(self.hidden)
        found = least_lost(start, self._weak, cost, self._steps())
        if found is None:
            found = frozenset(range(len(self.groups)))  # only showing nothing is safe
        for at in found:
            reason = Hidden.EARLIER if at in self.by_earlier else Hidden.TOO_FEW
            self.hidden.setdefault(at, reason)

    def _steps(self) -> int:
        """Large tables are looked into less far: each look takes longer."""
        return max(5, 6_000 // max(len(self.groups), 40))

    def _weak(self, hidden: frozenset[int]) -> list[int] | None:
        choice = self.leaks.weak(hidden)
        if choice is not None or self.audit is None:
            return choice
        cells = self.table.cells
        shown = [cells[at].keys for at in range(len(cells)) if at not in hidden]
        behind = self.audit.leak(shown)
        if behind is None:
            return None
        places = {cell.keys: at for at, cell in enumerate(cells)}
        self.by_earlier.update(places[keys] for keys in behind)
        return [places[keys] for keys in behind]

    def _told(self, value: float | None) -> float | None:
        step = self.table.step
        if value is None or not step:
            return value
        return round(round(value / step) * step, 10)

    def published(self) -> PublishedTable:
        table, cells = self.table, []
        for at, cell in enumerate(table.cells):
            if at in self.hidden:
                cells.append(PublicCell(cell.keys, hidden=self.hidden[at]))
            else:
                value, low, high = map(self._told, (cell.value, cell.low, cell.high))
                cells.append(PublicCell(cell.keys, cell.n, value, low, high))
        return PublishedTable(
            table.kind, table.source, table.dimensions, tuple(cells), table.measure
        )


def _ruled(cell: Cell) -> bool:
    """Whether the second largest contributor comes too close to the largest."""
    if cell.largest is None:
        return False
    first, second = cell.largest
    return 1 - first - second < DOMINANT * first
