"""Values that cannot be: named with their rows, never swallowed. What to do is the person's answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

SENTINELS = frozenset({-999.0, -9999.0, -99999.0, 9999.0, 99999.0, 999999.0, 9999999.0})
COUNTS = ("count", "calls", "number", "hours", "days", "tenure", "minutes", "age", "cost")
SHOWN = 5


class Odd(StrEnum):
    """What is odd about a value."""

    SENTINEL = "sentinel"  # 999999, -999: stands for "missing" in many systems
    AGE = "age"  # an age outside 14 to 100
    NEGATIVE = "negative"  # a count, duration or cost below zero
    NOT_A_NUMBER = "not_a_number"
    MISSING = "missing"
    OVER_MAXIMUM = "over_maximum"
    DUPLICATE = "duplicate"  # a person twice in one period


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd value of a column: how often, and the first rows (1 is the first below the heading)."""

    odd: Odd
    column: str
    value: str
    times: int
    rows: tuple[int, ...]


def number(text: str) -> float | None:
    """The number that a cell holds, nan for an empty one, None for a word."""
    bare = text.strip()
    if bare.lower() in {"", "na", "nan", "null", ".", "none"}:
        return float("nan")
    if bare.lower() in {"yes", "true", "no", "false"}:
        return float(bare.lower() in {"yes", "true"})
    try:
        found = float(bare)
    except ValueError:
        return None
    return None if found in (float("inf"), float("-inf")) else found


def check_column(
    name: str, cells: Sequence[str], *, maximum: float | None = None
) -> tuple[Finding, ...]:
    """What is odd in one column that should hold numbers."""
    found: dict[tuple[Odd, str], list[int]] = {}
    for row, cell in enumerate(cells, 1):
        odd = _odd(name.lower(), number(cell), maximum)
        if odd is not None:
            found.setdefault((odd, cell.strip()), []).append(row)
    return tuple(
        Finding(odd, name, value, len(rows), tuple(rows[:SHOWN]))
        for (odd, value), rows in found.items()
    )


def _odd(name: str, value: float | None, maximum: float | None) -> Odd | None:
    if value is None:
        return Odd.NOT_A_NUMBER
    if value != value:
        return Odd.MISSING
    if value in SENTINELS:
        return Odd.SENTINEL
    words = name.replace("-", "_").split("_")
    if "age" in words and not 14 <= value <= 100:
        return Odd.AGE
    if value < 0 and not name.startswith("log") and any(word in name for word in COUNTS[:-2]):
        return Odd.NEGATIVE
    if value < 0 and any(word in words or name.startswith("cost") for word in COUNTS[-2:]):
        return Odd.NEGATIVE
    return Odd.OVER_MAXIMUM if maximum is not None and value > maximum else None


def check_pairs(
    columns: Mapping[str, Sequence[str]], person: str, period: str
) -> tuple[Finding, ...]:
    """Persons that appear twice in one period, one finding each pair (the first SHOWN and a total)."""
    pairs = list(zip(columns[person], columns[period], strict=True))
    twice = [(pair, times) for pair, times in Counter(pairs).items() if times > 1]
    found = []
    for pair, times in twice[:SHOWN]:
        rows = tuple(i for i, other in enumerate(pairs, 1) if other == pair)[:SHOWN]
        found.append(Finding(Odd.DUPLICATE, f"{person} + {period}", " + ".join(pair), times, rows))
    if len(twice) > SHOWN:
        more = sum(times for _, times in twice[SHOWN:])
        found.append(Finding(Odd.DUPLICATE, f"{person} + {period}", "more pairs", more, ()))
    return tuple(found)
