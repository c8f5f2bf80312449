"""The adapter of `bench/published.py`: its tours against brute force, its checker, and instances of any size."""

import importlib.util
import itertools
import sys
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).parents[1] / "bench"
pytestmark = pytest.mark.skipif(not BENCH.exists(), reason="bench/ is not in the source package")


@pytest.fixture(autouse=True)
def _bench(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    yield
    for name in [name for name in sys.modules if name.startswith("_published")]:
        del sys.modules[name]


TINY = """SECTION_HORIZON
8
SECTION_SHIFTS
early,480,
late,480,early
night,600,early|late
SECTION_STAFF
Amanda,early=8|late=2|night=1,2640,1920,4,2,2,1
SECTION_DAYS_OFF
Amanda,3
SECTION_SHIFT_ON_REQUESTS
Amanda,0,late,3
SECTION_SHIFT_OFF_REQUESTS
Amanda,1,early,2
SECTION_COVER
0,early,1,100,1
"""


def _read(tmp_path, text):
    from _published import read

    file = tmp_path / "instance.txt"
    file.write_text(text, encoding="utf-8")
    return read(file)


def _lawful(made, rows):
    """Those of `rows` (kinds by day, −1: off) in which the checker finds nothing."""
    from _published import broken

    names = [*made.length, ""]
    return [row for row in rows if not broken(made, {"Amanda": [names[k] for k in row]})]


def _price(folk, row, price):
    return sum(folk.own[0, d, k] + price[d, k] for d, k in enumerate(row) if k >= 0)


def test_amandas_tour_is_the_cheapest_of_all_that_keep_the_rules(tmp_path):
    from _published_folk import Folk, Stretch

    made = _read(tmp_path, TINY)
    folk = Folk(made)
    lawful = _lawful(made, itertools.product((-1, 0, 1, 2), repeat=8))
    assert len(lawful) > 10
    chance = np.random.default_rng(1)
    for _ in range(20):
        price = chance.normal(-2, 5, (8, 3))
        low, value, row = Stretch(folk, 0, 0, 8).best(price)
        least = min(_price(folk, row, price) for row in lawful)
        assert value == pytest.approx(least)
        assert low == pytest.approx(least)
        assert _lawful(made, [row.tolist()])


def test_some_of_her_days_anew_keep_the_rules_with_the_days_around_them(tmp_path):
    from _published_folk import Folk, Stretch

    text = TINY.replace("SECTION_HORIZON\n8", "SECTION_HORIZON\n21").replace(
        "2640,1920", "7000,5000"
    )
    made = _read(tmp_path, text.replace("4,2,2,1", "4,2,3,2").replace("late=2", "late=4"))
    folk = Folk(made)
    chance = np.random.default_rng(2)
    for _ in range(8):
        start = Stretch(folk, 0, 0, 21).best(chance.normal(0, 5, (21, 3)))[2]
        middles = itertools.product((-1, 0, 1, 2), repeat=7)
        lawful = _lawful(made, [(*start[:7], *middle, *start[14:]) for middle in middles])
        price = chance.normal(-2, 5, (7, 3))
        whole = np.vstack([np.zeros((7, 3)), price, np.zeros((7, 3))])
        least = min(_price(folk, row, whole) for row in lawful)
        outside = _price(folk, (*start[:7], *[-1] * 7, *start[14:]), whole)
        assert Stretch(folk, 0, 7, 14, start).best(price)[1] == pytest.approx(least - outside)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("e e l - - n n -", "of night"),
        ("e e - - e - - -", "shifts in a row"),
        ("l e l - - e e -", "early after late"),
        ("e e e e - - e -", "was to be off"),
        ("e e - - - - - -", "960 minutes"),
        ("e e - e e - - -", "days off in a row"),
    ],
)
def test_the_checker_finds_each_rule_that_is_broken(tmp_path, row, said):
    from _published import broken

    made = _read(tmp_path, TINY)
    names = {"e": "early", "l": "late", "n": "night", "-": ""}
    found = broken(made, {"Amanda": [names[letter] for letter in row.split()]})
    assert any(said in one for one in found)


def _made(people, weeks, shifts, seed):
    file = importlib.util.spec_from_file_location("_published_made", BENCH / "_published_made.py")
    module = importlib.util.module_from_spec(file)
    file.loader.exec_module(module)
    return module.made(people, weeks, shifts, seed)


@pytest.mark.parametrize(("people", "weeks", "shifts"), [(6, 2, 5), (5, 13, 6), (3, 26, 9)])
def test_any_size_with_several_limited_shifts_gets_a_plan_without_a_fault(
    tmp_path, people, weeks, shifts
):
    from _published import broken, cost
    from _published_bound import bound
    from _published_search import Plan

    made = _read(tmp_path, _made(people, weeks, shifts, 5))
    assert max(sum(0 < n < made.days for n in one.most.values()) for one in made.staff) > 1
    work = Plan(made, 3.0)
    work.solve()
    paid = cost(made, work.plan())
    assert broken(made, work.plan()) == []
    assert paid == pytest.approx(work.high)
    assert work.low <= paid + 1e-6
    assert bound(work.folk, paid, 20, lambda: 1.0)[0] <= paid + 1e-6


def test_whoever_can_have_no_tour_is_named(tmp_path):
    from _published_search import Plan

    made = _read(tmp_path, TINY.replace("2640,1920", "9000,8000"))
    with pytest.raises(ValueError, match="Amanda"):
        Plan(made, 1.0).solve()


def test_a_file_that_does_not_fit_together_says_what(tmp_path):
    with pytest.raises(ValueError, match="Charlie"):
        _read(tmp_path, TINY.replace("Amanda,3", "Charlie,3"))
    with pytest.raises(ValueError, match="outside the horizon"):
        _read(tmp_path, TINY.replace("Amanda,3", "Amanda,30"))
