"""Petra plans from a folder of tables; whatever is wrong with it is told with file, row and remedy."""

import json

import pytest

from hemma.run.cli import main


@pytest.fixture
def folder(tmp_path):
    """The example for twelve people and one week."""
    where = tmp_path / "scenario"
    assert main(["plan", "--example", str(where), "--people", "12", "--weeks", "1"]) == 0
    return where


def refused(folder, capsys):
    """What planning the folder is answered."""
    assert main(["plan", str(folder), "--seconds", "1"]) != 0
    return capsys.readouterr().err


def test_petra_plans_the_example_with_a_proof_and_no_law_is_broken(folder, capsys):
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "2", "--bound", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["faults"] == 0
    assert told["law"] == []
    assert told["bound"] is None or told["bound"] <= told["price"]
    amanda = [shift for shift in told["shifts"] if shift["name"] == "Amanda"]
    assert 4 <= len(amanda) <= 5
    assert "paus" in amanda[0]["breaks"]
    assert "Amanda" in (folder / "plan.csv").read_text(encoding="utf-8")
    page = (folder / "plan.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "Hours missing" in page
    assert "<script" not in page


def test_a_week_that_cannot_be_had_is_planned_in_part_and_told_by_name(folder, capsys):
    scenario = folder / "scenario.toml"
    text = scenario.read_text(encoding="utf-8").replace("days_in_a_row = 5", "days_in_a_row = 1")
    scenario.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert any(note.startswith("Bengt, week 1: 5 days cannot be had") for note in told["notes"])
    assert any(shift["name"] == "Bengt" for shift in told["shifts"])


def test_an_unknown_skill_is_told_with_its_row(folder, capsys):
    with (folder / "people.csv").open("a", encoding="utf-8") as opened:
        opened.write("Tina,full,juggling\n")
    assert "people.csv, row 14: nobody needs 'juggling'" in refused(folder, capsys)


def test_a_day_outside_the_plan_is_told_with_its_row(folder, capsys):
    (folder / "absence.csv").write_text("name,day\nAmanda,2027-01-01\n", encoding="utf-8")
    assert "absence.csv, row 2: '2027-01-01' is no planned day" in refused(folder, capsys)


def test_an_empty_cell_is_told_with_its_row(folder, capsys):
    (folder / "need.csv").write_text("time,skill,people\n2026-11-02 08:00,,3\n", encoding="utf-8")
    assert "need.csv, row 2: nothing in skill" in refused(folder, capsys)


def test_a_folder_that_is_not_there_is_told_how_to_begin(tmp_path, capsys):
    assert "--example DIR" in refused(tmp_path / "nowhere", capsys)


def test_an_example_never_overwrites(folder, capsys):
    assert main(["plan", "--example", str(folder)]) == 1
    assert "not empty" in capsys.readouterr().err
