"""People come, go and move, tables are asked again and again, and the attacker writes it all down."""

import pytest

from hemma.core.disclosure import Cell, Dimension, Hidden, Kind, Table, publish, release
from hemma.core.disclosure.tests.attack import breaches, run

FLAT = Dimension("team", {"a": "all", "b": "all", "c": "all"})
FORM = Dimension("form", {"home": "all", "office": "all"})


def flat(people, source="hours", **more):
    cells = [Cell(("all",), sum(people.values()), 3.0)]
    cells += [Cell((team,), number, 3.0) for team, number in people.items()]
    return Table(Kind.SCALE, source, (FLAT,), tuple(cells), **more)


def named(**teams):
    """A table with its records: the names behind each team."""
    records = {(name, ""): (team,) for team, names in teams.items() for name in names}
    return flat({team: len(names) for team, names in teams.items()}, records=records)


def names(letter, number):
    return [f"{letter}{at}" for at in range(number)]


def shown(published):
    return {cell.keys[0]: cell.n for cell in published.cells if cell.hidden is None}


def test_nobody_is_found_in_hundreds_of_attacks():
    for seed in range(400):
        assert not breaches(*run(seed)), seed


def test_nobody_is_found_between_a_team_and_a_form_of_the_same_size():
    """Seven in a team and seven at home, six of them the same people: what the seventh of each
    answered would be told apart."""
    assert not breaches(*run(76411645))


@pytest.mark.parametrize("gate", ["only the small", "forgets"])
def test_the_same_attacker_takes_a_leaky_gate_apart(gate):
    assert sum(bool(breaches(*run(seed, gate))) for seed in range(60)) > 20


def test_one_who_joined_is_not_found_but_three_are_told_of():
    first = release(named(a=names("a", 8), b=names("b", 20), c=names("c", 20)))
    one = publish(named(a=names("a", 9), b=names("b", 20), c=names("c", 20)), (first,))
    assert {"a", "all"}.isdisjoint(shown(one))
    assert {cell.hidden for cell in one.cells if cell.keys == ("a",)} == {Hidden.EARLIER}
    three = publish(named(a=names("a", 11), b=names("b", 20), c=names("c", 20)), (first,))
    assert shown(three) == {"all": 51, "a": 11, "b": 20, "c": 20}


def test_one_who_left_as_another_came_is_not_found_though_the_number_is_the_same():
    first = release(named(a=names("a", 8), b=names("b", 20), c=names("c", 20)))
    swapped = named(a=[*names("a", 7), "new"], b=names("b", 20), c=names("c", 20))
    assert {"a", "all"}.isdisjoint(shown(publish(swapped, (first,))))


def test_one_month_is_not_found_between_two_rolling_years():
    def year(months, who):
        every = [(team, name) for team in "abc" for name in names(team, 8)]
        records = {(name, f"m{m}"): (team,) for m in months for team, name in every}
        records |= {(name, "m13"): ("a",) for name in who}
        return flat({"a": 8, "b": 8, "c": 8}, records=records)

    first = release(year(range(1, 13), []))
    assert shown(first.published)["a"] == 8
    assert {"a", "all"}.isdisjoint(shown(publish(year(range(1, 13), ["a0", "a1"]), (first,))))
    assert shown(publish(year(range(1, 13), names("a", 5)), (first,)))["a"] == 8


def test_without_records_nothing_new_is_told_once_people_moved():
    first = publish(flat({"a": 8, "b": 20, "c": 20}))
    later = publish(flat({"a": 14, "b": 20, "c": 20}), (first,))
    assert shown(later) == {"b": 20, "c": 20}


def test_numbers_that_cannot_be_negative_are_not_narrowed_down():
    """Home and office of three teams: with all sums shown, the middle ones lie between narrow
    bounds though no equation gives them away."""
    counts = {("a", "home"): 1, ("a", "office"): 30, ("b", "home"): 1, ("b", "office"): 30}
    people = {}
    for (team, form), number in counts.items():
        for keys in ((team, form), (team, "all"), ("all", form), ("all", "all")):
            people[keys] = people.get(keys, 0) + number
    two = Dimension("team", {"a": "all", "b": "all"})
    cells = tuple(Cell(keys, number) for keys, number in people.items())
    published = publish(Table(Kind.SCALE, "x", (two, FORM), cells))
    # home together is 2: with ("a", "all") = 31 told, a's office would be known as 29, 30 or 31.
    assert ("all", "home") not in {c.keys for c in published.cells if not c.hidden}
    told = {c.keys for c in published.cells if not c.hidden}
    assert len(told & {("a", "office"), ("a", "all")}) < 2


def test_a_sum_that_one_person_rules_is_hidden():
    cells = (
        Cell(("all",), 60, 100.0),
        Cell(("a",), 20, 10.0, largest=(0.9, 0.05)),
        Cell(("b",), 20, 10.0, largest=(0.2, 0.1)),
        Cell(("c",), 20, 10.0, largest=(0.2, 0.1)),
    )
    assert "a" not in shown(publish(Table(Kind.SCALE, "x", (FLAT,), cells)))


def test_a_mean_at_the_end_of_its_scale_is_everybodys_answer_and_hidden():
    cells = (Cell(("all",), 21, 4.9), *(Cell((team,), 7, 5.0) for team in "ab"), Cell(("c",), 7, 4.7))  # fmt: skip
    told = shown(publish(Table(Kind.SCALE, "x", (FLAT,), cells, ends=(1, 5))))
    assert {"a", "b"}.isdisjoint(told)


def test_values_are_told_in_steps():
    cells = (Cell(("all",), 21, 3.456, 3.21, 3.78), *(Cell((t,), 7, 3.456) for t in "abc"))
    published = publish(Table(Kind.SCALE, "x", (FLAT,), cells, step=0.1))
    (whole,) = [cell for cell in published.cells if cell.keys == ("all",)]
    assert (whole.value, whole.low, whole.high) == (3.5, 3.2, 3.8)


def test_records_that_do_not_fit_the_numbers_are_refused():
    with pytest.raises(ValueError, match="not of 9 people"):
        flat({"a": 9}, records={("x", ""): ("a",)})
