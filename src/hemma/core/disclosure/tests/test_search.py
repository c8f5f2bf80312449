"""Least is lost: no other way to hide tells of more people and gives nothing away."""

import random
from itertools import combinations

import pytest

from hemma.core.disclosure import LIMITS, Cell, Dimension, Kind, Table, publish
from hemma.core.disclosure.leaks import Leaks


def small_table(chance):
    """Two levels, at most ten cells, teams as small as teams are."""
    tree, sizes = {}, {"all": 0}
    for region in ("north", "south", "west")[: chance.randint(2, 3)]:
        tree[region], sizes[region] = "all", 0
        for team in range(chance.randint(1, 2)):
            code, n = f"{region} {team}", chance.choice([1, 2, 3, 4, *range(4, 16)])
            tree[code], sizes[code] = region, n
            sizes[region] += n
            sizes["all"] += n
    cells = tuple(Cell((code,), n) for code, n in sizes.items())
    return Table(Kind.SCALE, "x", (Dimension("team", tree),), cells)


def told(table, hidden):
    return sum(1 + cell.n for at, cell in enumerate(table.cells) if at not in hidden)


def most_that_leaks_nothing(table):
    """Every way to hide is tried."""
    leaks = Leaks(table, (), set(), LIMITS[table.kind])
    small = {at for at, cell in enumerate(table.cells) if cell.n < LIMITS[table.kind].least}
    rest = [at for at in range(len(table.cells)) if at not in small]
    ways = (
        frozenset(small).union(more)
        for number in range(len(rest) + 1)
        for more in combinations(rest, number)
    )
    return max(told(table, way) for way in ways if leaks.weak(way) is None)


@pytest.mark.parametrize("seed", range(40))
def test_no_other_way_to_hide_tells_more(seed):
    table = small_table(random.Random(seed))
    shown = publish(table)
    hidden = {at for at, cell in enumerate(shown.cells) if cell.hidden}
    assert told(table, hidden) == most_that_leaks_nothing(table)
    assert publish(table) == shown  # the same every time


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_gives_no_hidden_sum_of_too_few_away(seed):
    """By the sums of a tree alone: what is hidden of a shown region, and of the whole, is enough."""
    table = small_table(random.Random(seed))
    limits = LIMITS[table.kind]
    parents, number = table.dimensions[0].parents, {c.keys[0]: c.n for c in table.cells}
    hidden = {cell.keys[0] for cell in publish(table).cells if cell.hidden}
    regions = sorted(set(parents.values()) - {"all"})
    left = {
        region: [code for code, up in parents.items() if up == region and code in hidden]
        for region in regions
    }
    for region in regions:
        if region not in hidden and left[region]:
            assert sum(number[code] for code in left[region]) >= limits.least
            assert len(left[region]) > 1
    inside = [code for region in regions if region in hidden for code in left[region]]
    if "all" not in hidden and inside:
        assert sum(number[code] for code in inside) >= limits.least
