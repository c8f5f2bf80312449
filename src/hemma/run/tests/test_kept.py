"""Imran changes a source: the planner's compiled loops are then compiled anew."""

import pytest

from hemma.run.cli import main
from hemma.run.planner import kept


@pytest.fixture
def core(tmp_path, monkeypatch):
    """A copy of the folders, with a compiled loop in one."""
    monkeypatch.setattr(kept, "_CORE", tmp_path)
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    for package in kept.PACKAGES:
        (tmp_path / package / "__pycache__").mkdir(parents=True)
        (tmp_path / package / "loops.py").write_text("one = 1\n")
    kept.forget_if_changed()
    compiled(tmp_path).write_bytes(b"machine code")
    return tmp_path


def compiled(core):
    return core / "roster" / "__pycache__" / "loops.tour-1.py313.nbi"


def test_compiled_loops_stay_as_long_as_their_sources(core):
    kept.forget_if_changed()
    assert compiled(core).exists()


def test_a_change_in_another_file_throws_compiled_loops_away(core):
    kept.note_complete()
    (core / "routing" / "loops.py").write_text("one = 2\n")
    assert not kept.is_complete()
    kept.forget_if_changed()
    assert not compiled(core).exists()
    assert not kept.is_complete()


def test_what_is_complete_is_not_compiled_again(core, capsys):
    kept.note_complete()
    assert main(["compile"]) == 0
    assert "already" in capsys.readouterr().out


def test_a_removed_cache_is_not_complete(core):
    kept.note_complete()
    compiled(core).unlink()
    assert not kept.is_complete()


def test_the_compilers_own_folder_is_kept_clean_too(core, monkeypatch, tmp_path):
    elsewhere = tmp_path / "cache"
    file = elsewhere / "roster_0af1" / "loops.tour-1.py313.nbc"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"machine code")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(elsewhere))
    kept.forget_if_changed()
    assert not file.exists()
    assert compiled(core).exists()


def test_a_folder_that_cannot_be_written_stops_nobody(core, monkeypatch):
    monkeypatch.setattr(kept, "_note", lambda: core / "roster" / "loops.py" / "no folder")
    kept.forget_if_changed()
    kept.note_complete()
    assert not kept.is_complete()
