"""Before a pilot: what it could find, and how many people that takes."""

import numpy as np
from scipy import stats

from hemma.core.effects.kinds import CannotEstimate, Why


def power_of_means(
    effect: float,
    spread: float,
    each: int,
    *,
    before: int = 0,
    after: int = 1,
    alike: float = 0.0,
    alpha: float = 0.05,
) -> float:
    """Power of two groups of `each` persons whose mean differs by `effect`.

    `spread` is the standard deviation of one reading; with `before` and `after` readings whose
    correlation within a person is `alike`, the change is compared (Frison & Pocock 1992).
    Noncentral t. Raises out_of_range.
    """
    if each < 2 or spread <= 0 or after < 1 or before < 0 or not 0 <= alike < 1:
        raise CannotEstimate(Why.OUT_OF_RANGE)
    one = (1 + (after - 1) * alike) / after
    if before:
        one += (1 + (before - 1) * alike) / before - 2 * alike
    shift = abs(effect) / (spread * float(np.sqrt(one * 2 / each)))
    df = 2 * each - 2
    edge = stats.t.ppf(1 - alpha / 2, df)
    return float(stats.nct.sf(edge, df, shift) + stats.nct.cdf(-edge, df, shift))


def power_of_rates(first: float, second: float, each: int, *, alpha: float = 0.05) -> float:
    """Power of Fisher's exact test, by summing over all outcomes of two groups of `each`."""
    if each < 2 or not (0 <= first <= 1 and 0 <= second <= 1):
        raise CannotEstimate(Why.OUT_OF_RANGE)
    counts = np.arange(each + 1)
    total = 0.0
    for together in range(2 * each + 1):
        a = counts[max(0, together - each) : min(each, together) + 1]
        under_null = stats.hypergeom.pmf(a, 2 * each, each, together)
        p = np.array([under_null[under_null <= x * (1 + 1e-7)].sum() for x in under_null])
        chance = stats.binom.pmf(a, each, first) * stats.binom.pmf(together - a, each, second)
        total += float(chance[p <= alpha].sum())
    return total


def people_for_means(
    effect: float, spread: float, *, wanted: float = 0.8, alpha: float = 0.05
) -> int:
    """The fewest persons in each group for the wanted power, one reading each."""
    if effect == 0 or not 0 < wanted < 1:
        raise CannotEstimate(Why.OUT_OF_RANGE)
    low, high = 2, 4
    while power_of_means(effect, spread, high, alpha=alpha) < wanted:
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        if power_of_means(effect, spread, middle, alpha=alpha) >= wanted:
            high = middle
        else:
            low = middle + 1
    return high
