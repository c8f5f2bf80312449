"""Two ways to part the same people where nobody counted how the one cuts across the other.

Without records a table by team and a table by form say nothing of who is in both. A team and a form
of nearly the same size may be nearly the same people; what is between them would be told. What the
tables can give away together is judged by their numbers alone, as if the worst were true.
"""

from collections.abc import Iterable

from hemma.core.disclosure.table import Group, PublishedTable, Table, group_of, relations


def crossed(
    table: Table, others: Iterable[PublishedTable], differ: int, *, alone: bool = True
) -> bool:
    """Whether the table together with shown ones of the same people may tell of too few.

    What two tables tell together is f + g, with f the same within every finest cell of the one and
    g within those of the other. Where it is 0 for all but a few people, the people with f = v and
    those with g = -v are unions of finest cells that differ by no more than these few. So as long
    as no sums of the one's finest cells come within `differ` of sums of the other's (nobody and
    everybody aside), nothing new follows, whoever is where. All sums are looked at. With a third
    way to part them, or where the table is not `alone` but set against others record by record as
    well, the numbers no longer say enough, and it counts as crossed.
    """
    groups = {group_of(table.dimensions, cell.keys): cell.n for cell in table.cells}
    foreign = _foreign(groups.keys(), others)
    if len(foreign) != 1 or not alone:
        return bool(foreign)
    everybody = groups.get(frozenset())
    if everybody is None:
        return True
    known = _finest(foreign[0])
    told = [cell.n for cell in foreign[0].cells if cell.n is not None and cell.keys in known]
    # How hidden cells part those who are left is not known here: any number may be in some.
    before = _sums([*told, *_any_up_to(everybody - sum(told))])
    own = _finest(table)
    now = _sums(cell.n for cell in table.cells if cell.keys in own)
    ends = 1 | 1 << everybody
    return bool(_near(before & ~ends, differ) & now or _near(ends, differ) & now & ~ends)


def _foreign(own: Iterable[Group], others: Iterable[PublishedTable]) -> list[PublishedTable]:
    """Earlier tables that told of groups which neither this table nor another of them parts."""
    found: list[tuple[PublishedTable, set[Group], set[Group]]] = []
    for old in others:
        cells = {group_of(old.dimensions, cell.keys): cell for cell in old.cells}
        shown = {group for group, cell in cells.items() if cell.hidden is None}
        if shown <= set(own) or any(shown <= there for _, _, there in found):
            continue
        found = [one for one in found if not one[1] <= cells.keys()]
        found.append((old, shown, set(cells)))
    return [old for old, _, _ in found]


def _finest(table: Table | PublishedTable) -> set[tuple[str, ...]]:
    """The keys of the cells that no others of the table add up to."""
    keys = [cell.keys for cell in table.cells]
    wholes = {whole for whole, _ in relations(table.dimensions, keys)}
    return {own for own in keys if group_of(table.dimensions, own) not in wholes}


def _sums(numbers: Iterable[int]) -> int:
    """Bit k is set where some of the numbers add up to k."""
    reach = 1
    for number in numbers:
        reach |= reach << number
    return reach


def _any_up_to(most: int) -> list[int]:
    """A few numbers of which some add up to k, for every k from 0 to `most`."""
    found, step = [], 1
    while most > 0:
        found.append(min(step, most))
        most -= step
        step *= 2
    return found


def _near(reach: int, differ: int) -> int:
    """Bit k is set where one less than `differ` away from it is."""
    near = reach
    for apart in range(1, differ):
        near |= reach << apart | reach >> apart
    return near
