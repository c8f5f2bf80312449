"""What a rule says when it is broken: codes and numbers, with the paragraph."""

from dataclasses import dataclass
from enum import StrEnum

from hemma.core.grid import Interval
from hemma.core.rules.packs import RuleValue, Severity

Numbers = tuple[tuple[str, float], ...]
"""Named numbers in a fixed order; the unit is in the name."""


class Remedy(StrEnum):
    """What would help."""

    MOVE_APART = "move_apart"
    """End earlier or begin later, by `missing_min`."""
    PUT_IN_BREAK = "put_in_break"
    """A break inside the stretch, before the limit."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One broken rule. `at` is the stretch of time it is about, `pack` where the value stands."""

    rule: str
    severity: Severity
    paragraph: str
    pack: str
    at: Interval
    numbers: Numbers
    verified: bool
    remedy: Remedy

    def number(self, name: str) -> float:
        """The number of that name; raises `KeyError`."""
        return dict(self.numbers)[name]


def flag(value: RuleValue, rule: str, at: Interval, numbers: Numbers, remedy: Remedy) -> Flag:
    """A flag that carries what the value's law says of itself."""
    return Flag(
        rule, value.severity, value.paragraph, value.pack, at, numbers, value.verified, remedy
    )
