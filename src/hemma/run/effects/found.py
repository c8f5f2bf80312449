"""What the command tells, whatever the design."""

from dataclasses import dataclass

from hemma.core.effects import Estimate


@dataclass(frozen=True, slots=True)
class Part:
    """A group of estimates that stand together."""

    title: str
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A share over time, as steps (time, share) in order."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All that is told: sentences first, then numbers and what they rest on."""

    design: str
    sentences: tuple[str, ...]
    parts: tuple[Part, ...]
    n: int
    persons: int
    periods: int
    clusters: int
    errors: str
    level: float
    notes: tuple[str, ...]
    curves: tuple[Curve, ...] = ()
