"""The one way by which a figure of a group leaves this room: `core.disclosure`, with its memory.

Every table that was ever shown of a source is remembered with who was counted in it, by marks. A
new one is set against all of them, so that two periods, two filters, or somebody who came or left
in between never tell about fewer people than a group needs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from hemma.core.disclosure import (
    Cell,
    Dimension,
    Hidden,
    Kind,
    PublicCell,
    PublishedTable,
    Table,
    release,
)
from hemma.core.disclosure import Release as Passed
from hemma.insight.models import Release
from hemma.lib import clock

LOCK = 7_002_040  # an advisory lock of this database: one table passes at a time
Records = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A group's cell as it may be told: its number of people, or why it is hidden."""

    keys: tuple[str, ...]
    n: int | None
    hidden: str


def pass_through(
    kind: Kind,
    source: str,
    label: str,
    dimensions: tuple[Dimension, ...],
    records: Records,
    *,
    largest: Callable[[tuple[str, ...]], tuple[float, float] | None] = lambda _keys: None,
) -> list[Shown]:
    """What may be shown of the people behind `records` ((mark, period) → finest cell).

    `largest` tells of a cell which shares of its sum the two largest people hold. Remembered under
    `source`; the same people under the same label are answered as before.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        inside = _inside(kind, dimensions, records)
        rows = list(Release.objects.filter(source=source).order_by("id"))
        known = next((r for r in rows if r.label == label and r.inside == inside), None)
        if known is None:
            table = _table(kind, source, dimensions, records, largest)
            passed = release(table, tuple(_remembered(row) for row in rows))
            known = Release.objects.create(
                source=source,
                label=label,
                at=clock.now(),
                inside=inside,
                shown=[[*one.keys, one.n, one.hidden or ""] for one in passed.published.cells],
            )
    return [Shown(tuple(keys), n, hidden) for *keys, n, hidden in known.shown]


def one_dimension(name: str, codes: set[str]) -> tuple[Dimension, ...]:
    """One way to part people, all of them being in one of `codes`."""
    return (Dimension(name, dict.fromkeys(sorted(codes), "all")),)


def _inside(kind: Kind, dimensions: tuple[Dimension, ...], records: Records) -> dict[str, Any]:
    return {
        "kind": str(kind),
        "dimensions": [[one.name, dict(one.parents), one.root] for one in dimensions],
        "records": sorted([mark, period, *keys] for (mark, period), keys in records.items()),
    }


def _table(
    kind: Kind,
    source: str,
    dimensions: tuple[Dimension, ...],
    records: Records,
    largest: Callable[[tuple[str, ...]], tuple[float, float] | None],
) -> Table:
    groups = members(dimensions, records)
    cells = tuple(
        Cell(keys, len(people), largest=largest(keys)) for keys, people in sorted(groups.items())
    )
    return Table(kind, source, dimensions, cells, records=dict(records))


def members(dimensions: tuple[Dimension, ...], records: Records) -> dict[tuple[str, ...], set[str]]:
    """The marks in every cell, whole ones included; cells without anybody are not there."""
    found: dict[tuple[str, ...], set[str]] = {}
    for (mark, _period), keys in records.items():
        for group in _groups(dimensions, keys):
            found.setdefault(group, set()).add(mark)
    if not found:
        found[tuple(one.root for one in dimensions)] = set()
    return found


def _groups(dimensions: tuple[Dimension, ...], keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The finest cell and all that it is part of."""
    found: list[tuple[str, ...]] = [()]
    for dimension, key in zip(dimensions, keys, strict=True):
        way = [key]
        while way[-1] != dimension.root:
            way.append(dimension.parents[way[-1]])
        found = [(*before, code) for before in found for code in way]
    return found


def _remembered(row: Release) -> Passed:
    inside = row.inside
    dimensions = tuple(Dimension(name, up, root) for name, up, root in inside["dimensions"])
    records = {(mark, period): tuple(keys) for mark, period, *keys in inside["records"]}
    kind = Kind(inside["kind"])
    table = _table(kind, row.source, dimensions, records, lambda _keys: None)
    cells = tuple(
        PublicCell(tuple(keys), n, hidden=Hidden(hidden) if hidden else None)
        for *keys, n, hidden in row.shown
    )
    return Passed(table, PublishedTable(kind, row.source, dimensions, cells))
