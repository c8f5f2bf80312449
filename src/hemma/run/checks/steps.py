"""The checks in the order they are told: quick ones first. Each returns what is wrong, or ""."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from hemma.run.checks import fragments, locks, requirements, words


@dataclass(frozen=True)
class Step:
    """One check: `run` takes the checkout's folder and returns its complaints."""

    name: str
    run: Callable[[Path], str]


def command(*words: str) -> Callable[[Path], str]:
    """A program of the developers' environment: its whole output when it fails."""
    return lambda root: _output(root, [sys.executable, "-m", *words])


def _output(root: Path, command: list[str]) -> str:
    paths = [str(root / "src"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(x for x in paths if x)}
    done = subprocess.run(  # noqa: S603 - our own list, no shell
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return ""
    return done.stdout.strip() or f"{' '.join(command)} ended with {done.returncode}"


def _lines(complaints: Iterable[str]) -> str:
    return "\n".join(complaints)


def catalogues(_root: Path) -> str:
    """Every word of the pages is translated into each language."""
    from hemma.ui import catalogues as judged

    return _lines(judged.check())


def vendored(_root: Path) -> str:
    """What others made is byte for byte what was taken in."""
    from hemma.ui import vendored as judged

    return _lines(judged.verify())


def contrast(_root: Path) -> str:
    """Text and shapes stand out from their grounds, in light and dark."""
    from hemma.ui import contrast as judged

    return _lines(judged.problems(judged.TOKENS_CSS.read_text()))


def shell_scripts(root: Path) -> str:
    """Every script that a shell runs can be read by that shell."""
    complaints = []
    for path in words.texts(root):
        first = path.read_text().partition("\n")[0]
        shell = first.removeprefix("#!").removeprefix("/usr/bin/env ").rpartition("/")[2]
        if first.startswith("#!") and shell in {"sh", "bash"}:
            program = shutil.which(shell) or shell
            complaints.append(_output(root, [program, "-n", str(path)]))
    return _lines(complaint for complaint in complaints if complaint)


STEPS = (
    Step("code: ruff", command("ruff", "check", "--no-fix")),
    Step("code: format", command("ruff", "format", "--check")),
    Step("rooms: the arrows between them", command("hemma.run.checks.arrows")),
    Step("words: no secrets, paths or left-overs", lambda root: _lines(words.check(root))),
    Step("packages: locks in step with pyproject", lambda root: _lines(locks.check(root))),
    Step("changelog: fragments", lambda root: _lines(fragments.check(root))),
    Step("requirements: a test each", lambda root: _lines(requirements.check(root))),
    Step("shell: scripts can be read", shell_scripts),
    Step("pages: templates", command("djlint", "src", "--lint", "--quiet")),
    Step("pages: translations complete", catalogues),
    Step("pages: vendored files untouched", vendored),
    Step("pages: contrast", contrast),
    Step(
        "tables: no migration missing",
        command("django", "makemigrations", "--check", "--dry-run", "--skip-checks"),
    ),
    Step("code: types", command("mypy")),
)
