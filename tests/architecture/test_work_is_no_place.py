"""Work is what gets done: no figure of how work goes is made of where somebody sat or how long they were on."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hemma

PACKAGE = Path(hemma.__file__).parent
# Modules that make figures of how the work goes, whatever the room.
FIGURES = ("report", "figure", "programme", "evaluat", "quadrant", "fairness", "insight")
NO_MEASURE = {"place", "online", "login", "logged", "presence", "signed", "idle", "active"}


def scored(package: Path) -> Iterator[str]:
    """Every field of a figure that would measure presence instead of work."""
    for path in sorted(package.rglob("*.py")):
        if "tests" in path.parts or not any(word in path.stem for word in FIGURES):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)):
                continue
            if set(node.target.id.lower().split("_")) & NO_MEASURE:
                yield f"{path.name}:{node.lineno} {node.target.id}"


@pytest.mark.requirement("S1-1")
def test_no_figure_of_the_work_is_made_of_place_or_of_time_on_line():
    looked_at = [p for p in PACKAGE.rglob("*.py") if any(word in p.stem for word in FIGURES)]
    assert len(looked_at) >= 3, "there are figures to look at"
    assert list(scored(PACKAGE)) == []


@pytest.mark.requirement("S1-1")
@pytest.mark.parametrize(
    ("field", "caught"),
    [("online_minutes: int", True), ("place_share: float", True), ("answered_h: float", False)],
)
def test_one_that_is_would_be_caught(tmp_path, field, caught):
    (tmp_path / "reports.py").write_text(f"class Line:\n    {field}\n")
    assert bool(list(scored(tmp_path))) is caught
