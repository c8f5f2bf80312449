"""Each check is shown a fault of its kind, and calls it by name."""

import pytest

from hemma.run.checks import fragments, locks, words
from hemma.run.checks.__main__ import main
from hemma.run.checks.steps import Step, command, shell_scripts

PYPROJECT = """
[project]
dependencies = ["django>=6.1,<6.3"]
[dependency-groups]
dev = ["pytest>=9"]
"""
DJANGO = "django==6.1.3 \\\n    --hash=sha256:aa\n"
PYTEST = "pytest==9.2.0 \\\n    --hash=sha256:bb\n"


@pytest.fixture
def checkout(tmp_path):
    """A small project that every check is content with."""
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "requirements.lock").write_text(DJANGO)
    (tmp_path / "requirements-dev.lock").write_text(DJANGO + PYTEST)
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "fika.added.md").write_text("You can plan your fika.\n")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 – 2026-01-02\n\n- Old.\n")
    (tmp_path / "start").write_text("#!/bin/sh\necho hello\n")
    return tmp_path


def test_a_tidy_project_passes(checkout):
    assert list(words.check(checkout)) == []
    assert list(locks.check(checkout)) == []
    assert list(fragments.check(checkout)) == []
    assert shell_scripts(checkout) == ""


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        (("# TO", "DO: later"), "left undone"),
        (("path = '/ho", "me/bengt/hemma'"), "somebody's machine"),
        (("see build.cor", "p"), "inner host"),
        (("-----BEGIN RSA PRIVATE", " KEY-----"), "private key"),
        (("AKIA", "ABCDEFGHIJKLMNOP"), "access key"),
        (("https://bengt:ver", "ysecret@example.org/"), "credentials"),
    ],
)
def test_words_that_must_not_stand_there_are_found_and_not_repeated(checkout, parts, what):
    (checkout / "note.py").write_text("x = 1\n" + "".join(parts) + "\n")
    (found,) = words.check(checkout)
    assert found.startswith("note.py:2: ")
    assert what in found
    assert "".join(parts) not in found


def test_a_lock_that_names_an_index_is_found(checkout):
    lock = checkout / "requirements.lock"
    lock.write_text("--index" + "-url https://example.org/simple\n" + DJANGO)
    assert list(words.check(checkout)) == ["requirements.lock: names a package index"]


@pytest.mark.parametrize(
    ("runtime", "developers", "what"),
    [
        ("", DJANGO + PYTEST, "django is asked for, but not in requirements.lock"),
        (DJANGO, DJANGO, "pytest is asked for, but not in requirements-dev.lock"),
        (DJANGO.replace("6.1.3", "6.0"), DJANGO.replace("6.1.3", "6.0") + PYTEST, "is not <6.3,>=6.1"),
        (DJANGO, DJANGO.replace("6.1.3", "6.1.4") + PYTEST, "6.1.4 in requirements-dev.lock"),
        (DJANGO, "django==6.1.3\n" + PYTEST, "has no hash"),
        (DJANGO + PYTEST.replace("pytest", "extra"), DJANGO + PYTEST, "not in requirements-dev.lock"),
    ],
)  # fmt: skip
def test_locks_out_of_step_are_found(checkout, runtime, developers, what):
    (checkout / "requirements.lock").write_text(runtime)
    (checkout / "requirements-dev.lock").write_text(developers)
    assert any(what in found for found in locks.check(checkout))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Fika.added.md", "You can plan your fika."),
        ("fika.new.md", "You can plan your fika."),
        ("fika.fixed.md", "# Fika"),
        ("fika.fixed.md", "fix fika"),
        ("fika.fixed.md", ""),
        ("fika.fixed.md", "One thing.\n\nAnother thing."),
    ],
)
def test_a_fragment_out_of_habit_is_found(checkout, name, text):
    (checkout / "changelog.d" / name).write_text(text)
    (found,) = fragments.check(checkout)
    assert found.startswith(name)


def test_a_release_gathers_the_fragments_above_the_older_sections(checkout):
    (checkout / "changelog.d" / "pause.fixed.md").write_text("A pause ends\nwhen you say so.\n")
    fragments.assemble(checkout, "0.2.0", "2026-12-01")
    text = (checkout / "CHANGELOG.md").read_text()
    assert text == (
        "# Changelog\n\n## 0.2.0 – 2026-12-01\n\n### Added\n\n- You can plan your fika.\n\n"
        "### Fixed\n\n- A pause ends when you say so.\n\n## 0.1.0 – 2026-01-02\n\n- Old.\n"
    )
    assert list((checkout / "changelog.d").glob("*.md")) == []


def test_a_script_that_no_shell_can_read_is_found(checkout):
    (checkout / "start").write_text("#!/bin/sh\nif true; then\n")
    assert "start" in shell_scripts(checkout)


def test_all_checks_run_although_one_fails_and_one_breaks(checkout, capsys, monkeypatch):
    for name in ("HEMMA_DATA", "HEMMA_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, "kept by monkeypatch")

    def breaks(_root):
        raise KeyError("gone")

    steps = [
        Step("fails", lambda _: "two lines\nof complaint"),
        Step("breaks", breaks),
        Step("content", lambda _: ""),
    ]
    assert main(steps, checkout) == 1
    said = capsys.readouterr().out
    assert "of complaint" in said
    assert "KeyError" in said
    assert "content" in said
    assert "2 of 3 checks failed" in said
    assert main(steps[2:], checkout) == 0


def test_a_program_that_fails_is_told_with_its_whole_output(checkout):
    assert "this_module_does_not_exist" in command("this_module_does_not_exist")(checkout)
    assert command("json.tool", "--help")(checkout) == ""
