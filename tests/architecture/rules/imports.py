"""What a process has loaded once it has started."""

import subprocess
import sys
from collections.abc import Iterable

HEAVY = (
    "aiosmtpd", "highspy", "holidays", "jwt", "llvmlite", "numba", "numpy", "openpyxl", "ortools",
    "pandas", "playwright", "pymap", "pytest", "requests", "scipy", "urllib3", "weasyprint",
)  # fmt: skip


def loaded_by(statement: str, *, path: Iterable[str], environment: dict[str, str]) -> list[str]:
    """The heavy packages in memory after `statement` has run in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*sorted(set(sys.modules) & {set(HEAVY)!r}))"
    told = environment | {"PYTHONPATH": ":".join(path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=told, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise AssertionError(f"{statement} failed:\n{done.stderr}")
    return done.stdout.split()
