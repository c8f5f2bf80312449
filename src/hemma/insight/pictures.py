"""Where marks stand on a strip: on the whole scale, never cut so that a difference looks large."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """From 0 to `top`, in quarters."""

    top: float

    def at(self, value: float) -> str:
        """Where a value stands, as a percentage with a dot, whatever the reader's language.

        >>> Scale(8).at(2), Scale(8).at(12)
        ('25.00%', '100.00%')
        """
        return f"{max(0.0, min(1.0, value / self.top)) * 100:.2f}%"

    def ticks(self) -> list[tuple[str, float]]:
        """Five places and what they stand for."""
        return [(self.at(self.top * q / 4), self.top * q / 4) for q in range(5)]


def scale_for(highest: float) -> Scale:
    """A round top over the highest value.

    >>> scale_for(4.1).top, scale_for(0.6).top, scale_for(83).top
    (8.0, 0.8, 100.0)
    """
    if highest <= 0:
        return Scale(1.0)
    size = 10.0 ** math.floor(math.log10(highest))
    for step in (1, 2, 4, 8, 10):
        if step * size >= highest:
            return Scale(round(step * size, 10))
    return Scale(10 * size)
