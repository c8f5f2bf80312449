"""Which tests show which requirement: docs/how/requirements.md, made from marks on the tests.

    @pytest.mark.requirement("S4-3")

Renew the table; an id that stands in it is a claim, so none is dropped unless it is taken out by hand:

    python -m hemma.run.checks.requirements
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TABLE = "docs/how/requirements.md"
HEAD = """# Which tests show which requirement

Made from the tests' marks by `python -m hemma.run.checks.requirements`; `./hemma check` fails when an
id here has no test any longer, or a marked test is missing. What is not listed is not claimed.

| requirement | shown by |
|---|---|
"""
_ID = re.compile(r"[SN]\d+(?:-\d+)?")
_ROW = re.compile(r"^\| ([SN][\d-]+) \| (.+) \|$", re.MULTILINE)


def marked(root: Path) -> dict[str, list[str]]:
    """Requirement id → the tests marked with it, as `path::name`, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in [*root.glob("src/**/tests/**/test_*.py"), *root.glob("tests/**/test_*.py")]:
        text = path.read_text()
        if "mark.requirement(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                for number in _numbers(node):
                    found[number].add(f"{path.relative_to(root).as_posix()}::{node.name}")
    return {number: sorted(found[number]) for number in sorted(found, key=_order)}


def _numbers(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.requirement":
            yield from (str(arg.value) for arg in mark.args if isinstance(arg, ast.Constant))


def _order(number: str) -> tuple[str, list[int]]:
    return number[0], [int(part) for part in re.findall(r"\d+", number)]


def claimed(root: Path) -> dict[str, str]:
    """Requirement id → what the committed table says of it; empty without a table."""
    path = root / TABLE
    return dict(_ROW.findall(path.read_text())) if path.exists() else {}


def check(root: Path) -> Iterator[str]:
    """One line for each claim without a test, each mark that is no id, each row out of step."""
    tests, rows = marked(root), claimed(root)
    yield from (
        f"{number} is claimed and no test shows it" for number in rows.keys() - tests.keys()
    )
    yield from (f"{number} is no requirement's id" for number in tests if not _ID.fullmatch(number))
    for number, names in tests.items():
        if rows.get(number) != _words(names):
            yield f"{number} is out of step in {TABLE}"


def _words(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def renew(root: Path) -> None:
    """Write the table anew. Raises ValueError rather than drop a claim that lost its tests."""
    tests = marked(root)
    if lost := sorted(claimed(root).keys() - tests.keys()):
        raise ValueError(f"no test shows {', '.join(lost)} any longer; take them out by hand")
    rows = "".join(f"| {number} | {_words(names)} |\n" for number, names in tests.items())
    (root / TABLE).write_text(HEAD + rows)


if __name__ == "__main__":
    try:
        renew(Path.cwd())
    except ValueError as error:
        sys.exit(str(error))
