"""The gate, and an attacker who knows every shown number and can solve equations."""

from dataclasses import asdict
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.disclosure import (
    LIMITS,
    Cell,
    Dimension,
    Hidden,
    Kind,
    PublicCell,
    PublishedTable,
    Table,
    publish,
)

TEAM = Dimension(
    "team",
    {
        "north": "all",
        "south": "all",
        "n1": "north",
        "n2": "north",
        "n3": "north",
        "s1": "south",
        "s2": "south",
    },
)
FORM = Dimension("form", {"home": "all", "office": "all", "both": "all"})
FLAT = Dimension("team", {"a": "all", "b": "all", "c": "all"})


def leaves(dimension):
    inner = set(dimension.parents.values())
    return [code for code in dimension.parents if code not in inner]


def up(dimension, code):
    """The code and everything it is part of."""
    return [code] if code == dimension.root else [code, *up(dimension, dimension.parents[code])]


def table(dimensions, people, kind=Kind.SCALE, source="pulse", value=3.5):
    """A whole table from the number of people in each combination of leaves."""
    totals = {}
    for keys, number in people.items():
        for group in product(*(up(d, k) for d, k in zip(dimensions, keys, strict=True))):
            totals[group] = totals.get(group, 0) + number
    cells = tuple(Cell(keys, n, value, value - 1, value + 1) for keys, n in totals.items())
    return Table(kind, source, tuple(dimensions), cells)


def shown(published):
    return {cell.keys: cell.n for cell in published.cells if cell.hidden is None}


def hidden(published):
    return {cell.keys for cell in published.cells if cell.hidden}


class Attacker:
    """Shares no code with the gate: every group is the sum of the leaves below it, and what the
    shown groups span by elimination is what can be worked out."""

    def __init__(self, dimensions, leaf_keys, *shown_groups):
        self.dimensions, self.leaf_keys = dimensions, sorted(leaf_keys)
        self.basis = []
        for groups in shown_groups:
            for keys in groups:
                self.learn(self.vector(keys))

    def vector(self, keys):
        return [
            Fraction(
                all(k in up(d, own) for d, k, own in zip(self.dimensions, keys, leaf, strict=True))
            )
            for leaf in self.leaf_keys
        ]

    def reduce(self, vector):
        for pivot, row in self.basis:
            if vector[pivot]:
                vector = [a - vector[pivot] * b for a, b in zip(vector, row, strict=True)]
        return vector

    def learn(self, vector):
        vector = self.reduce(vector)
        pivot = next((at for at, number in enumerate(vector) if number), None)
        if pivot is not None:
            self.basis.append((pivot, [number / vector[pivot] for number in vector]))

    def knows(self, vector):
        return not any(self.reduce(vector))

    def knows_group(self, keys):
        return self.knows(self.vector(keys))

    def small_sums(self, people, least):
        """Unions of fewer than `least` people (up to four leaves) whose sum can be worked out."""
        few = [leaf for leaf in self.leaf_keys if people[leaf] < least]
        for size in (1, 2, 3, 4):
            for union in combinations(few, size):
                if sum(people[leaf] for leaf in union) < least:
                    parts = zip(*(self.vector(leaf) for leaf in union), strict=True)
                    if self.knows([sum(column) for column in parts]):
                        yield union


def leaks(dimensions, people, least, *published):
    attacker = Attacker(dimensions, people, *(shown(p) for p in published))
    groups = {keys for p in published for keys in hidden(p) if keys not in shown(p)}
    return [g for g in sorted(groups) if attacker.knows_group(g)] + list(
        attacker.small_sums(people, least)
    )


def some_people(dimensions):
    combos = list(product(*(leaves(d) for d in dimensions)))
    number = st.one_of(st.integers(0, 6), st.integers(0, 40))
    return st.fixed_dictionaries(dict.fromkeys(combos, number))


@settings(deadline=None, max_examples=100)
@given(some_people([TEAM]))
def test_nobody_works_out_a_small_team_in_the_tree(people):
    published = publish(table([TEAM], people))
    assert not leaks([TEAM], people, 5, published)


@settings(deadline=None, max_examples=100)
@given(some_people([FLAT, FORM]))
def test_nobody_works_out_a_small_cell_of_team_by_form(people):
    published = publish(table([FLAT, FORM], people))
    assert not leaks([FLAT, FORM], people, 5, published)


@settings(deadline=None, max_examples=15)
@given(some_people([TEAM, FORM]), st.sampled_from([Kind.SCALE, Kind.ABSENCE]))
def test_nobody_works_out_a_small_cell_of_a_tree_by_form(people, kind):
    published = publish(table([TEAM, FORM], people, kind))
    attacker = Attacker([TEAM, FORM], people, shown(published))
    assert not [keys for keys in hidden(published) if attacker.knows_group(keys)]
    assert all(n >= LIMITS[kind].least for n in shown(published).values())


@settings(deadline=None, max_examples=40)
@given(some_people([FLAT, FORM]))
def test_two_views_of_the_same_answers_do_not_give_each_other_away(people):
    """First by team, then by form, then both at once."""
    by_team, by_form = {}, {}
    for (team, form), number in people.items():
        by_team[(team,)] = by_team.get((team,), 0) + number
        by_form[(form,)] = by_form.get((form,), 0) + number
    first = publish(table([FLAT], by_team))
    second = publish(table([FORM], by_form), (first,))
    third = publish(table([FLAT, FORM], people), (first, second))
    attacker = Attacker([FLAT, FORM], people, shown(third))
    for keys in shown(first):
        attacker.learn(attacker.vector((keys[0], "all")))
    for keys in shown(second):
        attacker.learn(attacker.vector(("all", keys[0])))
    secret = {(k[0], "all") for k in hidden(first)} | {("all", k[0]) for k in hidden(second)}
    told = {(k[0], "all") for k in shown(first)} | {("all", k[0]) for k in shown(second)}
    assert not [keys for keys in (secret | hidden(third)) - told if attacker.knows_group(keys)]


@settings(deadline=None)
@given(some_people([TEAM]), some_people([TEAM]))
def test_who_joined_late_is_not_found_by_asking_again(before, joined):
    first = publish(table([TEAM], before))
    after = {keys: number + min(joined[keys], 1) for keys, number in before.items()}
    second = publish(table([TEAM], after), (first,))
    for keys, number in shown(second).items():
        was = shown(first).get(keys)
        assert was is None or number == was or abs(number - was) >= LIMITS[Kind.SCALE].differ
        assert keys not in hidden(first)


def test_the_attacker_catches_a_gate_that_hides_only_the_small():
    people = {("a",): 3, ("b",): 20, ("c",): 20}
    leaky = PublishedTable(
        Kind.SCALE,
        "pulse",
        (FLAT,),
        tuple(
            PublicCell(c.keys, c.n, c.value)
            if c.n >= 5
            else PublicCell(c.keys, hidden=Hidden.TOO_FEW)
            for c in table([FLAT], people).cells
        ),
    )
    assert leaks([FLAT], people, 5, leaky)


def test_the_smallest_neighbour_of_a_small_team_is_hidden_too():
    published = publish(table([FLAT], {("a",): 3, ("b",): 20, ("c",): 9}))
    assert hidden(published) == {("a",), ("c",)}
    assert shown(published) == {("b",): 20, ("all",): 32}


def test_two_small_teams_that_are_too_few_together_take_a_third_along():
    published = publish(table([FLAT], {("a",): 1, ("b",): 2, ("c",): 9}))
    assert hidden(published) == {("a",), ("b",), ("c",)}
    assert shown(published) == {("all",): 12}


def test_two_small_teams_that_are_enough_together_hide_only_themselves():
    published = publish(table([FLAT], {("a",): 3, ("b",): 2, ("c",): 9}))
    assert shown(published) == {("c",): 9, ("all",): 14}


def test_a_part_that_is_the_whole_takes_the_whole_along():
    only = Dimension("team", {"a": "all"})
    assert not shown(publish(table([only], {("a",): 4})))
    assert len(shown(publish(table([only], {("a",): 5})))) == 2


def test_large_groups_are_all_shown_with_their_numbers():
    published = publish(table([FLAT], {("a",): 5, ("b",): 6, ("c",): 7}))
    assert not hidden(published)
    (whole,) = [cell for cell in published.cells if cell.keys == ("all",)]
    assert (whole.n, whole.value, whole.low, whole.high) == (18, 3.5, 2.5, 4.5)


@pytest.mark.parametrize(
    ("kind", "least"),
    [(Kind.SCALE, 5), (Kind.FREE_TEXT, 10), (Kind.ABSENCE, 10), (Kind.HARASSMENT, 20)],
)
def test_each_kind_has_its_smallest_group(kind, least):
    enough = {("a",): least, ("b",): least, ("c",): least}
    assert not hidden(publish(table([FLAT], enough, kind)))
    assert ("a",) in hidden(publish(table([FLAT], enough | {("a",): least - 1}, kind)))


def test_one_who_joined_is_not_found_by_difference():
    first = publish(table([FLAT], {("a",): 8, ("b",): 20, ("c",): 20}))
    again = publish(table([FLAT], {("a",): 9, ("b",): 20, ("c",): 20}), (first,))
    assert ("a",) in hidden(again)
    assert ("all",) in hidden(again)
    assert {c.hidden for c in again.cells if c.keys == ("a",)} == {Hidden.EARLIER}
    other = publish(table([FLAT], {("a",): 9, ("b",): 20, ("c",): 20}, source="next"), (first,))
    assert not hidden(other)


def test_what_was_hidden_once_stays_hidden():
    first = publish(table([FLAT], {("a",): 4, ("b",): 20, ("c",): 30}))
    later = publish(table([FLAT], {("a",): 9, ("b",): 25, ("c",): 35}), (first,))
    assert hidden(first) <= hidden(later)


def test_the_same_table_twice_is_the_same_table():
    known = table([FLAT], {("a",): 4, ("b",): 20, ("c",): 30})
    first = publish(known)
    assert shown(publish(known, (first,))) == shown(first)


def test_a_hidden_cell_carries_nothing():
    published = publish(table([FLAT], {("a",): 3, ("b",): 20, ("c",): 9}))
    for cell in published.cells:
        if cell.hidden:
            assert set(asdict(cell).values()) == {cell.keys, None, cell.hidden}
    with pytest.raises(ValueError, match="no number"):
        PublicCell(("a",), n=3, hidden=Hidden.TOO_FEW)
    with pytest.raises(ValueError, match="carries its number"):
        PublicCell(("a",))


def test_a_table_whose_parts_do_not_add_up_is_refused():
    with pytest.raises(ValueError, match="add up"):
        Table(Kind.SCALE, "pulse", (FLAT,), (Cell(("all",), 9), Cell(("a",), 8)))
    with pytest.raises(ValueError, match="twice"):
        Table(Kind.SCALE, "pulse", (FLAT,), (Cell(("a",), 9), Cell(("a",), 9)))
    with pytest.raises(ValueError, match="team has no"):
        Table(Kind.SCALE, "pulse", (FLAT,), (Cell(("x",), 9),))
