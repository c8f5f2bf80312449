"""Petra asks at the terminal; whatever is wrong with her file is told with the row and the remedy."""

import json
import re
from datetime import datetime, timedelta

import pytest

from hemma.run.cli import main

START = datetime(2026, 1, 5)


def rows(days=35, first=START, step_min=60):
    """Weekday rows from 8 to 17 o'clock, more on Mondays."""
    found = []
    for day in range(days):
        at = first + timedelta(days=day)
        if at.weekday() < 5:
            found += [
                f"{at + timedelta(minutes=m):%Y-%m-%d %H:%M},{30 - at.weekday()}"
                for m in range(480, 1020, step_min)
            ]
    return found


@pytest.fixture
def ask(tmp_path, capsys):
    """Write a file and forecast it: the exit code and what was told."""

    def asking(lines, *words, head="when,came"):
        file = tmp_path / "calls.csv"
        file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        code = main(["forecast", str(file), "--time", "when", "--count", "came", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return asking


def test_petra_is_told_what_will_come_and_how_good_that_was(ask):
    code, out, err = ask(rows(70), "--backtest")
    assert code == 0
    assert "Mon 2026-03-16       270.0" in out
    assert "Sat 2026-03-14         0.0" in out
    assert "mean of 4 same weekdays" in out
    assert err == ""


def test_machines_get_every_interval_and_need_reads_it(ask, tmp_path, capsys):
    code, out, _ = ask(rows(), "--json", "--horizon", "4d")
    told = json.loads(out)
    assert code == 0
    assert len(told["starts"]) == 96
    assert told["queues"][0]["expected"][56] == pytest.approx(30, rel=0.05)
    file = tmp_path / "forecast.json"
    file.write_text(out)
    assert main(["need", str(file), "--handling", "5m", "--patience", "3m", "--json"]) == 0
    people = json.loads(capsys.readouterr().out)["people"]["all"]
    assert people[57] >= 3
    assert people[50] == 0


def test_the_report_has_pictures_beside_tables_and_nothing_that_runs(ask, tmp_path):
    page = tmp_path / "report.html"
    code, _, _ = ask(
        [
            *rows(),
        ],
        "--html",
        str(page),
    )
    text = page.read_text()
    assert code == 0
    assert "<svg" in text
    assert "<table" in text
    assert not re.search(r"<script|style=|<style|\son\w+=|https?://", text)


def test_semicolons_and_decimal_commas_are_understood(ask):
    code, out, _ = ask([row.replace(",", ";") + ",5" for row in rows()], "--json", head="when;came")
    assert code == 0
    assert json.loads(out)["queues"][0]["expected"][56] > 30


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda r: [*r[:3], r[3] + ",5", *r[4:]], r"Row 5 has 3 cells.*decimal commas.*semicolons"),
        (lambda r: [*r, r[0]], r"Rows 2 and 227 both tell of 2026-01-05 08:00"),
        (lambda r: [*r, "05/02/2026 08:00,3"], r"Row 227: .* no time.*2026-03-02 07:30"),
        (
            lambda r: [*r, "2026-02-09 08:00,many"],
            r"Row 227: 'many' is no number.*leave the row out",
        ),
        (lambda r: [*r, "2026-02-09 08:00,-3"], r"Row 227: '-3' is no number"),
        (lambda r: [*r, "2026-02-09 08:07,3"], r"Row 227: .* not the start of an interval of 60"),
        (lambda r: [*r, "2026-03-29 02:00,3"], r"Row 227: .* skipped .*--zone"),
        (lambda r: r[:20], r"too short: at least 10 days"),
        (lambda r: [], r"no rows"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_remedy(ask, change, expected):
    code, out, err = ask(change(rows()))
    assert code in (1, 2)
    assert out == ""
    assert re.search(expected, err, re.DOTALL)


def test_a_wrong_column_is_told_with_those_there_are(ask):
    code, _, err = ask(rows(), head="start,number")
    assert code == 2
    assert "The file has: start, number" in err


def test_gaps_are_told_and_do_not_stop(ask):
    lines = [row for row in rows() if not row.startswith(("2026-01-21", "2026-01-27 10"))]
    code, _, err = ask(lines)
    assert code == 0
    assert "1 days have no rows (2026-01-21)" in err
    assert "2026-01-27 10:00" in err


def test_the_repeated_hour_may_come_twice(ask):
    autumn = datetime(2026, 9, 21)
    night = ["2026-10-25 02:00,1", "2026-10-25 02:00,2"]
    code, _, _ = ask(rows(34, autumn) + night)
    assert code == 0


def test_petra_is_told_how_many_it_takes_and_what_so_many_give(capsys):
    words = ["need", "--contacts", "240", "--per", "30m", "--handling", "5m", "--patience", "3m"]
    assert main([*words, "--occupancy", "0", "--json"]) == 0
    least = json.loads(capsys.readouterr().out)
    assert least["within"] >= 0.8
    assert main([*words, "--people", str(least["people"] - 1), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["within"] < 0.8


def test_playing_days_says_the_same_as_the_formula(capsys):
    load = [
        "--contacts",
        "60",
        "--per",
        "30m",
        "--handling",
        "5m",
        "--patience",
        "3m",
        "--people",
        "12",
    ]
    assert main(["need", *load, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert main(["simulate", *load, "--days", "200", "--hours", "40"]) == 0
    found = re.search(r"answered within 20 s +([\d.]+)% ± ([\d.]+)%", capsys.readouterr().out)
    assert abs(float(found[1]) / 100 - said["within"]) < 2 * float(found[2]) / 100 + 0.001


@pytest.mark.parametrize("words", [["need", "--handling", "5m"], ["simulate", "--handling", "5m"]])
def test_what_is_missing_is_asked_for(words, capsys):
    assert main(words) == 2
    assert "--contacts" in capsys.readouterr().err


def test_a_day_with_everybodys_own_plan_is_played_by_the_live_policy(tmp_path, capsys):
    file, page = tmp_path / "day.toml", tmp_path / "day.html"
    assert main(["simulate", "--example", str(file)]) == 0
    capsys.readouterr()
    assert main(["simulate", str(file), "--days", "20", "--json", "--html", str(page)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["queue"] for one in told["queues"]] == ["calls", "calls back", "letters"]
    assert 0.5 < told["queues"][0]["within"][0] <= 1
    assert len(told["queues"][0]["within_by_slot"]) == 4
    text = page.read_text()
    assert text.count("<svg") == 2
    assert "08:00" in text
    assert not re.search(r"<script|style=|<style|\son\w+=|https?://", text)


def test_groups_are_played_and_what_is_wrong_in_the_file_is_told(tmp_path, capsys):
    good = """
slot = "1h"
[[queue]]
name = "orders"
contacts = [30, 50]
handling = "5m"
patience = "3m"
[[group]]
queues = ["orders"]
people = [5, 6]
"""
    file = tmp_path / "day.toml"
    for change, expected in (
        (("", ""), None),
        (
            ('queues = ["orders"]', 'queues = ["order"]'),
            "there is no queue 'order'; there are: orders",
        ),
        (("people = [5, 6]", "people = [5]"), "2, one for each slot"),
        (('handling = "5m"', 'handling = "five"'), "queue 1: handling: 'five' is no length"),
        (("[[group]]", "[[groups]]"), "either"),
        (('slot = "1h"', "slot = 1h"), "day.toml"),
    ):
        file.write_text(good.replace(*change))
        code = main(["simulate", str(file), "--days", "50"])
        told = capsys.readouterr()
        assert (
            (code, told.err) == (0, "") if expected is None else code == 2 and expected in told.err
        )


def test_the_need_of_a_forecast_is_drawn_played_and_levelled(ask, tmp_path, capsys):
    _, out, _ = ask(rows(), "--json", "--horizon", "4d")
    file, page = tmp_path / "forecast.json", tmp_path / "need.html"
    file.write_text(out)
    words = ["need", str(file), "--handling", "5m", "--patience", "3m", "--occupancy", "0"]
    assert main([*words, "--play", "--json", "--html", str(page)]) == 0
    told = json.loads(capsys.readouterr().out)
    shares = [share for share in told["played_within"]["all"] if share is not None]
    assert min(shares) > 0.7
    assert told["correction"] == {"all": "offered_load"}
    assert "<svg" in page.read_text()
    assert main([*words, "--deadline", "4h", "--open", "08:00-17:00"]) == 0
    assert "levelled" in capsys.readouterr().out


def test_the_rest_of_a_busy_day_is_moved_by_its_morning(ask):
    """Monday the 16th is half again as busy until noon; the afternoon follows part of the way."""
    whole = rows(70)
    morning = [f"2026-03-16 {hour:02d}:00,45" for hour in range(8, 12)]
    _, out, _ = ask([*whole, *morning], "--today", "--json")
    told = json.loads(out)
    at = told["starts"].index("2026-03-16T08:00:00+01:00")
    assert told["queues"][0]["expected"][at : at + 4] == [45, 45, 45, 45]
    afternoon = told["queues"][0]["expected"][at + 5]
    assert 30.3 < afternoon < 45


def test_the_morning_is_told_at_the_terminal(ask):
    code, _, err = ask([*rows(70), "2026-03-16 08:00,60"], "--today")
    assert code == 0
    assert re.search(r"the rest of 2026-03-16 by \+[\d.]+%", err)


def test_a_new_queue_goes_after_a_known_one_and_says_so(ask, tmp_path):
    page = tmp_path / "report.html"
    code, out, _ = ask(
        rows(), "--like", "chat=all:0.5", "--horizon", "7d", "--json", "--html", str(page)
    )
    calls, chat = json.loads(out)["queues"]
    assert code == 0
    assert (calls["analogy"], chat["analogy"], chat["queue"]) == (None, "all", "chat")
    assert sum(chat["expected"]) == pytest.approx(sum(calls["expected"]) / 2, rel=1e-3)
    assert "a new queue, after &#x27;all&#x27;: its own past is not known" in page.read_text()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--like", "chat=mails:0.5"), "no queue 'mails'; there are: all"),
        (("--like", "all=all:0.5"), "'all' is there already"),
    ],
)
def test_a_new_queue_after_one_that_is_not_there_is_refused(ask, words, expected):
    code, _, err = ask(rows(), *words)
    assert code == 2
    assert expected in err


def test_an_event_told_by_hand_moves_its_day_alone(ask):
    _, out, _ = ask(rows(), "--horizon", "7d", "--json")
    plain = by_day(out)
    day = next(day for day, came in sorted(plain.items()) if came)
    _, out, _ = ask(rows(), "--horizon", "7d", "--json", "--event", f"bills={day}:1.5")
    moved = by_day(out)
    assert moved[day] > 1.2 * plain[day]
    for other in set(plain) - {day}:
        assert moved[other] == pytest.approx(plain[other], rel=0.02)


@pytest.mark.parametrize("words", [("--event", "bills=soon"), ("--like", "chat=calls")])
def test_an_event_or_a_new_queue_that_is_not_understood_is_told_how(ask, words, capsys):
    with pytest.raises(SystemExit):
        ask(rows(), *words)
    assert "bills=2026-10-01" in (err := capsys.readouterr().err) or "chat=calls:0.3" in err


def by_day(out):
    told = json.loads(out)
    found = {}
    for start, number in zip(told["starts"], told["queues"][0]["expected"], strict=True):
        found[start[:10]] = found.get(start[:10], 0.0) + number
    return found
