"""Each import-linter contract, broken on purpose once in a copy of the product, is named broken."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOMS = "Rooms: imports go down the list only"
FURNITURE = "Furniture: inside a room web > forms > actions > queries > models"
DOORS = "Own doors: nobody uses another room's web layer or hooks"
PURE = "Core is pure: no frame, clock, chance, files or network"
SUBJECTS = "Core subjects do not know each other"
CYCLES = "No cycles"
ARRAYS = "Arrays and calendars: in forecast, need and simulation only"
COMPILED = "Compiled code: in simulation only"
CHECKERS = "Checkers share no code with a search"
NUMBERS = "Numbers live in core, sockets in lib and run"

# `pulse` and `knowledge` are rooms that the plan names: a plant may build them.
PLANTS: dict[str, tuple[dict[str, str], set[str]]] = {
    "upwards": ({"people/planted.py": "import hemma.routing.models"}, {ROOMS, CYCLES}),
    "sideways": ({"ui/planted.py": "import hemma.core"}, {ROOMS}),
    "a room nobody placed": ({"attic/__init__.py": ""}, {ROOMS}),
    "into the composition": ({"routing/planted.py": "import hemma.settings"}, {ROOMS}),
    "a model that knows its views": (
        {
            "pulse/__init__.py": "",
            "pulse/models.py": "import hemma.pulse.views",
            "pulse/views.py": "",
        },
        {FURNITURE},
    ),
    "a query that acts": (
        {
            "pulse/__init__.py": "",
            "pulse/queries.py": "import hemma.pulse.actions",
            "pulse/actions.py": "",
        },
        {FURNITURE},
    ),
    "a job that renders": (
        {
            "pulse/__init__.py": "",
            "pulse/tasks.py": "import hemma.pulse.views",
            "pulse/views.py": "",
        },
        {FURNITURE},
    ),
    "another room's views": (
        {
            "knowledge/__init__.py": "",
            "knowledge/views.py": "",
            "pulse/__init__.py": "",
            "pulse/actions.py": "import hemma.knowledge.views",
        },
        {DOORS},
    ),
    "another room's forms": (
        {
            "knowledge/__init__.py": "",
            "knowledge/forms.py": "",
            "pulse/__init__.py": "",
            "pulse/views.py": "import hemma.knowledge.forms",
        },
        {DOORS},
    ),
    "another room's actions by the back door": (
        {
            "knowledge/__init__.py": "",
            "knowledge/actions/__init__.py": "",
            "knowledge/actions/asking.py": "",
            "pulse/__init__.py": "",
            "pulse/actions.py": "import hemma.knowledge.actions.asking",
        },
        {DOORS},
    ),
    "another room's demo data in earnest": (
        {
            "knowledge/__init__.py": "",
            "knowledge/demo.py": "",
            "pulse/__init__.py": "",
            "pulse/demo.py": "import hemma.knowledge.demo",
            "pulse/queries.py": "import hemma.knowledge.demo",
        },
        {DOORS},
    ),
    "core takes chances": ({"core/grid/planted.py": "import random"}, {PURE}),
    "core reads the clock": ({"core/grid/planted.py": "import time"}, {PURE}),
    "core knows Django": ({"core/grid/planted.py": "import django.db"}, {PURE}),
    "a subject knows another": (
        {"core/effects/planted.py": "import hemma.core.disclosure"},
        {SUBJECTS},
    ),
    "a subject nobody placed": ({"core/magic.py": ""}, {SUBJECTS}),
    "a ring inside a room": (
        {
            "people/planted.py": "import hemma.people.planted_too",
            "people/planted_too.py": "import hemma.people.planted",
        },
        {CYCLES},
    ),
    "arrays in a light subject": ({"core/grid/planted.py": "import numpy"}, {ARRAYS}),
    "compiled code in need": ({"core/need/planted.py": "import numba"}, {COMPILED}),
    "a checker that asks the search": (
        {
            "core/roster/planted/__init__.py": "",
            "core/roster/planted/checking.py": "import hemma.core.roster.planted.help",
            "core/roster/planted/help.py": "import hemma.core.roster.search",
        },
        {CHECKERS},
    ),
    "numbers in a room": ({"desk/planted.py": "import numpy"}, {NUMBERS}),
    "sockets in a room": ({"routing/planted.py": "import socket"}, {NUMBERS}),
}


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory) -> Path:
    """The product's package and its contracts, to be broken and mended again."""
    folder = tmp_path_factory.mktemp("contracts")
    left_out = shutil.ignore_patterns("static", "templates", "locale", "__pycache__", "tests")
    shutil.copytree(root / "src" / "hemma", folder / "src" / "hemma", ignore=left_out)
    shutil.copy(root / "pyproject.toml", folder)
    return folder


def broken_contracts(folder: Path) -> set[str]:
    """The names that import-linter calls broken."""
    done = subprocess.run(
        [sys.executable, "-m", "hemma.run.checks.arrows"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return set(re.findall(r"^(.+) BROKEN\b", done.stdout, re.MULTILINE))


def test_the_product_keeps_every_contract(copy):
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize("plant", PLANTS)
def test_a_broken_contract_is_named(plant, copy):
    files, expected = PLANTS[plant]
    made = []
    try:
        for name, text in files.items():
            file = copy / "src" / "hemma" / name
            assert not file.exists()
            file.parent.mkdir(exist_ok=True, parents=True)
            file.write_text(text)
            made.append(file)
        assert broken_contracts(copy) == expected
    finally:
        for file in made:
            file.unlink()
        for folder in sorted({file.parent for file in made}, key=lambda one: -len(one.parts)):
            if not any(folder.rglob("*.py")):
                shutil.rmtree(folder)


def test_every_contract_has_been_broken(root):
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]
    named = {contract["name"] for contract in settings["contracts"]}
    assert named == set().union(*(expected for _, expected in PLANTS.values()))
