"""Each measurement that makes plans has them judged by the checkers, which share no code with any search,
and fails when there is a fault: here in a small size, with and without one."""

import json
import os
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from hemma.core.place import search as place_search
from hemma.core.roster.search import Search

_BENCH = Path(__file__).parents[1] / "bench"
_OWN = ("roster", "place", "plan", "today", "growth", "service", "published")

SMALL = {
    "roster": "--people 60 --weeks 2 --seconds 2",
    "plan": "--people 48 --weeks 1 --seconds 2",
    "today": "--people 60 --weeks 2 --times 1",
    "place": "--people 52 --weeks 2",
    "service": "--people 40 --seconds 1 --weeks 2",
}
PUBLISHED = "--instances 1 2 --seconds 2"


@pytest.fixture
def bench(monkeypatch, capsys):
    """Runs one and gives its exit code, its figures and what it said of faults."""
    before = set(sys.modules)

    def run(name, words):
        monkeypatch.setattr(sys, "argv", [f"{name}.py", *words.split()])
        monkeypatch.setattr(sys, "path", [str(_BENCH), *sys.path])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(_BENCH / f"{name}.py"), run_name="__main__")
        told = capsys.readouterr()
        return ended.value.code, json.loads(told.out), told.err

    yield run
    for name in set(sys.modules) - before:
        if name in _OWN or (name.startswith("_") and hasattr(sys.modules[name], "__file__")):
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).parent == _BENCH:
                del sys.modules[name]


@pytest.mark.parametrize("name", SMALL)
def test_a_small_plan_of_each_measurement_has_no_fault(bench, name):
    code, told, said = bench(name, SMALL[name])
    assert (code, said) == (0, "")
    assert told


def test_growth_asks_each_size_for_its_faults(bench):
    code, told, said = bench("growth", "--people 50 --weeks 1")
    assert (code, [row["faults"] for row in told["sizes"]]) == (0, [0])
    assert "FAULT" not in said


@pytest.mark.skipif(not os.environ.get("HEMMA_TEST_DATA"), reason="HEMMA_TEST_DATA is not set")
def test_the_small_published_rosters_keep_their_hard_rules(bench):
    code, told, said = bench("published", PUBLISHED)
    assert code == 0
    assert "FAULT" not in said
    assert [one["rules_broken"] for one in told.values()] == [[], []]


@pytest.mark.skipif(not os.environ.get("HEMMA_TEST_DATA"), reason="HEMMA_TEST_DATA is not set")
def test_a_published_roster_with_a_broken_rule_fails(bench, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(_BENCH), *sys.path])
    import _published_search as search

    first = search.Plan.plan

    def everybody_every_day(work):
        shift = next(iter(work.folk.made.length))
        return {name: [shift] * len(row) for name, row in first(work).items()}

    monkeypatch.setattr(search.Plan, "plan", everybody_every_day)
    code, _, said = bench("published", "--instances 1 --seconds 1")
    assert code == 1
    assert "FAULT instance 1" in said


def one_day_more(search):
    """A roster in which the first person works a day more than any rule lets them."""
    made = first_roster(search)
    start = made.start.copy()
    start[0, :7] = 0
    return type(made)(start, made.extra, made.at)


first_roster = Search.roster


@pytest.mark.parametrize("name", ["roster", "plan", "today", "service"])
def test_a_fault_in_a_plan_is_told_and_the_measurement_fails(bench, monkeypatch, name):
    monkeypatch.setattr(Search, "roster", one_day_more)
    code, _, said = bench(name, SMALL[name])
    assert code == 1
    assert "FAULT" in said


def test_somebody_at_home_without_an_agreement_is_told_and_the_measurement_fails(
    bench, monkeypatch
):
    first = place_search.place

    def everybody_at_home(site, rounds=60):
        found = first(site, rounds)
        nobody = np.zeros_like(found.places.office)
        return type(found)(
            type(found.places)(nobody, found.places.together), found.price, found.bound
        )

    monkeypatch.setattr("hemma.core.place.place", everybody_at_home)
    code, _, said = bench("place", SMALL["place"])
    assert code == 1
    assert "no_agreement" in said
    assert "FAULT price" in said
