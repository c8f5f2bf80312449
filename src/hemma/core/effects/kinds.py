"""Words that the subject shares: arrays, conventions, and why something cannot be said."""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Codes = npt.NDArray[np.int64]
type Sums = Callable[[Floats], Floats]


class Why(StrEnum):
    """Why there is no estimate. Rooms translate the code."""

    NOT_FINITE = "not_finite"
    NO_ROWS = "no_rows"
    NO_VARIATION = "no_variation"  # the exposure never changes within a person
    COLLINEAR = "collinear"  # two exposures tell the same
    TOO_FEW_CLUSTERS = "too_few_clusters"
    TOO_FEW_ROWS = "too_few_rows"
    CLUSTERS_CUT_PERSONS = "clusters_cut_persons"  # a person in two clusters
    SEPARATED = "separated"  # the outcome is foretold without error: the estimate is infinite
    NOT_BINARY = "not_binary"
    NO_COMPARISON = "no_comparison"  # nobody is left to compare with
    SWITCHES_BACK = "switches_back"  # exposed persons who later are not
    DUPLICATES = "duplicates"  # a person twice in one period
    OUT_OF_RANGE = "out_of_range"


class CannotEstimate(ValueError):
    """The data do not answer the question; `why` is the code, `name` the column if it is one."""

    def __init__(self, why: Why, name: str = "") -> None:
        super().__init__(f"{why}: {name}" if name else str(why))
        self.why = why
        self.name = name


class Counting(StrEnum):
    """Which parameters reduce the degrees of freedom of clustered standard errors.

    Every one but PLAIN multiplies the variance by G/(G-1) x (N-1)/(N-K), G clusters, N rows:
    ALL_EFFECTS: K = exposures + all person and period effects (Stata's areg; the published tables
    of Bloom et al. 2015). NOT_NESTED: effects that lie within one cluster are not counted
    (reghdfe, fixest's default). EXPOSURES_ONLY: K = exposures. PLAIN: no correction at all (CR0).
    """

    ALL_EFFECTS = "all-effects"
    NOT_NESTED = "not-nested"
    EXPOSURES_ONLY = "exposures-only"
    PLAIN = "plain"


class Curve(StrEnum):
    """The distribution behind intervals: t with G - 1 degrees of freedom, or normal."""

    T = "t"
    NORMAL = "normal"


def coded(values: npt.ArrayLike) -> tuple[Codes, int]:
    """Any labels as numbers 0 … m-1, and m."""
    given = np.asarray(values).reshape(-1)
    if given.dtype.kind in "iu" and len(given):
        low = given.min()
        span = int(given.max()) - int(low) + 1
        if span <= 4 * len(given):  # counting is several times quicker than sorting
            shifted = (given - low).astype(np.int64)
            there = np.bincount(shifted, minlength=span) > 0
            return (np.cumsum(there) - 1)[shifted], int(there.sum())
    found, codes = np.unique(given, return_inverse=True)
    return codes.astype(np.int64).reshape(-1), len(found)
