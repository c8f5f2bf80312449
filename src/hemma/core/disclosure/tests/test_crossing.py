"""Several ways to part the same people, with nothing but numbers to tell how they cut across."""

from itertools import combinations, permutations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hemma.core.disclosure import LIMITS, Cell, Dimension, Hidden, Kind, Table, publish
from hemma.core.disclosure.crossing import crossed
from hemma.core.disclosure.tests.attack import Step, breaches

TEAM = Dimension("team", {"r": "all", "a": "r", "b": "r", "c": "all"})
FORM = Dimension("form", {"home": "all", "office": "all"})
TIME = Dimension("time", {"full": "all", "part": "all"})
LEAVES = {"team": ("a", "b", "c"), "form": ("home", "office"), "time": ("full", "part")}
EVERY = list(product(*LEAVES.values()))


def way(dimension, code):
    return [code] if code == dimension.root else [code, *way(dimension, dimension.parents[code])]


def asked(people, dimensions, kind=Kind.SCALE):
    """The table of some ways to part the people, and its groups as sets of names."""
    groups = {keys: set() for keys in product(*([*d.parents, d.root] for d in dimensions))}
    for codes, number in people.items():
        of = dict(zip(LEAVES, codes, strict=True))
        for keys in product(*(way(d, of[d.name]) for d in dimensions)):
            groups[keys] |= {f"{codes} {at}" for at in range(number)}
    cells = tuple(Cell(keys, len(names)) for keys, names in groups.items())
    return Table(kind, "s", tuple(dimensions), cells), groups


def told_in_turn(people, views, kind=Kind.SCALE):
    """What goes out when the views are asked for one after the other, for the attacker."""
    steps, memory = [], []
    for dimensions in views:
        table, groups = asked(people, dimensions, kind)
        memory.append(publish(table, tuple(memory)))
        shown = {cell.keys: cell.n for cell in memory[-1].cells if cell.hidden is None}
        inner = {"r", "all"}
        leaves = [keys for keys in groups if not inner & set(keys)]
        frozen = {keys: frozenset(names) for keys, names in groups.items()}
        steps.append(Step(frozen, shown, leaves, table, 0))
    return steps


few_or_many = st.sampled_from([0, 0, 0, 1, 2, 4, 6, 9, 17])
"""Most people of a team sit in one place: the sizes at which ways to part them nearly coincide."""
everybody = st.fixed_dictionaries(dict.fromkeys(EVERY, few_or_many))
one_by_one = [[TEAM], [FORM], [TIME]]
with_crosses = [*one_by_one, [TEAM, FORM], [FORM, TIME]]
NEARLY = dict.fromkeys(EVERY, 0)
"""Seven in team a and seven at home, of whom six are the same."""
NEARLY |= {("a", "home", "full"): 6, ("a", "office", "full"): 1, ("b", "home", "full"): 1}
NEARLY |= {("b", "office", "full"): 4, ("c", "office", "full"): 7}


@settings(deadline=None, max_examples=150)
@given(
    everybody,
    st.sampled_from([list(views) for views in permutations(one_by_one)]),
    st.sampled_from([Kind.SCALE, Kind.ABSENCE]),
)
@example(NEARLY, [[TEAM], [FORM]], Kind.SCALE)
def test_nobody_is_found_between_ways_to_part_the_same_people(people, views, kind):
    assert not breaches(kind, told_in_turn(people, views, kind), records=False)


@settings(deadline=None, max_examples=60)
@given(everybody, st.lists(st.sampled_from(with_crosses), min_size=2, max_size=4))
@example(NEARLY, [[TEAM], [FORM], [TEAM, FORM]])
def test_nor_when_some_tables_cross_them(people, views):
    assert not breaches(Kind.SCALE, told_in_turn(people, views), records=False)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(10, 40), st.integers(0, 20)
)
def test_every_sum_is_looked_at(sizes, home, more):
    """Against trying out every union of teams on either side."""
    sizes = [*sizes, max(0, home + 10 - sum(sizes)) + more]  # ten at least at the office
    team = Dimension("team", {f"t{at}": "all" for at in range(len(sizes))})
    whole = Cell(("all",), sum(sizes))
    cells = (whole, *(Cell((f"t{at}",), size) for at, size in enumerate(sizes)))
    teams = Table(Kind.FREE_TEXT, "s", (team,), cells)
    forms = (whole, Cell(("home",), home), Cell(("office",), whole.n - home))
    before = publish(Table(Kind.FREE_TEXT, "s", (FORM,), forms))
    assert not any(cell.hidden for cell in before.cells)
    differ = LIMITS[Kind.FREE_TEXT].differ
    unions = {sum(u) for many in range(len(sizes) + 1) for u in combinations(sizes, many)}
    ends = {0, whole.n}
    clash = any(
        abs(one - two) < differ and not (one == two and one in ends)
        for one in unions
        for two in {home, whole.n - home, *ends}
    )
    assert crossed(teams, (before,), differ) is clash


def flat(name, sizes):
    dimension = Dimension(name, dict.fromkeys(sizes, "all"))
    cells = (Cell(("all",), sum(sizes.values())), *(Cell((c,), n) for c, n in sizes.items()))
    return Table(Kind.SCALE, "s", (dimension,), cells)


def shown(published):
    return {cell.keys[0]: cell.n for cell in published.cells if cell.hidden is None}


def test_forms_far_from_every_sum_of_teams_are_shown():
    first = publish(flat("team", {"a": 20, "b": 30, "c": 50}))
    second = publish(flat("form", {"home": 40, "office": 60}), (first,))
    assert shown(second) == {"all": 100, "home": 40, "office": 60}


@pytest.mark.parametrize("home", [48, 50, 52])
def test_forms_that_may_be_two_teams_but_for_a_few_are_not(home):
    first = publish(flat("team", {"a": 20, "b": 30, "c": 55}))
    second = publish(flat("form", {"home": home, "office": 105 - home}), (first,))
    assert shown(second) == {"all": 105}
    assert {cell.hidden for cell in second.cells if cell.hidden} == {Hidden.EARLIER}


def test_a_third_way_to_part_them_is_not_shown_and_the_first_ones_stay():
    teams, forms = flat("team", {"a": 200, "b": 300}), flat("form", {"home": 60, "office": 440})
    first = publish(teams)
    second = publish(forms, (first,))
    third = publish(flat("time", {"full": 420, "part": 80}), (first, second))
    assert shown(third) == {"all": 500}
    assert shown(publish(forms, (first, second, third))) == shown(second)
    assert shown(publish(teams, (first, second, third))) == shown(first)


def test_a_table_that_counts_how_they_cut_across_may_tell_more():
    """By team and form at once the gate sees who is where, and the numbers need not be far apart."""
    people = dict.fromkeys(EVERY, 0)
    people |= {(team, form, "full"): 10 for team in "abc" for form in LEAVES["form"]}
    first, second = told_in_turn(people, [[TEAM], [TEAM, FORM]])
    assert len(first.shown) == 5
    assert len(second.shown) == len(second.groups) == 15
