"""What others made and we carry: each file is listed with its licence and the hash of its bytes."""

import hashlib
import tomllib
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "ui"
LIST = "vendor/VENDORED.toml"
FOLDERS = ("vendor", "font")
FIELDS = ("path", "name", "version", "licence", "origin", "sha256")


def verify(static: Path = STATIC) -> list[str]:
    """What is wrong with the vendored files under `static`; empty when all is as listed."""
    with (static / LIST).open("rb") as source:
        entries = tomllib.load(source).get("file", [])
    problems = [problem for entry in entries for problem in _check(static, entry)]
    listed = {str(entry.get("path")) for entry in entries} | {LIST}
    for folder in FOLDERS:
        for found in sorted((static / folder).rglob("*")):
            name = found.relative_to(static).as_posix()
            if found.is_file() and name not in listed:
                problems.append(f"{name} is not listed in {LIST}")
    return problems


def _check(static: Path, entry: dict[str, str]) -> list[str]:
    missing = [field for field in FIELDS if not entry.get(field)]
    if missing:
        return [f"{entry.get('path', 'an entry')} lacks {', '.join(missing)}"]
    path = static / entry["path"]
    if not path.is_file():
        return [f"{entry['path']} is listed, but is not there"]
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    return (
        [] if actual == entry["sha256"] else [f"{entry['path']} is not what was vendored: {actual}"]
    )
