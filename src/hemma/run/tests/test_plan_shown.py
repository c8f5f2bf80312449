"""What `hemma plan` shows and writes: the page with need and days, progress, and the example's folder."""

import re

import pytest

from hemma.run.cli import main
from hemma.run.planner import planning
from hemma.run.tests.test_plan_scenarios import planned, workdays, written

__all__ = ["planned"]


def test_the_page_shows_need_with_its_band_and_everybodys_day_beside_tables(planned, tmp_path):
    told = planned({"Amanda": {}, "Bengt": {}}, [(d, 8, 16, 2, 1, 4) for d in range(5)])
    page = (tmp_path / "scenario" / "plan.html").read_text(encoding="utf-8")
    bands = re.findall(r'<polygon class="band" points="([^"]+)"', page)
    assert len(bands) == 7
    points = [tuple(map(float, p.split(","))) for p in bands[0].split()]
    half = len(points) // 2
    low, high = dict(points[:half]), dict(points[half:])
    noon = next(x for x in low if 355 <= x <= 365)
    top = 14 + (90 - 14)  # four people reach the top: one is a quarter of the height
    assert high[noon] < low[noon] < top
    assert (90 - low[noon]) * 4 == pytest.approx(90 - high[noon], abs=0.5)
    for shift in told["shifts"]:
        assert f"<title>{shift['name']}: {shift['place']}</title>" in page
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    listed = [r for r in rows if "08:00" in r and "16:00" in r and ("Amanda" in r or "Bengt" in r)]
    assert len(listed) >= len(told["shifts"]) == 10


def test_progress_is_told_while_petra_waits(tmp_path, capsys, monkeypatch):
    folder = written(tmp_path / "scenario", {"Amanda": {}, "Bengt": {}}, workdays(2))
    monkeypatch.setattr(planning, "_EVERY_S", 0.0)
    capsys.readouterr()
    assert main(["plan", str(folder), "--seconds", "2", "--bound"]) == 0
    told = capsys.readouterr().err.splitlines()
    lines = [line for line in told if re.match(r" +\d+ s  ", line)]
    assert len(lines) >= 3
    below = [line for line in lines if "no roster below" in line]
    assert below
    bound = [float(re.search(r"below ([\d,]+)", line)[1].replace(",", "")) for line in below]
    assert bound == sorted(bound)


def test_the_same_seed_writes_the_same_example_of_the_size_asked_for(tmp_path):
    for name, seed in (("one", "4"), ("two", "4"), ("three", "5")):
        words = [
            "--example",
            str(tmp_path / name),
            "--people",
            "17",
            "--weeks",
            "3",
            "--seed",
            seed,
        ]
        assert main(["plan", *words]) == 0
    text = {
        name: [file.read_text() for file in sorted((tmp_path / name).iterdir())]
        for name in ("one", "two", "three")
    }
    assert text["one"] == text["two"] != text["three"]
    assert len((tmp_path / "one" / "people.csv").read_text().splitlines()) == 18
    assert "weeks = 3" in (tmp_path / "one" / "scenario.toml").read_text()
