"""`./hemma` on machines that have little. It runs in a copy of the checkout, without the network."""

import os
import shutil
import subprocess
import sys

import pytest

from hemma.run.places import checkout

pytestmark = pytest.mark.processes

TOOLS = [
    *("cat", "cksum", "dirname", "env", "grep", "id", "ls", "mkdir", "mv", "readlink"),
    *("rm", "sed", "sleep", "sort", "tail", "uname"),
]


@pytest.fixture
def copy(tmp_path):
    """A checkout with the launcher and the locks alone, and a PATH with the barest tools."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("hemma", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(checkout() / name, folder / name)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in [*TOOLS, "sh"]:
        (tools / name).symlink_to(shutil.which(name))
    return folder


def run(copy, *words, **environment):
    base = {"PATH": str(copy.parent / "bin"), "HOME": str(copy.parent)}
    return subprocess.run(
        ["sh", copy / "hemma", *words],
        env=base | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_help_needs_nothing_installed(copy):
    done = run(copy, "--help")
    assert done.returncode == 0
    for word in ("demo", "serve", "backup FILE", "doctor"):
        assert word in done.stdout
    assert sorted(x.name for x in copy.iterdir()) == [
        "hemma",
        "requirements-dev.lock",
        "requirements.lock",
    ]


def test_an_unknown_command_is_refused_before_anything_is_installed(copy):
    done = run(copy, "flurb")
    assert done.returncode == 2
    assert "flurb" in done.stderr
    assert not (copy / ".venv").exists()


def no_python_in_fixed_places():
    from glob import glob

    return not glob("/opt/homebrew/bin/python3.1[234]") + glob("/usr/local/bin/python3.1[234]")


@pytest.mark.skipif(not no_python_in_fixed_places(), reason="a Python is where it always looks")
def test_a_machine_without_python_is_told_what_to_do(copy):
    done = run(copy, "serve")
    assert done.returncode == 1
    assert "Python 3.12" in done.stderr
    assert "Install one" in done.stderr


def test_a_python_that_exists_but_does_not_run_is_passed_over(copy):
    shim = copy.parent / "bin/python3.13"
    shim.write_text("#!/bin/sh\necho 'version not installed' >&2\nexit 127\n")
    shim.chmod(0o755)
    (copy.parent / "bin/python3.12").symlink_to(shutil.which("false"))
    (copy.parent / "bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (copy.parent / "bin/python").chmod(0o755)
    done = run(copy, "serve", "--help", HEMMA_VENV=str(ready_venv(copy)))
    assert "No module named hemma" in done.stderr  # it came as far as running this copy
    assert "installing" not in done.stderr


def test_the_named_python_must_run(copy):
    done = run(copy, "serve", HEMMA_PYTHON="/bin/false")
    assert done.returncode == 1
    assert "HEMMA_PYTHON=/bin/false" in done.stderr
    assert not (copy / ".venv/bin").exists()


def test_a_folder_that_is_no_environment_is_never_cleared(copy):
    precious = copy / "mine"
    precious.mkdir()
    (precious / "letter").write_text("dear Kim")
    done = run(copy, "serve", HEMMA_VENV=str(precious), HEMMA_PYTHON=sys.executable)
    assert done.returncode == 1
    assert "left alone" in done.stderr
    assert (precious / "letter").read_text() == "dear Kim"


def ready_venv(copy):
    """An environment whose marks say that everything is installed."""
    venv = copy / "ready venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    marks = [f"{kind} {_sum(copy / file)}" for kind, file in _LOCKS.items()]
    (venv / "hemma-installed").write_text("\n".join(marks) + "\n")
    return venv


_LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}


def _sum(path):
    return subprocess.run(
        ["cksum"], stdin=path.open(), capture_output=True, text=True
    ).stdout.strip()


def test_it_runs_the_program_of_its_own_checkout_also_through_a_link(copy):
    package = copy / "src/hemma"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("import sys; print('ran', sys.argv[1:], __file__)")
    link = copy.parent / "linked"
    link.symlink_to(copy / "hemma")
    done = subprocess.run(
        [link, "demo", "--data", "a b"],
        env=os.environ | {"HEMMA_VENV": str(ready_venv(copy))},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("ran ['demo', '--data', 'a b'] " + str(package))


def test_every_shell_understands_it():
    for shell in ("sh", "dash", "bash", "ksh", "busybox"):
        if program := shutil.which(shell):
            words = [program, "sh", "-n"] if shell == "busybox" else [program, "-n"]
            assert subprocess.run([*words, checkout() / "hemma"]).returncode == 0
