"""Fair shares of late shifts and weekends, counted over a horizon longer than one plan.

What somebody carries from earlier plans counts as this plan does. A burden away from the fair share
costs its square, so the price of one more rises with every one had. The search is told, person by
person, what one more costs now; since a convex price lies above each of its tangents, the same
numbers keep the bound below every roster.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

LATE, WEEKEND = 0, 1
KINDS = ("late", "weekend")


@dataclass(frozen=True, slots=True, eq=False)
class Fairness:
    """`late` (forms, starts) which starts are late ones; (people, 2) by kind (late shifts, weekend
    days): `carried` had since the horizon began, `target` what is fair by the end of this plan;
    `price` of one away from it, squared."""

    late: NDArray[np.bool_]
    carried: Floats
    target: Floats
    price: float = 1.0

    def counts(self, form: NDArray[np.int64], start: NDArray[np.int16]) -> Floats:
        """(people, 2) late shifts and weekend days in a roster's `start` (people, days)."""
        works = start >= 0
        late = self.late[form[:, None], np.maximum(start, 0)] & works
        weekend = works & (np.arange(start.shape[1]) % 7 >= 5)[None]
        return np.stack([late.sum(axis=1), weekend.sum(axis=1)], axis=1).astype(float)

    def cost(self, form: NDArray[np.int64], start: NDArray[np.int16]) -> float:
        """The price of a roster's unfairness."""
        away = self.carried + self.counts(form, start) - self.target
        return self.price * float((away**2).sum())

    def one_more(self, who: NDArray[np.int64], counts: Floats) -> Floats:
        """(who, 2) the slope of the price at so many."""
        return 2 * self.price * (self.carried[who] + counts - self.target[who])

    def least(self, slope: Floats) -> float:
        """What has to be added to slope times counts so that it is below the price for any counts. Nobody
        has half a shift or fewer than none: the whole numbers beside the lowest point decide."""
        lowest = slope / (2 * self.price) - self.carried + self.target
        below = np.maximum(np.floor(lowest), 0.0)
        above = np.maximum(np.ceil(lowest), 0.0)
        found = [
            self.price * (self.carried + n - self.target) ** 2 - slope * n for n in (below, above)
        ]
        return float(np.minimum(*found).sum())


def shares(had: Floats, size: Floats, pool: NDArray[np.int64]) -> Floats:
    """(people, 2) the fair part of what each pool's people had together (people, 2), by `size`
    (people, 2): how much of it each could have had."""
    fair = np.zeros_like(had)
    for kind in range(had.shape[1]):
        whole = np.bincount(pool, had[:, kind])
        room = np.bincount(pool, size[:, kind])
        fair[:, kind] = size[:, kind] * (whole / np.maximum(room, 1e-9))[pool]
    return fair
