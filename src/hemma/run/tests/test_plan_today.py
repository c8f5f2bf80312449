"""Petra's plan meets the day: breaks go elsewhere, a team is planned anew, and who could help is asked."""

import csv
import json

import numpy as np
import pytest

from hemma.run.cli import main
from hemma.run.planner.plan_reading import read_plan
from hemma.run.planner.plan_shifts import shifts
from hemma.run.planner.scenario import read


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The example for sixteen people and one week, planned."""
    where = tmp_path_factory.mktemp("today") / "scenario"
    assert main(["plan", "--example", str(where), "--people", "16", "--weeks", "1"]) == 0
    assert main(["plan", str(where), "--seconds", "2", "--json"]) == 0
    return where


def rows(file):
    """A plan's rows."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def changed(planned, capsys, *more):
    """What the command tells of Tuesday at nine."""
    capsys.readouterr()
    assert main(["plan", str(planned), "--json", "--today", "2026-11-03 09:00", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_plan_that_was_written_down_is_read_as_it_was(planned):
    scenario = read(planned)
    company, roster = read_plan(planned, scenario)
    office = np.ones(roster.start.shape, bool)
    again = [shift.as_row() | {"place": ""} for shift in shifts(scenario, company, roster, office)]
    assert again == [row | {"place": ""} for row in rows(planned / "plan.csv")]


def test_nobodys_hours_change_when_only_breaks_are_placed_anew(planned, capsys):
    here = [row["name"] for row in rows(planned / "plan.csv") if row["day"] == "2026-11-03"]
    told = changed(planned, capsys, "--away", here[0], "--more", "orders=1.3")
    missing = told["missing_hours"]
    assert missing["after_what_happened"] >= missing["as_planned"]
    assert missing["breaks_placed_anew"] <= missing["after_what_happened"]
    assert missing["shifts_planned_anew"] is None
    old, new = rows(planned / "plan.csv"), rows(planned / "plan-today.csv")
    gone = {(row["name"], row["day"]) for row in old} - {(row["name"], row["day"]) for row in new}
    assert gone == {(here[0], "2026-11-03")}
    before = {(row["name"], row["day"]): row for row in old}
    for row in new:
        was = before[row["name"], row["day"]]
        assert (row["start"], row["end"], row["place"]) == (was["start"], was["end"], was["place"])
        if row["day"] != "2026-11-03":
            assert row["breaks"] == was["breaks"]


def test_a_site_planned_anew_misses_no_more_and_days_behind_stay(planned, capsys):
    told = changed(planned, capsys, "--more", "orders=1.5", "--replan", "Malmö")
    missing = told["missing_hours"]
    assert missing["shifts_planned_anew"] <= missing["breaks_placed_anew"]
    old, new = rows(planned / "plan.csv"), rows(planned / "plan-today.csv")
    monday = [row for row in old if row["day"] == "2026-11-02"]
    assert [row for row in new if row["day"] == "2026-11-02"] == monday


def test_who_could_help_is_told_with_what_each_would_save_and_cost(planned, capsys):
    told = changed(planned, capsys, "--more", "orders=4", "--ask", "11:00-17:00")
    assert told["offers"]
    assert {one["helps"] for one in told["offers"]} <= {"later_focus", "overtime", "swap"}
    assert all(one["saves"] > 0 and one["hours"] > 0 for one in told["offers"])
    worth = [one["saves"] - one["costs"] for one in told["offers"]]
    assert worth == sorted(worth, reverse=True)
    capsys.readouterr()
    words = ["--today", "2026-11-03 09:00", "--more", "orders=4", "--ask", "11:00-17:00"]
    assert main(["plan", str(planned), *words]) == 0
    assert f"ask {told['offers'][0]['name']}: " in capsys.readouterr().out


def test_what_cannot_be_understood_is_told_with_a_remedy(planned, tmp_path, capsys):
    def refused(*words, code=2):
        capsys.readouterr()
        assert main(["plan", *words]) == code
        return capsys.readouterr().err

    now = [str(planned), "--today", "2026-11-03 09:00"]
    assert "not within the plan" in refused(str(planned), "--today", "2027-01-01 09:00")
    assert "nobody in people.csv" in refused(*now, "--away", "Nobody")
    assert "the skills are" in refused(*now, "--more", "juggling=2")
    assert "write it as 11:00-15:00" in refused(*now, "--ask", "soon")
    fresh = tmp_path / "scenario"
    assert main(["plan", "--example", str(fresh), "--people", "12", "--weeks", "1"]) == 0
    assert "Plan first" in refused(str(fresh), "--today", "2026-11-03 09:00", code=1)
