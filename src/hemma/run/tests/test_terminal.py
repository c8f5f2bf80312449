"""What people read and type at the terminal."""

import os
import socket

import pytest

from hemma.run import cli, places
from hemma.run.logs import LARGEST_BYTES, Log
from hemma.run.places import checkout, data_folder
from hemma.run.telling import Refusal


def test_help_has_a_line_for_each_command(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    for name in cli.COMMANDS:
        assert f"\n    {name} " in said


@pytest.mark.parametrize("words", [["flurb"], ["demo", "--people", "0"], ["serve", "--port", "x"]])
def test_what_is_not_understood_ends_with_two(words):
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert end.value.code == 2


def test_an_unknown_measurement_is_refused_with_the_known_ones(capsys):
    assert cli.main(["bench", "flurb"]) == 2
    assert "There are:" in capsys.readouterr().err


def test_an_installed_package_says_that_tests_need_the_checkout(capsys, monkeypatch):
    monkeypatch.setattr("hemma.run.developer.checkout", lambda: None)
    for words in (["test"], ["check"], ["bench", "live"]):
        assert cli.main(words) == 1
        assert "needs the source checkout" in capsys.readouterr().err


def test_the_demo_and_the_real_thing_keep_their_data_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("HEMMA_DATA")
    assert data_folder(None) == tmp_path / "hemma/main"
    assert data_folder(None, demo=True) == tmp_path / "hemma/demo"
    assert data_folder(str(tmp_path / "mine"), demo=True) == tmp_path / "mine"


def test_the_next_free_port_is_taken_when_nobody_asked_for_one(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr(places, "DEFAULT_PORT", taken)
        opened, moved = places.listen(None)
        with opened:
            assert moved
            assert opened.getsockname()[1] > taken
        with pytest.raises(Refusal, match="taken"):
            places.listen(taken)


def test_a_port_that_another_has_on_ipv6_alone_is_not_free():
    with socket.socket(socket.AF_INET6) as other:
        try:
            other.bind(("::1", 0))
        except OSError:
            pytest.skip("no IPv6 here")
        other.listen()
        with pytest.raises(Refusal, match="taken"):
            places.listen(other.getsockname()[1])


def test_warnings_reach_the_terminal_and_everything_the_log(tmp_path, capsys):
    log = Log(tmp_path, "web")
    log.feed(b"all is well\nWARN")
    log.feed(b'ING: the disk is filling\n{"level": "error", "event": "no mail"}\nlast words')
    log.close()
    shown = capsys.readouterr().err
    assert "web: WARNING: the disk is filling" in shown
    assert "no mail" in shown
    assert "all is well" not in shown
    assert log.path.read_text().endswith("last words\n")


def test_a_flood_of_warnings_does_not_drown_the_terminal(tmp_path, capsys):
    log = Log(tmp_path, "web")
    log.feed(b"ERROR again\n" * 500)
    log.close()
    assert len(capsys.readouterr().err.splitlines()) == 6


def test_logs_are_rotated_and_the_oldest_goes(tmp_path):
    log = Log(tmp_path, "web")
    line = b"x" * 99_999 + b"\n"
    for _ in range(5 * (LARGEST_BYTES // len(line) + 1)):
        log.feed(line)
    log.close()
    names = sorted(x.name for x in tmp_path.iterdir())
    assert names == ["web.log", "web.log.1", "web.log.2", "web.log.3"]


def test_the_launcher_and_the_program_know_the_same_commands():
    launcher = (checkout() / "hemma").read_text()
    usage = launcher.split("<<'TEXT'")[1].split("\nTEXT\n")[0]
    for name, text in cli.COMMANDS.items():
        assert f"\n  {name} " in usage
        assert text.split(":")[0] in usage
    assert os.access(checkout() / "hemma", os.X_OK)
