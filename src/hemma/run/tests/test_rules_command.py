"""`hemma rules check`: what Petra sees at the terminal."""

import json

from hemma.run.cli import main

WEEK = """person,country,kind,start,end,place
Bengt,se,shift,2026-12-02 16:00,21:15,office
Bengt,se,rast,2026-12-02 18:00,18:30,
Bengt,se,shift,2026-12-03 07:30,12:00,office
"""
AGREEMENT = """id = "avtal"
valid_from = 2026-01-01
base = "se"
[max_without_break_h]
value = 4
paragraph = "Avtalet 4 §"
source = "Kollektivavtal"
basis = "P"
severity = "warns"
"""


def written(tmp_path, text, name="week.csv"):
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return str(file)


def test_bengts_short_night_is_told_with_paragraph_and_remedy(tmp_path, capsys):
    assert main(["rules", "check", written(tmp_path, WEEK), "--language", "sv"]) == 1
    told = capsys.readouterr().out
    assert "ATL 13 §" in told
    assert "2026-12-02 21:15 – 2026-12-03 07:30" in told
    assert "Dygnsvilan blir 10 h 15 min" in told
    assert "45 min" in told


def test_a_lawful_week_ends_with_nought(tmp_path, capsys):
    assert main(["rules", "check", written(tmp_path, WEEK.replace("07:30", "08:15"))]) == 0
    assert "Nothing to remark." in capsys.readouterr().out


def test_programs_read_the_same(tmp_path, capsys):
    assert main(["rules", "check", written(tmp_path, WEEK), "--json", "--language", "nb"]) == 1
    (flag,) = json.loads(capsys.readouterr().out)["flags"]
    assert (flag["rule"], flag["paragraph"], flag["verified"]) == ("daily_rest", "ATL 13 §", True)
    assert flag["numbers"]["missing_min"] == 45
    assert flag["start"] == "2026-12-02T21:15:00+01:00"


def test_a_bad_row_is_named_and_nothing_is_checked(tmp_path, capsys):
    assert main(["rules", "check", written(tmp_path, WEEK.replace("rast", "lunch"))]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "week.csv, line 3: kind 'lunch' is not known; write one of" in told.err


def test_an_agreement_speaks_first(tmp_path, capsys):
    agreement = written(tmp_path, AGREEMENT, "avtal.toml")
    main(["rules", "check", written(tmp_path, WEEK), "--agreement", agreement])
    assert "Avtalet 4 §" in capsys.readouterr().out
    below = written(tmp_path, AGREEMENT.replace("4\n", "7\n"), "avtal.toml")
    assert main(["rules", "check", written(tmp_path, WEEK), "--agreement", below]) == 2
    assert "avtal.toml, line 5, [max_without_break_h]: 7 is above" in capsys.readouterr().err


def test_a_file_or_zone_that_is_not_there_is_said(tmp_path, capsys):
    assert main(["rules", "check", str(tmp_path / "none.csv")]) == 2
    assert main(["rules", "check", written(tmp_path, WEEK), "--zone", "Mars/Base"]) == 2
    assert "Europe/Madrid" in capsys.readouterr().err
