"""`hemma effects`: Petra asks a file, and is answered, or asked back."""

import csv
import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook

from hemma.run.cli import main

WORDS = ["--outcome", "solved", "--exposure", "home", "--person", "who", "--period", "week"]


def rows(persons=60, weeks=8):
    """Half of the people go home after week 4 and solve 2 more; a small wobble besides."""
    for who in range(persons):
        for week in range(1, weeks + 1):
            home = int(who % 2 == 0 and week > 4)
            wobble = (who * 7 + week * 13 + who * week * 5) % 11 / 11
            yield {"who": f"p{who}", "week": week, "home": home, "solved": who + week + 2 * home + wobble,
                   "age": 30}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def written(table, name="panel.csv", mark=","):
        file = tmp_path / name
        with file.open("w", newline="") as out:
            writer = csv.DictWriter(out, list(table[0]), delimiter=mark)
            writer.writeheader()
            writer.writerows(table)
        return str(file)

    return written


def test_petra_reads_the_effect_its_interval_and_what_it_rests_on(write, capsys):
    assert main(["effects", write(list(rows())), *WORDS]) == 0
    told = capsys.readouterr().out
    assert re.match(r"home raises solved by (1\.9|2\.0)\d+; the effect lies between", told)
    assert "N 480 · persons 60 · periods 8 · clusters 60" in told
    assert "30 of 60 persons, who were seen both ways" in told


@pytest.mark.parametrize("design", ["panel", "waves", "did"])
def test_a_program_reads_the_same_as_json(write, capsys, design):
    file = write(list(rows()), mark=";")
    assert main(["effects", file, *WORDS, "--design", design, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    first = told["parts"][0]["estimates"][0]
    assert (told["n"], told["design"]) == (480, design)
    assert first["low"] < 2 < first["high"]


def test_the_report_shows_each_picture_beside_its_table(write, tmp_path, capsys):
    page = tmp_path / "report.html"
    assert (
        main(["effects", write(list(rows())), *WORDS, "--design", "did", "--report", str(page)])
        == 0
    )
    text = page.read_text()
    tree = ElementTree.fromstring(re.sub(r"<meta[^>]*>|<!doctype html>", "", text))
    assert len(tree.findall(".//svg")) == len(tree.findall(".//table")) == 2
    assert len(tree.findall(".//tbody/tr")) == 1 + 7
    assert "http" not in text


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("age", -99, "is no age"), ("solved", 999999, "stand-in"), ("solved", "lots", "is no number")],
)
def test_petra_is_asked_about_what_cannot_be(write, capsys, column, value, said):
    table = list(rows())
    table[5][column] = value
    assert main(["effects", write(table), *WORDS, "--control", "age"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "rows 6" in told
    assert "--missing-value" in told


def test_what_petra_says_about_a_value_is_done_and_told(write, capsys):
    table = list(rows())
    table[5]["solved"] = 999999
    assert main(["effects", write(table), *WORDS, "--missing-value", "solved=999999"]) == 0
    told = capsys.readouterr().out
    assert "N 479" in told
    assert "solved = 999999 read as missing, as you said: 1 times" in told


def test_an_odd_age_in_a_column_nobody_asked_for_is_still_mentioned(write, capsys):
    table = list(rows())
    table[5]["age"] = -99
    assert main(["effects", write(table), *WORDS]) == 0
    assert "look at age: '-99'" in capsys.readouterr().out


def test_a_person_twice_in_a_week_is_asked_about(write, capsys):
    table = list(rows())
    assert main(["effects", write([*table, table[0]]), *WORDS]) == 2
    assert "'p0 + 1' is there more than once (2 times, rows 1, 481)" in capsys.readouterr().err


def test_empty_cells_are_left_out_and_counted(write, capsys):
    table = list(rows())
    table[3]["solved"] = ""
    assert main(["effects", write(table), *WORDS]) == 0
    assert "1 rows left out because a cell is empty" in capsys.readouterr().out


def test_a_change_that_stops_again_does_not_fit_waves(write, capsys):
    table = list(rows())
    table[7]["home"] = 0
    assert main(["effects", write(table), *WORDS, "--design", "waves"]) == 1
    assert "--design panel" in capsys.readouterr().err


def test_no_difference_has_to_be_earned(write, capsys):
    file = write(list(rows()))
    assert main(["effects", file, *WORDS, "--margin", "5"]) == 0
    assert main(["effects", file, *WORDS, "--margin", "1"]) == 0
    told = capsys.readouterr().out
    assert "No difference larger than 5: shown" in told
    assert "No difference larger than 1: not shown" in told


def test_petra_brings_a_workbook_and_is_told_the_same(write, tmp_path, capsys):
    table = list(rows())
    book = Workbook()
    for line in [list(table[0]), *(list(row.values()) for row in table)]:
        book.active.append(line)
    book.save(tmp_path / "panel.xlsx")
    assert main(["effects", write(table), *WORDS]) == 0
    told = capsys.readouterr().out
    assert main(["effects", str(tmp_path / "panel.xlsx"), *WORDS]) == 0
    assert capsys.readouterr().out == told
    book.active["D7"] = 999999
    book.save(tmp_path / "panel.xlsx")
    assert main(["effects", str(tmp_path / "panel.xlsx"), *WORDS]) == 2
    assert "stand-in for 'missing' (1 times, rows 6)" in capsys.readouterr().err


def test_a_file_that_is_only_named_a_workbook_is_refused(tmp_path, capsys):
    (tmp_path / "no.xlsx").write_text("who,week")
    assert main(["effects", str(tmp_path / "no.xlsx"), *WORDS]) == 2
    assert "cannot be read as XLSX" in capsys.readouterr().err


def test_counts_are_told_as_ratios(write, capsys):
    table = [row | {"calls": 10 * (1 + row["home"]), "hours": 5} for row in rows()]
    words = ["--outcome", "calls", *WORDS[2:], "--model", "poisson", "--hours", "hours"]
    assert main(["effects", write(table), *words]) == 0
    assert "With home, calls per hours is 2.000 times as much" in capsys.readouterr().out


def test_groups_are_told_with_the_looks_counted(write, capsys):
    table = [row | {"town": "Oslo" if int(row["who"][1:]) % 4 < 2 else "Bergen"} for row in rows()]
    assert main(["effects", write(table), *WORDS, "--by", "town"]) == 0
    told = capsys.readouterr().out
    assert "Whether home works differently by town: cannot say" in told
    assert "p are raised (Holm)" in told


def test_the_lot_is_drawn_again(write, capsys):
    file = write(list(rows(persons=12, weeks=6)))
    assert main(["effects", file, *WORDS, "--design", "waves", "--redraw", "19"]) == 0
    assert "Of 19 lots drawn again, a share of 0.050 shows as much" in capsys.readouterr().out


def test_an_unknown_column_is_answered_with_those_there_are(write, capsys):
    assert main(["effects", write(list(rows())), *WORDS[:-1], "month"]) == 2
    assert "It has: who, week, home, solved, age" in capsys.readouterr().err


def test_the_published_panel_through_the_command(capsys):
    root = os.environ.get("HEMMA_TEST_DATA")
    if not root:
        pytest.skip("HEMMA_TEST_DATA is not set: the published panel is not here")
    words = [
        "--outcome", "perform1", "--exposure", "experiment_treatment",
        "--exposure", "treatment_post_experiment", "--person", "personid", "--period", "year_week",
        "--where", "year_week!=201049", "--json",
    ]  # fmt: skip
    assert main(["effects", str(Path(root) / "wfh/selection_new.csv"), *words]) == 0
    told = json.loads(capsys.readouterr().out)
    pairs = [(f"{x['value']:.3f}", f"{x['error']:.3f}") for x in told["parts"][0]["estimates"]]
    assert (told["n"], pairs) == (25_449, [("0.221", "0.049"), ("0.284", "0.082")])


def persons(number=300):
    """One row a person: those at home get less of one reward for the same result, and stay longer."""
    for who in range(number):
        home, result = who % 2, (who * 37 % 101) / 10
        yield {
            "who": f"p{who}", "home": home, "result": result,
            "promoted": int(who * 61 % 100 < 35 - 28 * home), "training": who * 13 % 5,
            "months": 1 + (who * 29 % 40) * (1 + home) / 2, "left": int(who * 17 % 3 > 0),
        }  # fmt: skip


def test_a_reward_that_those_at_home_get_less_of_is_named_and_equality_has_to_be_earned(
    write, capsys
):
    words = ["--person", "who", "--exposure", "home", "--control", "result", "--design", "parity"]
    words += ["--outcome", "promoted", "--outcome", "training", "--json"]
    assert main(["effects", write(list(persons())), *words]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sentences"][0].startswith("promoted: less with home")
    assert "cannot say" in told["sentences"][1] or "no difference" in told["sentences"][1]
    assert [one["name"] for one in told["parts"][0]["estimates"]] == ["promoted", "training"]
    assert main(["effects", write(list(persons())), *words, "--margin", "-1"]) == 2


def test_how_long_people_stay_is_a_curve_beside_its_tables(write, tmp_path, capsys):
    page = tmp_path / "stay.html"
    words = ["--person", "who", "--exposure", "home", "--outcome", "months", "--event", "left"]
    words += ["--design", "stay", "--report", str(page)]
    assert main(["effects", write(list(persons())), *words]) == 0
    told = capsys.readouterr().out
    assert "log-rank" in told
    assert "with home: 100 of 150 left" in told
    text = page.read_text()
    assert text.count("<polyline") == 2
    assert text.count("<table") == 2
    assert not list(tmp_path.glob("*.part"))
    assert main(["effects", write(list(persons())), *words[:6], "--design", "stay"]) == 2


def test_each_step_is_said_to_who_watches_and_stopping_writes_nothing(
    write, tmp_path, capsys, monkeypatch
):
    page = tmp_path / "report.html"
    words = [*WORDS, "--report", str(page)]
    assert main(["effects", write(list(rows())), *words, "--progress"]) == 0
    said = capsys.readouterr().err
    assert [line.split()[1] for line in said.splitlines()] == ["reading", "estimating", "writing"]
    page.unlink()
    monkeypatch.setattr(
        "hemma.run.effects.designs.estimate", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    assert main(["effects", write(list(rows())), *words]) == 130
    assert "Nothing was written" in capsys.readouterr().err
    assert not page.exists()


def test_several_outcomes_need_the_design_for_them(write, capsys):
    assert main(["effects", write(list(rows())), *WORDS, "--outcome", "age"]) == 2
    assert "--design parity" in capsys.readouterr().err
