"""Where the mails of other projects are, for tests that take them in (never part of this one)."""

import os
from pathlib import Path

import pytest


def folder() -> Path:
    """The mail folder below HEMMA_TEST_DATA; without the variable the test is skipped."""
    root = os.environ.get("HEMMA_TEST_DATA")
    if not root:
        pytest.skip("HEMMA_TEST_DATA is not set: the real mails are not here")
    path = Path(root) / "mail"
    assert path.is_dir(), f"HEMMA_TEST_DATA is set, but {path} is missing"
    return path
