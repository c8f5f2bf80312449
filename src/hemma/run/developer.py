"""`test`, `check` and `bench`: for whoever changes Hemma. They need the source checkout."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from hemma.run.places import checkout
from hemma.run.telling import Refusal

# Each has a database server and a browser; more would ask for more memory than they save time.
MOST_PROCESSES = 4


def test(words: Sequence[str]) -> int:
    """Run pytest with `words`; its exit code. A run of everything uses all cores."""
    root = _checkout("test")
    _need("pytest")
    return _in_checkout(root, [sys.executable, "-m", "pytest", *_side_by_side(words), *words])


def _side_by_side(words: Sequence[str]) -> list[str]:
    """What has pytest use several processes, unless somebody looks at a few tests.

    Each process has a database server and a product of its own. Tests of one file stay together,
    for they share what a file sets up.
    """
    few = any(not word.startswith("-") and Path(word.partition("::")[0]).exists() for word in words)
    by_hand = {"-n", "-s", "-x", "--pdb", "-p"} & set(words)
    cores = min(MOST_PROCESSES, os.cpu_count() or 1)
    if few or by_hand or cores < 2 or importlib.util.find_spec("xdist") is None:
        return []
    return ["-n", str(cores), "--dist", "loadfile"]


def check() -> int:
    """Run every check; 0 when all are content."""
    root = _checkout("check")
    _need("ruff")
    return _in_checkout(root, [sys.executable, "-m", "hemma.run.checks"])


def bench(name: str, words: Sequence[str]) -> int:
    """Run `bench/NAME.py` with `words`; its exit code."""
    root = _checkout("bench")
    folder = root / "bench"
    file = folder / f"{name}.py"
    known = sorted(x.stem for x in folder.glob("*.py") if not x.stem.startswith("_"))
    if name not in known:
        raise Refusal(
            f"There is no measurement {name!r}. There are: {', '.join(known) or 'none'}.", 2
        )
    return _in_checkout(root, [sys.executable, str(file), *words])


def _checkout(command: str) -> Path:
    root = checkout()
    if root is None:
        raise Refusal(
            f"`hemma {command}` needs the source checkout; an installed package lacks it."
        )
    return root


def _need(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise Refusal("The developers' packages are not installed. Start it as: ./hemma test")


def _in_checkout(root: Path, command: list[str]) -> int:
    paths = [str(root / "src"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(x for x in paths if x)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)  # conftest.py sets it when the address is known
    child = subprocess.Popen(command, cwd=root, env=environment)  # noqa: S603
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C went to the child as well: let it clean up and tell
