"""What each further person missing costs: for several scenarios of demand, or for the service lost.

Both are convex prices by slot (`roster.Problem.steps`): the plan is then made for what is expected,
not for one curve or as if the tenth person missing hurt no more than the first.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hemma.core.need import Load, service
from hemma.core.roster import Prices

_DEEPEST = 24


def scenarios(
    needs: Sequence[NDArray[np.int64]], chances: Sequence[float], prices: Prices
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The need to plan for, and its steps, from needs (skills, slots) with their chances.

    The need is the largest of each cell. Of `k` people missing there, the scenarios that ask for
    fewer miss none; what the k-th costs is what it is expected to: `under` where it is missed,
    less the `over` that it saves where it would have been too many. Surplus beyond the largest need
    costs `over` in any case, so the price is the expected one less a constant.
    """
    weight = np.asarray(chances, float) / sum(chances)
    top = np.maximum.reduce(list(needs))
    spare = np.stack([(top - need).sum(axis=0) for need in needs])
    deep = int(min(_DEEPEST, spare.max(initial=0) + 1))
    order = np.arange(1, deep + 1)
    missed = (spare[:, :, None] < order[None, None, :]) * weight[:, None, None]
    steps = missed.sum(axis=0) * (prices.under + prices.over) - prices.over
    return top, np.maximum.accumulate(steps, axis=1).astype(np.float32)


def service_steps(
    load: Sequence[Load],
    need: NDArray[np.int64],
    within_s: float,
    late_price: float,
    slot_s: float,
    deepest: int = 8,
) -> NDArray[np.float32]:
    """(slots, deepest) what the first, the second … person missing costs when each customer who is
    not answered within `within_s` seconds costs `late_price`; `load` by skill (slots,).

    By Erlang A or C at the need and below it. A slot's step is that of the skill where one person
    less costs least, since that is where the best plan lets people be missing first; steps are
    made not to fall, so where service falls ever slower the price stays.
    """
    skills, slots = need.shape
    steps = np.full((skills, slots, deepest), np.inf)
    for skill in range(skills):
        some = np.flatnonzero((need[skill] > 0) & (load[skill].per_s > 0))
        if some.size == 0:
            continue
        part = load[skill].part(some)
        lost = [
            part.per_s
            * slot_s
            * (1 - service(part, np.maximum(need[skill, some] - k, 0), within_s).within)
            for k in range(deepest + 1)
        ]
        steps[skill, some] = late_price * np.diff(np.stack(lost, axis=1), axis=1)
    least = steps.min(axis=0)
    least = np.where(np.isfinite(least), least, late_price)
    return np.maximum.accumulate(np.maximum(least, 0.0), axis=1).astype(np.float32)
