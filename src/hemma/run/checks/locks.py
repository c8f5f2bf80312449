"""The lock files hold what pyproject.toml asks for, each version by its hashes. Needs no network."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

RUNTIME, DEVELOPERS = "requirements.lock", "requirements-dev.lock"
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")

type Lock = dict[str, tuple[str, int]]


def read_lock(text: str) -> Lock:
    """Package → (version, number of hashes) of a lock in pip's format."""
    found: Lock = {}
    name: str = ""
    for line in text.splitlines():
        if match := _PINNED.match(line):
            name = canonicalize_name(match["name"])
            found[name] = (match["version"], 0)
        if name and "--hash=sha256:" in line:
            version, hashes = found[name]
            found[name] = (version, hashes + line.count("--hash=sha256:"))
    return found


def check(root: Path) -> Iterator[str]:
    """One line for each package that is missing, unhashed, too old, or differs between the locks."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    runtime = read_lock((root / RUNTIME).read_text())
    developers = read_lock((root / DEVELOPERS).read_text())
    asked = project["project"]["dependencies"]
    yield from _compare(asked, runtime, RUNTIME)
    yield from _compare([*asked, *project["dependency-groups"]["dev"]], developers, DEVELOPERS)
    for name, (version, _) in runtime.items():
        if name not in developers:
            yield f"{name} is in {RUNTIME}, but not in {DEVELOPERS}"
        elif developers[name][0] != version:
            yield f"{name} is {version} in {RUNTIME}, {developers[name][0]} in {DEVELOPERS}"


def _compare(asked: Iterable[str], lock: Lock, file: str) -> Iterator[str]:
    for text in asked:
        wanted = Requirement(text)
        name = canonicalize_name(wanted.name)
        if name not in lock:
            yield f"{name} is asked for, but not in {file}"
        elif not wanted.specifier.contains(lock[name][0], prereleases=True):
            yield f"{name} {lock[name][0]} in {file} is not {wanted.specifier}"
    for pinned, (version, hashes) in lock.items():
        if not hashes:
            yield f"{pinned} {version} in {file} has no hash"
