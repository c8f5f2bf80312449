"""A change that reaches people at different times, without the bias of two-way fixed effects.

Group-time effects of Callaway & Sant'Anna (2021), without covariates: those who begin in period g
are compared, from their last period before, with those who never begin or have not begun yet. Each
person's change counts once; nobody already exposed ever serves as a comparison.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

from hemma.core.effects.fixed import Estimate, estimate
from hemma.core.effects.kinds import CannotEstimate, Codes, Floats, Why
from hemma.core.effects.panel import Panel

NEVER = np.iinfo(np.int64).max


class Controls(StrEnum):
    """Who is compared with: only the never exposed, or also those not exposed yet."""

    NEVER = "never"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True)
class Cell:
    """The effect on those who began in period code `group`, in period code `period`."""

    group: int
    period: int
    value: float
    exposed: int
    controls: int


@dataclass(frozen=True, slots=True, eq=False)
class RollOut:
    """The overall effect, the path by periods since the start, and the test of the time before.

    The errors treat the sizes of the waves as given. `path` names are the periods since the start.
    """

    overall: Estimate
    path: tuple[Estimate, ...]
    before_p: float  # joint test that nothing differed before the start; nan without periods before
    cells: tuple[Cell, ...]
    persons: int
    never: int
    groups: tuple[tuple[int, int], ...]  # (period code of the start, persons)


def starts(data: Panel) -> Codes:
    """Each person's first exposed period code (persons,), or NEVER.

    Raises switches_back, duplicates; the first exposure counts and must be 0 or 1.
    """
    exposed = data.exposures[:, 0]
    if data.period is None or not np.isin(exposed, (0.0, 1.0)).all():
        raise CannotEstimate(Why.NOT_BINARY, data.names[0])
    pairs = data.person * (int(data.period.max()) + 1) + data.period
    if len(np.unique(pairs)) < data.n:
        raise CannotEstimate(Why.DUPLICATES)
    first = np.full(data.persons, NEVER)
    np.minimum.at(first, data.person[exposed == 1], data.period[exposed == 1])
    if ((exposed == 0) & (data.period >= first[data.person])).any():
        raise CannotEstimate(Why.SWITCHES_BACK, data.names[0])
    return first


def roll_out(data: Panel, controls: Controls = Controls.NOT_YET, level: float = 0.95) -> RollOut:
    """Effects of a change that, once begun, stays. Raises no_comparison besides those of `starts`."""
    return roll_out_from(data, starts(data), controls, level)


def roll_out_from(
    data: Panel, first: Codes, controls: Controls = Controls.NOT_YET, level: float = 0.95
) -> RollOut:
    """The same with each person's start given (persons,), in period codes or NEVER."""
    table = _table(data)
    cells, influence = [], []
    for group in np.unique(first[first != NEVER]):
        base = int(group) - 1
        if base < 0:
            continue  # exposed from the first period on: nothing to compare with
        for period in range(table.shape[1]):
            if period == base:
                continue
            made = _cell(table, first, int(group), base, period, controls)
            if made is not None:
                cells.append(made[0])
                influence.append(made[1])
    if not any(cell.period >= cell.group for cell in cells):
        raise CannotEstimate(Why.NO_COMPARISON)
    parts = np.array(influence)
    after = np.array([cell.period >= cell.group for cell in cells])
    overall, _ = _mixed("overall", cells, parts, after, level)
    since = np.array([cell.period - cell.group for cell in cells])
    path = [_mixed(str(e), cells, parts, since == e, level) for e in np.unique(since)]
    before = [(one, psi) for (one, psi), e in zip(path, np.unique(since), strict=True) if e < -1]
    groups = tuple((int(g), int((first == g).sum())) for g in np.unique(first[first != NEVER]))
    return RollOut(
        overall, tuple(one for one, _ in path), _jointly(before), tuple(cells), data.persons,
        int((first == NEVER).sum()), groups,
    )  # fmt: skip


def _table(data: Panel) -> Floats:
    """Outcomes (persons, periods), nan where a person was not seen."""
    if data.period is None or data.period_labels is None:
        raise CannotEstimate(Why.NO_COMPARISON)
    out = np.full((data.persons, len(data.period_labels)), np.nan)
    out[data.person, data.period] = data.outcome
    return out


def _cell(
    table: Floats, first: Codes, group: int, base: int, period: int, controls: Controls
) -> tuple[Cell, Floats] | None:
    change = table[:, period] - table[:, base]
    seen = np.isfinite(change)
    # Those who begin later than both periods are untouched in both.
    free = first == NEVER
    if controls is Controls.NOT_YET:
        free = free | ((first > max(period, base)) & (first != group))
    own, others = seen & (first == group), seen & free
    n, m = int(own.sum()), int(others.sum())
    if n < 1 or m < 2:
        return None
    means = float(change[own].mean()), float(change[others].mean())
    psi = np.zeros(len(first))
    psi[own] = (change[own] - means[0]) / n * (np.sqrt(n / (n - 1)) if n > 1 else 1.0)
    psi[others] = -(change[others] - means[1]) / m * np.sqrt(m / (m - 1))
    return Cell(group, period, means[0] - means[1], n, m), psi


def _mixed(
    name: str, cells: list[Cell], parts: Floats, chosen: np.typing.NDArray[np.bool_], level: float
) -> tuple[Estimate, Floats]:
    """The mean of the chosen cells, weighted by the exposed in each, and its influence."""
    places = np.flatnonzero(chosen)
    weights = np.array([cells[i].exposed for i in places], float)
    weights /= weights.sum()
    value = float(sum(w * cells[i].value for w, i in zip(weights, places, strict=True)))
    psi: Floats = weights @ parts[places]
    df = max(int((np.abs(parts[places]).sum(axis=0) > 0).sum()) - 1, 1)
    return estimate(name, value, float(np.sqrt(psi @ psi)), df, level), psi


def _jointly(before: list[tuple[Estimate, Floats]]) -> float:
    if not before:
        return float("nan")
    values = np.array([one.value for one, _ in before])
    psi = np.array([p for _, p in before])
    spread = psi @ psi.T
    rank = int(np.linalg.matrix_rank(spread))
    q, m = rank, int((np.abs(psi).sum(axis=0) > 0).sum())
    wald = float(values @ np.linalg.pinv(spread) @ values)
    if m <= q:  # more periods than people: no honest test
        return float("nan")
    # Hotelling's correction: with few people the plain chi-square rejects far too often.
    return float(stats.f.sf(wald * (m - q) / (q * (m - 1)), q, m - q))
