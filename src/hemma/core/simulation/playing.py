"""Play days of customers and people."""

from collections.abc import Callable

import numpy as np

from hemma.core.simulation.outcome import Outcome, SlotSums
from hemma.core.simulation.scenario import Floats, Scenario, TooLong, Whole

_ROOM = 1 << 10
_ROOM_MOST = 1 << 22

type Told = Callable[[int, int], None]
"""Called after each day with how many are done and how many there are; may raise to stop."""


def play(scenario: Scenario, days: int, seed: int, told: Told | None = None) -> Outcome:
    """Play so many independent days from empty. The same seed, the same customers, whoever works.

    A contact that waits is taken by priority, then by longest wait; one that comes goes to the able
    group with the fewest queues that has somebody free. Raises `TooLong`.
    """
    from hemma.core.simulation import engine

    if days < 1 or seed < 0:
        raise ValueError("days: 1 or more; seed: 0 or more")
    queues, slots = scenario.per_s.shape
    plan = _plan(scenario)
    most = int(plan.places.max(axis=0).sum()) + 8
    times, held_by = np.empty(most), np.empty(most, dtype=np.int64)
    line, out = np.empty((queues, _ROOM, 4)), np.empty((slots, queues, engine.COLUMNS))
    found, sums, events = np.empty((days, queues, engine.COLUMNS)), _nothing(out), 0
    for number in range(days):
        while True:
            out[:] = 0.0
            chance = np.random.Generator(np.random.SFC64([seed, number]))
            today = _busier(plan, scenario.day_scatter, chance)
            counts = np.zeros((queues + scenario.people.shape[0], 2), dtype=np.int64)
            state = engine.State(
                line, counts[:queues], counts[queues:], times, held_by, np.zeros(1, np.int64), out
            )
            played = engine.day(today, state, chance)
            if played >= 0:
                break
            if line.shape[1] * 4 > _ROOM_MOST:
                raise TooLong("a line grew past 4 million; there are far too few people")
            line = np.empty((queues, line.shape[1] * 4, 4))
        events += played
        found[number] = out.sum(axis=0)
        sums.total[:] += out
        sums.square[:] += out * out
        sums.with_offered[:] += out * out[:, :, :1]
        if told is not None:
            told(number + 1, days)
    staffed = float((scenario.people * scenario.at_once[:, None]).sum() * scenario.slot_s)
    return Outcome(found, events, staffed, _expected(scenario), sums)


def _expected(scenario: Scenario) -> Floats:
    """(queues, 2): how many come a day, and their work in seconds."""
    come = scenario.per_s.sum(axis=1) * scenario.slot_s
    return np.stack([come, come * scenario.handling_s], axis=1)


def _nothing(like: Floats) -> SlotSums:
    return SlotSums(np.zeros_like(like), np.zeros_like(like), np.zeros_like(like))


def _plan(scenario: Scenario) -> "engine.Plan":  # type: ignore[name-defined]  # noqa: F821
    from hemma.core.simulation import engine

    places = (scenario.people * scenario.at_once[:, None]).astype(np.int64)
    means = np.stack([scenario.handling_s, np.minimum(scenario.patience_s, engine.NEVER)], axis=1)
    return engine.Plan(
        np.ascontiguousarray(np.cumsum(scenario.per_s, axis=0).T), float(scenario.slot_s),
        np.ascontiguousarray(places.T), _takes(scenario.able),
        np.ascontiguousarray(scenario.able, dtype=np.int64), _order(scenario.able), means,
        engine.sigma(scenario.variation), np.asarray(scenario.within_s, dtype=np.float64),
    )  # fmt: skip


def _busier(plan: "engine.Plan", scatter: float, chance: np.random.Generator) -> "engine.Plan":  # type: ignore[name-defined]  # noqa: F821
    """The plan on a day on which more or fewer come than on a mean one."""
    if scatter <= 0:
        return plan
    times = chance.gamma(scatter**-2, scatter**2)
    return plan._replace(upto=plan.upto * times)


def _takes(able: Whole) -> Whole:
    """(groups, queues + 1) each group's queues by falling priority, then −1."""
    takes = np.full((able.shape[0], able.shape[1] + 1), -1, dtype=np.int64)
    for group, ranks in enumerate(able):
        queues = [q for q in np.argsort(-ranks, kind="stable") if ranks[q] >= 0]
        takes[group, : len(queues)] = queues
    return takes


def _order(able: Whole) -> Whole:
    """(queues, groups + 1) able groups, those with the fewest queues first, then −1."""
    order = np.full((able.shape[1], able.shape[0] + 1), -1, dtype=np.int64)
    wide = (able >= 0).sum(axis=1)
    for queue in range(able.shape[1]):
        groups = [g for g in np.lexsort((np.arange(wide.size), wide)) if able[g, queue] >= 0]
        order[queue, : len(groups)] = groups
    return order
