"""The panel of Bloom, Liang, Roberts & Ying (QJE 2015), for tests; it is never part of this project."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest


def columns(name: str) -> dict[str, np.ndarray]:
    """The numeric columns of a file of theirs; empty cells and words are nan (yes and no: 1 and 0)."""
    root = os.environ.get("HEMMA_TEST_DATA")
    if not root:
        pytest.skip("HEMMA_TEST_DATA is not set: the published panel is not here")
    path = Path(root) / "wfh" / name
    assert path.is_file(), f"HEMMA_TEST_DATA is set, but {path} is missing"
    with path.open() as file:
        rows = list(csv.DictReader(file))
    words = {"yes": 1.0, "no": 0.0, "": np.nan}
    return {
        key: np.array([words[row[key]] if row[key] in words else float(row[key]) for row in rows])
        for key in rows[0]
        if key
    }
