"""Petra plans from a folder of tables; whatever is wrong with it is told with file, row and remedy."""

import json

import pytest

from hemma.run.cli import main
from hemma.run.planner import planning, played_plan


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
    assert told["bound"] <= told["price"]
    amanda = [shift for shift in told["shifts"] if shift["name"] == "Amanda"]
    assert 4 <= len(amanda) <= 5
    assert "paus" in amanda[0]["breaks"]
    assert 2 <= sum(shift["place"] == "home" for shift in amanda) <= 4
    assert told["places"]["bound"] <= told["places"]["price"] + 1e-6
    assert told["places"]["price"] <= told["places"]["before_joining"] + told["price"]
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
    bengt = next(one for one in told["conflicts"] if one["name"] == "Bengt")
    assert bengt["rules"] == ["contract_days", "days_in_a_row"]
    days = [shift for shift in told["shifts"] if shift["name"] == "Bengt"]
    assert len(days) == bengt["kept"] == 4


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


def test_fixed_shifts_are_kept_and_an_existing_plan_changes_little(folder, capsys):
    (folder / "absence.csv").unlink()
    (folder / "fixed.csv").write_text(
        "name,day,start\nBengt,2026-11-03,09:30\nBengt,2026-11-05,free\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "1", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    bengt = {s["day"]: s["start"] for s in first["shifts"] if s["name"] == "Bengt"}
    assert bengt["2026-11-03"] == "09:30"
    assert "2026-11-05" not in bengt
    rows = [f"{s['name']},{s['day']},{s['start']}" for s in first["shifts"]]
    (folder / "existing.csv").write_text("\n".join(["name,day,start", *rows]), encoding="utf-8")
    scenario = folder / "scenario.toml"
    text = scenario.read_text(encoding="utf-8").replace("keep_price = 4.0", "keep_price = 1000.0")
    scenario.write_text(text, encoding="utf-8")
    assert main(["plan", str(folder), "--seconds", "1", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["changed_days"] == 0
    assert [s["start"] for s in again["shifts"]] == [s["start"] for s in first["shifts"]]


def test_a_fixed_shift_on_a_day_of_absence_is_refused_by_name(folder, capsys):
    (folder / "absence.csv").write_text("name,day\nBengt,2026-11-03\n", encoding="utf-8")
    (folder / "fixed.csv").write_text("name,day,start\nBengt,2026-11-03,09:00\n", encoding="utf-8")
    assert "Bengt is absent on 2026-11-03" in refused(folder, capsys)


def test_a_start_that_the_contract_has_not_is_told_with_its_row(folder, capsys):
    (folder / "fixed.csv").write_text("name,day,start\nBengt,2026-11-03,23:00\n", encoding="utf-8")
    assert "fixed.csv, row 2: Bengt's contract has no start at 23:00" in refused(folder, capsys)


def test_a_wish_that_nobody_knows_is_told_with_its_row(folder, capsys):
    (folder / "wishes.csv").write_text(
        "name,day,wish,price\nBengt,2026-11-03,beach,4\n", encoding="utf-8"
    )
    assert "wishes.csv, row 2: 'beach' in wish. Write it as one of: off, early" in refused(
        folder, capsys
    )


def test_a_home_agreement_that_cannot_be_read_is_told_with_its_row(folder, capsys):
    people = folder / "people.csv"
    lines = people.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("2-4", "now and then")
    people.write_text("\n".join(lines), encoding="utf-8")
    assert "people.csv, row 2: 'now and then' in home. Write it as 1-3" in refused(folder, capsys)


def test_wishes_that_are_not_in_the_plan_say_why(folder, capsys):
    days = [f"colleague 3,2026-11-{day:02d},off,0.5" for day in range(2, 9)]
    (folder / "wishes.csv").write_text("\n".join(["name,day,wish,price", *days]), encoding="utf-8")
    (folder / "absence.csv").unlink()
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["wishes"]) == 5  # a contract of five days
    for wish in told["wishes"]:
        assert wish["answer"] in ("costs_more_than_it_is_worth", "impossible", "could_be_had")
        assert "more" in wish or wish["rules"]
    page = (folder / "plan.html").read_text(encoding="utf-8")
    assert "Wishes that are not in the plan" in page


def test_petra_plays_a_day_of_her_plan(folder, capsys, tmp_path):
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "1", "--json"]) == 0
    out = capsys.readouterr().out
    told, plan, queues = json.loads(out), tmp_path / "plan.json", tmp_path / "queues.toml"
    plan.write_text(out, encoding="utf-8")
    skill = told["people"][0]["skills"][0]
    queues.write_text(
        f'begins = "06:00"\nslot = "18h"\n[[queue]]\nname = "{skill}"\ncontacts = 40\nhandling = "5m"\n'
        'patience = "3m"\n',
        encoding="utf-8",
    )
    day = told["shifts"][-1]["day"]
    ask = ["simulate", str(plan), "--days", "20", "--json", "--day"]
    load = ["--contacts", "6", "--per", "1h", "--handling", "5m", "--patience", "3m"]
    assert main([*ask, day, *load]) == 0
    everybody = json.loads(capsys.readouterr().out)
    assert [one["queue"] for one in everybody["queues"]] == ["all"]
    assert 0 < everybody["queues"][0]["within"][0] <= 1
    assert main([*ask, day, "--queues", str(queues)]) == 0
    assert json.loads(capsys.readouterr().out)["queues"][0]["queue"] == skill
    queues.write_text(queues.read_text().replace(skill, "juggling"), encoding="utf-8")
    assert main([*ask, day, "--queues", str(queues)]) == 2
    assert f"named as the plan's skills: {skill}" in capsys.readouterr().err
    assert main([*ask, "2020-01-01", *load]) == 2
    assert "nobody works on 2020-01-01" in capsys.readouterr().err
    assert main([*ask, day]) == 2
    assert "--queues" in capsys.readouterr().err


def test_breaks_and_focus_of_the_plan_are_played_where_they_lie():
    row = {
        "day": "2026-11-03", "start": "22:00", "begins": "2026-11-03T22:00:00+01:00",
        "ends": "2026-11-04T06:00:00+01:00",
        "breaks": "paus 23:45-00:00 rast 02:00-02:30 focus 04:00-05:00 huddle 05:30-05:45",
    }  # fmt: skip
    spans = played_plan._spans(row, 21 * 3600.0)
    hours = [(span.start_s / 3600, span.end_s / 3600, str(span.mode)) for span in spans]
    assert hours == [
        (1, 2.75, "ready"), (2.75, 3, "recess"), (3, 5, "ready"), (5, 5.5, "meal"),
        (5.5, 7, "ready"), (7, 8, "focus"), (8, 8.5, "ready"), (8.5, 8.75, "meeting"),
        (8.75, 9, "ready"),
    ]  # fmt: skip


def test_a_file_that_is_no_plan_is_told_how_to_get_one(tmp_path, capsys):
    file = tmp_path / "plan.json"
    file.write_text('{"shifts": []}', encoding="utf-8")
    assert main(["simulate", str(file), "--contacts", "6", "--handling", "5m"]) == 2
    assert "hemma plan DIR --json" in capsys.readouterr().err


def test_each_day_of_amandas_tour_says_what_it_would_cost_to_have_it_free(folder, capsys):
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "1", "--json", "--why", "Amanda"]) == 0
    told = json.loads(capsys.readouterr().out)
    worked = [shift["day"] for shift in told["shifts"] if shift["name"] == "Amanda"]
    assert [(row["name"], row["day"]) for row in told["tours"]] == [("Amanda", d) for d in worked]
    for row in told["tours"]:
        if row["answer"] != "cannot_be_free":
            assert (row["answer"] == "free_costs_more") == (row["more"] > 0)
            assert {"missing_hours", "spare_hours", "pay", "wishes", "alone", "unfair"} <= set(row)
    page = (folder / "plan.html").read_text(encoding="utf-8")
    assert "Why these days" in page
    assert main(["plan", str(folder), "--seconds", "1", "--why", "Amanda"]) == 0
    assert "  why      Amanda, 2026-11-0" in capsys.readouterr().out
    assert main(["plan", str(folder), "--seconds", "1", "--why", "Nobody"]) == 2
    assert "nobody in people.csv is called that" in capsys.readouterr().err


def test_petra_stops_early_and_has_the_best_so_far_with_its_proof(folder, capsys, monkeypatch):
    steps, go_on = [], planning.Planner.step

    def stopped(planner, share):
        if len(steps) == 3:
            raise KeyboardInterrupt
        steps.append(share)
        go_on(planner, share)

    monkeypatch.setattr(planning.Planner, "step", stopped)
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "36000", "--bound", "--json"]) == 0
    told = capsys.readouterr()
    assert "the best so far is kept" in told.err
    made = json.loads(told.out)
    assert made["faults"] == 0
    assert made["bound"] <= made["price"]
    assert (folder / "plan.csv").exists()


def test_amanda_is_told_why_she_is_not_where_she_wished_to_be(folder, capsys):
    """There is one seat in Malmö, which is Bengt's own; Amanda wishes for it more day by day."""
    scenario, people = folder / "scenario.toml", folder / "people.csv"
    text = scenario.read_text(encoding="utf-8").replace("seats = 5", "seats = 1")
    scenario.write_text(text, encoding="utf-8")
    rows = people.read_text(encoding="utf-8").splitlines()
    rows = [",".join([*row.split(",")[:6], "", *row.split(",")[7:]]) for row in rows]
    head = people.read_text(encoding="utf-8").splitlines()[0]
    people.write_text("\n".join([head, *rows[1:]]), encoding="utf-8")
    days = [f"Amanda,2026-11-{day:02d},office,{day}" for day in range(2, 9)]
    (folder / "wishes.csv").write_text("\n".join(["name,day,wish,price", *days]), encoding="utf-8")
    (folder / "absence.csv").unlink()
    capsys.readouterr()
    ask = ["plan", str(folder), "--seconds", "1", "--why", "Amanda"]
    assert main([*ask, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    where = {s["day"]: s["place"] for s in told["shifts"] if s["name"] == "Amanda"}
    rows = {row["day"]: row for row in told["place_wishes"] if row["wish"] == "office"}
    assert set(rows) == {day for day, place in where.items() if place == "home"}
    assert rows
    dear = [row for row in rows.values() if row["answer"] == "costs_more_than_it_is_worth"]
    assert dear
    assert all(row["more"] > 0 for row in dear)
    held = [one for row in dear for way in row["because"] for one in way]
    bengt = {s["day"] for s in told["shifts"] if s["name"] == "Bengt"}
    seats = [one for one in held if one["code"] == "seats"]
    assert seats
    assert all((one["kept_for"] == ["Bengt"]) == (one["day"] in bengt) for one in seats)
    page = (folder / "plan.html").read_text(encoding="utf-8")
    assert "Home or office against a wish, and why" in page
    assert main(ask) == 0
    assert "  place    Amanda, 2026-11-0" in capsys.readouterr().out


def test_the_hours_of_teams_are_told_with_who_is_there(folder, capsys):
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["huddles"]
    for row in told["huddles"]:
        mine = {s["name"]: s for s in told["shifts"] if s["day"] == row["day"]}
        said = {f"huddle {row['at']}"} if row["at"] else set()
        come = {n for n, s in mine.items() if any(x in s["breaks"] for x in said)}
        assert len(come) == row["there"]
        assert row["there"] == 0 or row["there"] >= 2
        assert row["at_work"] == len(mine)  # the example's first dozen are one team
    assert main(["plan", str(folder), "--seconds", "1"]) == 0
    assert "  huddle   team 1 meets at " in capsys.readouterr().out
    assert "When teams meet" in (folder / "plan.html").read_text(encoding="utf-8")
