"""How long people stay: Kaplan & Meier (1958), with people still here counted for as long as seen."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from hemma.core.effects.kinds import CannotEstimate, Floats, Why


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """One step per time at which somebody left: share still here, its interval, people at risk."""

    times: Floats
    share: Floats
    low: Floats
    high: Floats
    at_risk: npt.NDArray[np.int64]
    left: npt.NDArray[np.int64]

    def at(self, time: float) -> tuple[float, float, float]:
        """Share and interval at a time (1, 1, 1 before the first leaver)."""
        step = int(np.searchsorted(self.times, time, side="right")) - 1
        if step < 0:
            return 1.0, 1.0, 1.0
        return float(self.share[step]), float(self.low[step]), float(self.high[step])


def survival(duration: npt.ArrayLike, left: npt.ArrayLike, level: float = 0.95) -> Survival:
    """Durations (n,) > 0 and whether each ended (1) or goes on (0). Interval: log-log of Greenwood's."""
    time, event = _checked(duration, left)
    times = np.unique(time[event == 1])
    at_risk = np.array([(time >= t).sum() for t in times], np.int64)
    gone = np.array([((time == t) & (event == 1)).sum() for t in times], np.int64)
    share = np.cumprod(1 - gone / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(gone / (at_risk * (at_risk - gone)))
        bend = stats.norm.ppf(0.5 + level / 2) * np.sqrt(spread) / np.log(share)
        low, high = share ** np.exp(-bend), share ** np.exp(bend)
    empty = share <= 0  # the last person left: nothing is known of the interval
    low, high = np.where(empty, 0.0, low), np.where(empty, np.nan, high)
    return Survival(times, share, low, high, at_risk, gone)


def logrank(duration: npt.ArrayLike, left: npt.ArrayLike, group: npt.ArrayLike) -> float:
    """The p of the log-rank test of two groups (0 and 1) (Mantel 1966)."""
    time, event = _checked(duration, left)
    one = np.asarray(group) == 1
    if one.all() or not one.any():
        raise CannotEstimate(Why.NO_COMPARISON)
    surplus = variance = 0.0
    for t in np.unique(time[event == 1]):
        risk, gone = time >= t, (time == t) & (event == 1)
        n, m, d = risk.sum(), (risk & one).sum(), gone.sum()
        surplus += (gone & one).sum() - d * m / n
        if n > 1:
            variance += d * (m / n) * (1 - m / n) * (n - d) / (n - 1)
    if variance == 0:
        raise CannotEstimate(Why.NO_VARIATION)
    return float(stats.chi2.sf(surplus**2 / variance, 1))


def _checked(duration: npt.ArrayLike, left: npt.ArrayLike) -> tuple[Floats, Floats]:
    time, event = np.asarray(duration, float), np.asarray(left, float)
    if not len(time):
        raise CannotEstimate(Why.NO_ROWS)
    if not np.isfinite(time).all() or (time <= 0).any():
        raise CannotEstimate(Why.OUT_OF_RANGE, "duration")
    if not np.isin(event, (0, 1)).all():
        raise CannotEstimate(Why.NOT_BINARY, "left")
    return time, event
