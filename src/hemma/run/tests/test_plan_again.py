"""The same steps give Petra the same plan and the same bound, however fast the machine is."""

import json
import signal
import time

import pytest

from hemma.core.roster.bound import Bound
from hemma.run.cli import main
from hemma.run.planner import planning


@pytest.fixture
def folder(tmp_path):
    """The example for twelve people and two weeks."""
    where = tmp_path / "scenario"
    assert main(["plan", "--example", str(where), "--people", "12", "--weeks", "2"]) == 0
    return where


@pytest.fixture
def asked(folder, capsys, tmp_path):
    """What planning with these words tells, and the file that holds it."""

    def ask(*words):
        capsys.readouterr()
        assert main(["plan", str(folder), "--json", *words]) == 0
        out = capsys.readouterr().out
        file = tmp_path / "told.json"
        file.write_text(out, encoding="utf-8")
        return json.loads(out), file

    return ask


def slow(monkeypatch, of, name, seconds):
    """A machine on which this takes longer."""
    first = getattr(of, name)

    def later(*given, **named):
        time.sleep(seconds)
        return first(*given, **named)

    monkeypatch.setattr(of, name, later)


def test_counted_steps_give_the_same_plan_and_bound_on_a_slow_machine(asked, monkeypatch):
    one, _ = asked("--steps", "12", "--bound", "--seed", "5")
    assert (len(one["run"]["shares"]), one["run"]["proof_passes"]) == (12, 12)
    assert one["bound"] <= one["price"]
    slow(monkeypatch, planning.Planner, "step", 0.05)
    assert asked("--steps", "12", "--bound", "--seed", "5")[0] == one
    slow(monkeypatch, Bound, "tighten", 0.1)
    assert asked("--steps", "12", "--bound", "--seed", "5")[0] == one
    other, _ = asked("--steps", "12", "--bound", "--seed", "6")
    assert other["shifts"] != one["shifts"]


def test_a_run_by_the_clock_is_repeated_step_by_step(asked, monkeypatch):
    one, file = asked("--seconds", "2", "--bound")
    assert one["run"]["exact"]
    assert one["run"]["proof_passes"] > 0
    slow(monkeypatch, planning.Planner, "step", 0.01)
    again, _ = asked("--again", str(file))
    assert again == one


def test_a_run_that_petra_stopped_is_repeated_too(asked, monkeypatch):
    steps, go_on = [], planning.Planner.step

    def stopped(planner, share):
        steps.append(share)
        if len(steps) == 4:
            signal.raise_signal(signal.SIGINT)
        go_on(planner, share)

    with monkeypatch.context() as patched:
        patched.setattr(planning.Planner, "step", stopped)
        one, file = asked("--seconds", "36000", "--bound")
    assert len(one["run"]["shares"]) == len(steps) == 4
    assert asked("--again", str(file))[0] == one


def test_what_tells_of_no_run_or_no_whole_one_is_refused(folder, tmp_path, capsys):
    file = tmp_path / "told.json"
    file.write_text('{"shifts": []}', encoding="utf-8")
    assert main(["plan", str(folder), "--again", str(file)]) == 2
    assert "tells of no run" in capsys.readouterr().err
    broken_off = {"seed": 1, "shares": [0.0], "proof_passes": None, "exact": False}
    file.write_text(json.dumps({"run": broken_off}), encoding="utf-8")
    assert main(["plan", str(folder), "--again", str(file)]) == 2
    assert "broken off within a step" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["plan", str(folder), "--steps", "none"])
    assert "is no number of steps" in capsys.readouterr().err
