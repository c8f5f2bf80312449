"""What a rule says when it is broken: codes and numbers, with the paragraph."""

from dataclasses import dataclass
from enum import StrEnum

from hemma.core.grid import Interval
from hemma.core.grid.local import from_seconds
from hemma.core.rules.packs import RuleValue, Severity
from hemma.core.rules.spans import Span

Numbers = tuple[tuple[str, float], ...]
"""Named numbers in a fixed order; the unit is in the name: `_min`, `_days`, `_share` (0 to 1)."""


class Remedy(StrEnum):
    """What would help."""

    MOVE_APART = "move_apart"
    """End earlier or begin later, by `missing_min`."""
    PUT_IN_BREAK = "put_in_break"
    """A break inside the stretch, before the limit."""
    LENGTHEN_BREAK = "lengthen_break"
    """More minutes of break that day, by `missing_min`."""
    SHORTEN = "shorten"
    """Less work in the stretch, by `over_min`."""
    LESS_OVERTIME = "less_overtime"
    """Fewer hours above the ordinary ones, by `over_min`."""
    GIVE_FREE_TIME = "give_free_time"
    """A longer free stretch within it."""
    MOVE_FROM_NIGHT = "move_from_night"
    """Work outside the night hours."""
    KEEP_OR_AGREE = "keep_or_agree"
    """Leave it as it was told, or agree on it with the person."""
    MAKE_AGREEMENT = "make_agreement"
    """A written agreement on work from home, or fewer home days."""
    MORE_ON_SITE = "more_on_site"
    """More of the work at the workplace."""
    FIT_THE_SCREEN = "fit_the_screen"
    """A home workplace that meets the rules for screen work, or fewer home days."""


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


def flag(value: RuleValue, rule: str, at: Span, numbers: Numbers, remedy: Remedy) -> Flag:
    """A flag that carries what the value's law says of itself."""
    start, end = at
    stretch = Interval(from_seconds(start), from_seconds(end))
    said = value.severity, value.paragraph, value.pack
    return Flag(rule, *said, stretch, numbers, value.verified, remedy)


def too_much(value: RuleValue, rule: str, at: Span, worked_s: float, most_s: float) -> Flag:
    """A flag for more working time than the value allows; seconds in, minutes out."""
    numbers = (
        ("worked_min", worked_s / 60),
        ("most_min", most_s / 60),
        ("over_min", (worked_s - most_s) / 60),
    )
    return flag(value, rule, at, numbers, Remedy.SHORTEN)


def too_little_rest(value: RuleValue, rule: str, rest: Span, remedy: Remedy) -> Flag | None:
    """A flag when a free stretch has fewer hours than the value; None otherwise."""
    rest_min, least_min = (rest[1] - rest[0]) / 60, value.number * 60
    if rest_min >= least_min:
        return None
    numbers = (
        ("rest_min", rest_min),
        ("least_min", least_min),
        ("missing_min", least_min - rest_min),
    )
    return flag(value, rule, rest, numbers, remedy)
