"""From contacts to people: several chats at once, time outside the queue, what people can carry."""

import numpy as np

from hemma.core.need.erlang import Load, Service, service
from hemma.core.need.least import NeverEnough, Target, Whole, least_people, search
from hemma.core.need.logs import Floats


def at_once(load: Load, number: int, stretch: float = 1.0) -> Load:
    """The load of contacts of which a person has `number` at a time.

    Each lasts `stretch` times longer than alone (1: as if alone). People then count as `number`
    places each: an answer for places is made one for people by `people_for_places`.
    """
    if number < 1 or stretch < 1:
        raise NeverEnough("at once: 1 or more; stretch: 1 or more")
    return Load(load.per_s, load.handling_s * stretch, load.patience_s)


def least_people_at_once(load: Load, target: Target, number: int, stretch: float = 1.0) -> Whole:
    """(cells,) the least people when each has up to `number` contacts at a time (chat)."""
    return -(-least_people(at_once(load, number, stretch), target) // number)


def scheduled(people: object, off_queue: object) -> Floats:
    """People to plan so that `people` are in the queue while the share `off_queue` is elsewhere.

    `off_queue` (0 to below 1) is breaks, focus, meetings, training, absence. Not rounded: sums over
    a day would otherwise grow by half a person an interval.
    """
    share = np.asarray(off_queue, dtype=np.float64)
    if not ((share >= 0) & (share < 1)).all():
        raise NeverEnough("time outside the queue: a share from 0 to below 1")
    return np.asarray(people, dtype=np.float64) / (1 - share)


def most_contacts_per_s(
    people: object, handling_s: object, patience_s: object, target: Target
) -> Floats:
    """(cells,) the highest rate of contacts at which so many people still meet the target.

    Found to one part in a million by halving; 0 where there are no people.
    """
    raw = (np.asarray(x, dtype=np.float64) for x in (people, handling_s, patience_s))
    count, handling, patience = (x.ravel() for x in np.broadcast_arrays(*raw))
    low, high = np.zeros(count.size), (4 * count + 4) / handling
    while np.any(high - low > 1e-6 * high):
        middle = (low + high) / 2
        enough = meets(service(Load(middle, handling, patience), count, target.within_s), target)
        low, high = np.where(enough, middle, low), np.where(enough, high, middle)
        if not low.any() and high.max() < 1e-9:
            break
    return np.where(count > 0, low, 0.0)


def meets(told: Service, target: Target) -> np.ndarray:
    """(cells,) whether every target holds."""
    held = np.ones(told.within.shape, dtype=bool)
    if target.within is not None:
        held &= told.within >= target.within
    for got, most in (
        (told.gives_up, target.gives_up),
        (told.wait_s, target.wait_s),
        (told.occupancy, target.occupancy),
    ):
        if most is not None:
            held &= got <= most
    return held


def least_people_over(
    scenarios: Floats, handling_s: Floats, patience_s: Floats, target: Target
) -> Whole:
    """(cells,) the least people with which the share answered in time holds over all scenarios.

    `scenarios` (cells, scenarios) contacts a second, equally likely; the others (cells,). Each
    scenario weighs as its contacts, since it is they who wait. Only `within` and `within_s` of the
    target are asked.
    """
    if target.within is None:
        raise NeverEnough("scenarios need a share to answer within the time")
    share, cells = target.within, scenarios.shape[0]
    found = np.zeros(cells, dtype=np.int64)
    some = np.flatnonzero(scenarios.sum(axis=1) > 0)

    def margin(at: np.ndarray, people: Floats) -> Floats:
        rates = scenarios[some[at]]
        load = Load.of(rates, handling_s[some[at]][:, None], patience_s[some[at]][:, None])
        within = service(load, np.repeat(people, rates.shape[1]), target.within_s).within
        got: Floats = (within.reshape(rates.shape) * rates).sum(axis=1) / rates.sum(axis=1)
        return got - share

    if some.size:
        found[some] = search(margin, np.ceil(scenarios[some].mean(axis=1) * handling_s[some]))
    return found


def at_quantile(levels: Floats, demand: Floats, level: float) -> Floats:
    """(cells,) the demand that is exceeded with probability 1 − level.

    `levels` (levels,) rising, `demand` (levels, cells). Need never falls as demand grows, so the
    need at this demand is that quantile of the need. Outside the levels known, refused: nobody can
    tell what was not forecast.
    """
    if not levels[0] <= level <= levels[-1]:
        raise NeverEnough(f"quantile {level}: the forecast has {levels[0]} to {levels[-1]}")
    after = int(np.clip(np.searchsorted(levels, level), 1, levels.size - 1))
    share = (level - levels[after - 1]) / (levels[after] - levels[after - 1])
    found: Floats = demand[after - 1] * (1 - share) + demand[after] * share
    return found
