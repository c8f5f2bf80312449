"""The calls of a bank, for tests that learn from real ones (never part of this project)."""

import csv
import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hemma.core.forecast import History
from hemma.core.grid import TimeGrid

FIRST, TEST_FIRST = date(2003, 3, 3), date(2003, 9, 29)
DAYS = 238


def calls(slot_min: int) -> np.ndarray:
    """(238 days, slots of a day) calls; `nan` on days without any. Skips without HEMMA_TEST_DATA."""
    root = os.environ.get("HEMMA_TEST_DATA")
    if not root:
        pytest.skip("HEMMA_TEST_DATA is not set: the bank's calls are not here")
    return read(Path(root) / "calls" / "bank_calls.csv", slot_min)


def read(file: Path, slot_min: int) -> np.ndarray:
    """The table of the file."""
    table = np.zeros((DAYS, 1440 // slot_min))
    with file.open() as lines:
        for row in csv.DictReader(lines):
            at = datetime.fromisoformat(row["DateTime"])
            label = (at.hour * 60 + at.minute) // slot_min
            table[(at.date() - FIRST).days, label] += float(row["Calls"])
    table[table.sum(axis=1) == 0] = np.nan
    return table


def history(table: np.ndarray, days: int) -> History:
    """What was known after so many days."""
    slot_min = 1440 // table.shape[1]
    grid = TimeGrid(ZoneInfo("UTC"), FIRST, days, slot_min)
    return History(grid, ("bank",), table[:days].reshape(1, -1))
