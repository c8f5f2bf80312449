"""A stretch of real time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A half-open stretch of time, `start <= t < end`; both aware, in any zone, kept as UTC.

    Raises `ValueError` when an end is naive or before the start. Empty stretches are allowed.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", utc(self.start))
        object.__setattr__(self, "end", utc(self.end))
        if self.end < self.start:
            raise ValueError(f"ends {self.end} before it starts {self.start}")

    @property
    def duration(self) -> timedelta:
        """Elapsed time, not the difference of local clocks."""
        return self.end - self.start

    def contains(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share time; touching is not sharing."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: "Interval") -> "Interval | None":
        """The shared stretch, or None when nothing is shared."""
        if not self.overlaps(other):
            return None
        return Interval(max(self.start, other.start), min(self.end, other.end))


def utc(instant: datetime) -> datetime:
    """The same instant in UTC; raises `ValueError` for a naive one."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(UTC)
