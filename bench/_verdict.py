"""What a measurement of plans ends with: its figures, and an exit code that says whether the independent
checkers found a fault in what was measured. A quick plan that breaks a rule is none."""

import json
import sys
from collections.abc import Mapping, Sequence

from hemma.core.place import Rule

HARD = frozenset({Rule.NOT_WORKING, Rule.NO_AGREEMENT, Rule.FIXED_HOME})
"""Seats and the days of an agreement have a price and may be too few; these may never be."""


def ended(told: object, found: Mapping[str, Sequence[object] | int | bool]) -> int:
    """Print the figures; 0, or 1 with each kind of fault told on stderr if there is any."""
    print(json.dumps(told, indent=2))
    wrong = {name: what for name, what in found.items() if what}
    for name, what in wrong.items():
        some = "" if isinstance(what, int) else f": {', '.join(map(str, what[:5]))}"
        count = int(what) if isinstance(what, int) else len(what)
        print(f"FAULT {name} ({count}){some}", file=sys.stderr, flush=True)
    return int(bool(wrong))


def differs(claimed: float, counted: float) -> bool:
    """Whether a price is not the one that the checker counts; sums in 32 bits are let pass."""
    return abs(claimed - counted) > 1e-4 * max(1.0, abs(counted))
